import { addDays, assert, dayIn, MINSK, type Points, points, statement, type Tx } from "@mila/kernel"
import { payDebts } from "./debts.ts"
import type { Reference, Shortage } from "./post.ts"
import { arrayOf, type Balance, type MemberId } from "./purses.ts"

export type GiveBack = {
  reference: Reference
  /** the reference of the sale that is taken back */
  reverses: Reference
  memberId: MemberId
  occurredAt: Date
  at: Date
  /** of the points the sale redeemed: how many come back */
  restore: Points
  /** of the points the sale's lines earned: how many are taken back, line by line */
  claw: readonly { line: number; points: Points }[]
  /** a restored lot keeps its own expiry, but lives at least so many days */
  restoredForDays: number
  shortage: Exclude<Shortage, "refuse">
}

export type GivenBack = {
  status: "posted" | "already_posted" | "conflict"
  transactionId: number
  restored: Points
  /** where the clawed points came from; they add up to what was asked */
  clawed: { pending: Points; available: Points; owed: Points; exposure: Points }
  balance: Balance
}

type Row = Balance & {
  status: GivenBack["status"]
  transaction_id: number
  from_pending: Points
  from_available: Points
  owing: Points
  exposed: Points
}

const give = statement<Row>(
  "ledger.give_back",
  `select * from ledger.give_back($1::text, $2::text, $3::bigint, $4::timestamptz, $5::timestamptz, $6::date, $7::int,
                                  $8::int[], $9::int[], $10::date, $11::text)`,
)

/**
 * Takes a sale back, in whole or by slices. Restores redeemed points to their lots, last used first, then claws earned points: while
 * they are pending, then from available lots, then as a visible debt or on the house. A sale is never given back beyond what it earned or
 * redeemed, whatever the slices: beyond it is a bug of the caller and throws. Repeating a reference answers `already_posted`.
 */
export async function giveBack(tx: Tx, request: GiveBack): Promise<GivenBack> {
  const { reference, reverses, memberId, occurredAt, at, restore, claw, restoredForDays, shortage } = request
  const lines = claw.filter((line) => line.points > 0)
  assert(restore >= 0 && claw.every((line) => line.points >= 0), "a return gives and takes whole amounts")
  const today = dayIn(MINSK, at)
  const [row] = await give(tx, [
    ...[reference, reverses, memberId, occurredAt, at, today, restore],
    ...[arrayOf(lines.map(({ line }) => line)), arrayOf(lines.map((line) => line.points))],
    ...[addDays(today, restoredForDays), shortage],
  ])
  assert(row, "a return has an outcome")
  const { pending, available, held, owed } = row
  const paid =
    row.status === "posted" && owed > 0 && available > 0
      ? await payDebts(tx, { memberIds: [memberId], today, at })
      : new Map<MemberId, Balance>()
  return {
    ...{ status: row.status, transactionId: row.transaction_id, restored: row.status === "conflict" ? points(0) : restore },
    clawed: { pending: row.from_pending, available: row.from_available, owed: row.owing, exposure: row.exposed },
    balance: paid.get(memberId) ?? { pending, available, held, owed },
  }
}
