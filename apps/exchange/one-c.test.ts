import { groupByCode, stockOfGroup } from "@mila/catalog"
import { listImports, USUAL_RULES } from "@mila/exchange"
import { importXml, offersXml, ran } from "@mila/exchange/testing"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, simulatedClock } from "@mila/kernel"
import { openShops } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import { aStaffMember } from "@mila/staff/testing"
import assert from "node:assert/strict"
import { buffer } from "node:stream/consumers"
import { after, before, test } from "node:test"
import { TextDecoder } from "node:util"
import { ZipFile } from "yazl"
import { exchangeDoor } from "./index.ts"

const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }
const CHUNK = 400
let own: OwnDb
let door: ReturnType<typeof exchangeDoor>
let key: string
let otherKey: string

before(async () => {
  own = await ownDb()
  door = exchangeDoor({
    ...{ db: own.db, clock, log: SILENT, isDemo: false, rules: USUAL_RULES, chunkBytes: CHUNK },
    ...{ publicUrl: "https://mila.example", shopName: "Мила", mayCall: () => true },
  })
  await inTransaction(own.db, async (tx) => {
    await openShops(tx, { shops: [aShop({ code: "0101" }), aShop({ code: "0202" })], at: clock.now() })
    key = (await aStaffMember(tx, { permissions: ["exchange.send"] })).key
    otherKey = (await aStaffMember(tx, { permissions: ["catalog.write", "imports.decide"] })).key
  })
})
after(() => own.drop())

type Said = { status: number; lines: string[] }

async function told(response: Response): Promise<Said> {
  const text = new TextDecoder("windows-1251").decode(await response.arrayBuffer())
  return { status: response.status, lines: text.trimEnd().split("\n") }
}

