import { dayIn, dayText, type Locale, MINSK, money, type Tx } from "@mila/kernel"
import { levelOf } from "@mila/membership"
import { LEVEL } from "./level-words.ts"

/** Which level a member has, how far the next one is, and when it would fall; null where a programme has one level only. */
export async function levelShown(tx: Tx, asked: { memberId: number; locale: Locale; at: Date }) {
  const { locale, at } = asked
  const level = await levelOf(tx, asked)
  if (!level) return null
  const words = LEVEL[locale]
  const { name, turnoverMinor, windowMonths, next, falls } = level
  return {
    ...{ title: words.title, name },
    bought: words.bought.replace("{money}", money(turnoverMinor, locale)).replace("{months}", String(windowMonths)),
    next: next && words.next.replace("{money}", money(next.missingMinor, locale)).replace("{level}", next.name),
    falls: falls && words.falls.replace("{day}", dayText(falls.on, locale, dayIn(MINSK, at))).replace("{level}", falls.name),
    /** in kopecks */
    turnover: turnoverMinor,
    goal: next === null ? null : turnoverMinor + next.missingMinor,
  }
}

export type Level = NonNullable<Awaited<ReturnType<typeof levelShown>>>
