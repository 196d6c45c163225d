import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { inTransaction, type Day, type Tx } from "@mila/kernel"
import { aCard } from "@mila/cards/testing"
import { balancesOf, checkLedger } from "@mila/ledger"
import assert from "node:assert/strict"
import { randomInt } from "node:crypto"
import { after, test } from "node:test"
import type { Sale, TillIdentity } from "./facts.ts"
import { claimPoints, decidePointsClaim, retryPointsClaims } from "./points-claims.ts"
import { pointsClaims, pointsClaimsOf } from "./points-claim-rows.ts"
import { receiptById } from "./receipts-of.ts"
import { recordReceipts } from "./record-receipts.ts"
import { recordReturn } from "./record-return.ts"
import { aLine, aReturn, aSale, aTill, SOME_DAY } from "./testing.ts"

after(closeTestDatabases)

const DAY = "2026-11-23" as Day
const later = (days: number) => new Date(SOME_DAY.getTime() + days * 86_400_000)
const aUid = () =>
  randomInt(2 ** 47)
    .toString(16)
    .toUpperCase()
    .padStart(12, "0")
    .repeat(2)
const availableAndPending = async (tx: Tx, memberId: number) => (await balancesOf(tx, [memberId])).get(memberId)

async function sell(tx: Tx, till: TillIdentity, given: Partial<Sale> & { card?: string } = {}) {
  const uid = given.fiscal?.uid ?? aUid()
  const sale = aSale(till, { fiscal: { uid }, ...given })
  await recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at: SOME_DAY })
  return { uid, receiptId: `${till.shop}-3-17-${sale.number}`, sale }
}

test("A23: who forgot the card asks with what stands on the receipt, and has the points as if it had been shown", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { memberId } = await aCard(tx)
    const { uid, receiptId } = await sell(tx, till)
    const asked = { memberId, fiscalUid: ` ${uid.toLowerCase()} `, soldOn: DAY, totalMinor: 2_000, at: later(1) }
    const claim = await claimPoints(tx, asked)
    assert.deepEqual([claim.state, claim.earned, claim.receiptId], ["granted", 20, receiptId])
    assert.deepEqual(await availableAndPending(tx, memberId), { pending: 20, available: 0, held: 0, owed: 0 })
    const receipt = await receiptById(tx, receiptId)
    assert.equal(receipt?.memberId, memberId)
    assert.ok(
      receipt.explanation.some(({ code }) => code === "base"),
      "the receipt says why so many",
    )

    const again = await claimPoints(tx, asked)
    assert.deepEqual([again.state, again.reason], ["refused", "yours"])
    const { memberId: other } = await aCard(tx)
    const theirs = await claimPoints(tx, { ...asked, memberId: other })
    assert.deepEqual([theirs.state, theirs.reason], ["refused", "claimed"])
    assert.equal(await availableAndPending(tx, other).then((balance) => balance?.pending ?? 0), 0)
  }))

test("A23: two members who ask for one receipt at once: exactly one has it, ten times over", async () => {
  const own = await ownDb()
  try {
    for (let round = 0; round < 10; round += 1) {
      const { uid, people } = await inTransaction(own.db, async (tx) => {
        const till = await aTill(tx)
        const people = [await aCard(tx), await aCard(tx), await aCard(tx)].map(({ memberId }) => memberId)
        return { uid: (await sell(tx, till)).uid, people }
      })
      const claims = await Promise.all(
        people.map((memberId) =>
          inTransaction(own.db, (tx) => claimPoints(tx, { memberId, fiscalUid: uid, soldOn: DAY, totalMinor: 2_000, at: later(1) })),
        ),
      )
      assert.deepEqual(claims.map(({ state }) => state).toSorted(), ["granted", "refused", "refused"])
      assert.ok(claims.every(({ state, reason }) => state === "granted" || reason === "claimed"))
    }
    const proven = await checkLedger(own.db, { at: later(1), now: () => later(1) })
    assert.deepEqual(proven.findings, [])
  } finally {
    await own.drop()
  }
})

test("A23: a wrong day or sum is answered as a receipt that is not there, and too old a one is not taken", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { memberId } = await aCard(tx)
    const { uid } = await sell(tx, till)
    const ask = (given: object) => claimPoints(tx, { memberId, fiscalUid: uid, soldOn: DAY, totalMinor: 2_000, at: later(1), ...given })
    const [nothing, otherSum, otherDay] = [
      await ask({ fiscalUid: aUid() }),
      await ask({ totalMinor: 2_001 }),
      await ask({ soldOn: "2026-11-22" as Day }),
    ]
    for (const one of [nothing, otherSum, otherDay]) assert.deepEqual([one.state, one.reason, one.receiptId], ["waiting", null, null])
    await assert.rejects(ask({ at: later(15) }), { code: "receipt_too_old" })
    await assert.rejects(ask({ fiscalUid: "<script>" }), { code: "malformed" })
    await assert.rejects(ask({ soldOn: "2026-11-25" as Day }), { code: "malformed" })
  }))

