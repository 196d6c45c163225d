import { type Clock, connect, type Db, secretsFrom, systemClock } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { Worker } from "node:worker_threads"
import type { ImportRules } from "./import-rules.ts"
import { runImports } from "./run-imports.ts"

export type ImportLoop = { stop(): Promise<void> }
export type ThreadData = { url: string; role: string | null; rules: ImportRules }
export type Told = { error: string }

const PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000
const BEFORE_ANOTHER_MS = 1_000

/** Runs imports as they come until told to stop. What is under way then goes on wherever the next loop begins. */
export function importsBeside({
  db,
  clock,
  rules,
  onError,
}: {
  db: Db
  clock: Clock
  rules: ImportRules
  onError: (error: unknown) => void
}): ImportLoop {
  const stopping = new AbortController()
  const go = async (): Promise<void> => {
    for (let pauseMs = PAUSE_MS; !stopping.signal.aborted;) {
      try {
        await runImports(db, { rules, now: () => clock.now() })
        pauseMs = PAUSE_MS
      } catch (error) {
        if (!stopping.signal.aborted) onError(error)
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
      }
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, pauseMs)
        stopping.signal.addEventListener("abort", () => (clearTimeout(timer), wake()), { once: true })
      })
    }
  }
  void go()
  return { stop: async () => stopping.abort() }
}

/** The same in a thread of its own, so that reading a gigabyte never holds up a till of the same process. A thread that breaks is started again. */
export function importsInThread({ onError, ...data }: ThreadData & { onError: (error: unknown) => void }): ImportLoop {
  let stopped = false
  let thread = open()
  function open(): Worker {
    const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData: data satisfies ThreadData, execArgv: [] })
    worker.unref()
    worker.on("message", ({ error }: Told) => onError(new Error(error)))
    worker.on("error", onError)
    worker.on("exit", () => {
      if (!stopped) setTimeout(() => stopped || (thread = open()), BEFORE_ANOTHER_MS).unref()
    })
    return worker
  }
  return {
    async stop() {
      stopped = true
      await thread.terminate() // an import is kept step by step: it goes on where it was cut off
    },
  }
}

/** What the thread does; it has connections of its own and reads nothing sealed. */
export function runThread({ url, role, rules }: ThreadData, tell: (told: Told) => void): void {
  const db = connect({
    ...{ url, name: "mila imports", secrets: secretsFrom(randomBytes(32)), max: 3, queryTimeoutMs: 600_000, connectTimeoutMs: 10_000 },
    ...(role === null ? {} : { role }),
  })
  const onError = (error: unknown): void => tell({ error: error instanceof Error ? error.message : String(error) })
  importsBeside({ db, clock: systemClock, rules, onError })
}
