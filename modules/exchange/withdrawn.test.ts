import { groupByCode, priceHistory, putPrices, putStock, stockOfGroup } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, minor, type Tx } from "@mila/kernel"
import { openShops } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { askImport, beginSession, importById, quarantineOf, releaseImport, repeatImport, sayPriceType } from "./index.ts"
import { imported, importXml, offersXml, ran } from "./testing.ts"

let own: OwnDb
before(async () => {
  own = await ownDb()
  await inTransaction(own.db, (tx) => openShops(tx, { shops: [aShop({ code: "0101" }), aShop({ code: "0202" })], at }))
})
after(() => own.drop())

const at = new Date("2026-11-02T09:00:00Z")
const later = new Date("2026-11-03T09:00:00Z")
const last = new Date("2026-11-04T09:00:00Z")
const inTx = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => inTransaction(own.db, work)
const page = (code: string, zone = "main") => inTx((tx) => groupByCode(tx, { code, zone, at: last }))
const pricesOf = async (code: string, zone = "main"): Promise<unknown> => {
  const price = (await page(code, zone))?.variants[0]?.price
  return price && [price.regularMinor, price.cardMinor]
}
const whole = (xml: string): string => xml.replace('СодержитТолькоИзменения="true"', 'СодержитТолькоИзменения="false"')
const shadesOf = async (code: string): Promise<unknown> => {
  const found = await page(code)
  return [found?.state, found?.variants.map(({ sku }) => sku)]
}

/** «Помада» in shades, at 10 and 9 with a card. */
async function shades(
  source: string,
  count: number,
): Promise<{ id: string; name: string; characteristic: [string, string]; prices: Record<string, string> }[]> {
  const offers = Array.from({ length: count }, (_, no) => ({
    ...{ id: `${source}#${no}`, name: `Помада (${no})`, prices: { r: "10", k: "9" } },
    characteristic: ["Тон", String(no)] as [string, string],
  }))
  await imported(own.db, importXml([{ id: source, name: "Помада" }]), { source, at })
  await imported(own.db, offersXml(offers), { source, at, name: "offers.xml" })
  return offers
}

test("a card price told as zero is there no more; what is paid without a card stays and is told; a package of changes keeps what it does not name", async () => {
  await imported(own.db, importXml([{ id: "card", name: "Крем" }]), { source: "card", at })
  const told = (prices: Record<string, string>, package_ = (xml: string) => xml) =>
    imported(own.db, package_(offersXml([{ id: "card", prices }])), { source: "card", at, name: "prices.xml" })
  await told({ r: "10", k: "9" })
  await told({ r: "11" })
  assert.deepEqual(await pricesOf("card"), [1100, 900])
  await told({ k: "0" })
  assert.deepEqual(await pricesOf("card"), [1100, 1100])
  await told({ r: "11", k: "8" })
  await told({ r: "11" }, whole)
  assert.deepEqual(await pricesOf("card"), [1100, 1100], "a package of everything names every price there is")
  const zero = await told({ r: "0" })
  assert.deepEqual(
    [await pricesOf("card"), (await inTx((tx) => quarantineOf(tx, { id: zero.id })))[0]?.reason],
    [[1100, 1100], "price_zero"],
  )
  await told({}, whole)
  assert.deepEqual(await pricesOf("card"), [1100, 1100], "who names no prices takes none away")
})

test("a zone's price that is withdrawn lets the main one hold there again, and the history says so", async () => {
  await imported(own.db, importXml([{ id: "zo", name: "Крем" }]), { source: "zo", at })
  const types =
    "<ТипыЦен><ТипЦены><Ид>r</Ид><Наименование>Розничная</Наименование></ТипЦены><ТипЦены><Ид>w</Ид><Наименование>Запад</Наименование></ТипЦены></ТипыЦен>"
  const first = await imported(own.db, offersXml([{ id: "zo", prices: { r: "10", w: "12" } }], { before: types }), {
    source: "zo",
    at,
    name: "o.xml",
  })
  await inTx((tx) => sayPriceType(tx, { source: "zo", id: "w", means: "regular", zone: "west" }))
  await inTx((tx) => repeatImport(tx, { id: first.id, dryRun: false, by: 1, at }))
  await ran(own.db, { at })
  await inTx((tx) => putPrices(tx, { prices: [{ sku: "zo", regularMinor: minor(1300), cardMinor: minor(1300) }], zone: "south", at }))
  assert.deepEqual(
    [await pricesOf("zo", "west"), await pricesOf("zo")],
    [
      [1200, 1200],
      [1000, 1000],
    ],
  )
  await imported(own.db, whole(offersXml([{ id: "zo", prices: { r: "10" } }], { before: types })), {
    source: "zo",
    at: later,
    name: "p.xml",
  })
  assert.deepEqual(
    [await pricesOf("zo", "west"), await pricesOf("zo", "south")],
    [
      [1000, 1000],
      [1300, 1300],
    ],
  )
  const history = await inTx((tx) => priceHistory(tx, { sku: "zo", zone: "west", from: at, to: later }))
  assert.deepEqual(
    history.map(({ regularMinor }) => regularMinor),
    [1200, 1000],
  )
})

