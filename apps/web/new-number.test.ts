import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { askNewNumber, confirmNewNumber, memberByPhone, newNumberOf } from "@mila/members"
import { endMembership, jobs, mergeMemberships } from "@mila/membership"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 6_600_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const memberAt = (phone: string) => inTransaction(web.own.db, (tx) => memberByPhone(tx, phone))
const hours = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 3_600_000))
const change = () =>
  jobs.find(({ name }) => name === "changeLostNumbers")!.run(web.own.db, { at: web.clock.now(), now: () => web.clock.now() })
const PAGE = "/recover/number"

/** Somebody with an account at the old number, and the last digits of their card. */
async function anOwner() {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone, `203.0.113.${lastPhone % 200}`)
  const card = /(\d) (\d{6}) (\d{6})/.exec(await (await browser.get("/my/card")).text())!
  return { phone, browser, last: card[3]!.slice(-4) }
}

async function proven(newPhone: string): Promise<Visitor> {
  const browser = web.visitor(`198.51.100.${lastPhone % 200}`)
  await browser.post(PAGE, { step: "send", phone: newPhone })
  await browser.post(PAGE, { step: "code", code: await web.lastCode() })
  return browser
}

const lettersTo = (memberPhone: string) =>
  inTransaction(web.own.db, async (tx) => {
    const member = await memberByPhone(tx, memberPhone)
    return (await outboxOf(tx, { memberId: member!.memberId, most: 50 })).filter(({ template }) => template.startsWith("new_number"))
  })

test("A07: a lost number is changed by who proves a new one, knows the account and reads its mail, two days later; everybody is told", async () => {
  const { phone, last, browser: former } = await anOwner()
  const newPhone = aPhone()
  const browser = await proven(newPhone)
  const sent = await browser.post(PAGE, { step: "ask", phone, email: "ANNA@example.by", fact: last })
  assert.equal(sent.headers.get("location"), `${PAGE}?sent`)
  const [letter] = await lettersTo(phone)
  assert.equal(letter?.channel, "email")
  const link = new URL(String(letter?.params["link"]))
  const path = link.pathname + link.search
  assert.match(await (await browser.get(path)).text(), /Это я, переносите/)
  assert.deepEqual(await change(), { changed: 0 }, "looking at the letter changes nothing")
  assert.match(await (await browser.post(path, { act: "yes" })).text(), /Номер сменится/)
  assert.deepEqual((await lettersTo(phone)).map(({ channel }) => channel).toSorted(), ["email", "email", "sms"])
  hours(47)
  assert.deepEqual(await change(), { changed: 0 })
  hours(2)
  const memberId = (await memberAt(phone))!.memberId
  assert.deepEqual(await change(), { changed: 1 })
  assert.equal((await memberAt(newPhone))?.memberId, memberId)
  assert.equal(await memberAt(phone), undefined)
  assert.equal((await former.get("/my")).status, 302, "every session has ended")
})

test("A07: the letter, the account and the old number can each say no", async () => {
  const first = await anOwner()
  await (await proven(aPhone())).post(PAGE, { step: "ask", phone: first.phone, email: "anna@example.by", fact: first.last })
  const link = new URL(String((await lettersTo(first.phone))[0]?.params["link"]))
  const stranger = web.visitor("192.0.2.9")
  await stranger.post(link.pathname + link.search, { act: "yes" })
  assert.match(await (await stranger.post(link.pathname + link.search, { act: "no" })).text(), /Ничего не изменится/)
  const second = await anOwner()
  await (await proven(aPhone())).post(PAGE, { step: "ask", phone: second.phone, email: "anna@example.by", fact: second.last })
  const other = new URL(String((await lettersTo(second.phone))[0]?.params["link"]))
  await stranger.post(other.pathname + other.search, { act: "yes" })
  assert.match(await (await second.browser.get("/my/devices")).text(), /Это не я/)
  await second.browser.post("/my/devices", { act: "stop-number" })
  hours(72)
  assert.deepEqual(await change(), { changed: 0 })
})

test("A06: a wrong fact, another address, no account and a right answer look the same, and asks are counted", async () => {
  const { phone, last } = await anOwner()
  const asks = [
    { phone, email: "anna@example.by", fact: last === "0000" ? "1111" : "0000" },
    { phone, email: "boris@example.by", fact: last },
    { phone: aPhone(), email: "anna@example.by", fact: last },
    { phone, email: "anna@example.by", fact: last },
  ]
  const answers = []
  for (const asked of asks) {
    const browser = await proven(aPhone())
    const answer = await browser.post(PAGE, { step: "ask", ...asked })
    answers.push([answer.status, answer.headers.get("location")])
    hours(1)
  }
  assert.deepEqual(new Set(answers.map(String)).size, 1)
  assert.equal((await lettersTo(phone)).length, 1)
  const late = await (await proven(aPhone())).post(PAGE, { step: "ask", ...asks[0]! })
  assert.equal(late.status, 429)
  assert.match(await (await web.visitor().get("/recover/letter?t=abc")).text(), /Ссылка устарела/)
})

/** A number somebody waits for, two days after they said yes; `memberId` may be of nobody any more. */
const waitFor = (memberId: number, phone: string) =>
  inTransaction(web.own.db, async (tx) => {
    const { token } = await askNewNumber(tx, { memberId, phone, at: web.clock.now() })
    await confirmNewNumber(tx, { token, at: web.clock.now() })
  })
const waitsFor = (memberId: number) => inTransaction(web.own.db, (tx) => newNumberOf(tx, memberId))
const idOf = async (phone: string) => (await memberAt(phone))!.memberId
const leave = (memberId: number) =>
  inTransaction(web.own.db, (tx) =>
    endMembership(tx, { memberId, givesUp: "all", door: "web", at: web.clock.now(), by: `member:${memberId}` }),
  )
const join = (from: number, into: number) =>
  inTransaction(web.own.db, (tx) => mergeMemberships(tx, { from, into, door: "web", at: web.clock.now(), by: `member:${into}` }))

test("who leaves, or joins their accounts, waits for no number any more; whoever took the others over keeps their own", async () => {
  const [leaver, donor, heir] = [await idOf((await anOwner()).phone), await idOf((await anOwner()).phone), await anOwner()]
  const into = await idOf(heir.phone)
  const donors = aPhone()
  await waitFor(leaver, aPhone())
  await waitFor(donor, donors)
  await leave(leaver)
  await join(donor, into)
  assert.deepEqual([await waitsFor(leaver), await waitsFor(donor)], [undefined, undefined])
  hours(49)
  assert.deepEqual(await change(), { changed: 0 })
  assert.equal(await idOf(heir.phone), into)
  assert.equal(await memberAt(donors), undefined)
})

test("a number asked for by who left, or became somebody else, is dropped and holds up nobody behind it", async () => {
  const [leaver, donor, heir, owner] = [
    await idOf((await anOwner()).phone),
    await idOf((await anOwner()).phone),
    await anOwner(),
    await anOwner(),
  ]
  const [into, waiting, wanted] = [await idOf(heir.phone), await idOf(owner.phone), aPhone()]
  await leave(leaver)
  await join(donor, into)
  await waitFor(leaver, aPhone())
  await waitFor(donor, aPhone())
  hours(1)
  await waitFor(waiting, wanted)
  hours(49)
  assert.deepEqual(await change(), { changed: 1 })
  assert.equal(await idOf(wanted), waiting)
  assert.equal(await idOf(heir.phone), into, "nobody is given the number of who became them")
  assert.deepEqual([await waitsFor(leaver), await waitsFor(donor)], [undefined, undefined])
})
