import { chanceOf, HABITS, type Played, play } from "@mila/till-simulator"
import assert from "node:assert/strict"
import { after, before, test, type TestContext } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { aBackendOf, freeze, signal, type System, wholeSystem } from "./system.ts"

// F01, F03, F04, F05 of the fault list, in short form: tills live a day while something dies, and their own log proves that each receipt counted
// once. FAULT_SEED plays another day, FAULT_KILLS makes it longer.
const SEED = Number(process.env["FAULT_SEED"] ?? 7)
const KILLS = Number(process.env["FAULT_KILLS"] ?? 5)

let whole: Awaited<ReturnType<typeof wholeSystem>>
before(async () => {
  whole = await wholeSystem()
})
after(() => whole.drop())

/** A day while `harm` does what it does; what the tills were told must be what there is. */
async function dayWith(name: string, receipts: number, harm: (system: System) => Promise<void>): Promise<Played> {
  const { system, key } = whole
  let opened = () => {}
  const open = new Promise<void>((tell) => (opened = tell))
  const day = play({
    ...{ url: system.url, key, seed: chanceOf(`${SEED}/${name}`).below(2 ** 31), shops: 2, tills: 1, receipts, rate: 30 },
    ...{ habits: { ...HABITS, badLine: 0 }, told: () => opened() },
  })
  await Promise.race([open, day])
  const harmed = harm(system)
  const played = await day
  await harmed
  assert.deepEqual(played.objections, [], `FAULT_SEED=${SEED}`)
  assert.equal(played.unknown, 0, "a patient till learns in the end")
  return played
}

const told = (t: TestContext, saying: string) => t.diagnostic(`${saying} (FAULT_SEED=${SEED})`)

test("F01: the process is killed again and again in the middle of things; nothing told is lost, nothing counts twice", async (t) => {
  const chance = chanceOf(`${SEED}/kills`)
  const readyAfter: number[] = []
  await dayWith("F01", 30 * KILLS, async (system) => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      await wait(200 + chance.below(900))
      await system.end("SIGKILL")
      readyAfter.push(Math.round(await system.start()))
    }
  })
  told(t, `ready again after ${readyAfter.join(", ")} ms`)
})

test("F03: a backend of the database is killed; the pool heals and the process lives on", async () => {
  await dayWith("F03", 120, async (system) => {
    for (let kill = 0; kill < 3; kill += 1) {
      await wait(500)
      signal(await aBackendOf(whole.postgres()), "SIGKILL")
    }
    assert.ok(system.running)
  })
})

test("F04: the database itself is killed; tills hear 503 and it comes back by itself", async (t) => {
  let backAfter = 0
  await dayWith("F04", 120, async (system) => {
    await wait(800)
    const killed = performance.now()
    process.kill(whole.postgres(), "SIGKILL")
    while ((await system.ready()) === 200 && performance.now() - killed < 2_000) await wait(20)
    while ((await system.ready()) !== 200) {
      assert.ok(performance.now() - killed < 60_000, "it does not come back")
      await wait(20)
    }
    backAfter = performance.now() - killed
    assert.ok(system.running)
  })
  told(t, `back after ${Math.round(backAfter)} ms`)
})

test("F05: the database freezes; nobody waits for it, we are unready and alive, and all heals", async (t) => {
  const heard: { status: number; millis: number; retryAfter: string | null }[] = []
  await dayWith("F05", 120, async (system) => {
    await wait(800)
    const thaw = freeze(whole.postgres())
    try {
      await wait(300)
      for (let asked = 0; asked < 3; asked += 1) heard.push(await asking(system))
      assert.equal(await system.live(), 200)
      assert.equal(await system.ready(), 503)
    } finally {
      thaw()
    }
  })
  for (const { status, millis, retryAfter } of heard) {
    assert.equal(status, 503)
    assert.ok(Number(retryAfter) > 0)
    assert.ok(millis < 30_000, `${millis} ms`) // two seconds, and what a busy machine adds: told below
  }
  told(t, `503 after ${heard.map(({ millis }) => Math.round(millis)).join(", ")} ms`)
})

async function asking(system: System): Promise<{ status: number; millis: number; retryAfter: string | null }> {
  const began = performance.now()
  const { status, headers } = await fetch(`${system.url}/office/v1/members/1`, { headers: { authorization: `Bearer ${whole.key}` } })
  return { status, millis: performance.now() - began, retryAfter: headers.get("retry-after") }
}
