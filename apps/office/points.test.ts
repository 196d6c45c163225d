import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
let phones = 0
before(async () => {
  office = await anOffice()
})
after(closeTestDatabases)

async function aMember(): Promise<number> {
  phones += 1
  const body = { name: { family: "", given: "Ольга" }, phone: `+37529222${String(phones).padStart(4, "0")}` }
  return (await office.ask("POST", "/members", { body })).body.memberId
}

const adjust = (memberId: number, body: object, { key, as = randomUUID() }: { key?: string; as?: string } = {}) =>
  office.ask("POST", `/members/${memberId}/adjustments`, { body, headers: { "idempotency-key": as }, ...(key ? { key } : {}) })
const balanceOf = async (memberId: number, query = "") => (await office.ask("GET", `/members/${memberId}/balance${query}`)).body.balance

test("a small correction is posted at once, and once for each key", async () => {
  const memberId = await aMember()
  const correction = { points: 300, reason: "goodwill" }
  const posted = await adjust(memberId, correction, { as: "a-1" })
  assert.deepEqual([posted.status, posted.body.status, posted.body.balance.available], [201, "posted", 300])
  assert.deepEqual((await adjust(memberId, correction, { as: "a-1" })).body, posted.body)
  assert.equal((await balanceOf(memberId)).available, 300)
  assert.equal((await adjust(memberId, { ...correction, points: 301 }, { as: "a-1" })).body.code, "idempotency_mismatch")
  const keyless = await office.ask("POST", `/members/${memberId}/adjustments`, { body: correction })
  assert.deepEqual([keyless.status, keyless.body.code], [400, "idempotency_key_missing"])
})

test("a balance is told as it was at a past moment, lots with their last days", async () => {
  const memberId = await aMember()
  const { body: empty } = await office.ask("GET", `/members/${memberId}/balance`)
  await adjust(memberId, { points: 50, reason: "mistake", expiresOn: "2027-01-31" })
  assert.equal((await balanceOf(memberId, `?at=${empty.at}`)).available, 0)
  assert.equal((await balanceOf(memberId)).available, 50)
  const { body } = await office.ask("GET", `/members/${memberId}/lots`)
  assert.deepEqual(
    body.lots.map(({ state, remaining, expiresOn }: any) => [state, remaining, expiresOn]),
    [["available", 50, "2027-01-31"]],
  )
  assert.deepEqual((await office.ask("GET", `/members/${memberId}/expiry`)).body.days, [
    { day: "2027-01-31", points: 50, lots: 1, reminded: 0 },
  ])
})

test("taking stops at what is available, zero is refused, and so is too much, a past day, no reason", async () => {
  const memberId = await aMember()
  await adjust(memberId, { points: 100, reason: "goodwill" })
  assert.equal((await adjust(memberId, { points: -101, reason: "mistake" })).body.code, "not_enough_points")
  assert.equal((await adjust(memberId, { points: -40, reason: "mistake" })).body.balance.available, 60)
  const expected: [object, number][] = [
    [{ points: 0, reason: "goodwill" }, 422],
    [{ points: 100_001, reason: "goodwill" }, 422],
    [{ points: 1.5, reason: "goodwill" }, 422],
    [{ points: "5", reason: "goodwill" }, 400],
    [{ points: 5, reason: "goodwill", expiresOn: "2020-01-01" }, 422],
    [{ points: 5 }, 400],
    [{ points: 5, reason: "because" }, 400],
  ]
  for (const [body, status] of expected) assert.equal((await adjust(memberId, body)).status, status, JSON.stringify(body))
  assert.equal((await adjust(9_999_999, { points: 5, reason: "goodwill" })).status, 404)
  assert.equal((await balanceOf(memberId)).available, 60)
})

