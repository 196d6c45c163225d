import { setTimeout as wait } from "node:timers/promises"
import { type Embedded, type EmbeddedOptions, startEmbedded } from "./embedded.ts"

export type KeptEmbedded = {
  url: string
  /** the process id of the server now running, or undefined while it is being started again */
  readonly pid: number | undefined
  stop(): Promise<void>
}

const LONGEST_PAUSE_MS = 10_000

/**
 * Starts the embedded server and starts it again whenever it dies, at once the first time and with growing pauses after that. The URL stays the
 * same, so pools heal by themselves.
 */
export async function keepEmbedded(options: EmbeddedOptions): Promise<KeptEmbedded> {
  const say = options.say ?? (() => undefined)
  let current: Embedded | undefined = await startEmbedded(options)
  const { url } = current
  let stopping = false

  async function keep(): Promise<void> {
    for (let pauseMs = 0; ;) {
      if (current) {
        const since = performance.now()
        await current.ended
        current = undefined
        if (performance.now() - since > 60_000) pauseMs = 0
      }
      if (stopping) return
      say("PostgreSQL has ended by itself; it is started again")
      await wait(pauseMs)
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2 + 500)
      if (stopping) return
      try {
        const started = await startEmbedded(options)
        if (stopping) return await started.stop() // told to stop while it was starting
        current = started
      } catch (error) {
        say(`PostgreSQL did not start: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  const kept = keep()
  return {
    url,
    get pid() {
      return current?.pid
    },
    async stop() {
      stopping = true
      await current?.stop()
      await kept
    },
  }
}
