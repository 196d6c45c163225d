import { checkPrices, groupByCode, productFacts, stockOfGroup } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, Refusal, type Tx } from "@mila/kernel"
import { openShops } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { importById, listWarehouses, quarantineOf, releaseImport, repeatImport, sayPriceType, sayWarehouse, stopImport } from "./index.ts"
import { imported, importXml, offersXml, ran, sent } from "./testing.ts"

let own: OwnDb
before(async () => {
  own = await ownDb()
  await inTransaction(own.db, (tx) => openShops(tx, { shops: [aShop({ code: "0101" }), aShop({ code: "0202" })], at }))
})
after(() => own.drop())

const at = new Date("2026-11-02T09:00:00Z")
const later = new Date("2026-11-03T09:00:00Z")
const ids = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, place) => `${prefix}${place}`)
const inTx = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => inTransaction(own.db, work)
const priceOf = async (code: string): Promise<number | undefined> =>
  (await inTx((tx) => groupByCode(tx, { code, at: later })))?.variants[0]?.price.regularMinor
const stateOf = async (code: string): Promise<string | undefined> => (await inTx((tx) => groupByCode(tx, { code, at: later })))?.state

/** Goods of a source of its own at 10.00. */
async function stocked(source: string, count: number): Promise<string[]> {
  const goods = ids(count, `${source}-`)
  await imported(own.db, importXml(goods.map((id) => ({ id, name: `Крем ${id}` }))), { source, at })
  await imported(own.db, offersXml(goods.map((id) => ({ id, prices: { r: "10.00" } }))), { source, at, name: "offers.xml" })
  return goods
}

test("A48: an import in which all prices are ×100 or 0 waits for a person, and the shop keeps the old ones", async () => {
  const goods = await stocked("jump", 30)
  for (const price of ["1000.00", "0", "0.10"]) {
    const job = await imported(own.db, offersXml(goods.map((id) => ({ id, prices: { r: price } }))), {
      source: "jump",
      at: later,
      name: "prices.xml",
    })
    assert.deepEqual([job.state, job.heldFor.includes("prices_jump"), job.diff?.prices.jumped], ["held", true, 30], price)
    assert.equal(await priceOf("jump-0"), 1000, price)
  }
})

test("A48: a whole import without 90 % of the goods waits; let go on, it hides them and deletes none; stopped, it changes nothing", async () => {
  const goods = await stocked("gone", 40)
  const few = importXml(goods.slice(0, 4).map((id) => ({ id, name: `Крем ${id}` })))
  const stopped = await imported(own.db, few, { source: "gone", whole: true, at: later })
  assert.deepEqual(
    [stopped.state, stopped.heldFor, stopped.diff?.goods.hidden, stopped.diff?.goods.shown],
    ["held", ["goods_vanish"], 36, 40],
  )
  await inTx((tx) => stopImport(tx, { id: stopped.id, by: 1, note: "выгрузка не закончилась", at: later }))
  await ran(own.db, { at: later })
  assert.equal(await stateOf("gone-30"), "shown")
  await assert.rejects(
    inTx((tx) => releaseImport(tx, { id: stopped.id, by: 1, note: "", at: later })),
    (error) => error instanceof Refusal && error.code === "import_not_held",
  )
  const let_ = await imported(own.db, few, { source: "gone", whole: true, at: later })
  await inTx((tx) => releaseImport(tx, { id: let_.id, by: 7, note: "так и есть", at: later }))
  await ran(own.db, { at: new Date(later.getTime() + 1_000) })
  const done = await inTx((tx) => importById(tx, let_.id))
  assert.deepEqual([done.state, done.decidedBy, done.counts["hidden"]], ["done", 7, 36])
  assert.deepEqual([await stateOf("gone-0"), await stateOf("gone-30"), await priceOf("gone-30")], ["shown", "hidden", 1000])
})

test("a source hides its own goods only", async () => {
  await stocked("mine", 3)
  await stocked("theirs", 3)
  await imported(own.db, importXml([{ id: "mine-0", name: "Крем" }]), { source: "mine", whole: true, at: later })
  assert.deepEqual(await Promise.all(["mine-0", "mine-1", "theirs-1"].map(stateOf)), ["shown", "hidden", "shown"])
})