test("A23: ten asks in a day are enough, and the sixth receipt of a month is looked at by a person", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { memberId } = await aCard(tx)
    const states: string[] = []
    for (let nth = 0; nth < 6; nth += 1) {
      const { uid } = await sell(tx, till)
      states.push((await claimPoints(tx, { memberId, fiscalUid: uid, soldOn: DAY, totalMinor: 2_000, at: later(1) })).state)
    }
    assert.deepEqual(states, ["granted", "granted", "granted", "granted", "granted", "with_staff"])
    const nothing = { memberId, soldOn: DAY, totalMinor: 2_000, at: later(1) }
    for (let nth = 0; nth < 4; nth += 1) await claimPoints(tx, { ...nothing, fiscalUid: aUid() })
    await assert.rejects(claimPoints(tx, { ...nothing, fiscalUid: aUid() }), { code: "too_often" })
    await claimPoints(tx, { ...nothing, fiscalUid: aUid(), at: later(2.1) })

    const [waiting] = await pointsClaims(tx, { state: "with_staff" })
    const given = await decidePointsClaim(tx, { claimId: waiting!.claimId, give: true, by: "staff:1", at: later(2) })
    assert.deepEqual([given.state, given.earned, given.decidedBy], ["granted", 20, "staff:1"])
    await assert.rejects(decidePointsClaim(tx, { claimId: waiting!.claimId, give: false, by: "staff:1", at: later(2) }), {
      code: "points_claim_decided",
    })
  }))

test("a receipt that a till sends late is given when it comes; one that never comes ends after three days", async () => {
  const own = await ownDb()
  try {
    const uid = aUid()
    const { till, memberId } = await inTransaction(own.db, async (tx) => {
      const till = await aTill(tx)
      const memberId = (await aCard(tx)).memberId
      for (const fiscalUid of [uid, aUid()]) await claimPoints(tx, { memberId, fiscalUid, soldOn: DAY, totalMinor: 2_000, at: later(0.5) })
      return { till, memberId }
    })
    assert.deepEqual(await retryPointsClaims(own.db, { at: later(1) }), { given: 0, ended: 0 })
    await inTransaction(own.db, (tx) => sell(tx, till, { fiscal: { uid } }))
    assert.deepEqual(await retryPointsClaims(own.db, { at: later(1) }), { given: 1, ended: 0 })
    assert.deepEqual(await retryPointsClaims(own.db, { at: later(5) }), { given: 0, ended: 1 })
    assert.deepEqual(await retryPointsClaims(own.db, { at: later(6) }), { given: 0, ended: 0 })
    const claims = await inTransaction(own.db, (tx) => pointsClaimsOf(tx, { memberId }))
    assert.deepEqual(claims.map(({ state, reason, earned }) => `${state} ${reason} ${earned}`).toSorted(), [
      "granted null 20",
      "refused not_found null",
    ])
  } finally {
    await own.drop()
  }
})

test("A23: goods that came back, a card of nobody and a receipt somebody else has wait for a person, who cannot count them either", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { memberId } = await aCard(tx)
    const { number } = await aCard(tx)
    const returned = await sell(tx, till, { lines: [aLine({ quantityMilli: 2_000, amountMinor: 4_000 })] })
    await recordReturn(tx, { till, requestKey: null, return: aReturn(till, { sale: returned.receiptId }), locale: "ru" }, { at: SOME_DAY })
    const taken = await sell(tx, till, { card: number })
    const ask = (fiscalUid: string, totalMinor: number, dispute = false) =>
      claimPoints(tx, { memberId, fiscalUid, soldOn: DAY, totalMinor, dispute, at: later(1) })
    const partly = await ask(returned.uid, 4_000)
    assert.deepEqual([partly.state, partly.reason], ["with_staff", "returned"])
    assert.equal((await ask(taken.uid, 2_000)).reason, "claimed")
    const disputed = await ask(taken.uid, 2_000, true)
    assert.deepEqual([disputed.state, disputed.reason], ["with_staff", "disputed"])
    for (const { claimId } of [partly, disputed]) {
      await assert.rejects(decidePointsClaim(tx, { claimId, give: true, by: "staff:1", at: later(1) }), {
        code: "points_claim_not_countable",
      })
      assert.equal((await decidePointsClaim(tx, { claimId, give: false, by: "staff:1", at: later(1) })).reason, "staff")
    }
    assert.equal(await availableAndPending(tx, memberId).then((balance) => balance?.pending ?? 0), 0)
  }))

test("what was given this way is taken back when the goods come back", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { memberId } = await aCard(tx)
    const { uid, receiptId } = await sell(tx, till)
    await claimPoints(tx, { memberId, fiscalUid: uid, soldOn: DAY, totalMinor: 2_000, at: later(1) })
    await recordReturn(tx, { till, requestKey: null, return: aReturn(till, { sale: receiptId }), locale: "ru" }, { at: later(2) })
    assert.deepEqual(await availableAndPending(tx, memberId), { pending: 0, available: 0, held: 0, owed: 0 })
  }))
