import { isDatabaseAway } from "@mila/kernel"

const LOOK_EVERY_MS = 400
const LONGEST_REST_MS = 10_000

/** Looks again and again until it is closed, and rests as long as the last look took: while goods are imported the index is read anew half of the time at most; what goes wrong is told and tried again, a database that is away is only waited for. */
export class LookAgain {
  readonly #look: () => Promise<void>
  #underWay: Promise<void> | undefined
  #closed = false

  constructor(look: () => Promise<void>, onError: (error: unknown) => void) {
    this.#look = look
    void this.#go(onError)
  }

  /** Looks now, or waits for the look that is under way. */
  now(): Promise<void> {
    return (this.#underWay ??= this.#look().finally(() => (this.#underWay = undefined)))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#underWay?.catch(() => undefined)
  }

  async #go(onError: (error: unknown) => void): Promise<void> {
    for (let tookMs = 0; !this.#closed;) {
      await new Promise((wake) => setTimeout(wake, Math.min(LONGEST_REST_MS, Math.max(LOOK_EVERY_MS, tookMs))).unref())
      if (this.#closed) return
      const began = performance.now()
      await this.now().catch((error: unknown) => {
        if (!isDatabaseAway(error)) onError(error)
      })
      tookMs = performance.now() - began
    }
  }
}
