import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir, totalmem } from "node:os"
import { dirname, join, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { NOBODY, OPEN_PLACE, reachableByNobody } from "./binaries.ts"

export type Folders = { base: string; data: string; socket: string; log: string }

const LONGEST_SOCKET_PATH = 100 // 107 bytes with the socket's own name at the end

/** Where a server on `dir` keeps its files and its socket; nothing is made. */
export function foldersOf(dir: string): Folders {
  const base = existsSync(dir) ? realpathSync(dir) : resolve(dir)
  const near = join(base, "socket")
  const socket =
    Buffer.byteLength(join(near, ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH
      ? near
      : join(tmpdir(), `mila-${process.getuid?.() ?? 0}-${nameOf(base)}`)
  return { base, data: join(base, "data"), socket, log: join(base, "postgres.log") }
}

const nameOf = (folder: string): string => createHash("sha256").update(folder).digest("hex").slice(0, 12)

/** Makes the folders. As root they belong to `nobody`; when he cannot get there, they stand in an open place and `dir` becomes a link to it. */
export function makeFolders(dir: string, { asNobody, say }: { asNobody: boolean; say: (text: string) => void }): Folders {
  const wanted = resolve(dir)
  mkdirSync(dirname(wanted), { recursive: true, mode: 0o755 })
  if (asNobody && !reachableByNobody(wanted) && !existsSync(wanted)) {
    const open = join(OPEN_PLACE, nameOf(wanted))
    say(`PostgreSQL runs as "nobody", who cannot enter ${dirname(wanted)}: its data is kept in ${open}`)
    mkdirSync(open, { recursive: true, mode: 0o755 })
    rmSync(wanted, { force: true }) // a link to what was thrown away
    symlinkSync(open, wanted)
  }
  if (asNobody && !reachableByNobody(foldersOf(wanted).base)) {
    throw new Error(
      `PostgreSQL runs as "nobody", who cannot enter ${dirname(foldersOf(wanted).base)}: open it (chmod o+x) or set MILA_DATA_DIR`,
    )
  }
  for (const folder of [foldersOf(wanted).base, foldersOf(wanted).socket]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (asNobody) chownSync(folder, NOBODY, NOBODY)
    else if (statSync(folder).uid !== process.getuid?.()) throw new Error(`${folder} belongs to somebody else`)
    chmodSync(folder, 0o700) // -A trust is guarded by this mode: nobody else reaches the data or the socket
  }
  return foldersOf(wanted)
}

/** Makes a new data folder, whole or not at all: one that was begun and not finished is thrown away. */
export function initialise(bin: string, data: string, { durable, as }: { durable: boolean; as: { uid?: number; gid?: number } }): void {
  if (existsSync(join(data, "PG_VERSION"))) return
  const half = `${data}.half`
  rmSync(half, { recursive: true, force: true })
  const made = spawnSync(
    join(bin, "initdb"),
    [
      ...["-D", half, "-U", "postgres", "-A", "trust", "-E", "UTF8"],
      ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"],
      ...(durable ? [] : ["--no-sync"]),
    ],
    { encoding: "utf8", cwd: "/", ...as },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)
  renameSync(half, data)
}

/** Leaves nobody on the data folder: waits for the dying, stops an orphan, removes the lock file of the dead. */
export async function clearTheWay(data: string): Promise<void> {
  const lock = join(data, "postmaster.pid")
  for (let tried = 0; existsSync(lock); tried += 1) {
    const pid = Number(readFileSync(lock, "utf8").split("\n")[0])
    const state = stateOf(pid, data)
    if (state === "gone" || state === "stranger") return rmSync(lock, { force: true })
    if (state === "orphan" && tried === 0) signal(pid, "SIGINT")
    if (state === "orphan" && tried === 50) signal(pid, "SIGQUIT")
    if (state === "orphan" && tried === 100) signal(pid, "SIGKILL") // stopped by a debugger, say
    if (tried > 200) throw new Error(`process ${pid} does not leave the data folder ${data}`)
    await wait(100)
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // it ended meanwhile
  }
}

function stateOf(pid: number, data: string): "gone" | "dying" | "orphan" | "stranger" {
  if (!(pid > 1) || pid === process.pid) return "gone"
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return "gone"
  }
  if (!existsSync("/proc/self/status")) return commandOf(pid).includes(data) ? "orphan" : "stranger"
  try {
    if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))) return "dying"
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(data) ? "orphan" : "stranger"
  } catch {
    return "gone"
  }
}

const commandOf = (pid: number): string => spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? ""

/** Writes our settings into a file of their own and has the server read it; what stands on its command line could not be changed later. */
export function writeSettings(data: string, { durable, settings }: { durable: boolean; settings: Record<string, string> }): void {
  const sharedMb = Math.max(128, Math.min(1024, Math.floor(totalmem() / 8 / 1024 / 1024)))
  const chosen: Record<string, string> = {
    shared_buffers: durable ? `${sharedMb}MB` : "128MB",
    wal_compression: "off", // this build has only pglz, which makes posting 3–5 times slower after a checkpoint
    checkpoint_timeout: "30min",
    max_wal_size: "8GB",
    max_connections: "100",
    timezone: "UTC",
    log_min_messages: "warning",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
    ...settings,
  }
  const text = Object.entries(chosen).map(([name, value]) => `${name} = '${value}'\n`)
  writeFileSync(join(data, "mila.conf"), text.join(""))
  const main = join(data, "postgresql.conf")
  const standing = readFileSync(main, "utf8")
  if (standing.includes("include 'mila.conf'")) return
  const { uid, gid, mode } = statSync(main)
  writeFileSync(`${main}.new`, `${standing}\ninclude 'mila.conf'\n`)
  chmodSync(`${main}.new`, mode)
  chownSync(`${main}.new`, uid, gid)
  renameSync(`${main}.new`, main)
}
