/** The member whose phone is printed first: whoever looks at the demo signs in as her, so her year has everything in it. */
export const FIRST = 1

/** What she does on a day she comes in. */
export type FirstDay = { partnerCard: boolean; redeems: boolean; returns: boolean }

const EVERY = 8
const BIRTHDAY_BEFORE_END = 37
const SAVES_UNTIL = 225 // until then she saves up, so the oldest of her points end before she thinks of them
const SAVES_AGAIN = 24 // in the last days, so that there is something to spend
const RETURNS: ReadonlySet<number> = new Set([117, 349])

/**
 * The first member's day, null when she does not come in: every eighth day, on her birthday, and twice in the last days. Every fourth time she shows
 * «Моцная картка». In the second half of the year she pays with points
 * every second time; two purchases come back.
 */
export function firstMemberOn(passed: number, { lastDay }: { lastDay: number }): FirstDay | null {
  const visit = passed % EVERY === 5
  if (!visit && passed !== lastDay - BIRTHDAY_BEFORE_END && passed < lastDay - 2) return null
  const count = Math.floor(passed / EVERY)
  const partnerCard = count % 4 === 3
  const spends = passed > SAVES_UNTIL && passed < lastDay - SAVES_AGAIN
  return { partnerCard, redeems: spends && !partnerCard && count % 2 === 0, returns: RETURNS.has(passed) }
}

/** Her birthday, so many days after the history begins, or before it ends: its double points are available by now. */
export const birthdayOn = (lastDay: number): number => lastDay - BIRTHDAY_BEFORE_END
