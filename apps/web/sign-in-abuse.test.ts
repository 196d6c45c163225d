import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { spraySite } from "@mila/members/testing"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

// Abuse cases of signing in, as a browser meets them.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 6_100_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const PASSWORD = "корова летит через забор"
const minutes = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 60_000))
const toldTo = (to: string) => inTransaction(web.own.db, async (tx) => (await outboxOf(tx, { to })).map(({ template }) => template))

/** A member with a password, in a browser that signed in with it and out again. */
async function aKnownBrowser() {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  await browser.post("/my/devices", { act: "password", password: PASSWORD })
  minutes(1)
  await browser.post("/my/sign-out", {})
  await browser.post("/sign-in", { phone, password: PASSWORD })
  await browser.post("/my/sign-out", {})
  return { phone, browser }
}

test("A01: while passwords of many are tried strangers' browsers wait, known ones and codes do not; a right guess later is told of and proves nothing grave", async () => {
  const { phone, browser } = await aKnownBrowser()
  minutes(30)
  await inTransaction(web.own.db, (tx) => spraySite(tx, { at: web.clock.now() }))
  const thief = web.visitor("198.51.100.7")
  const during = await thief.post("/sign-in", { phone, password: PASSWORD })
  assert.equal(during.status, 429)
  assert.match(await during.text(), /подожд|через/i)
  assert.equal((await browser.post("/sign-in", { phone, password: PASSWORD })).headers.get("location"), "/my", "the known browser")
  const byCode = web.visitor("198.51.100.8")
  await byCode.post("/sign-in", { step: "ask", phone })
  assert.equal((await byCode.post("/sign-in", { step: "code", code: await web.lastCode() })).headers.get("location"), "/my", "a code")

  minutes(20)
  const before = (await toldTo(phone)).filter((template) => template === "new_device").length
  assert.equal((await thief.post("/sign-in", { phone, password: PASSWORD })).headers.get("location"), "/my")
  assert.equal((await toldTo(phone)).filter((template) => template === "new_device").length, before + 1, "the owner hears of it")
  assert.equal((await thief.post("/my/devices", { act: "password", password: "чужой и новый пароль" })).status, 401)
  const card = /name="card" value="(\d+)"/.exec(await (await thief.get("/my/card")).text())?.[1] ?? ""
  assert.equal((await thief.post("/my/card/key", { card })).status, 409, "no code to pay with")
})

test("A03: an attacker's tries never keep the owner's own browser out, and past a hundred nobody else's are looked at", async () => {
  const { phone, browser } = await aKnownBrowser()
  let looked = 0
  const statuses = new Set<number>()
  for (let nth = 0; nth < 200; nth += 1) {
    const { status } = await web.visitor(`198.18.${nth}.1`).post("/sign-in", { phone, password: `догадка номер ${nth}` })
    looked += Number(status === 422)
    statuses.add(status)
  }
  assert.deepEqual(statuses, new Set([422, 429]))
  assert.ok(looked <= 100, `${looked}`)
  assert.equal((await browser.post("/sign-in", { phone, password: PASSWORD })).headers.get("location"), "/my")
})

test("A05: numbers abroad, of towns and of nobody get no code from any form that sends one, and nothing is queued for them", async () => {
  const count = () =>
    inTransaction(web.own.db, async (tx) => (await tx.client.query("select count(*)::int n from messages.outbox")).rows[0].n)
  const member = await aMemberAt(web, aPhone())
  const before = await count()
  for (const phone of ["+14155550123", "+79161234567", "+375171234567", "+375 900 12 34 56", "+882 16 1234 5678", "112", "+"]) {
    for (const [path, step] of [
      ["/register", "phone"],
      ["/sign-in", "ask"],
      ["/recover", "sms"],
    ] as const)
      assert.equal((await web.visitor().post(path, { step, phone })).status, 422, `${path} ${phone}`)
    assert.equal((await member.post("/my/devices", { act: "ask-phone", phone })).status, 422, phone)
  }
  assert.equal(await count(), before)
})

test("A06: a code typed in another browser, once more, too late or for something else is one answer, and opens nothing", async () => {
  const phone = aPhone()
  await aMemberAt(web, phone)
  minutes(2)
  const [asked, other] = [web.visitor(), web.visitor()]
  await asked.post("/sign-in", { step: "ask", phone })
  const code = await web.lastCode()
  const bodies: string[] = []
  const wrong = async (browser: typeof asked, path: string, given: string) => {
    const answer = await browser.post(path, { step: "code", code: given })
    assert.equal(answer.status, 400, path)
    bodies.push(/Код не подошёл[^<]*/.exec(await answer.text())![0])
    assert.equal(browser.cookies.has("__Host-mila-session"), false)
  }
  await wrong(other, "/sign-in", code)
  await wrong(asked, "/recover", code)
  assert.equal((await asked.post("/sign-in", { step: "code", code })).headers.get("location"), "/my")
  await asked.post("/my/sign-out", {})
  await wrong(asked, "/sign-in", code)
  minutes(2)
  await asked.post("/sign-in", { step: "ask", phone })
  minutes(10)
  await wrong(asked, "/sign-in", await web.lastCode())
  assert.deepEqual([bodies.length, new Set(bodies).size], [4, 1], bodies.join("\n"))
})

test("A15: who proves a number that somebody else's account had gets an account of their own; the former sessions and password open nothing of it", async () => {
  const { phone, browser } = await aKnownBrowser()
  await browser.post("/sign-in", { phone, password: PASSWORD })
  const former = await inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!.memberId)
  minutes(60 * 24 * 250)
  const heir = web.visitor("198.51.100.40")
  await heir.post("/sign-in", { step: "ask", phone })
  await heir.post("/sign-in", { step: "code", code: await web.lastCode() })
  const consents = { consent_programme: "1", consent_policy: "1" }
  const details = { step: "details", given: "Олег", family: "Новый", email: "oleg@example.by", fresh: "1", ...consents }
  await heir.post("/register?fresh=1", details)
  const now = await inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!.memberId)
  assert.notEqual(now, former)
  assert.equal((await browser.get("/my")).status, 302, "the former session is over")
  for (const from of [browser, web.visitor("198.51.100.41")])
    assert.equal((await from.post("/sign-in", { phone, password: PASSWORD })).status, 422, "so is the password")
})
