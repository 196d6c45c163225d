import { type Clock, connect, type Db, inTransaction, secretsFrom, statement, systemClock, type Tx } from "@mila/kernel"
import { type ChildProcess, fork } from "node:child_process"
import { randomBytes } from "node:crypto"
import { setPriority } from "node:os"
import { fetchPictures } from "./fetching/fetch-pictures.ts"
import type { ImportRules } from "./import-rules.ts"
import { makePictures } from "./pictures.ts"
import { runImports, type Running } from "./run-imports.ts"

export type ImportLoop = { stop(): Promise<void> }
export type ApartData = { url: string; role: string | null; rules: ImportRules }
export type Told = { error: string }

const PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

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
  const running = { rules, now: () => clock.now() }
  const stops = [againAndAgain(() => importsAndPictures(db, running), onError), againAndAgain(() => fetchPictures(db, running), onError)]
  return { stop: async () => stops.forEach((stop) => stop()) }
}

/** Imports first: a price is never behind a picture. */
async function importsAndPictures(db: Db, running: Running): Promise<{ imports: number; pictures: number }> {
  return { ...(await runImports(db, running)), ...(await makePictures(db, running)) }
}

/** Does it, pauses, and does it again, until it is stopped; after an error the pauses grow. */
function againAndAgain(work: () => Promise<unknown>, onError: (error: unknown) => void): () => void {
  const stopping = new AbortController()
  const go = async (): Promise<void> => {
    for (let pauseMs = PAUSE_MS; !stopping.signal.aborted;) {
      try {
        await work()
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
  return () => stopping.abort()
}

// a file on its way is an import soon: who begins to send finds everything ready
const workComes = statement<{ comes: boolean }>(
  "exchange.work_comes",
  `select exists (select from exchange.import where state in ('waiting', 'reading', 'judging', 'applying'))
     or exists (select from exchange.file where begun_at > $1 and not closed and kind <> 'picture')
     or exists (select from exchange.file where kind = 'picture' and kept is null and not unfit)
     or exists (select from exchange.picture_link where due_at <= $2) as comes`,
)
const ON_ITS_WAY_MS = 600_000

/** Whether an import waits or is under way, a file for one is being sent, or a picture is to be made anew or fetched. */
async function isWork(tx: Tx, at: Date): Promise<boolean> {
  const [row] = await workComes(tx, [new Date(at.getTime() - ON_ITS_WAY_MS), at])
  return row!.comes
}

/** Node keeps what it was once given: a gigabyte passes through a few megabytes at a time, so a small heap does. */
const SMALL = ["--max-old-space-size=160", "--max-semi-space-size=4"]

/**
 * The same in a process of its own, begun when there is something to import, so that reading a gigabyte holds up nobody else's memory or turn: not a till's, not a page's. One
 * that breaks is begun again, and its import goes on where it stood.
 */
export function importsApart({ db, onError, ...data }: ApartData & { db: Db; onError: (error: unknown) => void }): ImportLoop {
  let child: ChildProcess | undefined
  let stopped = false
  const stop = againAndAgain(async () => {
    if (child || !(await inTransaction(db, (tx) => isWork(tx, systemClock.now()), { readsFirst: true })) || stopped) return
    const begun = open(data, onError)
    child = begun
    begun.once("exit", (code, signal) => {
      child = undefined
      if (code !== 0 && !stopped) onError(new Error(`the process of imports ended: ${signal ?? code}`))
    })
  }, onError)
  return {
    async stop() {
      stopped = true
      stop()
      child?.ref() // it is waited for
      const ended = child && new Promise((over) => child!.once("exit", over))
      child?.kill("SIGKILL") // an import is kept step by step: it goes on where it was cut off
      await ended
    },
  }
}

function open(data: ApartData, onError: (error: unknown) => void): ChildProcess {
  const env = { ...process.env, MALLOC_ARENA_MAX: "2" }
  const child = fork(new URL("./apart.ts", import.meta.url), { execArgv: SMALL, env, stdio: ["ignore", "ignore", "ignore", "ipc"] })
  child.on("message", ({ error }: Told) => onError(new Error(error)))
  child.on("error", onError)
  child.send(data satisfies ApartData)
  child.unref()
  child.channel?.unref()
  return child
}

const BEHIND_TILLS = 10
const IDLE_MS = 600_000

/** What that process does; it has connections of its own and reads nothing sealed. With nothing to do for ten minutes it ends. */
export function runApart({ url, role, rules }: ApartData, tell: (told: Told) => void): void {
  try {
    setPriority(BEHIND_TILLS) // a till is answered first
  } catch {
    // where that may not be said, it is only not said
  }
  const db = connect({
    ...{ url, name: "mila imports", secrets: secretsFrom(randomBytes(32)), max: 3, queryTimeoutMs: 600_000, connectTimeoutMs: 10_000 },
    ...(role === null ? {} : { role }),
  })
  let busyAt = performance.now()
  const work = async (): Promise<void> => {
    const { imports, pictures } = await importsAndPictures(db, { rules, now: () => systemClock.now() })
    const isBusy = imports + pictures > 0 || (await inTransaction(db, (tx) => isWork(tx, systemClock.now()), { readsFirst: true }))
    if (isBusy) busyAt = performance.now()
    else if (performance.now() - busyAt > IDLE_MS) process.exit()
  }
  const fetching = async (): Promise<void> => {
    if ((await fetchPictures(db, { rules, now: () => systemClock.now() })).fetched > 0) busyAt = performance.now()
  }
  const told = (error: unknown): void => tell({ error: error instanceof Error ? error.message : String(error) })
  againAndAgain(fetching, told) // beside the imports: whoever answers slowly holds up no price
  againAndAgain(work, told)
}
