import { startEmbedded } from "@mila/db/testing"
import { HABITS, Office, play } from "@mila/till-simulator"
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { after, before, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { openBalancer } from "./balancer.ts"
import { aPort } from "./ports.ts"
import { System } from "./system.ts"

// F02 and F22: two processes of everything on one database.
const SEED = Number(process.env["FAULT_SEED"] ?? 7)
const MILA = resolve(import.meta.dirname, "../apps/mila/mila.ts")

let systems: [System, System]
let key: string
const undo: (() => unknown)[] = []
before(async () => {
  const dir = mkdtempSync(join(tmpdir(), "mila-two-"))
  chmodSync(dir, 0o755)
  undo.push(() => rmSync(dir, { recursive: true, force: true }))
  const server = await startEmbedded({ dir: join(dir, "server"), durable: false })
  undo.push(() => server.stop())
  const env = {
    DATABASE_URL: server.url,
    MILA_SECRET: randomBytes(32).toString("base64"),
    MILA_DATA_DIR: dir,
    MILA_CLOCK: "simulated",
    MILA_DEMO: "1",
    MILA_DEMO_GOODS: "600",
  }
  for (const word of ["migrate", "demo"]) execFileSync(process.execPath, [MILA, word], { env: { ...process.env, ...env } })
  key = JSON.parse(readFileSync(join(dir, "demo-sign-in.json"), "utf8")).staff[0].key
  const one = async () => new System({ port: await aPort(), words: ["serve"], env })
  systems = [await one(), await one()]
  undo.push(() => Promise.all(systems.map((system) => system.end("SIGTERM"))))
  await Promise.all(systems.map((system) => system.start()))
})
after(async () => {
  for (const step of undo.toReversed()) await step()
})

test(`F02: a rolling restart under load costs no till a call it repeats (FAULT_SEED=${SEED})`, async () => {
  const balancer = await openBalancer(systems.map(({ url }) => Number(new URL(url).port)))
  const sells = Promise.withResolvers<void>()
  const day = play({
    ...{ url: balancer.url, key, seed: SEED, shops: 2, tills: 1, receipts: 200, rate: 30, habits: { ...HABITS, badLine: 0 } },
    told: () => sells.resolve(),
  })
  const restarted = async () => {
    await Promise.race([sells.promise, day])
    for (const system of systems) {
      assert.equal(await system.end("SIGTERM"), 0)
      await system.start()
    }
  }
  const [{ objections, unknown, told }] = await Promise.all([day, restarted()])
  await balancer.close()
  assert.deepEqual(objections, [])
  assert.equal(unknown, 0)
  assert.ok((told["sale ok"] ?? 0) >= 200 && !told["sale rejected"], JSON.stringify(told))
})

test("F22: two schedulers run every job at the same time, one is killed in the middle; the end is that of one run", async () => {
  const offices = systems.map(({ url }) => new Office(url, key))
  const [office] = offices as [Office, Office]
  const members = await Promise.all(Array.from({ length: 30 }, () => office.registerMember()))
  for (const memberId of members) await office.givePoints(memberId, 500)
  const jobs: string[] = (await office.must("GET", "/jobs")).jobs
  assert.ok(jobs.length > 5)
  const everyJobOf = (one: Office) =>
    Promise.all(jobs.map((name) => one.ask("POST", `/jobs/${name}/run`, {}).catch(() => ({ status: 0, body: undefined }))))
  for (const days of [1, 30]) {
    for (const one of offices) await moved(one, days)
    const twice = await Promise.all([everyJobOf(offices[0]!), everyJobOf(offices[1]!), everyJobOf(offices[0]!)])
    for (const { status, body } of twice.flat()) assert.ok(status < 500, `${JSON.stringify(body)}\n${errors()}`)
  }
  for (const one of offices) await moved(one, 150)
  const running = everyJobOf(offices[1]!)
  await wait(60)
  await systems[1].end("SIGKILL")
  await everyJobOf(office)
  await systems[1].start()
  await running // what was cut is asked again of the new process
  for (const { status, body } of await everyJobOf(office)) assert.equal(status, 200, JSON.stringify(body))
  for (const memberId of members) {
    const { pending, available, held, owed } = await office.balance(memberId)
    assert.deepEqual([pending, available, held, owed], [0, 500, 0, 0], "what was given for long is there, once")
  }
  assert.deepEqual((await office.must("POST", "/ledger/check", {})).findings, [])
})

/** What both processes logged as their own fault: a 500's body names only the request. */
function errors(): string {
  const lines = systems.flatMap(({ output }) => output.split("\n"))
  return lines.filter((line) => /"level":(50|60|"error"|"fatal")/.test(line)).join("\n")
}

async function moved(office: Office, days: number): Promise<void> {
  const { now } = await office.must("GET", "/clock")
  await office.must("PUT", "/clock", { now: new Date(Date.parse(now) + days * 86_400_000).toISOString() })
}
