import { type Day, day, inTransaction, type Db, type Points, points } from "@mila/kernel"
import { post, type PostingOutcome, type PostingRequest } from "./post.ts"
import { openPurses } from "./purses.ts"

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
