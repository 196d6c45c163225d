import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { childOf, isChild, leavingOf, personOf, turnedSixteen } from "@mila/members"
import { aChild, aMember, aPhone } from "@mila/members/testing"
import { outboxOf } from "@mila/messages"
import { giveConsents, heldBy, makeRequest, type Purpose } from "@mila/privacy"
import { someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
const now = () => office.context.clock.now()
before(async () => {
  office = await anOffice()
  await inTransaction(office.db, (tx) => someTexts(tx, now()))
})
after(closeTestDatabases)

const aPerson = () => inTransaction(office.db, (tx) => aMember(tx))
const asks = (memberId: number) =>
  inTransaction(office.db, (tx) =>
    makeRequest(tx, { memberId, kind: "withdrawal", essence: "Прошу.", at: now(), by: `member:${memberId}` }),
  )
const post = (path: string, body: object) => office.ask("POST", path, { body })

test("the office sees who represents a child, and an application that withdraws their consent ends the membership in three days", async () => {
  const memberId = await aPerson()
  const { phone } = await inTransaction(office.db, (tx) => aChild(tx, { memberId }))
  const path = `/members/${memberId}/representative`
  const { body } = await office.ask("GET", path)
  assert.deepEqual(
    [body.represented.under16, body.represented.sixteenOn, body.represented.kinship, body.represented.representative.maskedName],
    [true, "2028-05-03", "parent", "Ольга С."],
  )
  assert.ok(!JSON.stringify(body).includes(phone.slice(-7)), "the number is shortened")
  assert.equal((await office.ask("GET", `/members/${await aPerson()}/representative`)).body.represented, null)
  const { body: looks } = await office.ask("GET", `/members/${memberId}/looks`, { headers: { "accept-language": "ru" } })
  assert.equal(looks.looks[0].says, "Просмотрено, кто согласился за вас до 16 лет")
  const given = ["child", "ads_sms"].map((purpose) => ({ purpose: purpose as Purpose, version: 1 }))
  await inTransaction(office.db, (tx) =>
    giveConsents(tx, {
      ...{ memberId, given, locale: "ru", means: "code", door: "web", at: now(), by: `representative:${memberId}` },
    }),
  )
  const { requestId } = await asks(memberId)
  const deed = { is: "withdrawal", purposes: ["child"] }
  assert.equal((await post(`/legal-requests/${requestId}/answer`, { answer: "Отозвали.", deed })).status, 200)
  const [held, leaving] = await inTransaction(office.db, async (tx) => [
    await heldBy(tx, { memberId, at: now() }),
    await leavingOf(tx, memberId),
  ])
  assert.equal(held.size, 0)
  assert.equal(Math.round((leaving!.leavesAt.getTime() - now().getTime()) / 86_400_000), 3)
  const other = await aPerson()
  const theirs = await asks(other)
  assert.equal((await post(`/legal-requests/${theirs.requestId}/answer`, { answer: "Да.", deed })).body.code, "child_unknown")
})

const given = (memberId: number, purposes: readonly Purpose[], until: string) =>
  inTransaction(office.db, (tx) =>
    giveConsents(tx, {
      ...{ memberId, given: purposes.map((purpose) => ({ purpose, version: 1 })), locale: "ru", means: "code", door: "web" },
      ...{ until: new Date(until), at: now(), by: `representative:${memberId}` },
    }),
  )
const heldNow = (memberId: number, at = now()) => inTransaction(office.db, (tx) => heldBy(tx, { memberId, at }))
const toldTo = (to: string) =>
  inTransaction(office.db, async (tx) => (await outboxOf(tx, { to })).map(({ template, text }) => `${template}: ${text}`))

/** A child born in 2012 as somebody typed it, and a request to have that put right. */
async function aWronglyBorn() {
  const own = aPhone()
  const { memberId, phone } = await inTransaction(office.db, (tx) => aChild(tx, { own }))
  await given(memberId, ["programme", "child", "ads_sms"], "2028-05-02T20:59:59.999Z")
  const { requestId } = await inTransaction(office.db, (tx) =>
    makeRequest(tx, { memberId, kind: "correction", essence: "Неверный год рождения.", at: now(), by: `member:${memberId}` }),
  )
  const name = (await inTransaction(office.db, (tx) => personOf(tx, memberId)))!.name!
  const answer = (year: number, more: object = {}) =>
    post(`/legal-requests/${requestId}/answer`, {
      answer: "Исправили.",
      deed: { is: "correction", name, birthday: { month: 5, day: 3, year }, ...more },
    })
  return { memberId, own, mother: phone, answer }
}

test("a wrong year of birth is put right by a request: sixteen comes later, what the representative agreed to holds until then, both are told", async () => {
  const { memberId, own, mother, answer } = await aWronglyBorn()
  assert.equal((await answer(2013)).body.state, "answered")
  assert.equal((await inTransaction(office.db, (tx) => childOf(tx, memberId)))?.sixteenOn, "2029-05-03")
  const held = await heldNow(memberId)
  assert.deepEqual([held.get("child")?.holdsUntil?.toISOString(), held.get("programme")?.holdsUntil], ["2029-05-02T20:59:59.999Z", null])
  assert.deepEqual([held.get("ads_sms")?.by, held.get("ads_sms")?.means], [`representative:${memberId}`, "request"])
  for (const phone of [own, mother])
    assert.ok(
      (await toldTo(phone)).some((told) => /^birth_date_corrected: .*03\.05\.2029/.test(told)),
      phone,
    )
  const { rows } = await office.owner.pool.query<{ text: string }>(
    "select row_to_json(c)::text text from members.child c where member_id = $1",
    [memberId],
  )
  assert.ok(!rows[0]!.text.includes("2013"), "the year itself is kept nowhere")
})

test("nobody gets rid of a representative by another year: where sixteen comes sooner they are asked, and told in any case", async () => {
  const { memberId, mother, answer } = await aWronglyBorn()
  const unasked = await answer(2009)
  assert.deepEqual([unasked.status, unasked.body.code], [422, "representative_unasked"])
  assert.deepEqual([...(await heldNow(memberId)).keys()].toSorted(), ["ads_sms", "child", "programme"], "nothing happened")
  assert.deepEqual(
    (await toldTo(mother)).filter((told) => told.startsWith("birth_date")),
    [],
  )
  assert.equal((await answer(2009, { representativeAgrees: true })).status, 200)
  assert.deepEqual([...(await heldNow(memberId)).keys()], ["programme"], "who is sixteen agrees themselves")
  assert.equal(await inTransaction(office.db, (tx) => isChild(tx, { memberId, at: now() })), false)
  assert.ok((await toldTo(mother)).some((told) => told.startsWith("birth_date_corrected")))
  const asked = await inTransaction(office.db, (tx) => turnedSixteen(tx, { at: now(), most: 50 }))
  assert.ok(
    asked.some((child) => child.memberId === memberId),
    "they are asked for their own consent",
  )
})

test("a year of birth is nobody's but a child's, and a day that is in no calendar changes nothing", async () => {
  const child = await aWronglyBorn()
  assert.equal((await child.answer(2027)).body.code, "birthday_invalid")
  assert.equal((await inTransaction(office.db, (tx) => childOf(tx, child.memberId)))?.sixteenOn, "2028-05-03")
  const memberId = await aPerson()
  const { requestId } = await inTransaction(office.db, (tx) =>
    makeRequest(tx, { memberId, kind: "correction", essence: "Год.", at: now(), by: `member:${memberId}` }),
  )
  const deed = { is: "correction", name: { family: "Иванова", given: "Анна" }, birthday: { month: 5, day: 3, year: 1990 } }
  assert.equal((await post(`/legal-requests/${requestId}/answer`, { answer: "Исправили.", deed })).body.code, "child_unknown")
  assert.equal((await inTransaction(office.db, (tx) => personOf(tx, memberId)))?.name?.family === "Иванова", false, "all or nothing")
})
