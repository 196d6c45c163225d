import { dayIn, MINSK, startOfDay } from "@mila/kernel"

/** Hours in which nobody is written to, in Minsk: from 21 until 9 goes over midnight. */
export type Quiet = { fromHour: number; untilHour: number }

const HOUR_MS = 3_600_000
const LOOKED_AHEAD_HOURS = 48

/** Whether a full hour of the day is one of quiet. */
export const isQuietAt = (hour: number, { fromHour, untilHour }: Quiet): boolean =>
  fromHour < untilHour ? hour >= fromHour && hour < untilHour : hour >= fromHour || hour < untilHour

/** Seconds until no quiet holds any more; 0 when none holds now. Where one follows another without an end, two days: then it is asked again. */
export function quietLeft(quiets: readonly Quiet[], at: Date): number {
  const midnight = startOfDay(MINSK, dayIn(MINSK, at)).getTime()
  const hourNow = Math.floor((at.getTime() - midnight) / HOUR_MS)
  for (let ahead = 0; ahead < LOOKED_AHEAD_HOURS; ahead += 1) {
    if (quiets.some((quiet) => isQuietAt((hourNow + ahead) % 24, quiet))) continue
    return ahead === 0 ? 0 : Math.ceil((midnight + (hourNow + ahead) * HOUR_MS - at.getTime()) / 1000)
  }
  return LOOKED_AHEAD_HOURS * 3_600
}
