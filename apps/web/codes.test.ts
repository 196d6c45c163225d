import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone, proveEmail } from "@mila/members"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

// Six digits on their way: asked for again, asked for by strangers, and where one goes on to with them.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 6_400_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const minutes = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 60_000))
const sentTo = (to: string) => inTransaction(web.own.db, (tx) => outboxOf(tx, { to }))
const textOf = async (page: Promise<Response>) => /<main[^]*<\/main>/.exec(await (await page).text())![0].replaceAll("\u00a0", " ")

/** Asks for a code on one of the pages and answers how another one is asked for there. */
type Flow = { path: string; step: string; again: string; right: string }

async function asksAgain(browser: Visitor, phone: string, { path, step, again, right }: Flow) {
  minutes(61)
  assert.equal((await browser.post(path, { step, phone })).status, 302, path)
  const first = await web.lastCode()
  assert.match(await textOf(browser.get(path)), /Прислать ещё раз можно через 60 секунд/, path)
  const soon = await browser.post(path, { step: again })
  assert.equal(soon.status, 429, path)
  minutes(1)
  assert.doesNotMatch(await textOf(browser.get(path)), /можно через/, "the wait is over")
  const answer = await browser.post(path, { step: again })
  assert.equal(answer.status, 302, `${path}: the number is not typed again`)
  assert.match(await textOf(browser.get(path)), /Отправили новый код на \+375[^]*Прислать ещё раз можно через 2 минуты/, path)
  const code = await web.lastCode()
  if (first !== code)
    assert.equal((await browser.post(path, { step: right, code: first })).status, 400, `${path}: the former is good no more`)
  assert.equal((await browser.post(path, { step: right, code })).status, 302, path)
}

test("another code is a step of its own wherever one is typed: the server says when, the number is not typed again, the former code is over", async () => {
  const plain = { step: "phone", again: "resend", right: "code" }
  await asksAgain(web.visitor(), aPhone(), { ...plain, path: "/register" })
  await asksAgain(web.visitor(), aPhone(), { ...plain, path: "/sign-in", step: "ask" })
  await asksAgain(web.visitor(), aPhone(), { ...plain, path: "/recover/number", step: "send" })
  await asksAgain(web.visitor(), aPhone(), { ...plain, path: "/representative" })
  const child = web.visitor()
  await child.post("/register", { step: "phone", phone: aPhone() })
  await child.post("/register", { step: "code", code: await web.lastCode() })
  await asksAgain(child, aPhone(), { path: "/register?child=1", step: "child-phone", again: "child-resend", right: "child-code" })
  const member = await aMemberAt(web, aPhone())
  await member.post("/my/devices", { act: "password", password: "корова летит через забор" })
  const merging = async () => {
    minutes(1)
    await member.post("/my/data/merge", { step: "send", phone: aPhone() })
    minutes(2)
    await member.post("/my/data/merge", { step: "resend" })
    return web.lastCode()
  }
  assert.equal((await member.post("/my/data/merge", { step: "code", code: await merging() })).status, 302)

  const other = web.visitor()
  await other.post("/sign-in", { step: "ask", phone: aPhone() })
  await other.post("/sign-in", { step: "other" })
  assert.match(await textOf(other.get("/sign-in")), /id="phone"/, "another number begins anew")
  assert.equal((await other.post("/sign-in", { step: "resend" })).headers.get("location"), "/sign-in", "and there is nothing to repeat")
})

test("whoever gets no SMS is told of other ways: a code by e-mail, which says nothing of who has an address", async () => {
  const known = aPhone()
  await aMemberAt(web, known)
  await inTransaction(web.own.db, async (tx) => {
    const { memberId } = (await memberByPhone(tx, known))!
    await proveEmail(tx, { memberId, email: "anna@example.by", at: web.clock.now() })
  })
  minutes(60 * 24)
  const shown: string[] = []
  for (const phone of [known, aPhone()]) {
    for (const [path, step] of [
      ["/sign-in", "ask"],
      ["/recover", "sms"],
    ] as const) {
      minutes(61)
      const browser = web.visitor()
      await browser.post(path, { step, phone })
      assert.match(await textOf(browser.get(path)), /Код не приходит\?[^]*Прислать код на почту[^]*href="\/shops"/)
      minutes(1)
      const before = (await sentTo("anna@example.by")).length
      const answer = await browser.post(path, { step: "resend-mail" })
      assert.equal((await sentTo("anna@example.by")).length, before + Number(phone === known))
      const page = await textOf(browser.get(path))
      assert.match(page, /Если в кабинете этого номера подтверждена почта, код уже там/)
      shown.push(`${answer.status} ${page.replaceAll(/\+375[\d *-]+/g, "")}`)
      if (phone === known) assert.equal((await browser.post(path, { step: "code", code: await web.lastCode() })).status, 302)
    }
  }
  assert.deepEqual(shown.slice(0, 2), shown.slice(2), "known and unknown alike")
})

