import { addDays, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import { CHILD, type Child, type ChildRow, opened } from "./children.ts"

/** How long somebody who is sixteen has to answer, before what is not needed for their card is switched off. */
export const SIXTEEN_RULES = { answerDays: 30 }

const toAsk = statement<ChildRow>(
  "members.sixteen_to_ask",
  `select ${CHILD.columns} from ${CHILD.from} where c.sixteen_on <= $1 and c.asked_at is null and c.member_id <> all ($3::bigint[])
    order by c.sixteen_on, c.member_id limit $2 for update of c skip locked`,
)
const noteAsked = statement("members.sixteen_asked", "update members.child set asked_at = $2 where member_id = $1")
const toSilence = statement<ChildRow>(
  "members.sixteen_silent",
  `select ${CHILD.columns} from ${CHILD.from} where c.sixteen_on <= $1 and c.asked_at <= $2 and c.silent_at is null and c.member_id <> all ($4::bigint[])
    order by c.member_id limit $3 for update of c skip locked`,
)
const noteSilent = statement(
  "members.sixteen_noted_silent",
  "update members.child set silent_at = $2, name_sealed = null, phone_sealed = null, phone_hash = null, representative_id = null where member_id = $1",
)

type Asked = { at: Date; most: number; except?: readonly number[] }

/** Who is sixteen today or was before and has not been asked yet, but for `except`; locked, and whom somebody else has locked is left out. */
export async function turnedSixteen(tx: Tx, { at, most, except = [] }: Asked): Promise<Child[]> {
  return (await toAsk(tx, [dayIn(MINSK, at), most, except])).map((row) => opened(tx, row))
}

/** They were asked for their own consent. */
export async function noteAskedAtSixteen(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  await noteAsked(tx, [memberId, at])
}

/** Who was asked and has not answered in time; locked as above. */
export async function silentAtSixteen(tx: Tx, { at, most, except = [] }: Asked): Promise<Child[]> {
  const today = dayIn(MINSK, at)
  const before = new Date(at.getTime() - SIXTEEN_RULES.answerDays * 86_400_000)
  return (await toSilence(tx, [addDays(today, -SIXTEEN_RULES.answerDays), before, most, except])).map((row) => opened(tx, row))
}

/** Their time to answer is over; the representative, whose rights ended with the birthday, is forgotten. */
export async function noteSilentAtSixteen(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  await noteSilent(tx, [memberId, at])
}
