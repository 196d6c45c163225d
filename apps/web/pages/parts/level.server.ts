import { dayIn, dayText, type Locale, MINSK, money, type Tx } from "@mila/kernel"
import { programmeAt, standingsOf } from "@mila/loyalty"
import { LEVEL } from "./level-words.ts"

/** Which level a member has, how far the next one is, and when it would fall; null where a programme has one level only. */
export async function levelOf(tx: Tx, { memberId, locale, at }: { memberId: number; locale: Locale; at: Date }) {
  const { levels, windowMonths } = (await programmeAt(tx, at)).programme.tiers
  const standing = (await standingsOf(tx, [memberId], { at })).get(memberId)
  if (levels.length < 2 || !standing) return null
  const words = LEVEL[locale]
  const { tier, turnoverMinor, next, falls } = standing
  const nameOf = (id: string) => levels.find((level) => level.id === id)?.name[locale] ?? id
  const goal = next === null ? null : turnoverMinor + next.missingMinor
  return {
    title: words.title,
    name: nameOf(tier),
    bought: words.bought.replace("{money}", money(turnoverMinor, locale)).replace("{months}", String(windowMonths)),
    next: next && words.next.replace("{money}", money(next.missingMinor, locale)).replace("{level}", nameOf(next.tier)),
    falls: falls && words.falls.replace("{day}", dayText(falls.on, locale, dayIn(MINSK, at))).replace("{level}", nameOf(falls.to)),
    /** in kopecks */
    turnover: turnoverMinor,
    goal,
  }
}

export type Level = NonNullable<Awaited<ReturnType<typeof levelOf>>>
