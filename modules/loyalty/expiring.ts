import { addDays, type Day, dayIn, MINSK, together, type Tx } from "@mila/kernel"
import { lotsOf } from "@mila/ledger"
import { programmeAt } from "./versions.ts"

/** Points of a member that end within the farthest of the programme's reminders, by their last usable day, soonest first. */
export async function expiringSoon(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<{ day: Day; points: number }[]> {
  const [{ programme }, lots] = await together([programmeAt(tx, at), lotsOf(tx, memberId)])
  const { daysBefore } = programme.reminders
  const until = addDays(dayIn(MINSK, at), Math.max(...daysBefore))
  const soon = lots.filter(({ state, expiresOn }) => state === "available" && expiresOn <= until)
  return [...Map.groupBy(soon, ({ expiresOn }) => expiresOn)].map(([day, lots]) => ({
    day,
    points: lots.reduce((sum, { remaining }) => sum + remaining, 0),
  }))
}
