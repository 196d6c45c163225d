import type { Tx } from "@mila/kernel"
import { keepWishes, wishesOf } from "@mila/messages"
import { ADVERTISING_RULES } from "./advertising.ts"

/** What a member has of advertising: hours in Minsk between which they are left alone, and messages in seven days at most. */
export type OwnWishes = { quietFromHour: number; quietUntilHour: number; mostAWeek: number }

const { quietFromHour: EVENING, quietUntilHour: MORNING, mostAWeek: MOST } = ADVERTISING_RULES
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, nth) => first + nth)

/** What may be wished: more quiet than the house keeps for everybody, and less advertising; never the other way round. */
export const WISHES_POSSIBLE = { evenings: from(EVENING - 4, EVENING), mornings: from(MORNING, MORNING + 3), weeks: from(1, MOST) }

/** What holds for a member: their own word, else the house's. */
export async function ownWishes(tx: Tx, memberId: number): Promise<OwnWishes> {
  const own = (await wishesOf(tx, [memberId])).get(memberId)
  const { fromHour: quietFromHour = EVENING, untilHour: quietUntilHour = MORNING } = own?.quiet ?? {}
  return { quietFromHour, quietUntilHour, mostAWeek: own?.mostAWeek ?? MOST }
}

/** Keeps what a member wishes, one of `WISHES_POSSIBLE` each: who asks has looked. What is the house's own is kept as no wish, and follows the house. */
export async function keepOwnWishes(
  tx: Tx,
  { memberId, at, quietFromHour, quietUntilHour, mostAWeek }: OwnWishes & { memberId: number; at: Date },
): Promise<void> {
  const isHouses = quietFromHour === EVENING && quietUntilHour === MORNING
  const quiet = isHouses ? null : { fromHour: quietFromHour, untilHour: quietUntilHour }
  await keepWishes(tx, { memberId, wishes: { quiet, mostAWeek: mostAWeek === MOST ? null : mostAWeek }, at })
}
