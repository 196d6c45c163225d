import { groupByCode } from "@mila/catalog"
import { ownDb } from "@mila/db/testing"
import { inTransaction, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { gzipSync } from "node:zlib"
import sharp from "sharp"
import { ZipFile } from "yazl"
import { buffer } from "node:stream/consumers"
import { failureText, type Import, importById, quarantineOf, repeatImport } from "./index.ts"
import { beginSession } from "./received/sessions.ts"
import { askImport } from "./received/imports.ts"
import { receivePiece } from "./received/files.ts"
import { importXml, imported, offersXml, picturesMade, ran } from "./testing.ts"

// "No bank card number is ever accepted, stored, logged or sent": nor one that 1C, a supplier's feed or a price list brings along.

const own = await ownDb()
after(own.drop)
const at = new Date("2026-11-02T09:00:00Z")
const inTx = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => inTransaction(own.db, work)

const CARD = "4111 1111 1111 1111"
const CARDS = [CARD, "４１１１１１１１１１１１１１１１", "5555555555554444", "9112-3800-0000-0002", "карта 4111111111111111 до 12/28"]

const laidAside = async ({ id }: Pick<Import, "id">) =>
  (await inTx((tx) => quarantineOf(tx, { id }))).map(({ line, field, reason, value }) => [line, field, reason, value])
/** Goods are shown once there is an offer of them. */
const priced = (source: string, ids: readonly string[]) =>
  imported(own.db, offersXml(ids.map((id) => ({ id, prices: { r: "5" } }))), { source, name: "offers.xml", at })
const goodOf = (code: string) => inTx((tx) => groupByCode(tx, { code, at }))

/** Whether any of the numbers stands anywhere in the database, bytes of files among it. */
async function stored(): Promise<string[]> {
  const { rows } = await own.owner.pool.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) name from pg_tables where schemaname in ('exchange', 'catalog', 'media', 'staff', 'kernel', 'search')",
  )
  assert.ok(rows.length > 15)
  const found: string[] = []
  for (const { name } of rows) {
    const { rows: hits } = await own.owner.pool.query(
      `select 1 from ${name} one where one::text ~ '4111.?1111.?1111|４１１１|555555555555|9112.?3800.?0000' limit 1`,
    )
    if (hits.length > 0) found.push(name)
  }
  const { rows: pieces } = await own.owner.pool.query("select encode(bytes, 'escape') text from exchange.piece")
  if (pieces.some(({ text }) => /4111.?1111.?1111|４１１１|555555555555|9112.?3800.?0000/.test(text))) found.push("exchange.piece")
  return found
}

test("1C: a number in a name, a description, a requisite or a property is told by line and field; the field is not taken, the good is, and the file is gone", async () => {
  for (const [nth, card] of CARDS.entries()) {
    const id = `one-${nth}`
    const inner = [
      `<Описание>\nКрем. Оплата: ${card}\n</Описание>`,
      `<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Комментарий</Наименование><Значение>${card}</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>`,
      `<Изготовитель><Наименование>${card}</Наименование></Изготовитель>`,
    ].join("\n")
    const done = await imported(own.db, importXml([{ id, name: "Крем", inner }]), { source: `s${nth}`, at })
    assert.equal(done.state, "done")
    assert.deepEqual(
      (await laidAside(done)).map(([, field, reason, value]) => [field, reason, value]),
      [
        ["Товар/Описание", "bank_card_number", null],
        ["Товар/ЗначенияРеквизитов/ЗначениеРеквизита/Значение", "bank_card_number", null],
        ["Товар/Изготовитель/Наименование", "bank_card_number", null],
      ],
    )
    const lines = (await laidAside(done)).map(([line]) => Number(line))
    assert.ok(
      lines.every((line, place) => line > 1 && (place === 0 || line > lines[place - 1]!)),
      lines.join(),
    )
    const again = await inTx((tx) => repeatImport(tx, { id: done.id, dryRun: true, by: 1, at }))
    await ran(own.db, { at })
    const { state, failure } = await inTx((tx) => importById(tx, again))
    assert.deepEqual([state, failure?.code], ["failed", "file_forgotten"])
    assert.match(failureText("file_forgotten", {}, "ru"), /номер банковской карты/)
  }
  assert.deepEqual(await stored(), [])
})

