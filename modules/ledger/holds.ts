import { assert, dayIn, MINSK, type Points, statement, type Tx } from "@mila/kernel"
import { MOST_AT_ONCE, type Reference, textArray } from "./post.ts"
import { arrayOf, type Balance, type MemberId, NO_BALANCE } from "./purses.ts"

export type HoldRequest = { reference: Reference; memberId: MemberId; points: Points; lapsesAt: Date }

export type HoldOutcome = {
  status: "held" | "already_held" | "conflict" | "insufficient" | "no_purse"
  holdId: number
  balance: Balance
}

type Row = Balance & { status: HoldOutcome["status"]; hold_id: number }

const holdMany = statement<Row>(
  "ledger.hold",
  `select status, hold_id, pending, available, held, owed
     from ledger.hold($1::text[], $2::bigint[], $3::int[], $4::timestamptz[], $5::date, $6::timestamptz) order by request`,
)
const release = statement<{ hold_id: number }>(
  "ledger.release_holds",
  "select hold_id from ledger.release_holds($1::bigint[], $2::text, $3::timestamptz)",
)
const overdue = statement<{ hold_id: number }>(
  "ledger.overdue_holds",
  "select hold_id from ledger.hold where state = 'open' and lapses_at <= $1 order by lapses_at limit $2",
)

/**
 * Sets points aside for each request, soonest expiry first: all of what it asks or nothing (`insufficient`). Held points neither expire nor can
 * be used twice; `post` captures a hold, `voidHold` gives it back, and after `lapsesAt` (UTC) it lapses. Repeating a reference answers
 * `already_held`. At most MOST_AT_ONCE requests, at most one a member.
 */
export async function hold(tx: Tx, requests: readonly HoldRequest[], { at }: { at: Date }): Promise<HoldOutcome[]> {
  if (requests.length === 0) return []
  assert(requests.length <= MOST_AT_ONCE, `at most ${MOST_AT_ONCE} requests at once`)
  assert(new Set(requests.map(({ memberId }) => memberId)).size === requests.length, "at most one request a member")
  for (const { points } of requests) assert(Number.isSafeInteger(points) && points > 0 && points < 2 ** 31, "a hold sets something aside")
  const rows = await holdMany(tx, [
    textArray(requests.map(({ reference }) => reference)),
    arrayOf(requests.map(({ memberId }) => memberId)),
    arrayOf(requests.map(({ points }) => points)),
    `{${requests.map(({ lapsesAt }) => lapsesAt.toISOString()).join(",")}}`,
    dayIn(MINSK, at),
    at,
  ])
  return rows.map(({ status, hold_id, pending, available, held, owed }) => ({
    ...{ status, holdId: hold_id },
    balance: pending === null ? NO_BALANCE : { pending, available, held, owed },
  }))
}

/** Gives a hold's points back to their lots. Repeating it is harmless; a captured or lapsed hold stays what it is: `already_ended`. */
export async function voidHold(tx: Tx, { holdId, at }: { holdId: number; at: Date }): Promise<"voided" | "already_ended"> {
  const released = await release(tx, [arrayOf([holdId]), "voided", at])
  return released.length > 0 ? "voided" : "already_ended"
}

/** Lets at most `most` overdue holds lapse, and answers how many did; 0 when none is left. */
export async function lapseHolds(tx: Tx, { at, most }: { at: Date; most: number }): Promise<number> {
  const due = await overdue(tx, [at, most])
  if (due.length === 0) return 0
  return (await release(tx, [arrayOf(due.map(({ hold_id }) => hold_id)), "lapsed", at])).length
}
