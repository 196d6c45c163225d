import { changesSince, shownVersion } from "@mila/catalog"
import { ownDb, type OwnDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { openShop } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { quarantineOf } from "./index.ts"
import { imported, importXml, offersXml, SHARED_DATA } from "./testing.ts"

let own: OwnDb
before(async () => void (own = await ownDb()))
after(() => own.drop())

const folders = ["commerceml", "commerceml/raw-cp1251", "yml"].map((folder) => join(SHARED_DATA, folder))
const isThere = folders.every((folder) => existsSync(folder))

/** What the collections of the field hold that is no catalogue: refused, and where. */
const REFUSED: Readonly<Record<string, string>> = {
  "CML209.xsd": "format_unknown 2 schema",
  "rakov-Sale77.xml": "version_unsupported 3 КоммерческаяИнформация/Каталог",
  "rakov-Sale77.cp1251.xml": "version_unsupported 3 КоммерческаяИнформация/Каталог",
  "cassiopeia-broken.xml": "xml_broken 27 yml_catalog/shop/offers/offer/name",
  "argentcrusade-contractors.xml": "nothing_taken 4 Контрагент",
  "argentcrusade-documents.xml": "nothing_taken 4 Документ",
  "carono-orders.xml": "nothing_taken 3 Документ",
  "carono-orders.cp1251.xml": "nothing_taken 3 Документ",
  "irpsv-off-doc-1c-orders.xml": "nothing_taken 3 Документ",
  "dobromyslov-bitrix-query-response-full.xml": "nothing_taken 5 Документ",
}

test(
  "every file of the field's collections is imported, or refused with a reason that names line and field",
  {
    skip: isThere ? false : `no commerceml/ and yml/ in ${SHARED_DATA} (MILA_SHARED_DATA names another folder)`,
  },
  async () => {
    for (const folder of folders) {
      for (const name of readdirSync(folder)
        .filter((name) => name.includes("."))
        .toSorted()) {
        const source = name
          .replace(/[^a-z0-9]+/gi, "-")
          .toLowerCase()
          .slice(0, 30)
        const rules = { currencies: ["rub", "rur", "руб", "usd", "eur"] }
        const job = await imported(own.db, readFileSync(join(folder, name)), { source, rules })
        const told = job.failure && `${job.failure.code} ${job.failure.line} ${job.failure.field}`
        assert.deepEqual([name, job.state, told], [name, REFUSED[name] ? "failed" : "done", REFUSED[name] ?? null])
        const aside = await inTransaction(own.db, (tx) => quarantineOf(tx, { id: job.id }))
        for (const { line, field, reason } of aside) assert.ok(field !== "" && (line !== null || reason === "warehouse_unknown"), name)
      }
    }
  },
)

test("a whole exchange sent again as it was is no news to who keeps a copy of the catalogue; a new price in it is one of prices alone", async () => {
  const hour = (no: number): Date => new Date(Date.UTC(2026, 10, 2, no))
  await inTransaction(own.db, (tx) => openShop(tx, { ...aShop({ code: "0909" }), at: hour(8) }))
  const before =
    "<Классификатор><Ид>k</Ид><Группы><Группа><Ид>g</Ид><Наименование>Кремы</Наименование></Группа></Группы><Свойства><Свойство><Ид>p</Ид><Наименование>Тип кожи</Наименование></Свойство></Свойства></Классификатор>"
  const inner =
    "<Группы><Ид>g</Ид></Группы><Описание>Мягкий</Описание><ЗначенияСвойств><ЗначенияСвойства><Ид>p</Ид><Значение>Сухая</Значение></ЗначенияСвойства></ЗначенияСвойств>"
  const goods = importXml([{ id: "again", name: "Крем", inner }], { before })
  const shops = "<Склады><Склад><Ид>0909</Ид><Наименование>0909</Наименование></Склад></Склады>"
  const shades = (price: string): string =>
    offersXml([
      {
        id: "again#1",
        name: "Крем (1)",
        characteristic: ["Тон", "1"],
        ean: "4006381333931",
        prices: { r: price, k: "9" },
        stock: { "0909": 3 },
      },
      { id: "again#2", name: "Крем (2)", characteristic: ["Тон", "2"], prices: { r: "12" }, stock: { "0909": 0 } },
    ]).replace("<Предложения>", `${shops}<Предложения>`)
  const exchange = async (price: string, no: number): Promise<void> => {
    for (const [name, content] of [
      ["import.xml", goods],
      ["offers.xml", shades(price)],
    ] as const)
      assert.equal((await imported(own.db, content, { source: "again", name, at: hour(no) })).state, "done")
  }
  await exchange("10", 9)
  const version = await inTransaction(own.db, shownVersion)
  const news = async () => (await inTransaction(own.db, (tx) => changesSince(tx, { version, most: 100 })))?.map(({ what }) => what)
  await exchange("10", 10)
  assert.deepEqual(await news(), [])
  await exchange("11", 11)
  assert.deepEqual(await news(), ["prices"])
})