test("1C: a good called by a number is not taken, its neighbours are; what no catalogue keeps is looked at too", async () => {
  const document = `<Документ><Ид>7</Ид><Номер>7</Номер><Комментарий>${CARD}</Комментарий></Документ>`
  const xml = importXml([
    { id: "called", name: `Крем ${CARD}` },
    { id: CARD.replaceAll(" ", ""), name: "Крем" },
    { id: "neighbour", name: "Гель" },
  ]).replace("</КоммерческаяИнформация>", `${document}</КоммерческаяИнформация>`)
  const done = await imported(own.db, xml, { source: "called", at })
  await priced("called", ["called", "neighbour"])
  const reasons = (await laidAside(done)).map(([, field, reason]) => [field, reason])
  assert.deepEqual(reasons, [
    ["Товар/Наименование", "name_missing"],
    ["Товар/Наименование", "bank_card_number"],
    ["Товар/Ид", "id_missing"],
    ["Товар/Ид", "bank_card_number"],
    ["Документ", "order_unknown"],
    ["Документ/Комментарий", "bank_card_number"],
  ])
  assert.deepEqual([await goodOf("called"), (await goodOf("neighbour"))?.code], [undefined, "neighbour"])
  assert.deepEqual(await stored(), [])
})

test("YML: in a description, a parameter, an attribute; plain or gzipped", async () => {
  const feed = (id: string) => `<?xml version="1.0" encoding="UTF-8"?>
<yml_catalog date="2026-11-02"><shop><categories><category id="1">Уход</category></categories>
<offers>
<offer id="${id}"><name>Крем</name><price>5</price><currencyId>BYN</currencyId><categoryId>1</categoryId>
<description>Пишите, карта ${CARD}</description>
<param name="Тон" unit="${CARD}">алый</param><sales_notes>${CARD}</sales_notes></offer>
</offers></shop></yml_catalog>`
  const expected = [
    [5, "offer/description", "bank_card_number", null],
    [6, "offer/param/@unit", "bank_card_number", null],
    [6, "offer/sales_notes", "bank_card_number", null],
  ]
  const plain = await imported(own.db, feed("yml-1"), { source: "yml", name: "feed.yml", at })
  assert.deepEqual([plain.state, await laidAside(plain)], ["done", expected])
  const packed = await imported(own.db, gzipSync(feed("yml-2")), { source: "ymlz", name: "feed.yml.gz", at })
  assert.deepEqual([packed.state, await laidAside(packed)], ["done", expected])
  assert.equal((await goodOf("yml-1"))?.name.ru, "Крем")
  assert.deepEqual(await stored(), [])
})

test("CSV: the line and the head of the column are told, also of a column nobody reads, of a title, and of a row that is dropped for it", async () => {
  const csv = [
    `Прайс-лист; счёт ${CARD}`,
    "Код;Наименование;Цена;Описание;Комментарий",
    "csv-1;Крем;2,50;хороший;оплатить на 5555 5555 5555 4444",
    "csv-2;Гель 9112380000000002;3;;",
    "csv-3;Мыло;4;4111111111111111;",
  ].join("\n")
  const done = await imported(own.db, csv, { source: "csv", name: "goods.csv", at })
  assert.deepEqual(await laidAside(done), [
    [1, "(столбец 2)", "bank_card_number", null],
    [3, "Комментарий", "bank_card_number", null],
    [4, "Наименование", "bank_card_number", null],
    [4, "Наименование", "name_missing", null],
    [5, "Описание", "bank_card_number", null],
  ])
  assert.deepEqual([(await goodOf("csv-1"))?.name.ru, await goodOf("csv-2"), (await goodOf("csv-3"))?.name.ru], ["Крем", undefined, "Мыло"])
  assert.deepEqual(await stored(), [])
})

