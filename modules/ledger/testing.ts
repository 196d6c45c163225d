import { ownDb } from "@mila/db/testing"
import { type Day, addDays, day, dayIn, inTransaction, type Db, MINSK, type Points, points } from "@mila/kernel"
import assert from "node:assert/strict"
import { checkLedger } from "./check.ts"
import { settleDue } from "./lots.ts"
import { post, type PostingOutcome, type PostingRequest } from "./post.ts"
import { type Balance, balancesOf, openPurses } from "./purses.ts"

/** The moment and the day of tests that do not care which. */
export const AT = new Date("2026-11-23T09:00:00Z")
export const TODAY = dayIn(MINSK, AT)

export const addHour = (at: Date): Date => new Date(at.getTime() + 3_600_000)

export const p = (amount: number): Points => points(amount)

/** A line that earns points to be used after the return window. */
export const pendingLine = (line: number, amount: number) => ({
  line,
  points: p(amount),
  activatesOn: addDays(TODAY, 14),
  expiresOn: addDays(TODAY, 194),
})

let nextMember = 1_000_000
let nextReceipt = 1

/** A member id nobody used before in this process. */
export const freshMember = (): number => (nextMember += 1)

/** A request to post; the builder fills in what the test doesn't care about. */
export function aPosting(given: Partial<PostingRequest> & { memberId: number }): PostingRequest {
  return {
    reference: `receipt:test-${(nextReceipt += 1)}/settled`,
    kind: "receipt",
    occurredAt: new Date("2026-11-23T09:00:00Z"),
    earn: [],
    redeem: points(0),
    holdId: null,
    shortage: "refuse",
    ...given,
  }
}

/** Available points for a member, in one lot; the purse is opened when there is none. */
export async function aLot(
  db: Db,
  {
    memberId,
    amount,
    expiresOn = day("2027-05-22"),
    at = new Date("2026-11-23T09:00:00Z"),
  }: { memberId: number; amount: number; expiresOn?: Day; at?: Date },
): Promise<PostingOutcome> {
  return inTransaction(db, async (tx) => {
    await openPurses(tx, { memberIds: [memberId] })
    const earn = [{ line: 1, points: amount as Points, activatesOn: day("2020-01-01"), expiresOn }]
    const [outcome] = await post(tx, [aPosting({ memberId, earn })], { at })
    return outcome!
  })
}

/** A ledger of its own with what its tests ask again and again. */
export async function aLedger() {
  const own = await ownDb()
  const settleSome = (at: Date) => inTransaction(own.db, (tx) => settleDue(tx, { today: dayIn(MINSK, at), at, most: 100 }))
  return {
    own,
    /** a member with `amount` available points */
    async member(amount = 0): Promise<number> {
      const memberId = freshMember()
      if (amount > 0) await aLot(own.db, { memberId, amount })
      else await inTransaction(own.db, (tx) => openPurses(tx, { memberIds: [memberId] }))
      return memberId
    },
    balance: (memberId: number): Promise<Balance> => inTransaction(own.db, async (tx) => (await balancesOf(tx, [memberId])).get(memberId)!),
    async sound(at = AT): Promise<void> {
      assert.deepEqual((await checkLedger(own.db, { at, now: () => at })).findings, [])
    },
    async settleAll(at: Date): Promise<void> {
      while ((await settleSome(at)).members > 0);
    },
  }
}
