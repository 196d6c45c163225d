import { type Day, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import type { Actor } from "../actor.ts"
import { recordEvent } from "../history.ts"
import { refuse } from "../refusals.ts"
import { sixteenthBirthday } from "./ages.ts"
import { childOf } from "./children.ts"

const move = statement(
  "members.move_sixteen",
  "update members.child set sixteen_on = $2::date, asked_at = case when $2::date > $3::date then null else asked_at end where member_id = $1",
)

/**
 * Puts right on which day a child is sixteen; whoever is still to be asked for their own consent is asked then. Of the birth date only that day is kept, as before.
 * Answers both days, as they were and as they are. Refuses `child_unknown` for who is none, and for who was sixteen so long ago that their representative is forgotten.
 */
export async function correctBirthDate(
  tx: Tx,
  { memberId, bornOn, at, by }: { memberId: number; bornOn: Day; at: Date; by: Actor },
): Promise<{ former: Day; sixteenOn: Day }> {
  const child = await childOf(tx, memberId)
  if (!child?.representative) return refuse("child_unknown")
  const sixteenOn = sixteenthBirthday(bornOn)
  // Every reason to refuse is behind us.
  if (sixteenOn !== child.sixteenOn) {
    await move(tx, [memberId, sixteenOn, dayIn(MINSK, at)])
    await recordEvent(tx, { memberId, what: "person_changed", at, by, details: { name: false, birthday: false, birthYear: true } })
  }
  return { former: child.sixteenOn, sixteenOn }
}
