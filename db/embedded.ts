import { type ChildProcess, spawn } from "node:child_process"
import { closeSync, openSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import pg from "pg"
import { binaries, NOBODY } from "./binaries.ts"
import { clearTheWay, foldersOf, initialise, makeFolders, writeSettings } from "./data-folder.ts"
import { holderOf, takeLock } from "./lock-file.ts"

export type Embedded = {
  /** connects as the owner of everything, over a unix socket in a folder only we may enter */
  url: string
  pid: number
  /** resolves when the server has ended, whoever ended it */
  ended: Promise<void>
  /** a fast, clean stop; harmless when the server is gone already */
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  dir: string
  /** false only for tests: no fsync */
  durable?: boolean
  /** more lines for postgresql.conf */
  settings?: Record<string, string>
  /** told what a person should know: files kept elsewhere, a server started again */
  say?: (text: string) => void
}

/** Another living process runs the server of this folder. */
export class FolderTaken extends Error {
  readonly heldBy: number
  constructor(dir: string, heldBy: number) {
    super(`process ${heldBy} already runs the database in ${dir}`)
    this.name = "FolderTaken"
    this.heldBy = heldBy
  }
}

/**
 * Starts the PostgreSQL of the npm package on a data folder, which is made when it is not there. Takes over after a crash: an orphaned
 * server of the same folder is stopped, a stale lock file is removed. As root the server runs as `nobody`, which PostgreSQL asks for.
 * It has a session of its own, so that Ctrl-C does not reach it, and a watchdog, so that it stops when this process dies in any way.
 * Errors: FolderTaken; a sentence with the place of the server's log.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dir, durable = true, settings = {}, say = () => undefined } = options
  const asNobody = process.getuid?.() === 0
  const as = asNobody ? { uid: NOBODY, gid: NOBODY } : {}
  const folders = makeFolders(dir, { asNobody, say })
  const lock = takeLock(lockOf(dir))
  if ("heldBy" in lock) throw new FolderTaken(dir, lock.heldBy)
  try {
    const bin = binaries({ asNobody, say })
    initialise(bin, folders.data, { durable, as })
    await clearTheWay(folders.data)
    writeSettings(folders.data, { durable, settings })

    const log = openSync(folders.log, "a") // a file: a pipe nobody drains would block the server, and ours breaks when we die
    const server = spawn(join(bin, "postgres"), ["-D", folders.data, "-k", folders.socket, "-c", "listen_addresses="], {
      ...{ detached: true, stdio: ["ignore", log, log], cwd: "/" },
      ...as,
    })
    closeSync(log)
    return await watched(server, { url: urlOn(folders.socket), logFile: folders.log, release: lock.release })
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The URL of a server that another living process started on `dir`, or undefined. */
export function runningEmbedded(dir: string): string | undefined {
  return holderOf(lockOf(dir)) === undefined ? undefined : urlOn(foldersOf(dir).socket)
}

const lockOf = (dir: string): string => join(foldersOf(dir).base, "mila.lock")

const urlOn = (socket: string): string => `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socket)}`

async function watched(
  server: ChildProcess,
  { url, logFile, release }: { url: string; logFile: string; release: () => void },
): Promise<Embedded> {
  let alive = true
  let failure: Error | undefined
  const ended = new Promise<void>((end) => {
    server.once("exit", () => end())
    server.once("error", (error) => end(void (failure = error)))
  })
  const watchdog = server.pid ? watchdogOf(server.pid) : undefined
  void ended.then(() => {
    alive = false
    watchdog?.kill("SIGKILL") // before the server's id can belong to somebody else
    release()
  })
  const stop = async () => {
    if (!alive) return
    server.ref()
    server.kill("SIGINT")
    const stopped = await Promise.race([ended.then(() => true), wait(15_000, false, { ref: false })])
    if (!stopped) server.kill("SIGQUIT")
    const quit = await Promise.race([ended.then(() => true), wait(5_000, false, { ref: false })])
    if (!quit) server.kill("SIGKILL") // frozen; the journal is on disk, the next start recovers
    await ended
  }
  try {
    await untilReady(url, () => alive)
  } catch (error) {
    await stop()
    throw new Error(`PostgreSQL did not start; see ${logFile}`, { cause: failure ?? error }) // oxlint-disable-line preserve-caught-error -- why it ended says more than that nobody answered
  }
  server.unref() // whoever needs the server keeps this process alive, not the server
  return { url, pid: server.pid!, ended, stop }
}

/** A shell that waits for our end of a pipe to close, which the kernel does whatever we die of, and then stops the server. */
function watchdogOf(pid: number): ChildProcess {
  const watchdog = spawn("/bin/sh", ["-c", `read -r _; kill -INT ${pid}`], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    cwd: "/",
  })
  watchdog.once("error", () => undefined)
  watchdog.unref()
  ;(watchdog.stdin as unknown as { unref?(): void } | null)?.unref?.()
  return watchdog
}

async function untilReady(url: string, alive: () => boolean): Promise<void> {
  for (const deadline = performance.now() + 60_000; ;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on("error", () => undefined)
    try {
      await client.connect()
      return
    } catch (error) {
      if (!alive() || performance.now() > deadline) throw error
      await wait(20)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
