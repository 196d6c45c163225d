import type { Day, Locale, Minor, Tx } from "@mila/kernel"
import { programmeAt, standingTogether } from "@mila/loyalty"

type Named = { level: string; name: string }

/** A member's level: bought in the last `windowMonths`, in kopecks; how far the next one is, and to what and when it would fall. */
export type Level = Named & {
  turnoverMinor: Minor
  windowMonths: number
  next: (Named & { missingMinor: Minor }) | null
  falls: (Named & { on: Day }) | null
}

/** Which level a member has, in the reader's language; null where a programme has one level only. */
export const levelOf = (tx: Tx, { memberId, ...asked }: { memberId: number; locale: Locale; at: Date }): Promise<Level | null> =>
  levelTogether(tx, { memberIds: [memberId], ...asked })

/** Which level members would have if they were one. */
export async function levelTogether(
  tx: Tx,
  { memberIds, locale, at }: { memberIds: readonly number[]; locale: Locale; at: Date },
): Promise<Level | null> {
  const { levels, windowMonths } = (await programmeAt(tx, at)).programme.tiers
  if (levels.length < 2) return null
  const standing = await standingTogether(tx, memberIds, { at })
  const named = (id: string): Named => ({ level: id, name: levels.find((level) => level.id === id)?.name[locale] ?? id })
  const { tier, turnoverMinor, next, falls } = standing
  return {
    ...{ ...named(tier), turnoverMinor, windowMonths },
    next: next && { ...named(next.tier), missingMinor: next.missingMinor },
    falls: falls && { ...named(falls.to), on: falls.on },
  }
}