test("A13: a large correction waits for a second person, who is not the first", async () => {
  const memberId = await aMember()
  const first = await office.signIn(["points.adjust", "approvals.decide"])
  const second = await office.signIn(["points.adjust", "approvals.decide"])
  const asked = await adjust(memberId, { points: 5_000, reason: "missing_points" }, first)
  assert.deepEqual([asked.status, asked.body.status, asked.body.balance.available], [202, "pending", 0])

  const approve = `/approvals/${asked.body.approvalId}/approve`
  const own = await office.ask("POST", approve, { key: first.key })
  assert.deepEqual([own.status, own.body.code], [403, "approval_own_request"])
  const waiting = await office.ask("GET", "/approvals", { key: second.key })
  assert.ok(waiting.body.approvals.some(({ approvalId }: any) => approvalId === asked.body.approvalId))
  assert.equal((await office.ask("POST", approve, { key: second.key })).status, 200)
  assert.equal((await balanceOf(memberId)).available, 5_000)
  assert.equal((await office.ask("POST", approve, { key: second.key })).body.code, "approval_decided")
})

test("who decides needs the right of the act itself; a rejected request does nothing", async () => {
  const memberId = await aMember()
  const asked = await adjust(memberId, { points: 5_000, reason: "missing_points" })
  const onlyDecides = await office.signIn(["approvals.decide"])
  const told = await office.ask("POST", `/approvals/${asked.body.approvalId}/approve`, { key: onlyDecides.key })
  assert.deepEqual([told.status, told.body.permission], [403, "points.adjust"])
  const second = await office.signIn()
  assert.equal((await office.ask("POST", `/approvals/${asked.body.approvalId}/reject`, { key: second.key })).body.state, "rejected")
  assert.equal((await balanceOf(memberId)).available, 0)
  assert.equal((await office.ask("POST", "/approvals/9999999/approve")).status, 404)
})

test("twenty clerks approving at once post it once", async () => {
  const memberId = await aMember()
  const asked = await adjust(memberId, { points: 5_000, reason: "missing_points" })
  const clerks = await Promise.all(Array.from({ length: 20 }, () => office.signIn()))
  const told = await Promise.all(clerks.map(({ key }) => office.ask("POST", `/approvals/${asked.body.approvalId}/approve`, { key })))
  assert.equal(told.filter(({ status }) => status === 200).length, 1)
  assert.ok(told.every(({ status }) => status === 200 || status === 409))
  assert.equal((await balanceOf(memberId)).available, 5_000)
})

test("A13: nobody moves their own points, not even with somebody else's approval", async () => {
  const memberId = await aMember()
  const clerk = await office.signIn(["points.adjust", "approvals.decide"], memberId)
  assert.equal((await adjust(memberId, { points: 5, reason: "goodwill" }, clerk)).body.code, "own_points")
  const asked = await adjust(memberId, { points: 5_000, reason: "goodwill" })
  assert.equal((await office.ask("POST", `/approvals/${asked.body.approvalId}/approve`, { key: clerk.key })).body.code, "own_points")
  assert.equal((await balanceOf(memberId)).available, 0)
  const refused = office.logged.filter((line) => "staffId" in line && line.staffId === clerk.staffId)
  assert.equal(refused.length, 2, "both are in the log, with who tried")
})

test("two memberships are joined by two people, with the points of both", async () => {
  const [from, into] = [await aMember(), await aMember()]
  await adjust(from, { points: 70, reason: "goodwill" })
  await adjust(into, { points: 30, reason: "goodwill" })
  assert.equal((await office.ask("POST", `/members/${from}/merge`, { body: { into: from } })).body.code, "same_member")
  const asked = await office.ask("POST", `/members/${from}/merge`, { body: { into } })
  assert.equal(asked.status, 202)
  const second = await office.signIn()
  assert.equal((await office.ask("POST", `/approvals/${asked.body.approvalId}/approve`, { key: second.key })).status, 200)
  const { body } = await office.ask("GET", `/members/${from}/balance`)
  assert.deepEqual([body.memberId, body.balance.available], [into, 100])
})

async function askedMerge(from: number, into: number): Promise<string> {
  const { body } = await office.ask("POST", `/members/${from}/merge`, { body: { into } })
  return `/approvals/${body.approvalId}/approve`
}

const joinedMessages = async (memberId: number): Promise<number> => {
  const { body } = await office.ask("GET", `/outbox?memberId=${memberId}`)
  return body.messages.filter(({ template }: any) => template === "memberships_joined").length
}