test("XLSX: as text of its cells and of its shared words", async () => {
  const zip = new ZipFile()
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name)
  const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
  add("[Content_Types].xml", "<Types/>")
  add("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets></workbook>')
  add(
    "xl/_rels/workbook.xml.rels",
    '<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  )
  add("xl/sharedStrings.xml", `<sst><si><t>Крем</t></si><si><t>карта ${CARD}</t></si></sst>`)
  add(
    "xl/worksheets/sheet1.xml",
    `<worksheet><sheetData><row r="1">${cell("A1", "Код")}${cell("B1", "Наименование")}${cell("C1", "Описание")}${cell("D1", "Бренд")}${cell("E1", "Цена")}</row>
<row r="2">${cell("A2", "x-1")}<c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c>${cell("D2", CARD)}${cell("E2", "5")}</row></sheetData></worksheet>`,
  )
  zip.end()
  const done = await imported(own.db, await buffer(zip.outputStream), { source: "xlsx", name: "goods.xlsx", at })
  assert.deepEqual(await laidAside(done), [
    [2, "Описание", "bank_card_number", null],
    [2, "Бренд", "bank_card_number", null],
  ])
  assert.equal((await goodOf("x-1"))?.name.ru, "Крем")
  assert.deepEqual(await stored(), [])
})

test("a file that breaks off is forgotten too, whether the number stood before the place or behind it", async () => {
  const whole = importXml([{ id: "broken-1", name: "Крем", inner: `<Описание>${CARD}</Описание>` }])
  const before = await imported(own.db, whole.replace("</Каталог>", "</Обрыв>"), { source: "broken", at })
  const behind = await imported(own.db, `<КоммерческаяИнформация><Каталог></Обрыв>\n<Описание>${CARD}</Описание>`, { source: "broken", at })
  const inName = await imported(own.db, `<КоммерческаяИнформация><a4111111111111111></b>`, { source: "broken", at })
  for (const { state, failure } of [before, behind, inName]) assert.deepEqual([state, failure?.code], ["failed", "xml_broken"])
  assert.equal((await laidAside(before)).length, 1)
  assert.deepEqual(await stored(), [])
})

test("an archive is forgotten when all of it was read: its other documents and its pictures are not lost for it", async () => {
  const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: "#c86b93" } })
    .jpeg()
    .toBuffer()
  const zip = new ZipFile()
  const inner = `<Картинка>import_files/a.jpg</Картинка><Описание>${CARD}</Описание>`
  zip.addBuffer(Buffer.from(importXml([{ id: "zip-1", name: "Крем", inner }])), "import.xml", { compress: false })
  zip.addBuffer(Buffer.from(importXml([{ id: "zip-2", name: "Гель" }])), "more.xml", { compress: false })
  zip.addBuffer(picture, "import_files/a.jpg", { compress: false })
  zip.end()
  const bytes = await buffer(zip.outputStream)
  const session = await inTx(async (tx) => {
    const begun = await beginSession(tx, { staffId: 1, at })
    await receivePiece(tx, { session: begun.session, name: "all.zip", bytes, most: 2 ** 31, at })
    return begun.session
  })
  const importing = async (fileName: string) => {
    const id = await inTx((tx) => askImport(tx, { source: "zip", session, file: null, fileName, by: 1, at }))
    await ran(own.db, { at })
    return inTx((tx) => importById(tx, id))
  }
  assert.equal((await importing("import.xml")).state, "done")
  assert.equal((await importing("more.xml")).state, "done", "it was still there")
  await picturesMade(own.db, { at: new Date(at.getTime() + 60_000) })
  await priced("zip", ["zip-1", "zip-2"])
  assert.deepEqual([(await goodOf("zip-1"))?.pictures.length, (await goodOf("zip-2"))?.name.ru], [1, "Гель"])
  assert.deepEqual(await stored(), [])
})

test("what goods say every day is no bank card number: barcodes, articles, ids of 1C, volumes, sizes, phones", async () => {
  const digit = () => Math.floor(Math.random() * 10)
  const ean = () => {
    const body = Array.from({ length: 12 }, digit)
    const sum = body.reduce((all, one, place) => all + one * (place % 2 === 0 ? 1 : 3), 0)
    return [...body, (10 - (sum % 10)) % 10].join("")
  }
  const goods = Array.from({ length: 500 }, () => {
    const id = `${crypto.randomUUID()}#${crypto.randomUUID()}`
    const inner = [
      `<Артикул>${["A", "4", ""][digit() % 3]}${ean()}</Артикул><Штрихкод>${ean()}</Штрихкод><Штрихкод>${ean()}</Штрихкод>`,
      `<Описание>Объём 50/100/250 мл, арт. ${ean()}, ${ean()}; CI 77491, CI 77492, тел. +375 (29) 123-45-67, партия 2026-11-${10 + digit()}</Описание>`,
      `<Картинка>import_files/${crypto.randomUUID().slice(0, 2)}/${crypto.randomUUID()}_${crypto.randomUUID()}.jpg</Картинка>`,
    ].join("")
    return { id, name: `Крем ${digit()}0 мл`, inner }
  })
  const byChance = "aaaaaaaa-4111-1111-1111-1111aaaaaaaa" // what one picture in many thousands is called
  goods.push({ id: `${byChance}#${byChance}`, name: "Крем", inner: `<Картинка>import_files/aa/${byChance}_${byChance}.jpg</Картинка>` })
  const done = await imported(own.db, importXml(goods), { source: "everyday", dryRun: true, at })
  assert.equal(done.counts["facts"]! >= 500, true)
  assert.deepEqual(
    (await laidAside(done)).filter(([, , reason]) => reason === "bank_card_number"),
    [],
  )
})
