import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { birthdayMovesFrom, personOf } from "@mila/members"
import { outboxOf } from "@mila/messages"
import { defaultTexts, giveConsents, heldBy, makeRequest, recordDisclosures, type RequestKind } from "@mila/privacy"
import { SOME_OPERATOR, someTexts } from "@mila/privacy/testing"
import type { Permission } from "@mila/staff"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
let people = 0
const now = () => office.context.clock.now()
const TEXTS = defaultTexts(SOME_OPERATOR)
const DESK: readonly Permission[] = ["privacy.read", "privacy.answer", "members.read"]

before(async () => {
  office = await anOffice()
  await inTransaction(office.db, (tx) => someTexts(tx, now()))
})
after(closeTestDatabases)

async function aPerson(): Promise<number> {
  people += 1
  const phone = `+37529777${String(people).padStart(4, "0")}`
  const name = { family: "Петрова", given: "Анна" }
  return (await office.ask("POST", "/members", { body: { name, phone, birthday: { month: 5, day: 1 } } })).body.memberId
}

const asks = (memberId: number, kind: RequestKind, essence = "Прошу.") =>
  inTransaction(office.db, (tx) => makeRequest(tx, { memberId, kind, essence, at: now(), by: `member:${memberId}` }))
const lastTold = (memberId: number) => inTransaction(office.db, async (tx) => (await outboxOf(tx, { memberId, most: 1 }))[0]?.template)
const post = (path: string, body: object, key?: string) => office.ask("POST", path, { body, ...(key === undefined ? {} : { key }) })

test("legal requests are listed with their clocks, the most urgent first, without what people wrote; one is read with a trace", async () => {
  const memberId = await aPerson()
  await asks(memberId, "correction", "Фамилия теперь Иванова.")
  const { requestId, due } = await asks(memberId, "information")
  const desk = await office.signIn(DESK)
  const { status, body } = await office.ask("GET", `/legal-requests?memberId=${memberId}`, { key: desk.key })
  assert.equal(status, 200)
  assert.deepEqual(
    body.requests.map((one: Record<string, unknown>) => [one["kind"], one["due"], one["daysLeft"], one["late"]]),
    [
      ["information", "2026-11-30", 7, false],
      ["correction", "2026-12-08", 15, false],
    ],
  )
  assert.equal(due, "2026-11-30")
  assert.ok(!JSON.stringify(body).includes("Иванова"))
  assert.ok(body.open >= 2 && body.late === 0)
  assert.deepEqual((await office.ask("GET", `/legal-requests?memberId=${memberId}&late=true`, { key: desk.key })).body.requests, [])
  const { body: one } = await office.ask("GET", `/legal-requests/${requestId}`, { key: desk.key })
  assert.deepEqual([one.essence, one.history.map(({ what }: { what: string }) => what)], ["Прошу.", ["made"]])
  const { body: looks } = await office.ask("GET", `/members/${memberId}/looks`, { key: desk.key, headers: { "accept-language": "ru" } })
  assert.deepEqual([looks.looks[0].says, looks.looks[0].staffId], ["Прочитано ваше заявление", desk.staffId])
})

test("a request is taken by one, answered once, and the member is told; a second clerk is refused", async () => {
  const memberId = await aPerson()
  const { requestId } = await asks(memberId, "information")
  const [one, other] = [await office.signIn(DESK), await office.signIn(DESK)]
  assert.equal((await post(`/legal-requests/${requestId}/take`, {}, one.key)).body.takenBy, `staff:${one.staffId}`)
  assert.equal((await post(`/legal-requests/${requestId}/take`, {}, other.key)).body.code, "request_taken")
  assert.equal((await post(`/legal-requests/${requestId}/answer`, { answer: "Вот." }, other.key)).body.code, "request_taken")
  const answered = await post(`/legal-requests/${requestId}/answer`, { answer: "Обрабатываем имя и телефон." }, one.key)
  assert.deepEqual([answered.status, answered.body.state, answered.body.late], [200, "answered", false])
  assert.equal(await lastTold(memberId), "request_answered")
  const again = await post(`/legal-requests/${requestId}/refuse`, { ground: "unfounded", answer: "Нет." }, one.key)
  assert.deepEqual([again.status, again.body.code], [409, "request_answered"])
  assert.equal((await post("/legal-requests/99999999/take", {}, one.key)).status, 404)
})