test("a dry run says what would change and changes nothing; the same file may be imported after it", async () => {
  const goods = await stocked("dry", 12)
  const offers = offersXml([
    ...goods.slice(0, 3).map((id) => ({ id, prices: { r: "12.00" } })),
    { id: goods[5]!, prices: { r: "9.50" } },
    { id: goods[6]!, prices: { r: "10" } },
  ])
  const dry = await imported(own.db, offers, { source: "dry", dryRun: true, at: later, name: "prices.xml" })
  assert.deepEqual([dry.state, dry.diff?.prices], ["done", { new: 0, up: 3, down: 1, same: 1, emptied: 0, jumped: 0 }])
  assert.equal(await priceOf("dry-0"), 1000)
  const again = await inTx((tx) => repeatImport(tx, { id: dry.id, dryRun: false, by: 1, at: later }))
  await ran(own.db, { at: later })
  assert.deepEqual([(await inTx((tx) => importById(tx, again))).state, await priceOf("dry-0"), await priceOf("dry-5")], ["done", 1200, 950])
})

test("bad rows are laid aside with line, field and reason, and the others go in", async () => {
  const goods = importXml([
    { id: "bad-0", name: "Крем", inner: "<Штрихкод>4006381333932</Штрихкод>" },
    { id: "bad-1", name: "Гель", inner: "<Штрихкод>4006381333931</Штрихкод>" },
    { id: "bad-2", name: "Мыло", inner: "<Штрихкод>4006381333931</Штрихкод>" },
    { id: "", name: "Тоник" },
    { id: "bad-4", name: "" },
  ])
  const first = await imported(own.db, goods, { source: "bad", at })
  const second = await imported(
    own.db,
    offersXml([
      ...["bad-0", "bad-1", "bad-2"].map((id) => ({ id, prices: { r: "5" } })),
      { id: "bad-9", prices: { r: "5" } },
      { id: "bad-0", prices: { k: "много" } },
    ]),
    { source: "bad", at, name: "offers.xml" },
  )
  const rows = await inTx(async (tx) => [...(await quarantineOf(tx, { id: first.id })), ...(await quarantineOf(tx, { id: second.id }))])
  assert.deepEqual(
    rows.map(({ line, field, reason, thing, value }) => [line, field, reason, thing, ...(reason === "barcode_shared" ? [value] : [])]),
    [
      [7, "Товар/Ид", "id_missing", null],
      [8, "Товар/Наименование", "name_missing", "bad-4"],
      [8, "Цена/ЦенаЗаЕдиницу", "number_invalid", "bad-0"],
      [7, "Ид", "good_unknown", "bad-9"],
      [8, "Штрихкод", "barcode_invalid", "bad-0"],
      [5, "Штрихкод", "barcode_shared", "bad-1", "4006381333931: bad-2"],
      [6, "Штрихкод", "barcode_shared", "bad-2", "4006381333931: bad-1"],
    ],
  )
  assert.deepEqual([await priceOf("bad-0"), await priceOf("bad-1"), await priceOf("bad-2")], [500, 500, 500])
})

test("shades of one good that have one barcode all come in, and a price check offers them all", async () => {
  await imported(own.db, importXml([{ id: "shade", name: "Помада" }]), { source: "shade", at })
  const offers = ["алый", "беж"].map((shade, place) => ({
    ...{ id: `shade#${place}`, name: `Помада (${shade})`, characteristic: ["Цвет", shade] as const, ean: "4810000000018" },
    prices: { r: `${place + 7}.00` },
  }))
  const job = await imported(own.db, offersXml(offers), { source: "shade", at, name: "offers.xml" })
  const rows = await inTx((tx) => quarantineOf(tx, { id: job.id }))
  assert.deepEqual(
    rows.map(({ reason, thing, value }) => [reason, thing, value]),
    [
      ["barcode_shared", "shade#0", "4810000000018: shade#1"],
      ["barcode_shared", "shade#1", "4810000000018: shade#0"],
    ],
  )
  const found = await inTx((tx) => checkPrices(tx, { ean: "4810000000018", at: later }))
  assert.deepEqual(
    found.map(({ sku, price }) => [sku, price.regularMinor]),
    [
      ["shade#0", 700],
      ["shade#1", 800],
    ],
  )
})

