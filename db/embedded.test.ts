import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import pg from "pg"
import { FolderTaken, runningEmbedded, startEmbedded } from "./embedded.ts"
import { keepEmbedded } from "./keep-embedded.ts"

const home = mkdtempSync(join(tmpdir(), "mila-embedded-"))
chmodSync(home, 0o755) // as root the server is "nobody", who must get here
const dir = join(home, "postgres")
const options = { dir, durable: false } as const
after(() => rmSync(home, { recursive: true, force: true }))

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 })
  client.on("error", () => undefined)
  try {
    await client.connect()
    return Object.values((await client.query(text)).rows[0] ?? {})[0]
  } finally {
    await client.end().catch(() => undefined)
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
  } catch {
    return false
  }
}

test("a data folder is made once, and what it holds is there after a restart; stopping twice is harmless", async () => {
  const first = await startEmbedded(options)
  await ask(first.url, "create table kept as select 42 answer")
  await first.stop()
  await first.stop()
  const second = await startEmbedded(options)
  assert.equal(await ask(second.url, "select answer from kept"), 42)
  await second.stop()
})

test("a folder that was begun and not finished is made anew", async () => {
  const half = join(home, "half")
  mkdirSync(join(half, "data.half", "base"), { recursive: true })
  const server = await startEmbedded({ dir: half, durable: false })
  assert.equal(await ask(server.url, "select 1"), 1)
  await server.stop()
})

test("a second process is told who runs the folder's server, and may join it", async () => {
  const server = await startEmbedded(options)
  // somebody else's process holds the lock: we are only one process here
  const other = spawn("sleep", ["30"])
  const stat = readFileSync(`/proc/${other.pid}/stat`, "utf8")
  writeFileSync(join(dir, "mila.lock"), `${other.pid}\n${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}\n`)
  await assert.rejects(startEmbedded(options), (error) => error instanceof FolderTaken && error.heldBy === other.pid)
  assert.equal(await ask(runningEmbedded(dir)!, "select 1"), 1)
  other.kill("SIGKILL")
  await server.stop()
})

test("it starts over a stale lock file, its own and the server's, whoever has the process id now", async () => {
  writeFileSync(join(dir, "mila.lock"), `${process.ppid}\n1\n`)
  writeFileSync(join(dir, "data", "postmaster.pid"), `${process.ppid}\n${join(dir, "data")}\n1\n5432\n\n\n\n`)
  const server = await startEmbedded(options)
  assert.equal(await ask(server.url, "select 1"), 1)
  await server.stop()
})

test("as root, where nobody may enter, the data is kept in an open place and found again", { skip: process.getuid?.() !== 0 }, async () => {
  const closed = join(home, "closed")
  mkdirSync(closed, { mode: 0o700 })
  const said: string[] = []
  const hidden = { dir: join(closed, "postgres"), durable: false, say: (text: string) => void said.push(text) }
  await (await startEmbedded(hidden)).stop()
  await (await startEmbedded(hidden)).stop()
  assert.match(said.join("\n"), /^PostgreSQL runs as "nobody".*$/)
  rmSync(realpathSync(hidden.dir), { recursive: true })
})

test("kill -9 of our process stops the server by itself, and the next start finds everything", async () => {
  const child = join(home, "child.ts")
  writeFileSync(
    child,
    `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, "embedded.ts"))}
     const { pid } = await startEmbedded(${JSON.stringify(options)})
     console.log(pid)
     setInterval(() => undefined, 1000)`,
  )
  const started = spawn(process.execPath, [child], { stdio: ["ignore", "pipe", "inherit"] })
  const pid = Number(await new Promise((resolve) => started.stdout.once("data", resolve)))
  started.kill("SIGKILL")
  for (let tried = 0; tried < 600 && isAlive(pid); tried += 1) await wait(50)
  assert.ok(!isAlive(pid), "the watchdog stops it")
  const server = await startEmbedded(options)
  assert.equal(await ask(server.url, "select answer from kept"), 42)
  await server.stop()
})

test("a server that was orphaned without its watchdog is taken over", async () => {
  const orphan = await startEmbedded(options)
  rmSync(join(dir, "mila.lock")) // as if its keeper were gone
  const server = await startEmbedded(options)
  assert.ok(!isAlive(orphan.pid))
  assert.equal(await ask(server.url, "select answer from kept"), 42)
  await server.stop()
})

test("a server that dies is started again at the same address", async () => {
  const said: string[] = []
  const kept = await keepEmbedded({ ...options, say: (text) => void said.push(text) })
  const first = kept.pid!
  process.kill(first, "SIGKILL")
  let answer: unknown
  for (let tried = 0; tried < 600 && answer === undefined; tried += 1) {
    await wait(50)
    if (kept.pid !== first) answer = await ask(kept.url, "select answer from kept").catch(() => undefined)
  }
  assert.equal(answer, 42)
  assert.match(said.join(), /started again/)
  await kept.stop()
  assert.equal(kept.pid, undefined)
  assert.ok(!existsSync(join(dir, "mila.lock")))
})
