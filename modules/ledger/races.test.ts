import { addDays, dayIn, inTransaction, MINSK, type Points, points, type Tx } from "@mila/kernel"
import { closeTestDatabases, ownDb, type OwnDb } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import {
  adjust,
  balancesOf,
  checkLedger,
  closePurse,
  giveBack,
  hold,
  lapseHolds,
  mergePurses,
  openPurses,
  post,
  type Reference,
  settleDue,
  voidHold,
} from "./index.ts"
import { aLot, aPosting, freshMember } from "./testing.ts"

// Every command raced against every other, and against itself, over one member's purse.
const AT = new Date("2026-11-23T09:00:00Z")
const TODAY = dayIn(MINSK, AT)
const ROUNDS = Number(process.env["RACE_ROUNDS"] ?? 20)

let own: OwnDb
before(async () => {
  own = await ownDb({ max: 12 })
})
after(async () => {
  await own.drop()
  await closeTestDatabases()
})

type Scene = { memberId: number; other: number; holdId: number; sale: Reference }

/** A purse with 100 available (20 of them held), 30 pending under a sale that redeemed 10, and a second purse to merge into. */
async function aScene(): Promise<Scene> {
  const [memberId, other] = [freshMember(), freshMember()]
  await aLot(own.db, { memberId, amount: 110 })
  await aLot(own.db, { memberId: other, amount: 1 })
  const earn = [{ line: 1, points: points(30), activatesOn: TODAY, expiresOn: addDays(TODAY, 90) }]
  const pending = [{ ...earn[0]!, activatesOn: addDays(TODAY, 1) }]
  return inTransaction(own.db, async (tx) => {
    const sale = aPosting({ memberId, earn: pending, redeem: points(10) })
    await post(tx, [sale], { at: AT })
    const [held] = await hold(tx, [{ reference: `order:race-${memberId}/redemption`, memberId, points: points(20), lapsesAt: AT }], {
      at: AT,
    })
    return { memberId, other, holdId: held!.holdId, sale: sale.reference }
  })
}

const COMMANDS: Record<string, (tx: Tx, scene: Scene, copy: number) => Promise<unknown>> = {
  earn: (tx, { memberId }) =>
    post(tx, [aPosting({ memberId, earn: [{ line: 1, points: points(5), activatesOn: TODAY, expiresOn: addDays(TODAY, 9) }] })], {
      at: AT,
    }),
  redeem: (tx, { memberId }) => post(tx, [aPosting({ memberId, redeem: points(70) })], { at: AT }),
  hold: (tx, { memberId }, copy) =>
    hold(tx, [{ reference: `order:race-${memberId}/${copy}`, memberId, points: points(70), lapsesAt: new Date(AT.getTime() + 60_000) }], {
      at: AT,
    }),
  capture: (tx, { memberId, holdId }) => post(tx, [aPosting({ memberId, redeem: points(15), holdId, shortage: "debt" })], { at: AT }),
  void: (tx, { holdId }) => voidHold(tx, { holdId, at: AT }),
  lapse: (tx) => lapseHolds(tx, { at: AT, most: 50 }),
  return: (tx, { memberId, sale }) =>
    giveBack(tx, {
      ...{ reference: `return:race-${memberId}/1`, reverses: sale, memberId, occurredAt: AT, at: AT },
      ...{ restore: points(10), claw: [{ line: 1, points: points(30) }], restoredForDays: 30, shortage: "debt" },
    }),
  activate: (tx) => settleDue(tx, { today: addDays(TODAY, 1), at: AT, most: 50 }),
  adjust: (tx, { memberId }, copy) =>
    adjust(tx, {
      ...{ reference: `adjustment:race-${memberId}/${copy}`, memberId, points: -60, expiresOn: addDays(TODAY, 9) },
      ...{ at: AT, occurredAt: AT, shortage: "refuse" },
    }),
  close: (tx, { memberId }) => closePurse(tx, { memberId, reference: `leave:${memberId}/closed`, at: AT }),
  merge: (tx, { memberId, other }) => mergePurses(tx, { from: memberId, into: other, reference: `merge:${memberId}/${other}`, at: AT }),
}

const names = Object.keys(COMMANDS)
for (const [place, one] of names.entries()) {
  test(`${one} raced against ${names.slice(place).join(", ")} leaves a sound ledger`, async () => {
    for (const other of names.slice(place)) {
      await Promise.all(
        Array.from({ length: ROUNDS }, async () => {
          const scene = await aScene()
          const run = (name: string, copy: number) => inTransaction(own.db, (tx) => COMMANDS[name]!(tx, scene, copy))
          await Promise.all([run(one, 1), run(other, 2)])
        }),
      )
    }
    const { findings } = await checkLedger(own.db, { at: AT, now: () => AT })
    assert.deepEqual(findings, [])
  })
}

test("A17: fifty equal spends at once take no more than there is", async () => {
  const memberId = freshMember()
  await aLot(own.db, { memberId, amount: 100 })
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, () => inTransaction(own.db, (tx) => post(tx, [aPosting({ memberId, redeem: 30 as Points })], { at: AT }))),
  )
  assert.equal(outcomes.filter(([outcome]) => outcome!.status === "posted").length, 3)
  const left = await inTransaction(own.db, async (tx) => (await balancesOf(tx, [memberId])).get(memberId))
  assert.deepEqual(left, { pending: 0, available: 10, held: 0, owed: 0 })
})

test("A28: the nightly job run by three at once comes to the same end as one run", async () => {
  const memberIds = Array.from({ length: 40 }, freshMember)
  const tomorrow = addDays(TODAY, 1)
  await inTransaction(own.db, async (tx) => {
    await openPurses(tx, { memberIds })
    const earn = [{ line: 1, points: points(7), activatesOn: tomorrow, expiresOn: addDays(TODAY, 90) }]
    await post(
      tx,
      memberIds.map((memberId) => aPosting({ memberId, earn })),
      { at: AT },
    )
  })
  const night = async () => {
    while ((await inTransaction(own.db, (tx) => settleDue(tx, { today: tomorrow, at: AT, most: 5 }))).members > 0);
  }
  await Promise.all([night(), night(), night()])
  const balances = await inTransaction(own.db, (tx) => balancesOf(tx, memberIds))
  for (const balance of balances.values()) assert.deepEqual(balance, { pending: 0, available: 7, held: 0, owed: 0 })
  assert.deepEqual((await checkLedger(own.db, { at: AT, now: () => AT })).findings, [])
})
