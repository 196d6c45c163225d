import { cardsOf } from "@mila/cards"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone, personOf } from "@mila/members"
import { ownerFactNeeded } from "@mila/membership"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

// A number the operator gave to somebody new: a code by SMS opens nothing of whoever had it.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let last = 2_000_000
const aPhone = () => `+37544${(last += 1)}`
const months = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 31 * 86_400_000))
const memberOf = (phone: string) => inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))?.memberId)
const cardOf = async (memberId: number) => inTransaction(web.own.db, async (tx) => (await cardsOf(tx, memberId))[0]!.number!)
const mailTo = (to: string) => inTransaction(web.own.db, (tx) => outboxOf(tx, { to }))

/** Proves the phone by a code, as whoever has the SIM card can. */
async function byCode(phone: string, browser = web.visitor(), page = "/sign-in"): Promise<{ browser: Visitor; leads: string }> {
  await browser.post(page, { step: page === "/recover" ? "sms" : "ask", phone })
  const answer = await browser.post(page, { step: "code", code: await web.lastCode() })
  return { browser, leads: answer.headers.get("location") ?? "" }
}

test("after months of sleep a code by SMS leads to a question from a device that is new, and straight in from one that is known", async () => {
  const [phone, other] = [aPhone(), aPhone()]
  const own = await aMemberAt(web, phone)
  await aMemberAt(web, other)
  months(5)
  assert.equal((await byCode(phone)).leads, "/my", "five months are no sleep")
  months(7)
  assert.equal((await byCode(phone, own)).leads, "/my", "the device is known")
  for (const page of ["/sign-in", "/recover"]) {
    const { browser, leads } = await byCode(other, web.visitor(), page)
    assert.equal(leads, "/sign-in/owner", page)
    assert.equal(browser.cookies.has("__Host-mila-session"), false)
    const asked = await (await browser.get("/sign-in/owner")).text()
    assert.match(asked, /Ещё один вопрос/)
    assert.doesNotMatch(asked, /Анна|Петрова|anna@|\d{13}/, "nothing of the account is shown")
    assert.equal((await browser.get("/my")).status, 302)
    await browser.post("/recover", { password: "корова летит через забор" })
    assert.equal(browser.cookies.has("__Host-mila-session"), false, "nor does a new password open it")
    web.clock.moveTo(new Date(web.clock.now().getTime() + 120_000))
  }
  const { leads } = await byCode(other, web.visitor(), "/sign-in")
  for (const [path, title] of [
    ["/be/sign-in/owner", /Яшчэ адно пытанне/],
    ["/en/sign-in/owner", /One more question/],
  ] as const) {
    assert.equal(leads, "/sign-in/owner")
    web.clock.moveTo(new Date(web.clock.now().getTime() + 120_000))
    assert.match(await (await (await byCode(other)).browser.get(path)).text(), title)
  }
})

test("the owner's own card or letter opens it; a wrong answer says the same whatever was wrong, five a day are heard, in whatever browser", async () => {
  const [phone, guessed] = [aPhone(), aPhone()]
  await aMemberAt(web, phone)
  await aMemberAt(web, guessed)
  const memberId = (await memberOf(phone))!
  months(8)
  const digits = (await cardOf(memberId)).slice(-6)
  const { browser } = await byCode(phone)
  const says: string[] = []
  for (const form of [
    { step: "card", digits: "000000" },
    { step: "card", digits: digits.slice(1) },
    { step: "receipt", sum: "10,00", day: "2026-11-23" },
    { step: "code", code: "123456" },
  ]) {
    const answer = await browser.post("/sign-in/owner", form)
    says.push(/role="alert">([^<]+)</.exec(await answer.text())?.[1] ?? "")
    assert.equal(answer.status, 422)
  }
  assert.deepEqual([...new Set(says)], ["Не подошло. Проверьте или ответьте на другой вопрос."])
  assert.equal((await browser.post("/sign-in/owner", { step: "card", digits })).headers.get("location"), "/my")
  assert.match(await (await browser.get("/my/card")).text(), /работает/)

  const { browser: thief } = await byCode(guessed)
  for (let tried = 0; tried < 5; tried += 1)
    assert.equal((await thief.post("/sign-in/owner", { step: "card", digits: "000000" })).status, 422)
  web.clock.moveTo(new Date(web.clock.now().getTime() + 90_000))
  const { browser: late } = await byCode(guessed)
  const right = (await cardOf((await memberOf(guessed))!)).slice(-6)
  assert.equal((await late.post("/sign-in/owner", { step: "card", digits: right })).status, 429, "the right one too, after too many")
})

