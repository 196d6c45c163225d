import { assert } from "./assert.ts"

/** Only apps read the clock; acts get the instant as `at`. */
export type Clock = { now(): Date }

export type SimulatedClock = Clock & {
  /** Moves the clock forward to `instant`; never back, so that what is recorded stays in order. Answers the time it now is. */
  moveTo(instant: Date): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock for tests and replays: it stands where it was put and runs on from there at the usual speed. */
export function simulatedClock(start: Date): SimulatedClock {
  let base = start.getTime()
  let since = performance.now()
  const now = () => new Date(Math.trunc(base + performance.now() - since))
  return {
    now,
    moveTo(instant) {
      assert(!Number.isNaN(instant.getTime()), "a clock is moved to an instant")
      base = Math.max(instant.getTime(), now().getTime())
      since = performance.now()
      return now()
    },
  }
}
