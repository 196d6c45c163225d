import { statement, type Tx } from "@mila/kernel"

/** A number or an address that advertising leaves alone. */
export type Suppressed = { channel: "sms" | "email"; to: string }

const insert = statement<{ since: Date }>(
  "messages.suppress",
  `insert into messages.suppression (channel, reached_by, since, why) values ($1, $2, $3, $4)
   on conflict (channel, reached_by) do nothing returning since`,
)
const renew = statement(
  "messages.suppress_anew",
  "update messages.suppression set since = greatest(since, $3), why = $4 where channel = $1 and reached_by = $2",
)
const found = statement<{ channel: string; reached_by: Buffer; since: Date }>(
  "messages.suppressed",
  `select s.channel, s.reached_by, s.since from messages.suppression s
     join unnest($1::text[], $2::bytea[]) asked(channel, reached_by) using (channel, reached_by)`,
)

/**
 * Advertising leaves this number or address alone from now on, whoever it belongs to, or nobody. A keyed hash is kept, which outlives the membership. Answers whether
 * it is news; said again it counts from the later moment.
 */
export async function suppress(
  tx: Tx,
  { channel, to, why, at }: Suppressed & { why: "stop" | "left"; at: Date },
): Promise<"suppressed" | "already_suppressed"> {
  const key = hashOf(tx, to)
  if ((await insert(tx, [channel, key, at, why])).length > 0) return "suppressed"
  await renew(tx, [channel, key, at, why])
  return "already_suppressed"
}

/** Since when each of these is left alone; who never asked for it is missing. The name is `channel to`. */
export async function suppressedSince(tx: Tx, asked: readonly Suppressed[]): Promise<Map<string, Date>> {
  if (asked.length === 0) return new Map()
  const rows = await found(tx, [asked.map(({ channel }) => channel), asked.map(({ to }) => hashOf(tx, to))])
  const since = new Map(rows.map((row) => [`${row.channel} ${row.reached_by.toString("hex")}`, row.since]))
  return new Map(
    asked.flatMap(({ channel, to }) => {
      const moment = since.get(`${channel} ${hashOf(tx, to).toString("hex")}`)
      return moment ? [[`${channel} ${to}`, moment] as const] : []
    }),
  )
}

const hashOf = (tx: Tx, to: string): Buffer => tx.secrets.hmac("message-suppression", to)
