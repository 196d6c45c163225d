import { groupByCode } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { quarantineOf } from "./index.ts"
import { imported, importXml, offersXml } from "./testing.ts"

let own: OwnDb
before(async () => {
  own = await ownDb()
})
after(() => own.drop())

const at = new Date("2026-11-02T09:00:00Z")
const inTx = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => inTransaction(own.db, work)
const pricesOf = async (code: string): Promise<unknown> => {
  const price = (await inTx((tx) => groupByCode(tx, { code, at })))?.variants[0]?.price
  return price && [price.regularMinor, price.cardMinor]
}

test("an ordinary first import goes in with a few zeros among thousands of prices, and with purchase prices nobody pays", async () => {
  const goods = Array.from({ length: 300 }, (_, no) => ({ id: `first-${no}`, name: `Крем ${no}` }))
  await imported(own.db, importXml(goods), { source: "first", at })
  const before = ["r:Розничная", "k:По карте", "z:Закупочная"].map((type) => type.split(":"))
  const types = `<ТипыЦен>${before.map(([id, name]) => `<ТипЦены><Ид>${id}</Ид><Наименование>${name}</Наименование><Валюта>BYN</Валюта></ТипЦены>`).join("")}</ТипыЦен>`
  const offers = goods.map(({ id }, no) => ({ id, prices: { r: no < 15 ? "0" : "10.00", k: no < 150 ? "0" : "9", z: "0" } }))
  const job = await imported(own.db, offersXml(offers, { before: types }), { source: "first", at, name: "offers.xml" })
  assert.deepEqual([job.state, job.heldFor, job.diff?.prices], ["done", [], { new: 435, up: 0, down: 0, same: 0, emptied: 15, jumped: 15 }])
  const rows = await inTx((tx) => quarantineOf(tx, { id: job.id }))
  assert.deepEqual(
    [rows.length, rows[0]?.reason, rows[0]?.thing],
    [15, "price_zero", "first-0"],
    "a zero is told where people would pay it",
  )
  assert.deepEqual(
    [await pricesOf("first-0"), await pricesOf("first-20"), await pricesOf("first-200")],
    [undefined, [1000, 1000], [1000, 900]],
  )
  const tripled = offers.map(({ id }) => ({ id, prices: { z: "30" } }))
  await imported(
    own.db,
    offersXml(
      offers.map(({ id }) => ({ id, prices: { z: "5" } })),
      { before: types },
    ),
    { source: "first", at, name: "z.xml" },
  )
  const jump = await imported(own.db, offersXml(tripled, { before: types }), { source: "first", at, name: "zz.xml" })
  assert.deepEqual([jump.state, jump.diff?.prices.jumped], ["done", 0], "what means nothing here stops nothing")
})
