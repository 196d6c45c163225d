import { isDatabaseAway } from "@mila/kernel"

const LOOK_EVERY_MS = 400

/** Looks again and again until it is closed; what goes wrong is told and tried again, a database that is away is only waited for. */
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
    while (!this.#closed) {
      await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS).unref())
      if (this.#closed) return
      await this.now().catch((error: unknown) => {
        if (!isDatabaseAway(error)) onError(error)
      })
    }
  }
}
