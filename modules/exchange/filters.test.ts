import { catalogWords } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { imported } from "./testing.ts"

let own: OwnDb
before(async () => {
  own = await ownDb()
})
after(() => own.drop())

const filters = async (): Promise<Record<string, boolean>> => {
  const { attributes } = await inTransaction(own.db, catalogWords)
  return Object.fromEntries(attributes.map(({ code, filtered }) => [code, filtered]))
}
const HEADS = "Код;Наименование;Цена;Свойство: Тип кожи;Свойство: Подсказка;Свойство: Редкое"
const sheet = (rows: number, hint = (no: number) => `совет ${no}`, skin = (no: number) => ["сухая", "жирная"][no % 2]): string =>
  [HEADS, ...Array.from({ length: rows }, (_, no) => `f-${no};Крем ${no};10;${skin(no)};${hint(no)};${no === 0 ? "да" : ""}`)].join("\n")

test("a property of a price list is chosen by when its values repeat, and stays so with the next list; what every good has otherwise is not", async () => {
  await imported(own.db, sheet(4), { source: "csv", name: "goods.csv" })
  assert.deepEqual(await filters(), { tip_kozhi: false, podskazka: false, redkoe: false }, "too few to tell")
  await imported(own.db, sheet(20), { source: "csv", name: "goods.csv" })
  assert.deepEqual(await filters(), { tip_kozhi: true, podskazka: false, redkoe: false })
  await imported(own.db, sheet(20), { source: "csv", name: "goods.csv" })
  assert.equal((await filters())["tip_kozhi"], true)
  await imported(
    own.db,
    sheet(160, undefined, (no) => `тип ${no % 70}`),
    { source: "csv", name: "goods.csv" },
  )
  assert.equal((await filters())["tip_kozhi"], true, "one that is chosen by does not come and go with every list")
  await imported(
    own.db,
    sheet(160, (no) => `совет ${no % 3}`),
    { source: "csv", name: "goods.csv" },
  )
  assert.equal((await filters())["podskazka"], true)
})

test("params of a feed are chosen by, too", async () => {
  const offers = Array.from(
    { length: 10 },
    (_, no) =>
      `<offer id="y-${no}"><name>Крем ${no}</name><price>5</price><currencyId>BYN</currencyId><categoryId>1</categoryId><param name="Эффект">${["уход", "питание"][no % 2]}</param></offer>`,
  )
  const feed = `<?xml version="1.0" encoding="UTF-8"?><yml_catalog date="2026-11-02"><shop><categories><category id="1">Уход</category></categories><offers>${offers.join("")}</offers></shop></yml_catalog>`
  await imported(own.db, feed, { source: "yml", name: "feed.yml" })
  assert.equal((await filters())["effekt"], true)
})
