import { groupByCode, stockOfGroup } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { openShops } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { buffer } from "node:stream/consumers"
import { after, before, test } from "node:test"
import { ZipFile } from "yazl"
import { imported } from "./testing.ts"

let own: OwnDb
before(async () => {
  own = await ownDb()
  await inTransaction(own.db, (tx) => openShops(tx, { shops: [aShop({ code: "0101" })], at }))
})
after(() => own.drop())

const at = new Date("2026-11-02T09:00:00Z")
const page = (code: string) => inTransaction(own.db, (tx) => groupByCode(tx, { code, at: new Date("2026-11-03") }))

const FEED = `<?xml version="1.0" encoding="windows-1251"?>
<!DOCTYPE yml_catalog SYSTEM "shops.dtd">
<yml_catalog date="2026-11-02T09:00:00+03:00"><shop><name>Поставщик</name><company>ООО</company><url>https://example.by</url>
<currencies><currency id="BYN" rate="1"/></currencies>
<categories><category id="1">Уход</category><category id="7" parentId="1">Кремы</category></categories>
<offers>
<offer id="a1" available="true" group_id="g"><name>Крем дневной</name><vendor>Belita</vendor><price>12.30</price><oldprice>15</oldprice><currencyId>BYN</currencyId><categoryId>7</categoryId><param name="Объём" unit="мл">50</param><barcode>4006381333931</barcode><outlets><outlet id="0101" instock="4"/></outlets></offer>
<offer id="a2" available="true" group_id="g"><name>Крем дневной</name><vendor>Belita</vendor><price>20</price><currencyId>BYN</currencyId><categoryId>7</categoryId><param name="Объём" unit="мл">100</param></offer>
<offer id="b" available="false"><typePrefix>Маска</typePrefix><vendor>Vitex</vendor><model>Ночная</model><price>9,90</price><currencyId>BYN</currencyId><categoryId>7</categoryId><country_of_origin>Беларусь</country_of_origin></offer>
<offer id="c" available="true"><name>Тоник</name><price>5</price><currencyId>USD</currencyId><categoryId>1</categoryId></offer>
</offers></shop></yml_catalog>`

/** As old shops write it. */
function inWindows1251(text: string): Buffer {
  const bytes = Array.from(text, (sign) => {
    const code = sign.codePointAt(0)!
    return code < 128 ? code : code === 0x451 ? 0xb8 : code === 0x401 ? 0xa8 : code - 0x410 + 0xc0
  })
  return Buffer.from(bytes)
}

test("a YML feed comes in: categories, variants of one group, prices in roubles alone, stock of outlets", async () => {
  const job = await imported(own.db, inWindows1251(FEED), { source: "yml-belita", name: "feed.yml" })
  assert.deepEqual([job.state, job.failure, job.counts["refused"]], ["done", null, 1])
  const cream = await page("g")
  assert.deepEqual(
    [
      cream?.category,
      cream?.brand?.name,
      cream?.variants.map(({ sku, label, price, net }) => [sku, label?.ru, price.regularMinor, net?.amount]),
    ],
    [
      "uhod/kremy",
      "Belita",
      [
        ["a1", "50 мл", 1230, 50],
        ["a2", "100 мл", 2000, 100],
      ],
    ],
  )
  const mask = await page("b")
  assert.deepEqual([mask?.name.ru, mask?.country, mask?.variants[0]?.price.regularMinor], ["Маска Vitex Ночная", "BY", 990])
  assert.equal(await page("c"), undefined)
  const stock = await inTransaction(own.db, (tx) => stockOfGroup(tx, cream!.no))
  assert.deepEqual(
    stock.map(({ shop, sku, quantityMilli }) => [shop, sku, quantityMilli]),
    [["0101", "a1", 4000]],
  )
})

const CSV = `Код;Наименование;Раздел;Бренд;Штрихкод;Цена;Цена по карте;Свойство: Тип кожи;Остаток: 0101
c-1;"Гель ""Морской""; 250 мл";Уход / Тело;Lumi;4012345678901;7,50;6,90;сухая | нормальная;12
c-2;Скраб;Уход / Тело;Lumi;;не знаю;;;
;Без кода;;;;1;;;
`

test("a CSV sheet comes in as Excel saves it: windows-1251, semicolons, quotes; each bad row has its line", async () => {
  const job = await imported(own.db, inWindows1251(CSV), { source: "sheet", name: "goods.csv" })
  assert.deepEqual([job.state, job.counts["refused"]], ["done", 2])
  const gel = await page("c-1")
  assert.deepEqual(
    [gel?.name.ru, gel?.category, gel?.attributes, gel?.variants[0]?.price.cardMinor, gel?.variants[0]?.net],
    ['Гель "Морской"; 250 мл', "uhod-2/telo", { tip_kozhi: ["suhaya", "normalnaya"] }, 690, { amount: 250, unit: "ml" }],
  )
  const { rows } = await own.owner.pool.query("select line, field, reason from exchange.quarantine where import = $1 order by id", [job.id])
  assert.deepEqual(rows, [
    { line: 3, field: "Цена", reason: "number_invalid" },
    { line: 4, field: "Код", reason: "id_missing" },
  ])
  const noCode = await imported(own.db, "Название;Цена\nГель;1\n", { source: "sheet", name: "goods.csv" })
  assert.deepEqual(
    [noCode.state, noCode.failure?.code, noCode.failure?.line, noCode.failure?.field],
    ["failed", "column_missing", 1, "Код"],
  )
})

const SHEET = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>Цена</t></is></c><c r="E1" t="inlineStr"><is><t>Штрихкод</t></is></c></row>
<row r="2"><c r="A2"><v>1001</v></c><c r="B2" t="s"><v>2</v></c><c r="D2"><v>19.900000000000002</v></c><c r="E2"><v>5.901234123457E12</v></c></row>
</sheetData></worksheet>`
const WORDS = `<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Код</t></si><si><t>Название</t></si><si><r><t>Лак </t></r><r><t>«Рубин»</t></r></si></sst>`

async function workbook(): Promise<Buffer> {
  const zip = new ZipFile()
  const files = {
    "xl/workbook.xml": "<workbook/>",
    "xl/worksheets/sheet1.xml": SHEET,
    "xl/sharedStrings.xml": WORDS,
    "[Content_Types].xml": "<Types/>",
  }
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

test("an XLSX workbook comes in: shared and rich texts, empty cells, and numbers as people wrote them", async () => {
  const job = await imported(own.db, await workbook(), { source: "xlsx", name: "goods.xlsx" })
  assert.deepEqual([job.state, job.failure], ["done", null])
  const polish = await page("1001")
  assert.deepEqual(
    [polish?.name.ru, polish?.variants[0]?.price.regularMinor, polish?.variants[0]?.eans],
    ["Лак «Рубин»", 1990, ["5901234123457"]],
  )
})
