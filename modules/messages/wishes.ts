import { statement, type Tx } from "@mila/kernel"

/** What a member wants of advertising beside what everybody is promised. Hours are Minsk's; quiet from 20 until 10 goes over midnight. */
export type Wishes = {
  quiet: { fromHour: number; untilHour: number } | null
  /** advertising messages in seven days at most; null: as many as everybody */
  mostAWeek: number | null
}

type Row = { memberId: number; quietFrom: number | null; quietUntil: number | null; mostAWeek: number | null }

const read = statement<Row>(
  "messages.wishes",
  `select member_id "memberId", quiet_from "quietFrom", quiet_until "quietUntil", most_a_week "mostAWeek" from messages.wish
    where member_id = any ($1::bigint[])`,
)
const write = statement(
  "messages.keep_wishes",
  `insert into messages.wish (member_id, quiet_from, quiet_until, most_a_week, changed_at) values ($1, $2, $3, $4, $5)
   on conflict (member_id) do update set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
     most_a_week = excluded.most_a_week, changed_at = excluded.changed_at`,
)
const forget = statement("messages.forget_wishes", "delete from messages.wish where member_id = $1")

/** What these members wish; who never said anything is missing. */
export async function wishesOf(tx: Tx, memberIds: readonly number[]): Promise<Map<number, Wishes>> {
  if (memberIds.length === 0) return new Map()
  return new Map(
    (await read(tx, [memberIds])).map(({ memberId, quietFrom, quietUntil, mostAWeek }) => [
      memberId,
      { quiet: quietFrom === null || quietUntil === null ? null : { fromHour: quietFrom, untilHour: quietUntil }, mostAWeek },
    ]),
  )
}

/** Keeps what a member wishes from now on; what they wished before is gone. */
export async function keepWishes(tx: Tx, { memberId, wishes, at }: { memberId: number; wishes: Wishes; at: Date }): Promise<void> {
  const { quiet, mostAWeek } = wishes
  await write(tx, [memberId, quiet?.fromHour ?? null, quiet?.untilHour ?? null, mostAWeek, at])
}

/** Forgets what somebody wished who left. */
export async function forgetWishes(tx: Tx, memberId: number): Promise<void> {
  await forget(tx, [memberId])
}