test("a refusal names its ground and gives the reasons", async () => {
  const memberId = await aPerson()
  const { requestId } = await asks(memberId, "deletion")
  assert.equal((await post(`/legal-requests/${requestId}/refuse`, { answer: "Нет." })).status, 400)
  assert.equal((await post(`/legal-requests/${requestId}/refuse`, { ground: "kept_by_law", answer: "4111 1111 1111 1111" })).status, 422)
  const told = await post(`/legal-requests/${requestId}/refuse`, { ground: "kept_by_law", answer: "Чеки хранятся пять лет." })
  assert.deepEqual([told.body.state, told.body.ground], ["refused", "kept_by_law"])
  assert.equal(await lastTold(memberId), "request_answered")
})

test("a correction is done with the answer, all or nothing, and needs its own right; it is not the member's yearly move", async () => {
  const memberId = await aPerson()
  const { requestId } = await asks(memberId, "correction")
  const name = { family: "Иванова", given: "Анна" }
  const deed = { is: "correction", name, birthday: { month: 6, day: 2 } }
  const path = `/legal-requests/${requestId}/answer`
  const desk = await office.signIn(DESK)
  assert.equal((await post(path, { answer: "Исправили.", deed }, desk.key)).body.code, "not_allowed")
  const wrong = await post(path, { answer: "Исправили.", deed: { ...deed, birthday: { month: 2, day: 31 } } })
  assert.equal(wrong.body.code, "birthday_invalid")
  assert.equal((await office.ask("GET", `/legal-requests/${requestId}`)).body.state, "open", "nothing happened")
  const other = await post(path, { answer: "Исправили.", deed: { is: "deletion", givesUp: 0 } })
  assert.deepEqual([other.status, other.body.code], [422, "deed_unfit"])
  assert.equal((await post(path, { answer: "Исправили.", deed })).body.state, "answered")
  const [person, from] = await inTransaction(office.db, async (tx) => [
    await personOf(tx, memberId),
    await birthdayMovesFrom(tx, { memberId, at: now() }),
  ])
  assert.deepEqual([person?.name?.family, person?.birthday, from], ["Иванова", { month: 6, day: 2 }, "2027-11-23"])
})

test("withdrawing and leaving are done with the answer too; who left hears that they left", async () => {
  const memberId = await aPerson()
  await inTransaction(office.db, (tx) =>
    giveConsents(tx, {
      ...{ memberId, given: [{ purpose: "ads_sms", version: 1 }], locale: "ru", means: "tick", door: "web" },
      ...{ at: now(), by: `member:${memberId}` },
    }),
  )
  const withdrawal = await asks(memberId, "withdrawal")
  const deed = { is: "withdrawal", purposes: ["ads_sms"] }
  const needed = await post(`/legal-requests/${withdrawal.requestId}/answer`, { answer: "Да.", deed: { ...deed, purposes: ["programme"] } })
  assert.equal(needed.body.code, "consent_needed")
  assert.equal((await post(`/legal-requests/${withdrawal.requestId}/answer`, { answer: "Отозвали.", deed })).status, 200)
  assert.equal((await inTransaction(office.db, (tx) => heldBy(tx, { memberId, at: now() }))).size, 0)
  const { body } = await office.ask("GET", `/members/${memberId}/consents`)
  assert.deepEqual([body.consents[0].what, body.consents[0].means], ["withdrawn", "request"])

  const { requestId } = await asks(memberId, "deletion")
  const leaving = { answer: "Удалили.", deed: { is: "deletion", givesUp: 0 } }
  assert.equal(
    (await post(`/legal-requests/${requestId}/answer`, { ...leaving, deed: { is: "deletion", givesUp: 5 } })).body.code,
    "points_changed",
  )
  assert.equal((await post(`/legal-requests/${requestId}/answer`, leaving)).body.state, "answered")
  assert.equal((await office.ask("GET", `/members/${memberId}`)).body.state, "left")
  assert.equal(await lastTold(memberId), "membership_left")
})

