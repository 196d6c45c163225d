import { listPromotions, promotionWithGoods, putGroups, putPromotion } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { ownDb, type OwnDb } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { quarantineOf } from "./index.ts"
import { imported } from "./testing.ts"

let own: OwnDb
const at = new Date("2026-11-02T09:00:00Z")
before(async () => {
  own = await ownDb()
  // 19.90, with a card 17.90, never below 10.00
  const variants = ["p1", "p2", "p3"].map((sku) => aVariant({ sku, minPriceMinor: minor(1000) }))
  await inTransaction(own.db, (tx) => putGroups(tx, [aGroup({ variants })], { at }))
})
after(() => own.drop())

const sheet = (content: string) => imported(own.db, content, { source: "promo", name: "promo.csv", at })
const asideOf = async (id: number) =>
  (await inTransaction(own.db, (tx) => quarantineOf(tx, { id }))).map(({ line, field, reason, thing }) => [line, field, reason, thing])
const promotion = (code: string) => inTransaction(own.db, (tx) => promotionWithGoods(tx, code))

test("a sheet announces promotions: days of Minsk, percents, prices with and without the card; what is in none of its rows is in it no more", async () => {
  const heads = "Код акции;Название акции;Начало акции;Окончание акции;Код;Цена;Цена по карте;Скидка, %"
  const row = "black;Чёрная пятница;27.11.2026;2026-11-29"
  const job = await sheet(`${heads}\n${row};p1;15;14;\n${row};p2;;12;\n${row};p3;;;10 %\nвесна;;01.03.2027;08.03.2027;p1;11;;\n`)
  assert.deepEqual([job.state, job.counts["promotions"], job.counts["refused"]], ["done", 2, 0])
  const { promotion: black, prices } = await promotion("black")
  assert.deepEqual(
    [black.name.ru, black.startsAt, black.endsAt],
    ["Чёрная пятница", new Date("2026-11-26T21:00:00Z"), new Date("2026-11-29T21:00:00Z")],
  )
  assert.deepEqual(prices, [
    { sku: "p1", priceMinor: 1500, cardMinor: 1400 },
    { sku: "p2", priceMinor: null, cardMinor: 1200 },
    { sku: "p3", priceMinor: 1791, cardMinor: 1611 },
  ])
  assert.equal((await promotion("vesna")).promotion.name.be, "весна")
  await sheet(`${heads}\n${row};p2;13;;\n`)
  assert.deepEqual((await promotion("black")).prices, [{ sku: "p2", priceMinor: 1300, cardMinor: 1300 }])
})

test("words staff gave a promotion stay, and so do its days where the sheet says none", async () => {
  const words = { ru: "Акция", be: "Акцыя", en: "Offer" }
  const days = { startsAt: new Date("2026-11-09T21:00:00Z"), endsAt: new Date("2026-11-19T21:00:00Z") }
  await inTransaction(own.db, (tx) =>
    putPromotion(tx, { code: "ours", name: words, terms: words, look: "mint", ...days, prices: [] }, { at }),
  )
  await sheet("Код акции;Код;Цена\nours;p1;12\n")
  const { promotion: ours, prices } = await promotion("ours")
  assert.deepEqual([ours.name, ours.look, ours.startsAt, ours.endsAt, prices.length], [words, "mint", days.startsAt, days.endsAt, 1])
})

test("a row that cannot be taken is named with line, field and reason, and the others are; a promotion without days is not announced", async () => {
  const heads = "Код акции;Начало акции;Окончание акции;Код;Цена;Цена по карте;Скидка, %"
  const rows = [
    "mixed;10.11.2026;12.11.2026;p1;15;;",
    "mixed;;;p2;19,90;;",
    "mixed;;;p3;9;;",
    "mixed;;;nobody;5;;",
    "mixed;31.02.2026;;p2;5;;",
    "mixed;;;p2;дёшево;;",
    "mixed;;;p2;15;;10",
    ";;;p2;15;;",
    "nodays;;;p1;15;;",
    "past;01.10.2026;02.10.2026;p1;15;;",
  ]
  const { id } = await sheet(`${heads}\n${rows.join("\n")}\n`)
  assert.deepEqual(
    (await asideOf(id)).toSorted(([one], [other]) => Number(one) - Number(other)),
    [
      [3, "Цена", "promotion_lowers_nothing", "p2"],
      [4, "Цена", "promotion_below_lowest", "p3"],
      [5, "Код", "good_unknown", "nobody"],
      [6, "Начало акции", "date_invalid", "p2"],
      [7, "Цена", "number_invalid", "p2"],
      [8, "Скидка, %", "row_refused", "p2"],
      [9, "Код акции", "id_missing", "p2"],
      [10, "Начало акции", "date_invalid", "nodays"],
      [11, "Окончание акции", "promotion_period_invalid", "past"],
    ],
  )
  assert.deepEqual(
    (await promotion("mixed")).prices.map(({ sku }) => sku),
    ["p1"],
  )
  const goods = await imported(own.db, "Код;Наименование;Акция;Цена\nlist;Крем;да;5\n", { source: "list", name: "list.csv", at })
  assert.deepEqual([goods.diff?.goods.new, goods.counts["refused"]], [1, 0], "a price list that marks offers is a price list")
  const codes = new Set((await inTransaction(own.db, (tx) => listPromotions(tx, { most: 100 }))).map(({ code }) => code))
  assert.ok(!codes.has("nodays") && !codes.has("past"))
})
