import type { Day, Locale, Minor, Tx } from "@mila/kernel"
import { programmeAt, standingsOf } from "@mila/loyalty"

type Named = { level: string; name: string }

/** A member's level: bought in the last `windowMonths`, in kopecks; how far the next one is, and to what and when it would fall. */
export type Level = Named & {
  turnoverMinor: Minor
  windowMonths: number
  next: (Named & { missingMinor: Minor }) | null
  falls: (Named & { on: Day }) | null
}

/** Which level a member has, in the reader's language; null where a programme has one level only. */
export async function levelOf(tx: Tx, { memberId, locale, at }: { memberId: number; locale: Locale; at: Date }): Promise<Level | null> {
  const { levels, windowMonths } = (await programmeAt(tx, at)).programme.tiers
  const standing = (await standingsOf(tx, [memberId], { at })).get(memberId)
  if (levels.length < 2 || !standing) return null
  const named = (id: string): Named => ({ level: id, name: levels.find((level) => level.id === id)?.name[locale] ?? id })
  const { tier, turnoverMinor, next, falls } = standing
  return {
    ...{ ...named(tier), turnoverMinor, windowMonths },
    next: next && { ...named(next.tier), missingMinor: next.missingMinor },
    falls: falls && { ...named(falls.to), on: falls.on },
  }
}