test("A13: a clerk neither answers their own request nor corrects themselves, and every route has its own right", async () => {
  const memberId = await aPerson()
  const { requestId } = await asks(memberId, "correction")
  const self = await office.signIn([...DESK, "members.correct"], memberId)
  const correction = { name: { family: "", given: "Анна" }, birthday: null, reason: "call" }
  for (const [path, body] of [
    [`/legal-requests/${requestId}/take`, {}],
    [`/legal-requests/${requestId}/answer`, { answer: "Да." }],
    [`/legal-requests/${requestId}/refuse`, { ground: "unfounded", answer: "Нет." }],
    [`/members/${memberId}/correct`, correction],
    [`/members/${memberId}/legal-requests`, { kind: "information", essence: "Прошу." }],
  ] as const) {
    const told = await post(path, body, self.key)
    assert.deepEqual([told.status, told.body.code], [403, "own_data"], path)
  }
  const clerk = await office.signIn(["members.read", "members.write", "points.adjust", "audit.read"])
  const texts = TEXTS.ads_sms
  for (const [method, path, body] of [
    ["GET", "/legal-requests", undefined],
    ["GET", `/legal-requests/${requestId}`, undefined],
    ["POST", `/legal-requests/${requestId}/take`, {}],
    ["POST", `/legal-requests/${requestId}/answer`, { answer: "Да." }],
    ["POST", `/legal-requests/${requestId}/refuse`, { ground: "unfounded", answer: "Нет." }],
    ["POST", `/members/${memberId}/legal-requests`, { kind: "information", essence: "Прошу." }],
    ["POST", `/members/${memberId}/correct`, correction],
    ["GET", `/members/${memberId}/consents`, undefined],
    ["GET", `/members/${memberId}/disclosures`, undefined],
    ["GET", `/members/${memberId}/looks`, undefined],
    ["GET", "/consent-texts", undefined],
    ["GET", "/consent-texts/ads_sms/1", undefined],
    ["POST", "/consent-texts/ads_sms/preview", { texts }],
    ["POST", "/consent-texts/ads_sms", { texts, inForceOn: "2026-12-01" }],
    ["GET", "/moved-days", undefined],
    ["PUT", "/moved-days", { days: [{ day: "2026-12-26", isWork: true }] }],
  ] as const) {
    const told = await office.ask(method, path, { key: clerk.key, body, headers: { "idempotency-key": `forbidden-${path}` } })
    assert.deepEqual([told.status, told.body.code], [403, "not_allowed"], `${method} ${path}`)
  }
})

test("a request that came on paper is taken down with the day it came", async () => {
  const memberId = await aPerson()
  const path = `/members/${memberId}/legal-requests`
  assert.equal((await post(path, { kind: "information", essence: "По почте.", receivedAt: "2026-12-24T09:00:00+03:00" })).status, 422)
  const made = await post(path, { kind: "information", essence: "По почте.", receivedAt: "2026-11-10T09:00:00+03:00" })
  assert.deepEqual([made.status, made.body.due], [201, "2026-11-17"])
  const { body } = await office.ask("GET", `/legal-requests?late=true&memberId=${memberId}`)
  assert.deepEqual([body.requests.length, body.requests[0].late, body.requests[0].daysLeft], [1, true, -6])
  assert.equal((await post(path, { kind: "information", essence: "Ещё раз." })).body.code, "request_open")
})

test("moved days are written down, and clocks that begin later know them", async () => {
  const memberId = await aPerson()
  assert.equal((await office.ask("PUT", "/moved-days", { body: { days: [{ day: "2026-11-27", isWork: false }] } })).status, 200)
  assert.equal((await asks(memberId, "information")).due, "2026-12-01")
  const { body } = await office.ask("PUT", "/moved-days", { body: { days: [{ day: "2026-11-27", isWork: null }] } })
  assert.deepEqual(body.days, [])
})

test("a person's name and birthday are corrected when they ask, and they are told; looks and disclosures are shown and leave traces", async () => {
  const memberId = await aPerson()
  const correction = { name: { family: "Сидорова", given: "Анна" }, birthday: { month: 5, day: 1 }, reason: "call" }
  const { body } = await post(`/members/${memberId}/correct`, correction)
  assert.deepEqual(body, { memberId, changed: { name: true, birthday: false } })
  assert.equal(await lastTold(memberId), "person_corrected")
  assert.equal((await post(`/members/${memberId}/correct`, correction)).body.changed.name, false)
  await inTransaction(office.db, (tx) =>
    recordDisclosures(tx, {
      disclosures: [{ memberId, recipient: "RocketSMS", purpose: "service", basis: "contract", what: ["phone", "text"] }],
      at: now(),
    }),
  )
  const { body: told } = await office.ask("GET", `/members/${memberId}/disclosures`)
  assert.deepEqual([told.disclosures[0].recipient, told.disclosures[0].what], ["RocketSMS", ["phone", "text"]])
  const { body: looks } = await office.ask("GET", `/members/${memberId}/looks`, { headers: { "accept-language": "en" } })
  assert.deepEqual(
    looks.looks.map(({ says }: { says: string }) => says),
    [
      "Looked at who received your data",
      "Corrected your name or birthday as you asked: you called",
      "Corrected your name or birthday as you asked: you called",
      "Registered you",
    ],
  )
})
