import { day, type Db, inTransaction, later, type SimulatedClock, simulatedClock } from "@mila/kernel"
import { adjust, balancesOf, openPurses, seal } from "@mila/ledger"
import { expiryNoticesOf } from "@mila/loyalty"
import { aMember } from "@mila/members/testing"
import { type Gateway, localCarrier, noCarrier, outboxOf, queueMessage, rocketSms } from "@mila/messages"
import { aMessage } from "@mila/messages/testing"
import { rocketSmsStandIn } from "@mila/messages/stand-ins"
import { APP_ROLE, closeTestDatabases, ownDb, type OwnDb } from "@mila/db/testing"
import assert from "node:assert/strict"
import { rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { catalogue } from "./catalogue.ts"
import { keepDayRoots, rewrittenDays } from "./day-roots.ts"
import type { WorkerContext } from "./job.ts"
import { drainLeftJobs, leftJobs } from "./left-jobs.ts"
import { prove } from "./prove.ts"
import type { Reaction } from "./reactions.ts"
import { jobNames, runJob } from "./run-job.ts"
import { prepareSchedule, startWorker } from "./schedule.ts"

let own: OwnDb
let clock: SimulatedClock
const sealFile = join(tmpdir(), `mila-seals-${process.pid}.txt`)
const AT = new Date("2026-11-23T09:00:00Z")

before(async () => {
  own = await ownDb()
})
after(async () => {
  rmSync(sealFile, { force: true })
  await own.drop()
  await closeTestDatabases()
})

function aWorker(): WorkerContext & { failures: object[] } {
  clock = simulatedClock(AT)
  const failures: object[] = []
  const keep = (details: object) => void failures.push(details)
  return {
    db: own.db,
    clock,
    sealFile,
    carry: localCarrier,
    failures,
    log: { debug: () => undefined, info: () => undefined, warn: keep, error: keep },
  }
}

const leave = (db: Db, name: string, data: unknown = {}) => inTransaction(db, (tx) => later(tx, name, data))

test("every job has a name of its own and runs on an empty database", async () => {
  const worker = aWorker()
  assert.equal(new Set(jobNames).size, jobNames.length)
  for (const name of jobNames) assert.equal((await runJob(worker, name, { at: AT }))?.job, name)
  assert.equal(await runJob(worker, "noSuchJob", { at: AT }), undefined)
})

test("what an act left is done once, by one of two workers", async () => {
  const done: number[] = []
  const reactions: Record<string, Reaction> = { welcome: async (_tx, { member }: { member: number }) => void done.push(member) }
  for (let member = 0; member < 130; member += 1) await leave(own.db, "welcome", { member })
  await Promise.all([drainLeftJobs(aWorker(), { reactions }), drainLeftJobs(aWorker(), { reactions })])
  assert.deepEqual(
    done.toSorted((one, other) => one - other),
    Array.from({ length: 130 }, (_, member) => member),
  )
})

test("a job that fails does not hold up its neighbours, writes nothing, and is tried again later", async () => {
  let fails = true
  const done: string[] = []
  const reactions: Record<string, Reaction> = {
    bad: async (tx) => {
      await later(tx, "good", {}) // must be rolled back with the failure
      if (fails) throw new Error("not today")
    },
    good: async () => void done.push("good"),
  }
  await leave(own.db, "bad")
  await leave(own.db, "good")
  const worker = aWorker()
  await drainLeftJobs(worker, { reactions })
  assert.deepEqual(done, ["good"])
  assert.equal(worker.failures.length, 1)

  fails = false
  await drainLeftJobs(worker, { reactions })
  assert.equal((await leftJobs(own.db)).waiting, 1, "its time has not come")
  clock.moveTo(new Date(AT.getTime() + 6_000))
  await drainLeftJobs(worker, { reactions })
  await drainLeftJobs(worker, { reactions })
  assert.deepEqual(done, ["good", "good"])
  assert.equal((await leftJobs(own.db)).waiting, 0)
})

test("a job that never goes well is given up after eight times, loudly", async () => {
  const worker = aWorker()
  const reactions: Record<string, Reaction> = { cursed: () => Promise.reject(new Error("never")) }
  await leave(own.db, "cursed")
  for (let tried = 0; tried < 8; tried += 1) {
    await drainLeftJobs(worker, { reactions })
    clock.moveTo(new Date(clock.now().getTime() + 3_600_000))
  }
  assert.equal(worker.failures.length, 8)
  assert.deepEqual((worker.failures.at(-1) as { tries: number }).tries, 8)
  assert.equal((await leftJobs(own.db)).waiting, 0)
})

test("the root of a sealed day is kept outside once, and a rewritten day shows", async () => {
  const memberId = 4_200_001
  await inTransaction(own.db, async (tx) => {
    await openPurses(tx, { memberIds: [memberId] })
    const request = {
      reference: "test:1/roots",
      memberId,
      points: 100,
      expiresOn: "2027-11-23",
      at: AT,
      occurredAt: AT,
      shortage: "refuse",
    }
    await adjust(tx, request as never)
  })
  await seal(own.db, { at: AT })
  const tomorrow = new Date(AT.getTime() + 86_400_000)
  assert.deepEqual(await keepDayRoots(own.db, { file: sealFile, at: AT }), { kept: 0 }, "the day is not over")
  assert.deepEqual(await keepDayRoots(own.db, { file: sealFile, at: tomorrow }), { kept: 1 })
  assert.deepEqual(await keepDayRoots(own.db, { file: sealFile, at: tomorrow }), { kept: 0 })
  assert.deepEqual(await rewrittenDays(own.db, { file: sealFile }), [])

  await own.owner.pool.query(
    "alter table ledger.seal disable trigger all; update ledger.seal set hash = sha256(hash); alter table ledger.seal enable trigger all",
  )
  assert.deepEqual(await rewrittenDays(own.db, { file: sealFile }), ["2026-11-23"])
  await assert.rejects(keepDayRoots(own.db, { file: sealFile, at: tomorrow }), /rewritten/)
})

const provider = await rocketSmsStandIn({ login: "190000000", password: "secret" })
const gateways = [rocketSms({ url: provider.url, login: "190000000", password: "secret", sender: null })]
after(() => provider.close())

for (const [carrier, carriage, state] of [
  ["a message that arrives", { carry: localCarrier }, "delivered"],
  ["nobody to carry messages", { carry: noCarrier }, "offered"],
  ["a gateway that takes them", { carry: noCarrier, gateways }, "delivered"],
] as const) {
  test(`the life of points to its end, with ${carrier}: reminded of, ${state}, expired; each job run twice by two workers`, async () => {
    const house = await ownDb()
    const memberId = await inTransaction(house.db, async (tx) => {
      const member = await aMember(tx)
      await openPurses(tx, { memberIds: [member] })
      const give = { reference: "adjustment:life/settled" as const, memberId: member, points: 250, shortage: "refuse" as const }
      await adjust(tx, { ...give, expiresOn: day("2026-12-13"), at: AT, occurredAt: AT })
      return member
    })
    const workers = [aWorker(), aWorker()].map((worker) => ({ ...worker, db: house.db, ...carriage }))
    const night = async (days: number) => {
      const at = new Date(AT.getTime() + days * 86_400_000)
      for (const name of ["remindOfExpiry", "deliverMessages", "takeLeftJobs", "settleLots"])
        await Promise.all([...workers, ...workers].map((worker) => runJob(worker, name, { at })))
    }
    const available = () => inTransaction(house.db, async (tx) => (await balancesOf(tx, [memberId])).get(memberId)?.available)
    for (const days of [0, 1, 13, 20]) await night(days)
    assert.equal(await available(), 250, "the last day itself")
    await night(21)
    assert.equal(await available(), 0)
    const notices = await inTransaction(house.db, (tx) => expiryNoticesOf(tx, { memberId, most: 10 }))
    assert.deepEqual(
      notices.map((notice) => notice.state),
      [state, state, state],
      "one at thirty days, one at seven and one the day before",
    )
    if ("gateways" in carriage)
      assert.deepEqual(
        provider.taken.map(({ text }) => text.split(":")[0]),
        ["Мила", "Мила", "Мила"],
      )
    assert.equal((await leftJobs(house.db)).waiting, 0)
    assert.deepEqual((await prove(house.db, { at: AT, now: () => AT })).findings, [])
    await house.drop()
  })
}

test("what a gateway reports by itself is written down while a worker runs, and what it took is followed", async () => {
  const house = await ownDb()
  await prepareSchedule(house.url, { role: APP_ROLE })
  type Hear = Parameters<NonNullable<Gateway["listen"]>>[0]
  const ears: Hear[] = []
  const send: Gateway["send"] = async () => ({ said: "taken", id: "a1" })
  const gateway: Gateway = { name: "smpp", channel: "sms", send, listen: (hear) => void ears.push(hear) }
  const worker = { ...aWorker(), db: house.db, carry: noCarrier, gateways: [gateway] }
  const running = await startWorker(worker)
  try {
    await ears[0]!({ id: "a1", state: "delivered" })
    await inTransaction(house.db, (tx) => queueMessage(tx, aMessage()))
    const newest = async () => (await inTransaction(house.db, (tx) => outboxOf(tx, { most: 1 })))[0]!
    for (let tried = 0; tried < 600 && (await newest()).state === "queued"; tried += 1) await wait(100)
    await runJob(worker, "followDeliveries", { at: AT }) // or the schedule did
    assert.deepEqual([(await newest()).gateway, (await newest()).delivery], ["smpp", "delivered"])
  } finally {
    await running.stop(2_000)
    await house.drop()
  }
})

test("two schedules beside each other run a job that is due, and stop within their patience", async () => {
  await prepareSchedule(own.url, { role: APP_ROLE })
  await prepareSchedule(own.url, { role: APP_ROLE }) // the second time changes nothing
  const ran: string[] = []
  const worker = { ...aWorker(), ran: ({ name }: { name: string }) => void ran.push(name) }
  const both = await Promise.all([startWorker(worker), startWorker(worker)])
  const { rows } = await own.owner.pool.query<{ key: string }>("select key from pgboss.schedule order by key")
  assert.deepEqual(
    rows.map(({ key }) => key),
    catalogue(aWorker())
      .map(({ name }) => name)
      .toSorted(),
  )
  await own.owner.pool.query(
    "insert into pgboss.job (name, data, policy, singleton_key) select 'jobs', jsonb_build_object('job', 'lapseHolds'), 'short', 'lapseHolds' on conflict do nothing",
  )
  for (let tried = 0; tried < 600 && !ran.includes("lapseHolds"); tried += 1) await wait(100)
  // a minute that began meanwhile brought others
  assert.equal(ran.filter((name) => name === "lapseHolds").length, 1)
  await Promise.all(both.map((one) => one.stop(2_000)))
})
