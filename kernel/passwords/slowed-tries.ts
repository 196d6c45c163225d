/** Wrong tries of a password in a row, of whoever tries: members and staff are slowed alike (A02, NIST SP 800-63B-4: at most a hundred in a row). */
export const SLOWED_TRIES = { free: 5, firstWaitSeconds: 2, longestWaitSeconds: 15 * 60, mostInARow: 100, restAfterHours: 24 }

/** Seconds until the next try, `rested` seconds after the last one: doubles with each failure past the free ones; a hundred in a row end the day. */
export function waitAfter({ failures, rested }: { failures: number; rested: number }): number {
  const { free, firstWaitSeconds, longestWaitSeconds, mostInARow, restAfterHours } = SLOWED_TRIES
  if (failures < free) return 0
  const pause = failures >= mostInARow ? restAfterHours * 3_600 : Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (failures - free))
  return Math.max(0, Math.ceil(pause - rested))
}