test("many card prices that vanish at once wait for a person", async () => {
  const goods = Array.from({ length: 30 }, (_, no) => ({ id: `vanish-${no}`, name: `Крем ${no}` }))
  await imported(own.db, importXml(goods), { source: "vanish", at })
  const priced = (prices: Record<string, string>) => offersXml(goods.map(({ id }) => ({ id, prices })))
  await imported(own.db, priced({ r: "10", k: "9" }), { source: "vanish", at, name: "o.xml" })
  const job = await imported(own.db, whole(priced({ r: "10" })), { source: "vanish", at: later, name: "o.xml" })
  assert.deepEqual(
    [job.state, job.heldFor, job.diff?.prices.emptied, await pricesOf("vanish-0")],
    ["held", ["prices_jump"], 30, [1000, 900]],
  )
})

test("a shade its source deletes leaves the page alone; named again it is back; when none is left the good is hidden, and nothing is deleted", async () => {
  const offers = await shades("del", 3)
  const deleted = (ids: number[]) => offersXml(ids.map((no) => offers[no]!)).replaceAll("<Предложение>", '<Предложение Статус="Удален">')
  await imported(own.db, deleted([1]), { source: "del", at: later, name: "offers.xml" })
  assert.deepEqual(await shadesOf("del"), ["shown", ["del#0", "del#2"]])
  await imported(own.db, offersXml([{ id: "del#1", prices: { r: "11" } }]), { source: "del", at: later, name: "prices.xml" })
  assert.deepEqual(await shadesOf("del"), ["shown", ["del#0", "del#2"]], "a price alone does not bring it back")
  await imported(own.db, offersXml([offers[1]!]), { source: "del", at: later, name: "offers.xml" })
  assert.deepEqual(await shadesOf("del"), ["shown", ["del#0", "del#1", "del#2"]])
  await imported(own.db, deleted([0, 1, 2]), { source: "del", at: later, name: "offers.xml" })
  assert.equal((await page("del"))?.state, "hidden")
  await imported(own.db, offersXml([offers[2]!]), { source: "del", at: last, name: "offers.xml" })
  assert.deepEqual(await shadesOf("del"), ["shown", ["del#2"]])
})

test("what a whole exchange does not name of a good's shades is hidden at its end; a good of which no offers were told keeps them", async () => {
  const offers = await shades("unnamed", 3)
  await imported(own.db, importXml([{ id: "bare", name: "Мыло" }]), { source: "unnamed", at })
  await imported(own.db, offersXml([{ id: "bare", name: "Мыло", prices: { r: "3" } }]), { source: "unnamed", at, name: "offers.xml" })
  const { session } = await inTx((tx) => beginSession(tx, { staffId: 1, at: later }))
  await imported(
    own.db,
    importXml([
      { id: "unnamed", name: "Помада" },
      { id: "bare", name: "Мыло" },
    ]),
    { source: "unnamed", at: later },
  )
  await imported(own.db, offersXml(offers.slice(0, 2)), { source: "unnamed", at: later, name: "offers.xml" })
  assert.deepEqual(await shadesOf("unnamed"), ["shown", ["unnamed#0", "unnamed#1", "unnamed#2"]])
  const end = { source: "unnamed", what: "deactivate", session, file: null, fileName: "deactivate", unseenSince: later } as const
  const id = await inTx((tx) => askImport(tx, { ...end, by: 1, at: last }))
  await ran(own.db, { at: last })
  const job = await inTx((tx) => importById(tx, id))
  assert.deepEqual([job.state, job.counts["hiddenVariants"], job.diff?.variants], ["done", 1, { hidden: 1, shown: 4 }])
  assert.deepEqual(
    [await shadesOf("unnamed"), await shadesOf("bare")],
    [
      ["shown", ["unnamed#0", "unnamed#1"]],
      ["shown", ["bare"]],
    ],
  )
})

