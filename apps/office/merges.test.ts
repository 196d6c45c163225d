import { identifyCards } from "@mila/cards"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, simulatedClock } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
let office: TestOffice
before(async () => (office = await anOffice({ clock })))
after(closeTestDatabases)

let phones = 0

/** A member with a virtual card and `points`. */
async function aPerson(points: number) {
  const phone = `+37544555${String((phones += 1)).padStart(4, "0")}`
  const { memberId } = (await office.ask("POST", "/members", { body: { name: { family: "Ким", given: "Вера" }, phone } })).body
  const { number } = (await office.ask("POST", `/members/${memberId}/cards`)).body
  const body = { points, reason: "goodwill" }
  if (points > 0) await office.ask("POST", `/members/${memberId}/adjustments`, { body, headers: { "idempotency-key": randomUUID() } })
  return { memberId: memberId as number, number: number as string, phone }
}

async function join(from: number, into: number): Promise<number> {
  const { approvalId } = (await office.ask("POST", `/members/${from}/merge`, { body: { into } })).body
  const { key } = await office.signIn()
  assert.equal((await office.ask("POST", `/approvals/${approvalId}/approve`, { key })).status, 200)
  return (await office.ask("GET", `/members/${into}/merges`)).body.merges[0].mergeId
}

const available = async (memberId: number) => (await office.ask("GET", `/members/${memberId}/balance`)).body.balance.available
const undo = (memberId: number, mergeId: number) => office.ask("POST", `/members/${memberId}/merges/${mergeId}/undo`)

test("A27: a merge is undone within fourteen days: phones, cards and what is left of the points are two people's again, once", async () => {
  const [from, into] = [await aPerson(70), await aPerson(30)]
  const earlier = await aPerson(5)
  await join(earlier.memberId, from.memberId)
  const mergeId = await join(from.memberId, into.memberId)
  assert.equal(await available(into.memberId), 105)
  const spent = { points: -50, reason: "goodwill" }
  await office.ask("POST", `/members/${into.memberId}/adjustments`, { body: spent, headers: { "idempotency-key": randomUUID() } })

  assert.equal((await undo(from.memberId, mergeId)).body.code, "merge_unknown", "only who took over undoes it")
  const told = await undo(into.memberId, mergeId)
  assert.equal(told.status, 200, JSON.stringify(told.body))
  assert.equal(told.body.available, await available(from.memberId))
  assert.equal((await available(from.memberId)) + (await available(into.memberId)), 55, "what was spent meanwhile stays spent")
  assert.equal((await undo(into.memberId, mergeId)).body.code, "merge_undone")
  await inTransaction(office.db, async (tx) => {
    for (const { phone, memberId } of [from, into]) assert.equal((await memberByPhone(tx, phone))?.memberId, memberId)
    assert.equal((await memberByPhone(tx, earlier.phone))?.memberId, from.memberId, "who had followed the donor follows them home")
    const cards = await identifyCards(tx, [from.number, into.number])
    assert.equal(cards.get(from.number)?.memberId, from.memberId)
    assert.equal(cards.get(from.number)?.successorState, "active", "the old number leads to a card of their own")
    assert.equal(cards.get(into.number)?.state, "active")
  })
  assert.deepEqual((await office.ask("POST", "/ledger/check")).body.findings, [])

  const again = await join(from.memberId, into.memberId)
  assert.notEqual(again, mergeId)
  assert.equal(await available(into.memberId), 55)
})

test("A27: after fourteen days, or once who took over was merged on, nothing comes apart", async () => {
  const [from, into, last] = [await aPerson(10), await aPerson(0), await aPerson(0)]
  const mergeId = await join(from.memberId, into.memberId)
  await join(into.memberId, last.memberId)
  assert.equal((await undo(into.memberId, mergeId)).body.code, "merge_settled")
  const [one, other] = [await aPerson(10), await aPerson(0)]
  const late = await join(one.memberId, other.memberId)
  clock.moveTo(new Date(clock.now().getTime() + 15 * 86_400_000))
  assert.equal((await undo(other.memberId, late)).body.code, "merge_settled")
  assert.equal(await available(other.memberId), 10)
})

test("A27: a merge undone twenty times at once is undone once", async () => {
  const [from, into] = [await aPerson(40), await aPerson(2)]
  const mergeId = await join(from.memberId, into.memberId)
  const told = await Promise.all(Array.from({ length: 20 }, () => undo(into.memberId, mergeId)))
  assert.deepEqual(
    told.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, ...Array.from({ length: 19 }, () => 409)],
  )
  assert.deepEqual([await available(from.memberId), await available(into.memberId)], [40, 2])
})
