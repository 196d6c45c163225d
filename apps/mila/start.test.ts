import { startEmbedded } from "@mila/db/testing"
import { codeOfStep, connect, fromBase32, inTransaction, secretsFrom, stepAt } from "@mila/kernel"
import { staffList } from "@mila/staff"
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { after, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { aDataDir, endAll, mila, ready, running } from "./testing.ts"

const data = aDataDir()
after(() => {
  endAll()
  data.rm()
})
const env = { MILA_DATA_DIR: data.dir }

/** The process id of the database server, or 0 while there is none. */
function postmaster(): number {
  try {
    return Number(readFileSync(join(data.dir, "postgres/data/postmaster.pid"), "utf8").split("\n")[0])
  } catch {
    return 0
  }
}

/** What the server has started, a line a process. */
const childrenOf = (pid: number): string[] =>
  execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(pid)], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean)

/** The server and everything it started. */
const family = (pid: number): number[] => [pid, ...childrenOf(pid).map((line) => Number.parseInt(line, 10))]

/** Says so to a process, unless it has just gone by itself. */
function signal(pid: number, what: NodeJS.Signals): void {
  try {
    process.kill(pid, what)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
}

/** Waits until it holds, and answers how long that took in milliseconds: said, not judged, for a busy machine is no fault. */
async function until(saying: string, holds: () => Promise<boolean>): Promise<number> {
  const started = performance.now()
  while (!(await holds())) {
    assert.ok(performance.now() - started < 60_000, saying)
    await wait(20)
  }
  return Math.trunc(performance.now() - started)
}

test("wrong settings are named all at once, with exit code 2 and without a stack", async () => {
  const { code, output } = await mila(["start"], { PORT: "x", MILA_NONSENSE: "1" })
  assert.equal(code, 2)
  assert.match(output, /PORT is a whole number/)
  assert.match(output, /MILA_NONSENSE is not a setting/)
  assert.doesNotMatch(output, /at .*\.ts/)
  assert.equal((await mila(["dance"])).code, 2)
  assert.equal((await mila(["serve", "--only", "kitchen"])).code, 2)
})

test("it starts, is told to stop, and starts again", async (t) => {
  const first = await running(["start"], env)
  assert.match(first.output(), /Mila is ready · Mila готова/)
  assert.equal((await fetch(`${first.base}/health/live`)).status, 200)
  assert.match(await (await fetch(first.base)).text(), /<html lang="ru">/)
  assert.equal(statSync(join(data.dir, "secret")).mode & 0o077, 0)
  assert.equal(await first.end("SIGTERM"), 0)

  const second = await running(["start"], env)
  t.diagnostic(`ready again after ${Math.trunc(second.readyAfterMs)} ms`) // said, not judged: a busy machine is no fault
  assert.equal(await second.end("SIGINT"), 0)
})

test("kill -9 of the process, of its database, of both, and a stale lock: the next start is sound", async (t) => {
  for (const victim of ["process", "database", "both"] as const) {
    const program = await running(["start"], env)
    const pid = postmaster()
    if (victim === "database") {
      process.kill(pid, "SIGKILL")
      const healedMs = await until(
        "the database is started again",
        async () => ![0, pid].includes(postmaster()) && (await ready(program.base)) === 200,
      )
      t.diagnostic(`started again after ${healedMs} ms`)
    }
    if (victim === "both") for (const one of family(pid)) signal(one, "SIGKILL")
    await program.end("SIGKILL")
  }
  mkdirSync(join(data.dir, "postgres"), { recursive: true })
  writeFileSync(join(data.dir, "postgres/mila.lock"), "4194303\n1\n")
  const program = await running(["start"], env)
  const check = await mila(["check-ledger"], env)
  assert.equal(check.code, 0, check.output)
  assert.match(check.output, /The ledger is right/)

  const again = await mila(["start"], { ...env, PORT: "0" })
  assert.equal(again.code, 1)
  assert.match(again.output, /already runs the database/)
  assert.equal(await program.end("SIGTERM"), 0)
})

test("a command on a database without a schema says what to do", async () => {
  const bare = aDataDir()
  const check = await mila(["check-ledger"], { MILA_DATA_DIR: bare.dir })
  assert.equal(check.code, 1)
  assert.match(check.output, /run {2}npm run mila -- migrate/)
  bare.rm()
})

test("a frozen database makes us unready and never dead, and nobody waits for it; thawed, we are ready again", async (t) => {
  const program = await running(["start"], env)
  const server = postmaster()
  signal(server, "SIGSTOP") // first of all: what it would start now would be overlooked
  const frozen = family(server)
  for (const pid of frozen) signal(pid, "SIGSTOP")
  try {
    const started = performance.now()
    const asked = fetch(`${program.base}/office/v1/members/1`, { headers: { authorization: `Bearer mila_${"x".repeat(40)}` } })
    assert.equal(await ready(program.base), 503)
    const office = await asked
    assert.equal(office.status, 503, "nobody waits for it")
    assert.ok(Number(office.headers.get("retry-after")) > 0)
    t.diagnostic(`503 after ${Math.trunc(performance.now() - started)} ms`) // two seconds on a quiet machine
    assert.equal((await fetch(`${program.base}/health/live`)).status, 200)
  } finally {
    for (const pid of frozen) signal(pid, "SIGCONT")
  }
  await until("it heals", async () => (await ready(program.base)) === 200)
  assert.equal(await program.end("SIGTERM"), 0)
})

test("kill -9 of one backend: all sessions drop, the process lives on and is ready again", async (t) => {
  const program = await running(["start"], env)
  const serving = () => childrenOf(postmaster()).find((line) => line.includes("[local]"))
  let one: string | undefined
  await until("somebody is served", async () => (one = serving()) !== undefined)
  signal(Number.parseInt(one!, 10), "SIGKILL")
  const healedMs = await until("it heals", async () => (await ready(program.base)) === 200 && program.child.exitCode === null)
  t.diagnostic(`ready again after ${healedMs} ms`)
  assert.equal((await mila(["check-ledger"], env)).code, 0)
  assert.equal(await program.end("SIGTERM"), 0)
})

// The kernel takes connections on our behalf, and resets those we had not seen when the door closes: their callers come again. What must never
// happen is that a request we began is not answered, so the requests in our log are the answers that were heard.
test("SIGTERM under load: every request that was let in is answered, then the process ends", async () => {
  const program = await running(["serve", "--only", "office"], env)
  const before = requestsIn(program.output())
  let answers = 0
  const caller = async () => {
    for (;;) {
      try {
        const { status } = await fetch(`${program.base}/nowhere`)
        assert.equal(status, 404)
        answers += 1
      } catch (error) {
        if (((error as Error).cause as { code?: string } | undefined)?.code === "ECONNREFUSED") return
      }
    }
  }
  const callers = Array.from({ length: 16 }, caller)
  await until("they are in full swing", async () => answers > 50)
  assert.equal(await program.end("SIGTERM"), 0)
  await Promise.all(callers)
  assert.equal(answers, requestsIn(program.output()) - before)
})

const requestsIn = (output: string): number => output.match(/"status":404,.*"msg":"request"/g)?.length ?? 0

test("each door opens alone", async () => {
  const paths = { web: "/", office: "/office/v1/openapi.json", api: "/pos/v1/openapi.json" } as const
  for (const only of ["web", "office", "api"] as const) {
    const program = await running(["serve", "--only", only], env)
    for (const [door, path] of Object.entries(paths)) {
      assert.equal((await fetch(program.base + path)).status, door === only ? 200 : 404, `${path} behind --only ${only}`)
    }
    assert.equal(await program.end("SIGTERM"), 0)
  }
  const worker = await running(["serve", "--only", "worker"], env)
  assert.equal(await worker.end("SIGTERM"), 0)
})

/** What a person does with an invitation and an authenticator app: a password, a code, and another code to sign in. */
async function keyByInvitation(base: string, printed: string): Promise<string> {
  const post = async (path: string, body: object): Promise<any> =>
    (
      await fetch(`${base}/office/v1${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      })
    ).json()
  const [invitation] = /invite_[\w-]+/.exec(printed)!
  const password = "зелёная кастрюля на плите"
  const { secret } = await post("/invitation/authenticator", { invitation })
  const code = (steps: number) => codeOfStep(fromBase32(secret), stepAt(new Date()) + steps, { algorithm: "sha1", digits: 6 })
  const { staffId } = await post("/invitation/authenticator/confirm", { invitation, password, code: code(0) })
  return (await post("/sign-in/password", { staffId, password, code: code(1) })).key
}

test("A12: DATABASE_URL: nobody of the staff is simply there, the first is employed on the server; the schema comes by mila migrate, readiness waits for it, and the server is left running", async () => {
  const outside = aDataDir()
  const server = await startEmbedded({ dir: join(outside.dir, "postgres"), durable: false })
  const elsewhere = {
    DATABASE_URL: server.url,
    MILA_SECRET: Buffer.alloc(32, 1).toString("base64"),
    MILA_DATA_DIR: join(outside.dir, "none"),
  }
  try {
    assert.equal((await mila(["migrate"], elsewhere)).code, 0)
    assert.match((await mila(["migrate"], elsewhere)).output, /The schema is current/)
    const program = await running(["serve"], elsewhere)
    const staff = async () => (await inTransaction(db, (tx) => staffList(tx))).map(({ name }) => name)
    const db = connect({ url: server.url, secrets: secretsFrom(Buffer.alloc(32, 1)), name: "test" })
    assert.deepEqual(await staff(), [], "A12: nobody is simply there")
    const shops = (key: string) => fetch(`${program.base}/office/v1/shops`, { headers: { authorization: `Bearer ${key}` } })
    const given = await mila(["staff-invitation", "--employ", "Анна Иванова"], elsewhere)
    assert.match(given.output, /\/office#invite_[\w-]{43}\n/)
    assert.doesNotMatch(given.output, /mila_/, "A12: also the server gives no key without a second factor")
    const first = await keyByInvitation(program.base, given.output)
    assert.deepEqual([(await shops(first)).status, await staff()], [200, ["Анна Иванова"]])
    assert.match((await mila(["staff-invitation", "1"], elsewhere)).output, /#invite_/)
    assert.deepEqual([(await mila(["staff-invitation", "7"], elsewhere)).code, (await mila(["staff-invitation"], elsewhere)).code], [1, 2])
    await db.close()
    assert.equal(await program.end("SIGTERM"), 0)
    assert.ok(!readdirSync(outside.dir).includes("none"), "nothing is kept beside an outside database")
    assert.equal((await mila(["check-ledger"], elsewhere)).code, 0)
  } finally {
    await server.stop()
    outside.rm()
  }
})
