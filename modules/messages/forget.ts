import { statement, type Tx } from "@mila/kernel"
import { reachedBy } from "./outbox.ts"

/** For how long what was written to somebody can be read; of who leaves only the last words are kept, until they have arrived. */
export const KEPT = { months: 12, farewellDays: 3 }

const WIPED = "recipient = null, reached_by = null, params = null, forget_at = null"

const ofPerson = "(member_id = any ($1::bigint[]) or (member_id is null and reached_by = any ($2::bytea[])))"
const wipeOf = statement<{ id: number }>(
  "messages.forget_of",
  `update messages.outbox set ${WIPED} where ${ofPerson} and state <> 'queued' and recipient is not null returning id`,
)
const wipeLater = statement(
  "messages.forget_later",
  `update messages.outbox set forget_at = $3::timestamptz + make_interval(days => $4) where ${ofPerson} and state = 'queued'`,
)
const wipeDue = statement<{ id: number }>(
  "messages.forget_due",
  `update messages.outbox set ${WIPED}
    where id in (select id from messages.outbox where forget_at <= $1 and state <> 'queued' order by forget_at limit $2 for update skip locked) returning id`,
)
const wipeOld = statement<{ id: number }>(
  "messages.forget_old",
  `update messages.outbox set ${WIPED}
    where id in (select id from messages.outbox where queued_at < $1::timestamptz - make_interval(months => $3) and recipient is not null and state <> 'queued'
                  order by queued_at limit $2 for update skip locked) returning id`,
)

/**
 * Forgets what was written to somebody who leaves: to these members, and to these phones and addresses before anybody knew whose they are (codes). What still
 * waits is sent, and forgotten by `forgetMessages` in `KEPT.farewellDays`. Answers how many were forgotten.
 */
export async function forgetMessagesOf(
  tx: Tx,
  { memberIds, reached, at }: { memberIds: readonly number[]; reached: readonly string[]; at: Date },
): Promise<number> {
  const hashes = reached.map((to) => reachedBy(tx, to))
  await wipeLater(tx, [memberIds, hashes, at, KEPT.farewellDays])
  return (await wipeOf(tx, [memberIds, hashes])).length
}

/** Forgets what was said to who left, and what is older than `KEPT.months`; answers how many. Run until 0. */
export async function forgetMessages(tx: Tx, { at, most }: { at: Date; most: number }): Promise<number> {
  const last = await wipeDue(tx, [at, most])
  return last.length + (await wipeOld(tx, [at, most, KEPT.months])).length
}
