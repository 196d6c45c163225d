import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { minor, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { groupByCode, priceHistory, putGroups, putPrices, putPromotion } from "../index.ts"
import { aGroup } from "../testing.ts"

after(closeTestDatabases)

const at = new Date("2026-11-02T09:00:00Z")
const hours = (count: number) => new Date(at.getTime() + count * 3_600_000)

async function shown(tx: Tx) {
  const group = aGroup()
  await putGroups(tx, [group], { at })
  return (await groupByCode(tx, { code: group.code, at }))!
}

test("until a zone has prices of its own the main zone's hold there", () =>
  rolledBack(async (tx) => {
    const { sku } = (await shown(tx)).variants[0]!
    const price = (regular: number, card: number) => [{ sku, regularMinor: minor(regular), cardMinor: minor(card) }]
    await putPrices(tx, { prices: price(2500, 2400), zone: "east", at: hours(1) })
    await putPrices(tx, { prices: price(1890, 1690), at: hours(3) })
    const cards = async (zone: string) => (await priceHistory(tx, { sku, zone, from: at, to: hours(5) })).map(({ cardMinor }) => cardMinor)
    assert.deepEqual(
      [await cards("east"), await cards("west"), await cards("main")],
      [
        [1790, 2400],
        [1790, 1690],
        [1790, 1690],
      ],
    )
  }))

test("the history says at each moment what the price then was, promotions and all", () =>
  rolledBack(async (tx) => {
    const page = await shown(tx)
    const { sku } = page.variants[0]!
    const words = { name: { ru: "Акция", be: "Акцыя", en: "Sale" }, terms: { ru: "", be: "", en: "" }, look: "rose" }
    const sale = (code: string, [from, to]: [number, number], card: number) =>
      putPromotion(
        tx,
        { ...words, code, startsAt: hours(from), endsAt: hours(to), prices: [{ sku, priceMinor: minor(1900), cardMinor: minor(card) }] },
        { at },
      )
    await sale("long", [2, 8], 1600)
    await sale("deep", [3, 5], 1400)
    await sale("dear", [1, 9], 1850)
    await sale("later", [20, 30], 100)
    const agrees = async (...moments: number[]) => {
      for (const hour of moments) {
        const { price } = (await groupByCode(tx, { code: page.code, at: hours(hour) }))!.variants[0]!
        const last = (await priceHistory(tx, { sku, from: hours(-1), to: hours(hour) })).at(-1)!
        assert.deepEqual([last.cardMinor, last.regularMinor], [price.cardMinor, price.regularMinor], String(hour))
      }
    }
    await agrees(0, 1, 2, 3, 4, 5)
    await putPrices(tx, { prices: [{ sku, regularMinor: minor(1890), cardMinor: minor(1500) }], at: hours(6) })
    const history = await priceHistory(tx, { sku, from: hours(1), to: hours(10) })
    assert.deepEqual(
      history.map(({ since, cardMinor }) => [(Number(since) - Number(at)) / 3_600_000, cardMinor]),
      [
        [1, 1790],
        [2, 1600],
        [3, 1400],
        [5, 1600],
        [6, 1500],
      ],
    )
    await agrees(6, 7, 8, 9)
    assert.deepEqual(
      (await priceHistory(tx, { sku, from: hours(7), to: hours(9) })).map(({ cardMinor }) => cardMinor),
      [1500],
    )
  }))
