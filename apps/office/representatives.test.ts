import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { leavingOf } from "@mila/members"
import { aChild, aMember } from "@mila/members/testing"
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
