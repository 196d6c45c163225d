import { endPromotion, groupByCode, promotionsAt } from "@mila/catalog"
import { ownDb, type OwnDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { quarantineOf } from "./index.ts"
import { imported } from "./testing.ts"

let own: OwnDb
before(async () => void (own = await ownDb()))
after(() => own.drop())

const hour = (no: number): Date => new Date(Date.UTC(2026, 10, 2, no))
const feed = (offers: readonly (readonly [id: string, price: string, old?: string])[]): string =>
  `<yml_catalog date="2026-11-02"><shop><currencies><currency id="BYN" rate="1"/></currencies><categories><category id="1">Уход</category></categories><offers>\n${offers
    .map(
      ([id, price, old]) =>
        `<offer id="${id}"><name>Крем ${id}</name><price>${price}</price>\n${old === undefined ? "" : `<oldprice>${old}</oldprice>`}<currencyId>BYN</currencyId><categoryId>1</categoryId></offer>`,
    )
    .join("\n")}\n</offers></shop></yml_catalog>`
const sent = (source: string, offers: Parameters<typeof feed>[0], no = 9) => imported(own.db, feed(offers), { source, at: hour(no) })
const priceOf = (code: string, no = 20) =>
  inTransaction(own.db, async (tx) => {
    const { regularMinor, cardMinor, beforeMinor, promotion, endsAt } = (await groupByCode(tx, { code, at: hour(no) }))!.variants[0]!.price
    return [regularMinor, cardMinor, beforeMinor, promotion, endsAt]
  })
const asideOf = async (id: number) =>
  (await inTransaction(own.db, (tx) => quarantineOf(tx, { id }))).map(({ line, field, reason, thing, value }) => [
    line,
    field,
    reason,
    thing,
    value,
  ])

test("an old price in a feed is the usual one, and what is asked now a promotion of its source that lasts until the feed says otherwise", async () => {
  const { diff } = await sent("yml", [
    ["a", "7.50", "10"],
    ["b", "5"],
    ["c", "4", "6"],
  ])
  assert.deepEqual(diff?.prices, { new: 3, up: 0, down: 0, same: 0, emptied: 0, jumped: 0 })
  assert.deepEqual(await priceOf("a"), [750, 750, 1000, "sale-yml", null])
  assert.deepEqual(await priceOf("b"), [500, 500, null, null, null])
  const running = async () => (await inTransaction(own.db, (tx) => promotionsAt(tx, hour(20)))).map(({ code, endsAt }) => [code, endsAt])
  assert.deepEqual(await running(), [["sale-yml", null]])

  await sent(
    "yml",
    [
      ["a", "10"],
      ["b", "4", "5"],
      ["c", "3", "6"],
    ],
    10,
  )
  assert.deepEqual(await priceOf("a"), [1000, 1000, null, null, null], "the old price is told no more: the offer is over")
  assert.deepEqual(await priceOf("b"), [400, 400, 500, "sale-yml", null])
  assert.deepEqual(await priceOf("c"), [300, 300, 600, "sale-yml", null])
  await sent(
    "yml",
    [
      ["a", "10"],
      ["b", "5"],
      ["c", "6"],
    ],
    11,
  )
  assert.deepEqual(await running(), [], "a promotion without goods is shown to nobody")
})

test("what is asked now is what may not jump unseen: the usual price staying where it is hides nothing", async () => {
  const ids = Array.from({ length: 20 }, (_, no) => `j${no}`)
  await sent(
    "jump",
    ids.map((id) => [id, "100"] as const),
  )
  const cheap = await sent(
    "jump",
    ids.map((id) => [id, "1", "100"] as const),
    10,
  )
  assert.deepEqual([cheap.state, cheap.heldFor, cheap.diff?.prices.jumped, cheap.diff?.prices.down], ["held", ["prices_jump"], 20, 20])
})

test("an old price of nought or the same is none; one below, or no number, is laid aside with line and field, and the price is taken", async () => {
  const { id } = await sent("odd", [
    ["n", "5", "0"],
    ["s", "5", "5.00"],
    ["l", "5", "4"],
    ["w", "5", "дорого"],
  ])
  for (const code of ["n", "s", "l", "w"]) assert.deepEqual(await priceOf(code), [500, 500, null, null, null], code)
  assert.deepEqual(await asideOf(id), [
    [7, "offer/oldprice", "old_price_below", "l", "4"],
    [9, "offer/oldprice", "number_invalid", "w", "дорого"],
  ])
})

test("a sheet says the same by «Старая цена»; the card's price holds where it is lower still", async () => {
  const sheet = "Код;Наименование;Цена;Старая цена;Цена по карте\ns1;Мыло;8;10;9\ns2;Гель;8;10;7\ns3;Пена;8;7;\n"
  const { id } = await imported(own.db, sheet, { source: "sheet", name: "goods.csv", at: hour(9) })
  assert.deepEqual(await priceOf("s1"), [800, 800, 1000, "sale-sheet", null])
  assert.deepEqual(await priceOf("s2"), [800, 700, 1000, "sale-sheet", null])
  assert.deepEqual(await asideOf(id), [[4, "Старая цена", "old_price_below", "s3", "7"]])
})

test("what staff ended stays ended, whatever the feed says next", async () => {
  await sent("ended", [["e", "4", "5"]])
  await inTransaction(own.db, (tx) => endPromotion(tx, { code: "sale-ended", at: hour(10) }))
  await sent("ended", [["e", "3", "5"]], 11)
  assert.deepEqual(await priceOf("e"), [500, 500, null, null, null])
})
