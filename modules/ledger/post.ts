import { assert, type Day, dayIn, MINSK, type Points, points, statement, type Tx } from "@mila/kernel"
import { payDebts } from "./debts.ts"
import { arrayOf, type Balance, type MemberId, NO_BALANCE } from "./purses.ts"

/** Names the business fact, not the attempt: `receipt:17/settled`. A retry carries the same one. */
export type Reference = `${string}:${string}/${string}`

/** Points that one receipt line earns. `expiresOn` is the last usable day; `activatesOn` the first: today or earlier is at once. Days in Minsk. */
export type Earning = { line: number; points: Points; activatesOn: Day; expiresOn: Day }

/** What happens when the points to take are not there: say no, write them on the member's slate, or the house carries them. */
export type Shortage = "refuse" | "debt" | "exposure"

export type PostingRequest = {
  reference: Reference
  memberId: MemberId
  kind: "receipt" | "order" | "game" | "adjustment"
  occurredAt: Date
  earn: readonly Earning[]
  redeem: Points
  /** a hold to capture: its points are taken first, what is not needed goes back to its lots */
  holdId: number | null
  shortage: Shortage
}

export type PostingOutcome = {
  /** `conflict`: the reference is taken by another member or other amounts; nothing was written, as with `insufficient` and `no_purse` */
  status: "posted" | "already_posted" | "conflict" | "insufficient" | "no_purse"
  transactionId: number
  balance: Balance
  /** of `redeem`: booked as the member's debt */
  owing: Points
  /** of `redeem`: carried by the house */
  exposed: Points
}

type Row = Balance & { status: PostingOutcome["status"]; transaction_id: number; owing: Points; exposed: Points }

const postMany = statement<Row>(
  "ledger.post",
  `select status, transaction_id, pending, available, held, owed, owing, exposed
     from ledger.post($1::text[], $2::bigint[], $3::ledger.kind[], $4::timestamptz[], $5::int[], $6::bigint[], $7::text[],
                      $8::int[], $9::int[], $10::int[], $11::date[], $12::date[], $13::date, $14::timestamptz) order by request`,
)

/** The most requests that one call settles: beyond it the generic plan turns quadratic (measured: 64 is best). */
export const MOST_AT_ONCE = 64

/**
 * Settles many requests in one statement, each with its own outcome in its place: a request that the business refuses leaves no trace and
 * never hinders its neighbours. Earned points become lots; redeemed points come from the hold first, then from available lots, soonest
 * expiry first. Repeating a reference answers `already_posted` with the first outcome. Available points pay an old debt at once.
 * At most MOST_AT_ONCE requests, at most one a member. Joins the caller's transaction.
 */
export async function post(tx: Tx, requests: readonly PostingRequest[], { at }: { at: Date }): Promise<PostingOutcome[]> {
  if (requests.length === 0) return []
  check(requests)
  const today = dayIn(MINSK, at)
  const rows = await postMany(tx, [...parametersOf(requests), today, at])
  const outcomes = rows.map(outcomeOf)
  const indebted = requests.filter((_, place) => {
    const { status, balance } = outcomes[place]!
    return status === "posted" && balance.owed > 0 && balance.available > 0
  })
  if (indebted.length > 0) {
    const paid = await payDebts(tx, { memberIds: indebted.map(({ memberId }) => memberId), today, at })
    requests.forEach(({ memberId }, place) => {
      const balance = paid.get(memberId)
      if (balance) outcomes[place]!.balance = balance
    })
  }
  return outcomes
}

/**
 * A correction by a person: `points` above zero are issued as one lot until `expiresOn`, below zero are cancelled, soonest expiry first.
 * The reason and the second person are the caller's business. Repeating the reference is harmless.
 */
export async function adjust(
  tx: Tx,
  correction: { reference: Reference; memberId: MemberId; points: number; expiresOn: Day; at: Date; occurredAt: Date; shortage: Shortage },
): Promise<PostingOutcome> {
  const { reference, memberId, expiresOn, at, occurredAt, shortage } = correction
  assert(correction.points !== 0, "a correction changes something")
  const activatesOn = dayIn(MINSK, at)
  const amount = points(Math.abs(correction.points))
  const [outcome] = await post(
    tx,
    [
      {
        ...{ reference, memberId, kind: "adjustment", occurredAt, holdId: null, shortage },
        earn: correction.points > 0 ? [{ line: 0, points: amount, activatesOn, expiresOn }] : [],
        redeem: correction.points > 0 ? points(0) : amount,
      },
    ],
    { at },
  )
  return outcome!
}

function check(requests: readonly PostingRequest[]): void {
  assert(requests.length <= MOST_AT_ONCE, `at most ${MOST_AT_ONCE} requests at once`)
  assert(new Set(requests.map(({ memberId }) => memberId)).size === requests.length, "at most one request a member")
  for (const { earn, redeem } of requests) {
    assert(Number.isSafeInteger(redeem) && redeem >= 0 && redeem < 2 ** 31, `points to redeem are whole and not negative: ${redeem}`)
    for (const earning of earn) {
      assert(Number.isSafeInteger(earning.points) && earning.points > 0 && earning.points < 2 ** 31, "earned points are whole and positive")
      assert(earning.activatesOn <= earning.expiresOn, "points end after they begin")
    }
  }
}

function parametersOf(requests: readonly PostingRequest[]): string[] {
  const lines: { request: number; line: number; points: number; activatesOn: Day; expiresOn: Day }[] = []
  requests.forEach(({ earn }, place) => {
    for (const earning of earn) lines.push({ request: place + 1, ...earning })
  })
  return [
    textArray(requests.map(({ reference }) => reference)),
    arrayOf(requests.map(({ memberId }) => memberId)),
    `{${requests.map(({ kind }) => kind).join(",")}}`,
    `{${requests.map(({ occurredAt }) => occurredAt.toISOString()).join(",")}}`,
    arrayOf(requests.map(({ redeem }) => redeem)),
    arrayOf(requests.map(({ holdId }) => holdId ?? 0)),
    `{${requests.map(({ shortage }) => shortage).join(",")}}`,
    arrayOf(lines.map(({ request }) => request)),
    arrayOf(lines.map(({ line }) => line)),
    arrayOf(lines.map((earning) => earning.points)),
    `{${lines.map(({ activatesOn }) => activatesOn).join(",")}}`,
    `{${lines.map(({ expiresOn }) => expiresOn).join(",")}}`,
  ]
}

function outcomeOf(row: Row): PostingOutcome {
  const balance = row.pending === null ? NO_BALANCE : { pending: row.pending, available: row.available, held: row.held, owed: row.owed }
  return { status: row.status, transactionId: row.transaction_id, balance, owing: row.owing, exposed: row.exposed }
}

/** A PostgreSQL array literal of texts. */
export function textArray(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, "\\$&")}"`).join(",")}}`
}
