import { assert, type Points, statement, type Tx } from "@mila/kernel"
import type { Reference } from "./post.ts"
import type { MemberId } from "./purses.ts"

const give = statement<{ given: Points }>(
  "ledger.give_lots",
  "select ledger.give_lots($1::bigint, $2::bigint, $3::text, $4::timestamptz) given",
)

/**
 * Gives everything available to another member, lots with their dates; what is pending or set aside stays, and who owes gives nothing. Answers how many
 * points. Who may, and when, is the caller's business. Repeating the reference is harmless.
 */
export async function giveLots(
  tx: Tx,
  { from, into, reference, at }: { from: MemberId; into: MemberId; reference: Reference; at: Date },
): Promise<Points> {
  assert(from !== into, "nobody gives to themselves")
  return (await give(tx, [from, into, reference, at]))[0]!.given
}
