import { dayIn, dayText, type Locale, MINSK, type Tx } from "@mila/kernel"
import { childOf, isUnder16 } from "@mila/members"
import { type ConsentEvent, type Purpose } from "@mila/privacy"
import { CHILD } from "../../register/child-words.ts"
import { CHILD_DATA } from "./child-words.ts"

/** Who consented for somebody under sixteen, or that they are to consent themselves; null for everybody else. */
export async function representationShown(
  tx: Tx,
  { memberId, held, locale, at }: { memberId: number; held: Map<Purpose, ConsentEvent>; locale: Locale; at: Date },
) {
  const child = await childOf(tx, memberId)
  if (!child) return null
  const words = CHILD_DATA[locale]
  const { kinship, representative, agreedAt, sixteenOn } = child
  const isYoung = isUnder16(sixteenOn, at)
  const filled = {
    name: representative?.maskedName ?? "",
    kinship: CHILD[locale].kinships[kinship].replace(/ \(.*/, "").toLowerCase(),
    phone: representative?.maskedPhone ?? "",
    day: dayText(dayIn(MINSK, agreedAt), locale),
    until: dayText(sixteenOn, locale),
  }
  const who = words.who.replace(/\{(\w+)\}/g, (_, name: keyof typeof filled) => filled[name])
  return { words, isYoung, says: !isYoung ? words.now : held.has("child") ? who : words.withdrawn }
}