test("A03, A05: strangers who use up a number's codes keep its owner out of nothing, on a device they know; the number gets no more than its ceiling", async () => {
  const phone = aPhone()
  const owner = await aMemberAt(web, phone)
  minutes(60 * 24)
  await owner.post("/my/sign-out", {})
  const strangers = []
  for (let nth = 0; nth < 7; nth += 1) {
    minutes(10)
    strangers.push((await web.visitor(`198.51.${nth}.9`).post("/recover", { step: "sms", phone })).status)
  }
  assert.deepEqual(strangers, [302, 302, 302, 302, 302, 429, 429])
  minutes(1)
  assert.equal((await owner.post("/sign-in", { step: "ask", phone })).status, 302, "the browser they signed in with before")
  assert.equal((await owner.post("/sign-in", { step: "code", code: await web.lastCode() })).headers.get("location"), "/my")
  minutes(16)
  assert.equal((await owner.post("/my/devices", { act: "ask-proof" })).status, 302, "and the proof of who they are")
  for (let nth = 0; nth < 6; nth += 1) {
    minutes(20)
    strangers.push((await owner.post("/my/devices", { act: "ask-proof" })).status)
  }
  assert.deepEqual(strangers.slice(7), [302, 302, 302, 429, 429, 429], "five a day for a device, too")
  const codes = (await sentTo(phone)).filter(
    ({ template, queuedAt }) => template === "confirmation_code" && queuedAt > new Date(web.clock.now().getTime() - 864e5),
  )
  assert.equal(codes.length, 10)
})

test("an SMS for a page ends with the line by which a phone fills the code in there, and nowhere else", async () => {
  const phone = aPhone()
  await web.visitor().post("/sign-in", { step: "ask", phone })
  const [sms] = await sentTo(phone)
  assert.equal(sms!.text, `Мила: код ${await web.lastCode()}. Никому не сообщайте.\n@mila.example #${await web.lastCode()}`)
})

test("A09: where one was going is kept through the whole way in: by code, by a new password, by a registration, past a question; nowhere else", async () => {
  const phone = aPhone()
  await aMemberAt(web, phone)
  const next = "?next=%2Fbe%2Fmy%2Freceipts"
  const there = "/be/my/receipts"
  const asked = async (path: string, step: string, of: string) => {
    minutes(61)
    const browser = web.visitor()
    assert.equal((await browser.post(`${path}${next}`, { step, phone: of })).headers.get("location"), `${path}${next}`)
    assert.match(await textOf(browser.get(`${path}${next}`)), /Шесть цифр/)
    return browser
  }
  const to = async (answer: Promise<Response>) => (await answer).headers.get("location")
  const byCode = await asked("/sign-in", "ask", phone)
  assert.equal(await to(byCode.post(`/sign-in${next}`, { step: "code", code: await web.lastCode() })), there)
  assert.equal(await to(byCode.get(`/sign-in${next}`)), there, "who is signed in goes on at once")

  const recovering = await asked("/recover", "sms", phone)
  await recovering.post(`/recover${next}`, { step: "code", code: await web.lastCode() })
  assert.equal(await to(recovering.post(`/recover${next}`, { password: "корова летит через забор" })), there)

  const form = await textOf(web.visitor().get(`/sign-in${next}`))
  for (const path of ["/register", "/recover"]) assert.ok(form.includes(`href="${path}${next}"`), path)
  const stranger = await asked("/sign-in", "ask", aPhone())
  assert.equal(await to(stranger.post(`/sign-in${next}`, { step: "code", code: await web.lastCode() })), `/register${next}`)
  const consents = { consent_programme: "1", consent_policy: "1" }
  const details = { step: "details", given: "Янка", ...consents }
  assert.equal(await to(stranger.post(`/register${next}`, details)), there)

  minutes(60 * 24 * 250)
  const asleep = await asked("/sign-in", "ask", phone)
  assert.equal(await to(asleep.post(`/sign-in${next}`, { step: "code", code: await web.lastCode() })), `/sign-in/owner${next}`)
  assert.ok((await textOf(asleep.get(`/sign-in/owner${next}`))).includes(`/register?fresh=1&amp;next=%2Fbe%2Fmy%2Freceipts`))

  for (const elsewhere of ["//e.x", "/\\e.x", "https://e.x/my"]) {
    const bad = `?next=${encodeURIComponent(elsewhere)}`
    minutes(61)
    const browser = web.visitor()
    assert.equal(await to(browser.post(`/register${bad}`, { step: "phone", phone: aPhone() })), "/register", elsewhere)
    await browser.post(`/register${bad}`, { step: "code", code: await web.lastCode() })
    assert.equal(await to(browser.post(`/register${bad}`, details)), "/my/card?new=1", elsewhere)
  }
})
