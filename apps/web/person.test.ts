import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone, personOf } from "@mila/members"
import { correctPerson, refuseRequest } from "@mila/membership"
import { makeRequest, takeRequest } from "@mila/privacy"
import { record } from "@mila/staff"
import { aStaffMember } from "@mila/staff/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 2_000_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const memberOf = (phone: string) => inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!.memberId)
const personNow = (memberId: number) => inTransaction(web.own.db, (tx) => personOf(tx, memberId))
const days = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 86_400_000))

test("a member changes their name and gives a birthday, without script, and sees what changed; the birthday moves once a year", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  const memberId = await memberOf(phone)
  const form = { given: "Анна", family: "Иванова", patronymic: "", birth_day: "23", birth_month: "11" }
  const saved = await browser.post("/my/data/person", form)
  assert.equal(saved.status, 302)
  assert.match(await (await browser.get(saved.headers.get("location")!)).text(), /Иванова Анна[\s\S]*23\u00a0ноября/)
  const moved = await browser.post("/my/data/person", { ...form, birth_day: "24" })
  assert.equal(moved.status, 422)
  assert.match(await moved.text(), /раз в год/)
  assert.deepEqual((await personNow(memberId))?.birthday, { day: 23, month: 11 })
  const page = await (await browser.get("/my/data/person")).text()
  assert.match(page, /С 23\u00a0ноября 2027/)
  assert.match(page, /Изменены имя и день рождения/)
  assert.doesNotMatch(page, /name="birth_day"/)

  const renamed = { given: "Анна", family: "Петрова", patronymic: "Игоревна" }
  assert.equal((await browser.post("/my/data/person", renamed)).status, 302, "a name alone may always be changed")
  assert.deepEqual((await personNow(memberId))?.birthday, { day: 23, month: 11 })
  assert.equal((await browser.post("/my/data/person", { ...renamed, forget: "on" })).status, 302)
  assert.equal((await personNow(memberId))?.birthday, null)
  const wrong = await browser.post("/my/data/person", { ...renamed, given: "4111 1111 1111 1111" })
  assert.match(await wrong.text(), /банковской карты/)
  assert.match(await (await browser.post("/my/data/person", { ...renamed, given: "123" })).text(), /буквами/)
})

test("A07: with a session found later neither name nor birthday is changed", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  days(1)
  const answer = await browser.post("/my/data/person", { given: "Вор", family: "", birth_day: "1", birth_month: "1" })
  assert.equal(answer.status, 401)
  assert.match(await answer.text(), /Подтвердите, что это вы|подтвердите, что это вы/)
  assert.equal((await personNow(await memberOf(phone)))?.name?.given, "Анна")
})

test("who looked is told in plain words, and what became of a request, its ground and where to complain too", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  const memberId = await memberOf(phone)
  const at = web.clock.now()
  await inTransaction(web.own.db, async (tx) => {
    const { staffId } = await aStaffMember(tx)
    const by = `staff:${staffId}` as const
    await record(tx, { staffId, action: "member.reveal", object: `member:${memberId}`, details: { reason: "complaint" }, at })
    await correctPerson(tx, { memberId, name: { family: "Ясная", given: "Анна", patronymic: null }, birthday: null, at, by })
    const { requestId } = await makeRequest(tx, { memberId, kind: "deletion", essence: "Удалите.", at, by: `member:${memberId}` })
    await refuseRequest(tx, { requestId, ground: "kept_by_law", answer: "Чеки хранятся пять лет.", at, by })
    const taken = await makeRequest(tx, { memberId, kind: "information", essence: "Что у вас есть?", at, by: `member:${memberId}` })
    await takeRequest(tx, { requestId: taken.requestId, at, by })
  })
  const page = await (await browser.get("/my/data")).text()
  for (const said of [
    "Открыты ваши имя, телефон и почта: ваша жалоба",
    "отказано: данные обязывает хранить закон",
    "Чеки хранятся пять лет.",
    "cpd.by",
    "взято в работу, ответим до",
  ])
    assert.ok(page.includes(said), said)
  assert.doesNotMatch(page, /member\.reveal/)
  assert.match(await (await browser.get("/be/my/data")).text(), /Адкрыты вашы імя, тэлефон і пошта: ваша скарга/)
  assert.match(await (await browser.get("/en/my/data/person")).text(), /Name changed[\s\S]*staff member \d+/)
})

test("an application is answered at once where we hold the answer; for what a button does the button comes first, and the application beneath it", async () => {
  const browser = await aMemberAt(web, aPhone())
  const file = (kind: string, rest = {}) => browser.post("/my/data", { act: "request", kind, essence: "Прошу.", ...rest })
  const information = await file("information")
  const page = await (await browser.get(information.headers.get("location")!)).text()
  assert.match(page, /Ответ готов[\s\S]*отвечено[\s\S]*Правила программы лояльности \(по договору\)[\s\S]*href="\/my\/data\/copy"/)
  for (const [kind, leads] of [
    ["deletion", /выйдите из программы[\s\S]*Всё равно подать/],
    ["withdrawal", /href="#consents"[\s\S]*Всё равно подать/],
  ] as const) {
    const asked = await file(kind)
    assert.equal(asked.status, 200)
    assert.match(await asked.text(), leads)
    assert.match((await file(kind, { anyway: "on" })).headers.get("location")!, /done=due/)
  }
  const refused = await file("deletion", { essence: "4111 1111 1111 1111" })
  assert.doesNotMatch(await refused.text(), /4111 ?1111/)
})