test("an exchange that leaves out most shades waits for a person; let go on, it hides them once", async () => {
  const offers = await shades("most", 30)
  const goods = importXml([{ id: "most", name: "Помада" }])
  const all = (some: typeof offers) => {
    const told = offersXml(some)
    return goods.replace("</КоммерческаяИнформация>", told.slice(told.indexOf("<ПакетПредложений")))
  }
  const held = await imported(own.db, all(offers.slice(0, 3)), { source: "most", whole: true, at: later })
  assert.deepEqual([held.state, held.heldFor, held.diff?.variants], ["held", ["goods_vanish"], { hidden: 27, shown: 30 }])
  await inTx((tx) => releaseImport(tx, { id: held.id, by: 7, note: "так и есть", at: later }))
  await ran(own.db, { at: later })
  assert.deepEqual(await shadesOf("most"), ["shown", ["most#0", "most#1", "most#2"]])
  const again = await imported(own.db, all(offers.slice(0, 3)), { source: "most", whole: true, at: last })
  assert.deepEqual([again.state, again.diff?.variants, again.counts["hiddenVariants"]], ["done", { hidden: 0, shown: 3 }, undefined])
})

const stockIn = async (code: string): Promise<[string, string, number][]> => {
  const found = await page(code)
  return (await inTx((tx) => stockOfGroup(tx, found!.no))).map(({ shop, sku, quantityMilli }) => [shop, sku, quantityMilli])
}

/** Twenty shades in two shops. */
async function stocked(source: string) {
  const offers = (await shades(source, 20)).map((offer) => ({ ...offer, stock: { "0101": 5, "0202": 3 } }))
  const shops =
    "<Склады><Склад><Ид>0101</Ид><Наименование>0101</Наименование></Склад><Склад><Ид>0202</Ид><Наименование>0202</Наименование></Склад></Склады>"
  const rests = (some: readonly (Omit<(typeof offers)[number], "stock"> & { stock: Record<string, number> })[]) =>
    offersXml(some.map(({ id, stock }) => ({ id, stock }))).replace("<Предложения>", `${shops}<Предложения>`)
  await imported(own.db, rests(offers), { source, at, name: "rests.xml" })
  return { offers, rests }
}

test("a whole count leaves nothing of what it does not name, of this source alone; a count of changes leaves the rest as it was", async () => {
  const { offers, rests } = await stocked("ghost")
  await shades("other", 1)
  await inTx((tx) => putStock(tx, { shop: "0101", counted: [{ sku: "other#0", quantityMilli: 7_000 }], countedAt: at, at }))
  const named = offers.slice(1).map((offer) => ({ ...offer, stock: { "0101": 4 } }))
  await imported(own.db, rests(named), { source: "ghost", at: later, name: "rests.xml" })
  assert.equal((await stockIn("ghost")).length, 40, "changes alone")
  await imported(own.db, whole(rests(named)), { source: "ghost", at: last, name: "rests.xml" })
  const left = await stockIn("ghost")
  const inFirst = left.filter(([shop]) => shop === "0101")
  assert.deepEqual([inFirst.length, inFirst.some(([, sku]) => sku === "ghost#0")], [19, false])
  assert.equal(left.filter(([shop]) => shop === "0202").length, 20, "of a shop nobody counted nothing is known")
  assert.deepEqual(await stockIn("other"), [["0101", "other#0", 7_000]])
})

test("a whole count that leaves out most of a shop takes nothing away and says so", async () => {
  const { offers, rests } = await stocked("broken")
  const few = offers.slice(0, 2).map((offer) => ({ ...offer, stock: { "0101": 4 } }))
  const job = await imported(own.db, whole(rests(few)), { source: "broken", at: later, name: "rests.xml" })
  const rows = await inTx((tx) => quarantineOf(tx, { id: job.id }))
  assert.deepEqual(
    rows.map(({ reason, thing, value }) => [reason, thing, value]),
    [["stock_kept", "0101", "18 / 20"]],
  )
  assert.equal((await stockIn("broken")).length, 40)
})