test("a letter's code opens it, and asking for one says nothing of whether there is an address", async () => {
  const [phone, mute] = [aPhone(), aPhone()]
  await aMemberAt(web, phone)
  const nobody = web.visitor()
  await nobody.post("/register", { step: "phone", phone: mute })
  await nobody.post("/register", { step: "code", code: await web.lastCode() })
  await nobody.post("/register", { step: "details", given: "Без", family: "Почты", consent_programme: "1", consent_policy: "1" })
  months(8)
  const { browser } = await byCode(phone)
  const asked = await browser.post("/sign-in/owner", { step: "mail" })
  const code = await web.lastCode()
  const { browser: silent } = await byCode(mute)
  const askedToo = await silent.post("/sign-in/owner", { step: "mail" })
  assert.deepEqual([asked.status, asked.headers.get("location")], [askedToo.status, askedToo.headers.get("location")])
  assert.equal((await silent.post("/sign-in/owner", { step: "code", code })).status, 422, "another's letter opens nothing")
  assert.equal((await browser.post("/sign-in/owner", { step: "code", code })).headers.get("location"), "/my")
})

test("who got the number lately opens an account of their own; the former one is parked whole, told by e-mail, and comes back with another number", async () => {
  const phone = aPhone()
  await aMemberAt(web, phone)
  const former = (await memberOf(phone))!
  const card = await cardOf(former)
  months(8)
  const { browser } = await byCode(phone)
  assert.match(await (await browser.get("/register?fresh=1")).text(), /name="fresh" value="1"/)
  const details = { step: "details", given: "Олег", family: "Новый", email: "oleg@example.by", consent_programme: "1", consent_policy: "1" }
  assert.equal((await browser.post("/register?fresh=1", { ...details, fresh: "1" })).headers.get("location"), "/my/card?new=1")
  const heir = (await memberOf(phone))!
  assert.notEqual(heir, former)
  const person = await inTransaction(web.own.db, (tx) => personOf(tx, former))
  assert.deepEqual([person?.state, person?.phone, person?.name?.given, await cardOf(former)], ["active", null, "Анна", card])
  assert.doesNotMatch(await (await browser.get("/my")).text(), /Анна/)
  const letter = (await mailTo("anna@example.by")).find(({ template }) => template === "number_parked")
  assert.equal(letter?.params["lastDigits"], phone.slice(-4))
  assert.ok(
    (await mailTo(phone)).every(({ template }) => template !== "number_parked"),
    "the new owner of the number hears nothing of it",
  )

  // the former owner, with a new SIM card
  const back = web.visitor("198.51.100.20")
  const number = aPhone()
  await back.post("/recover/number", { step: "send", phone: number })
  await back.post("/recover/number", { step: "code", code: await web.lastCode() })
  await back.post("/recover/number", { step: "ask", phone, email: "anna@example.by", fact: card.slice(-4) })
  const asked = (await mailTo("anna@example.by")).find(({ template }) => template === "new_number_asked")
  assert.match(String(asked?.params["link"]), /recover\/letter\?t=/)
})

test("a sleeping account is not joined to another by a code either", async () => {
  const [mine, sleeping] = [aPhone(), aPhone()]
  await aMemberAt(web, sleeping)
  months(8)
  const browser = await aMemberAt(web, mine, "198.51.100.33")
  await browser.post("/my/data/merge", { step: "send", phone: sleeping })
  await browser.post("/my/data/merge", { step: "code", code: await web.lastCode() })
  const page = await (await browser.get("/my/data/merge")).text()
  assert.doesNotMatch(page, /Анна П|name="sure"/)
  const asked = { memberId: (await memberOf(sleeping))!, device: "x".repeat(32), dormantMonths: 6, at: web.clock.now() }
  assert.equal(await inTransaction(web.own.db, (tx) => ownerFactNeeded(tx, asked)), true)
})
