import { aCard } from "@mila/cards/testing"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { keepMerge, mergeMembers, unmergeMembers } from "@mila/members"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { receiptIdOf } from "./facts.ts"
import { purchaseWith, receiptOf, receiptsOf } from "./receipts-of.ts"
import { recordReceipts } from "./record-receipts.ts"
import { aSale, aTill, CREAM, SOME_DAY } from "./testing.ts"

after(closeTestDatabases)

const later = (minutes: number) => new Date(SOME_DAY.getTime() + minutes * 60_000)
const [at, by] = [SOME_DAY, "system"] as const

test("what was bought before two memberships became one is read by the one that lives on, and no more after an undo", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const [former, living, stranger] = [await aCard(tx), await aCard(tx), await aCard(tx)]
    const buy = async (card: string, minutes: number) => {
      const sale = aSale(till, { card, soldAt: later(minutes).toISOString() })
      await recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at: later(60) })
      return receiptIdOf(sale)
    }
    const first = await buy(former.number, 1)
    const second = await buy(living.number, 2)
    const third = await buy(former.number, 3)
    const read = async (memberId: number) => (await receiptsOf(tx, { memberId })).map(({ receiptId }) => receiptId)
    const opens = async (memberId: number, receiptId: string) => (await receiptOf(tx, { memberId, receiptId }))?.receiptId
    assert.deepEqual(await read(living.memberId), [second])
    assert.equal(await opens(living.memberId, first), undefined, "not yet")

    const pair = { from: former.memberId, into: living.memberId, at, by }
    await mergeMembers(tx, pair)
    const { mergeId } = await keepMerge(tx, { ...pair, kept: { followers: [], cards: [], months: [], consents: [] } })
    assert.deepEqual(await read(living.memberId), [third, second, first])
    const cursor = { soldAt: later(3), receiptId: third }
    assert.deepEqual(
      (await receiptsOf(tx, { memberId: living.memberId, before: cursor, most: 1 })).map((one) => one.receiptId),
      [second],
    )
    assert.equal(await opens(living.memberId, first), first)
    assert.equal(await opens(stranger.memberId, first), undefined, "nobody else's")
    assert.equal(await purchaseWith(tx, { memberId: living.memberId, skus: [CREAM] }), third, "a purchase is verified too")

    await unmergeMembers(tx, { mergeId, at, by })
    assert.deepEqual(await read(living.memberId), [second])
    assert.deepEqual(await read(former.memberId), [third, first])
  }))