test("A27: a merge asked for and approved twice is one, told once; the other way round is 409", async () => {
  const [from, into] = [await aMember(), await aMember()]
  await adjust(from, { points: 70, reason: "goodwill" })
  const [first, again, crossed] = [await askedMerge(from, into), await askedMerge(from, into), await askedMerge(into, from)]
  const { key } = await office.signIn()
  const told = []
  for (const path of [first, first, again, crossed]) told.push(await office.ask("POST", path, { key }))
  assert.deepEqual(
    told.map(({ status, body }) => [status, body.code]),
    [
      [200, undefined],
      [409, "approval_decided"],
      [200, undefined],
      [409, "member_merged"],
    ],
  )
  assert.equal((await office.ask("GET", `/members/${from}/balance`)).body.balance.available, 70)
  assert.equal(await joinedMessages(into), 2, "both phones are told, once")
})

test("A27: merges crossing each other at once: one way wins, the other gets 409; the ledger is sound", async () => {
  for (let round = 0; round < 5; round += 1) {
    const [from, into] = [await aMember(), await aMember()]
    await adjust(from, { points: 70, reason: "goodwill" })
    await adjust(into, { points: 30, reason: "goodwill" })
    const paths = [await askedMerge(from, into), await askedMerge(into, from)]
    const clerks = await Promise.all(paths.map(async (path) => ({ path, ...(await office.signIn()) })))
    const told = await Promise.all(clerks.map(({ path, key }) => office.ask("POST", path, { key })))
    assert.deepEqual(
      told.map(({ status }) => status).toSorted((one, other) => one - other),
      [200, 409],
    )
    const one = (await office.ask("GET", `/members/${from}/balance`)).body
    const other = (await office.ask("GET", `/members/${into}/balance`)).body
    assert.deepEqual([one.memberId, one.balance.available], [other.memberId, 100], "both numbers lead to one person")
    assert.equal(await joinedMessages(one.memberId), 2)
  }
  assert.deepEqual((await office.ask("POST", "/ledger/check")).body.findings, [])
})

test("A27: merged while spending, each point is spent once: whoever comes second finds less or nothing, never a fault", async () => {
  for (let round = 0; round < 10; round += 1) {
    const [from, into] = [await aMember(), await aMember()]
    await adjust(from, { points: 100, reason: "goodwill" })
    await adjust(into, { points: 10, reason: "goodwill" })
    const approve = await askedMerge(from, into)
    const { key } = await office.signIn()
    const spend = (memberId: number) => adjust(memberId, { points: -100, reason: "mistake" })
    const [merged, ...spent] = await Promise.all([office.ask("POST", approve, { key }), spend(from), spend(from), spend(into)])
    assert.equal(merged.status, 200, JSON.stringify(merged.body))
    const done = spent.filter(({ status }) => status === 201).length
    assert.ok(spent.every(({ status, body }) => status === 201 || (status === 409 && body.code === "not_enough_points")))
    const { body } = await office.ask("GET", `/members/${from}/balance`)
    assert.deepEqual([body.memberId, body.balance.available], [into, 110 - 100 * done])
    assert.ok(done <= 1)
  }
  assert.deepEqual((await office.ask("POST", "/ledger/check")).body.findings, [])
})

test("the ledger proves itself and tells what the chain owes", async () => {
  const before = await office.ask("GET", "/ledger/liability")
  await adjust(await aMember(), { points: 10, reason: "goodwill", expiresOn: "2027-03-01" })
  const owed = await office.ask("GET", "/ledger/liability")
  assert.equal(owed.body.available - before.body.available, 10)
  assert.equal(owed.body.today, "2026-11-23")
  const check = await office.ask("POST", "/ledger/check")
  assert.deepEqual([check.status, check.body.findings], [200, []])
  assert.deepEqual((await office.ask("GET", "/ledger/check")).body.check.findings, [])
  assert.ok((await office.ask("GET", "/ledger/expiry")).body.days.some(({ day }: any) => day === "2027-03-01"))
  assert.ok(Array.isArray((await office.ask("GET", "/ledger/seals")).body.days))
  const clerk = await office.signIn(["points.read"])
  for (const path of ["/ledger/liability", "/ledger/check", "/ledger/expiry"])
    assert.equal((await office.ask("GET", path, { key: clerk.key })).status, 403)
})
