import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { mergeStandings, retier, settleReceipts, standingChangesOf, standingsOf } from "./index.ts"
import { aBasket, aLine, aReceipt } from "./testing.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T10:00:00Z")

test("a level is reached by the receipt after which the turnover is there, and counts from the next", () =>
  rolledBack(async (tx) => {
    const settle = async (amount: number) =>
      (await settleReceipts(tx, [aReceipt({ memberId: 11, basket: aBasket([aLine({ amount })]) })], { at: AT }))[0]!
    assert.deepEqual([(await settle(49_999)).tier, (await settle(1)).tier, (await settle(1)).tier], ["base", "base", "silver"])
    assert.deepEqual(await standingChangesOf(tx, { memberId: 11, most: 9 }), [
      { memberId: 11, from: null, to: "silver", on: "2026-11-23", cause: "receipt" },
    ])
    const standing = (await standingsOf(tx, [11], { at: AT })).get(11)
    assert.deepEqual(standing, {
      tier: "silver",
      turnoverMinor: 50_001,
      next: { tier: "gold", missingMinor: 99_999 },
      falls: { on: "2027-11-01", to: "base" },
    })
    assert.equal((await standingsOf(tx, [99], { at: AT })).get(99)?.tier, "base")
  }))

test("the nightly job writes fallen levels down, once, page by page", () =>
  rolledBack(async (tx) => {
    const members = [11, 12, 13]
    await settleReceipts(
      tx,
      members.map((memberId) => aReceipt({ memberId, basket: aBasket([aLine({ amount: 60_000 })]) })),
      { at: AT },
    )
    const later = new Date("2027-11-01T00:30:00Z")
    const pages = []
    for (let from: number | null = 0; from !== null;) {
      const page: { members: number; changed: number; last: number | null } = await retier(tx, { at: later, after: from, most: 2 })
      pages.push(page)
      from = page.last
    }
    assert.deepEqual(
      pages.map(({ members: seen, changed }) => [seen, changed]),
      [
        [2, 2],
        [1, 1],
      ],
    )
    assert.deepEqual((await standingChangesOf(tx, { memberId: 12, most: 1 }))[0], {
      memberId: 12,
      from: "silver",
      to: "base",
      on: "2027-11-01",
      cause: "window",
    })
    assert.equal((await retier(tx, { at: later, most: 10 })).changed, 0)
  }))

test("merged members add their turnovers up", () =>
  rolledBack(async (tx) => {
    await settleReceipts(
      tx,
      [
        aReceipt({ memberId: 11, basket: aBasket([aLine({ amount: 30_000 })]) }),
        aReceipt({ memberId: 12, basket: aBasket([aLine({ amount: 25_000 })]) }),
      ],
      { at: AT },
    )
    await mergeStandings(tx, { from: 11, into: 12, at: AT })
    await mergeStandings(tx, { from: 11, into: 12, at: AT })
    const standings = await standingsOf(tx, [11, 12], { at: AT })
    assert.deepEqual([standings.get(11)?.turnoverMinor, standings.get(12)?.turnoverMinor, standings.get(12)?.tier], [0, 55_000, "silver"])
    assert.equal((await standingChangesOf(tx, { memberId: 12, most: 9 }))[0]?.cause, "merge")
  }))
