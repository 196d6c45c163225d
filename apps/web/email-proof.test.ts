import { cardsOf } from "@mila/cards"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone, personOf } from "@mila/members"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aNewcomerAt, aWeb, letterTo, type Web } from "./testing.ts"

// An address that was typed at joining may be a stranger's by a slip of the pen: it opens nothing and gets nothing before its owner proves it.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let last = 3_000_000
const aPhone = () => `+37544${(last += 1)}`
const forward = (minutes: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + minutes * 60_000))
const mailTo = (to: string) => inTransaction(web.own.db, async (tx) => (await outboxOf(tx, { to })).map(({ template }) => template))
const personWith = (phone: string) =>
  inTransaction(web.own.db, async (tx) => (await personOf(tx, (await memberByPhone(tx, phone))!.memberId))!)
const isProven = async (phone: string) => (await personWith(phone)).emailProven

async function aNewcomer() {
  const phone = aPhone()
  const email = `a${last}@example.by`
  return { phone, email, browser: await aNewcomerAt(web, phone, { email }) }
}

test("A06: an address nobody has proven recovers nothing, and whoever asks is answered as of a number that is nobody’s", async () => {
  const { phone, email } = await aNewcomer()
  forward(2)
  const answers = []
  for (const asked of [phone, aPhone()]) {
    const stranger = web.visitor()
    const { status, headers } = await stranger.post("/recover", { step: "email", phone: asked })
    answers.push([status, headers.get("location"), stranger.cookies.get("__Host-mila-flow")?.split(".")[0]])
  }
  assert.deepEqual(answers[0], answers[1])

  const card = await inTransaction(web.own.db, async (tx) => (await cardsOf(tx, (await personWith(phone)).memberId))[0]!.number!)
  const lost = web.visitor()
  await lost.post("/recover/number", { step: "send", phone: aPhone() })
  await lost.post("/recover/number", { step: "code", code: await web.lastCode() })
  const sent = await lost.post("/recover/number", { step: "ask", phone, email, fact: card.slice(-4) })
  assert.equal(sent.headers.get("location"), "/recover/number?sent")

  forward(8 * 31 * 24 * 60)
  const sleeper = web.visitor()
  await sleeper.post("/sign-in", { step: "ask", phone })
  await sleeper.post("/sign-in", { step: "code", code: await web.lastCode() })
  assert.equal((await sleeper.post("/sign-in/owner", { step: "mail" })).status, 302)

  await sleeper.post("/register?fresh=1", {
    step: "details",
    given: "Олег",
    family: "Новый",
    email: "",
    fresh: "1",
    consent_programme: "1",
    consent_policy: "1",
  })
  assert.notEqual((await personWith(phone)).name?.given, "Анна", "the number is another’s now")
  assert.deepEqual(await mailTo(email), ["email_to_prove"], "one letter went there, and no more")
})

test("one tap on the link of the letter proves the address, signed in as who it was written to; looking at it proves nothing", async () => {
  const { phone, email, browser } = await aNewcomer()
  const letter = await letterTo(web, email)
  assert.match(await (await browser.get("/my/devices")).text(), /value="ask-own-email"/)
  const page = `/my/devices?letter=${letter}`

  const mailbox = web.visitor()
  assert.match((await mailbox.get(page)).headers.get("location") ?? "", /^\/sign-in\?next=%2Fmy%2Fdevices%3Fletter/)
  assert.equal((await mailbox.post("/my/devices", { act: "letter", letter })).status, 302)
  const { browser: stranger, phone: theirs } = await aNewcomer()
  assert.match(await (await stranger.get(page)).text(), /role="status">Эта ссылка больше не подходит/)
  await stranger.post("/my/devices", { act: "letter", letter })
  assert.deepEqual([await isProven(phone), await isProven(theirs)], [false, false], "whose mailbox it is proves nothing for somebody else")

  assert.match(await (await browser.get(page)).text(), /value="letter" name="act">Да, это моя почта/)
  assert.equal(await isProven(phone), false)
  const done = await browser.post("/my/devices", { act: "letter", letter })
  assert.equal(done.headers.get("location"), "/my/devices?done=emailProven")
  assert.equal(await isProven(phone), true)
  assert.doesNotMatch(await (await browser.get("/my/devices")).text(), /value="ask-own-email"/)
  assert.match(await (await browser.get(page)).text(), /role="status">Спасибо, почта подтверждена/, "the second look says so")
})

test("a letter is good for a week, and for the address it went to alone", async () => {
  const late = await aNewcomer()
  const moved = await aNewcomer()
  const [lateLetter, movedLetter] = [await letterTo(web, late.email), await letterTo(web, moved.email)]
  await moved.browser.post("/my/devices", { act: "ask-email", email: `next${moved.email}` })
  await moved.browser.post("/my/devices", { act: "confirm", code: await web.lastCode() })
  const answer = await moved.browser.post("/my/devices", { act: "letter", letter: movedLetter })
  assert.equal(answer.headers.get("location"), "/my/devices?done=letterBad")
  assert.deepEqual([(await personWith(moved.phone)).email, await isProven(moved.phone)], [`next${moved.email}`, true])
  assert.ok(!(await mailTo(moved.email)).includes("email_changed"), "the address that was never proven hears nothing of the next one")
  forward(7 * 24 * 60 + 1)
  await late.browser.post("/my/devices", { act: "letter", letter: lateLetter })
  assert.equal(await isProven(late.phone), false)
})

test("where the letter was lost, a code proves the address, in three languages, with no other proof; it makes no other address one’s own", async () => {
  const { phone, browser } = await aNewcomer()
  forward(20)
  for (const [prefix, asks] of [
    ["", /<p>Подтвердите почту/],
    ["/be", /<p>Пацвердзіце пошту/],
    ["/en", /<p>Please confirm your e-mail/],
  ] as const)
    assert.match(await (await browser.get(`${prefix}/my/devices`)).text(), asks)
  assert.match(await (await browser.get("/my/subscriptions")).text(), />Адрес не подтверждён/)
  await browser.post("/my/devices", { act: "ask-own-email", email: "thief@example.by" })
  assert.equal((await browser.post("/my/devices", { act: "confirm", code: "12" })).status, 400)
  const done = await browser.post("/my/devices", { act: "confirm", code: await web.lastCode() })
  assert.equal(done.headers.get("location"), "/my/devices?done=emailProven")
  assert.deepEqual([(await personWith(phone)).email, await isProven(phone)], [`a${last}@example.by`, true])
})