test("stock of a warehouse nobody knows waits until somebody says which shop it is; an older count never replaces a newer one", async () => {
  await imported(own.db, importXml([{ id: "st", name: "Крем" }]), { source: "st", at })
  const offers = offersXml([{ id: "st", prices: { r: "5" }, stock: { "0101": 4, "c-77": 2.5 } }])
  const withNames = offers.replace(
    "<Предложения>",
    "<Склады><Склад><Ид>0101</Ид><Наименование>Проспект</Наименование></Склад><Склад><Ид>c-77</Ид><Наименование>Рынок</Наименование></Склад></Склады><Предложения>",
  )
  const job = await imported(own.db, withNames, { source: "st", at, name: "offers.xml" })
  const inShops = async (): Promise<[string, number][]> =>
    inTx(async (tx) =>
      (await stockOfGroup(tx, (await groupByCode(tx, { code: "st", at }))!.no)).map(({ shop, quantityMilli }) => [shop, quantityMilli]),
    )
  assert.deepEqual(await inShops(), [["0101", 4000]])
  assert.deepEqual(
    (await inTx((tx) => quarantineOf(tx, { id: job.id }))).map(({ reason, thing }) => [reason, thing]),
    [["warehouse_unknown", "c-77"]],
  )
  assert.deepEqual(
    (await inTx(listWarehouses)).filter(({ source }) => source === "st").map(({ id, shop }) => [id, shop]),
    [
      ["c-77", null],
      ["0101", "0101"],
    ],
  )
  await inTx((tx) => sayWarehouse(tx, { source: "st", id: "c-77", shop: "0202", zone: "west", at }))
  await inTx((tx) => repeatImport(tx, { id: job.id, dryRun: false, by: 1, at: later }))
  await ran(own.db, { at: later })
  assert.deepEqual(await inShops(), [
    ["0101", 4000],
    ["0202", 2500],
  ])
  await imported(own.db, withNames.replace('КоличествоНаСкладе="4"', 'КоличествоНаСкладе="9"'), { source: "st", at, name: "rests.xml" })
  assert.deepEqual(await inShops(), [
    ["0101", 4000],
    ["0202", 2500],
  ])
})

test("a type of price may be another zone's, or none of the shop's business, when somebody says so", async () => {
  await imported(own.db, importXml([{ id: "z", name: "Крем" }]), { source: "zone", at })
  const types = ["r:Розничная", "w:Розничная запад", "o:Оптовая"].map((type) => type.split(":"))
  const before = `<ТипыЦен>${types.map(([id, name]) => `<ТипЦены><Ид>${id}</Ид><Наименование>${name}</Наименование><Валюта>BYN</Валюта></ТипЦены>`).join("")}</ТипыЦен>`
  const offers = offersXml([{ id: "z", prices: { r: "10", w: "11", o: "6" } }], { before })
  const job = await imported(own.db, offers, { source: "zone", at, name: "offers.xml" })
  await inTx((tx) => sayPriceType(tx, { source: "zone", id: "w", means: "regular", zone: "west" }))
  await inTx((tx) => repeatImport(tx, { id: job.id, dryRun: false, by: 1, at: later }))
  await ran(own.db, { at: later })
  const [main, west] = await inTx((tx) => Promise.all(["main", "west"].map((zone) => groupByCode(tx, { code: "z", zone, at: later }))))
  assert.deepEqual(
    [main, west].map((page) => page?.variants[0]?.price.regularMinor),
    [1000, 1100],
  )
  assert.equal((await inTx((tx) => productFacts(tx, ["z"]))).get("z")?.kind, "goods")
})

test("two runners at once import a file once", async () => {
  const id = await sent(own.db, importXml(ids(300, "race-").map((code) => ({ id: code, name: code }))), { source: "race", at })
  await Promise.all([ran(own.db, { at }), ran(own.db, { at }), ran(own.db, { at })])
  await ran(own.db, { at })
  const job = await inTx((tx) => importById(tx, id))
  assert.deepEqual([job.state, job.counts["facts"], job.diff?.goods.new], ["done", 300, 300])
})