const basic = (password: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`1c:${password}`).toString("base64")}` })

/** A stock 1C: signs in, cuts files as it is told, asks again while it is told progress. */
async function aStock1C() {
  const checked = await told(await door.request(`/exchange/1c?type=catalog&mode=checkauth`, { headers: basic(key) }))
  const [, name, value, sessid, timestamp] = checked.lines
  const ask = async (query: string, init: RequestInit = {}): Promise<Said> =>
    told(await door.request(`/exchange/1c?type=catalog&${query}&${sessid}`, { ...init, headers: { cookie: `${name}=${value}` } }))
  const begun = await ask("mode=init&version=2.08")
  const limit = Number(/^file_limit=(\d+)$/m.exec(begun.lines.join("\n"))?.[1])
  async function send(file: string, content: string | Buffer): Promise<void> {
    const bytes = Buffer.from(content as string)
    for (let from = 0; from < bytes.length; from += limit) {
      const body = bytes.subarray(from, from + limit)
      const { lines } = await ask(`mode=file&filename=${encodeURIComponent(file)}`, { method: "POST", body })
      assert.deepEqual(lines, ["success"])
    }
  }
  async function untilDone(query: string): Promise<Said> {
    for (let asked = 0; ; asked += 1) {
      assert.ok(asked < 5, "an import ends")
      const said = await ask(query)
      if (said.lines[0] !== "progress") return said
      clock.moveTo(new Date(clock.now().getTime() + 1_000))
      await ran(own.db, { at: clock.now() })
    }
  }
  return { checked, begun, ask, send, timestamp, done: untilDone, import: (file: string) => untilDone(`mode=import&filename=${file}`) }
}

const zipped = (files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> => {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), name)
  zip.end()
  return buffer(zip.outputStream)
}

const WORDS = `<Классификатор><Ид>k</Ид><Группы><Группа><Ид>g1</Ид><Наименование>Макияж</Наименование><Группы><Группа><Ид>g2</Ид><Наименование>Помады</Наименование></Группа></Группы></Группа></Группы>
<Свойства><Свойство><Ид>p1</Ид><Наименование>Бренд</Наименование><ТипЗначений>Справочник</ТипЗначений><ВариантыЗначений><Справочник><ИдЗначения>v1</ИдЗначения><Значение>Relouis</Значение></Справочник></ВариантыЗначений></Свойство>
<Свойство><Ид>p2</Ид><Наименование>Финиш</Наименование><ТипЗначений>Справочник</ТипЗначений><ВариантыЗначений><Справочник><ИдЗначения>v2</ИдЗначения><Значение>Матовый</Значение></Справочник></ВариантыЗначений></Свойство></Свойства></Классификатор>`
const LIPSTICK = {
  id: "lip",
  name: "Помада «Бархат»",
  inner: `<Группы><Ид>g2</Ид></Группы><Картинка>import_files/9d/lip.jpg</Картинка><Страна>Беларусь</Страна><ЗначенияСвойств><ЗначенияСвойства><Ид>p1</Ид><Значение>v1</Значение></ЗначенияСвойства><ЗначенияСвойства><Ид>p2</Ид><Значение>v2</Значение></ЗначенияСвойства></ЗначенияСвойств>`,
}
const SHADES = offersXml([
  {
    id: "lip#01",
    name: "Помада «Бархат»",
    characteristic: ["Тон", "01 Нюд"],
    ean: "4006381333931",
    prices: { r: "19,90", k: "17.50" },
    stock: { "0101": 3, "0202": 0 },
  },
  { id: "lip#02", name: "Помада «Бархат»", characteristic: ["Тон", "02 Вишня"], prices: { r: "21.00" }, stock: { "0101": 5 } },
])
  .replace(
    "<Предложения>",
    "<Склады><Склад><Ид>0101</Ид><Наименование>Мила, проспект</Наименование></Склад><Склад><Ид>w-2</Ид><Наименование>Магазин 0202</Наименование></Склад></Склады><Предложения>",
  )
  .replaceAll('ИдСклада="0202"', 'ИдСклада="w-2"')

test("a stock 1C signs in, sends goods, offers and pictures in pieces, waits while it is told progress, and the shop shows them", async () => {
  const c = await aStock1C()
  assert.deepEqual([c.checked.status, c.checked.lines[0], c.checked.lines[1], c.checked.lines.length], [200, "success", "mila_exchange", 5])
  assert.deepEqual(c.begun.lines.slice(0, 2), ["zip=yes", `file_limit=${CHUNK}`])
  assert.equal(c.begun.lines[3], "version=2.08")
  await c.send("import_files/9d/lip.jpg", Buffer.from("ffd8ffe000104a46494600", "hex")) // the head of a picture, and no picture
  await c.send("import0_1.xml", `\ufeff${importXml([LIPSTICK], { before: WORDS })}`)
  assert.equal((await c.import("import0_1.xml")).lines[0], "success")
  await c.send("offers0_1.xml", SHADES)
  assert.equal((await c.import("offers0_1.xml")).lines[0], "success")
  assert.deepEqual((await c.ask("mode=complete")).lines, ["success"])

  await inTransaction(own.db, async (tx) => {
    const page = await groupByCode(tx, { code: "lip", at: clock.now() })
    assert.deepEqual(
      [page?.name.ru, page?.brand?.name, page?.category, page?.country, page?.attributes, page?.pictures, page?.state],
      ["Помада «Бархат»", "Relouis", "makiyazh/pomady", "BY", { finish: ["matovyj"] }, [], "shown"],
    )
    assert.deepEqual(
      page!.variants.map(({ sku, label, price, eans, attributes }) => [
        sku,
        label?.ru,
        price.regularMinor,
        price.cardMinor,
        eans,
        attributes,
      ]),
      [
        ["lip#01", "01 Нюд", 1990, 1750, ["4006381333931"], { ton: ["01_nyud"] }],
        ["lip#02", "02 Вишня", 2100, 2100, [], { ton: ["02_vishnya"] }],
      ],
    )
    const stock = await stockOfGroup(tx, page!.no)
    assert.deepEqual(
      stock.map(({ shop, sku, quantityMilli }) => [shop, sku, quantityMilli]),
      [
        ["0101", "lip#01", 3000],
        ["0101", "lip#02", 5000],
      ],
    )
  })
})

test("a zip is taken like its files, and a partial package changes what it names and nothing else", async () => {
  const c = await aStock1C()
  const prices = offersXml([{ id: "lip#02", prices: { r: "22.40" } }], { before: "" })
  await c.send(
    "v8_77.zip",
    await zipped({
      "import.xml": importXml([{ id: "gel", name: "Гель" }]),
      "offers.xml": offersXml([{ id: "gel", prices: { r: "5" } }]),
      "prices.xml": prices,
    }),
  )
  for (const name of ["import.xml", "offers.xml", "prices.xml"]) assert.equal((await c.import(name)).lines[0], "success", name)
  await inTransaction(own.db, async (tx) => {
    const gel = await groupByCode(tx, { code: "gel", at: clock.now() })
    assert.deepEqual([gel?.variants[0]?.price.regularMinor, gel?.state], [500, "shown"])
    const lip = await groupByCode(tx, { code: "lip", at: clock.now() })
    assert.deepEqual(
      lip?.variants.map(({ price }) => price.regularMinor),
      [1990, 2240],
    )
    assert.equal(lip?.brand?.name, "Relouis")
  })
})

test("deactivate hides what the conversation did not name, and deletes nothing", async () => {
  clock.moveTo(new Date(clock.now().getTime() + 2_000))
  const c = await aStock1C()
  await c.send("import.xml", importXml([{ id: "gel", name: "Гель для душа" }]))
  assert.equal((await c.import("import.xml")).lines[0], "success")
  const { lines } = await c.done(`mode=deactivate&${c.timestamp}`)
  assert.deepEqual([lines[0], /товаров — (\d+)/.exec(lines[1]!)?.[1]], ["success", "1"])
  await inTransaction(own.db, async (tx) => {
    const states = await Promise.all(["gel", "lip"].map((code) => groupByCode(tx, { code, at: clock.now() })))
    assert.deepEqual(
      states.map((page) => [page?.state, page?.variants.length]),
      [
        ["shown", 1],
        ["hidden", 2],
      ],
    )
  })
})

test("what can't be taken is told to 1C with line and field", async () => {
  const c = await aStock1C()
  await c.send("import.xml", importXml([{ id: "x", name: "Крем" }]).replace("</Товар>", "</Tовар>"))
  const { lines } = await c.import("import.xml")
  assert.equal(lines[0], "failure")
  assert.match(lines[1]!, /^Файл не читается.*\(строка 4, .*Товар.*\)$/)
  assert.equal((await c.import("never-sent.xml")).lines[0], "failure")
})

test("A47: without a login, with a key that may other things, with a foreign sessid, another mode or another file name nothing is done", async () => {
  const before = (await inTransaction(own.db, (tx) => listImports(tx))).length
  const plain = async (query: string, headers: Record<string, string> = {}): Promise<number> =>
    (await door.request(`/exchange/1c?${query}`, { headers })).status
  assert.equal(await plain("type=catalog&mode=checkauth"), 401)
  assert.equal(await plain("type=catalog&mode=checkauth", basic("mila_guess")), 401)
  assert.equal(await plain("type=catalog&mode=checkauth", basic(otherKey)), 403)
  for (const mode of ["init", "import&filename=import.xml", "complete", "deactivate", "query"]) {
    assert.equal(await plain(`type=catalog&mode=${mode}`), 401, mode)
    assert.equal(await plain(`type=catalog&mode=${mode}`, { cookie: "mila_exchange=guess" }), 401, mode)
  }
  const c = await aStock1C()
  assert.equal((await c.ask("mode=init&sessid=00")).status, 403)
  for (const mode of ["shell", "__proto__", "constructor", "query", "file&filename=import.xml", ""])
    assert.equal((await c.ask(`mode=${mode}`)).status, 400, mode)
  const names = [
    "../import.xml",
    "/etc/passwd",
    "a/../../b.xml",
    "import.php",
    ".htaccess",
    "import_files/x.phtml",
    "a\\..\\b.xml",
    "x.xml\u0000.jpg",
    "",
    `${"a".repeat(300)}.xml`,
  ]
  for (const name of names) {
    const { status, lines } = await c.ask(`mode=file&filename=${encodeURIComponent(name)}`, { method: "POST", body: "<?php" })
    assert.deepEqual([status, lines[0]], [403, "failure"], name)
  }
  assert.equal((await inTransaction(own.db, (tx) => listImports(tx))).length, before)
})
