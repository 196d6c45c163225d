import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { lockSpending, memberByPhone, type MemberProfile } from "@mila/members"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aNewcomerAt, aWeb, letterTo, type Web } from "./testing.ts"

// What changes how one signs in, by a session somebody found: the proof it asks for, who hears of it, and how long nothing is spent.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 6_500_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const minutes = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 60_000))
const profileOf = (phone: string): Promise<MemberProfile> => inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!)
const isClosed = async (phone: string) => (await profileOf(phone)).spendClosed(web.clock.now())
const toldTo = (to: string) => inTransaction(web.own.db, async (tx) => (await outboxOf(tx, { to })).map(({ template }) => template))

test("A07: a first e-mail address: the phone hears of it, for one day it may lead into the account, and nothing is spent for a day", async () => {
  const phone = aPhone()
  const browser = await aNewcomerAt(web, phone, { email: "" })
  const email = `first${lastPhone}@example.by`
  await browser.post("/my/devices", { act: "ask-email", email })
  await browser.post("/my/devices", { act: "confirm", code: await web.lastCode() })
  for (const to of [phone, email]) assert.equal((await toldTo(to)).filter((template) => template === "email_changed").length, 1, to)
  assert.equal(await isClosed(phone), true)
  minutes(24 * 60)
  assert.equal(await isClosed(phone), false)
})

test("A07: another e-mail address: the phone, the former and the new one hear of it, and nothing is spent for a day, to the minute", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  const former = `a${lastPhone}@example.by`
  const next = `b${lastPhone}@example.by`
  for (const email of [former, next]) {
    minutes(5)
    await browser.post("/my/devices", { act: "ask-email", email })
    await browser.post("/my/devices", { act: "confirm", code: await web.lastCode() })
  }
  for (const to of [phone, former, next]) assert.ok((await toldTo(to)).includes("email_changed"), to)
  minutes(24 * 60 - 1)
  assert.equal(await isClosed(phone), true)
  minutes(1)
  assert.equal(await isClosed(phone), false)
})

test("A07: another password: every address hears of it, other places are signed out, and nothing is spent for a day once there was one before", async () => {
  const phone = aPhone()
  const email = `p${lastPhone}@example.by`
  const browser = await aNewcomerAt(web, phone, { email })
  await browser.post("/my/devices", { act: "letter", letter: await letterTo(web, email) })
  await browser.post("/my/devices", { act: "password", password: "корова летит через забор" })
  assert.equal(await isClosed(phone), false, "a first password takes nothing away from anybody")
  minutes(2)
  const elsewhere = web.visitor("198.51.100.77")
  await elsewhere.post("/sign-in", { step: "ask", phone })
  await elsewhere.post("/sign-in", { step: "code", code: await web.lastCode() })
  assert.equal((await elsewhere.get("/my")).status, 200)
  for (const to of [phone, email]) assert.ok((await toldTo(to)).includes("new_device"), `${to} hears of the new place`)
  const told = async () =>
    Promise.all([phone, email].map(async (to) => (await toldTo(to)).filter((template) => template === "password_changed").length))
  const [bySms, byMail] = await told()
  await browser.post("/my/devices", { act: "password", password: "забор летит через корову" })
  assert.deepEqual(await told(), [bySms! + 1, byMail! + 1])
  assert.equal((await elsewhere.get("/my")).status, 302)
  assert.equal(await isClosed(phone), true)
  minutes(24 * 60)
  assert.equal(await isClosed(phone), false)
})

test("A07: another phone: both numbers and the address hear of it; an address nobody has proven hears of nothing", async () => {
  for (const proves of [true, false]) {
    const [phone, next] = [aPhone(), aPhone()]
    const email = `n${lastPhone}@example.by`
    const browser = await aNewcomerAt(web, phone, { email })
    if (proves) await browser.post("/my/devices", { act: "letter", letter: await letterTo(web, email) })
    minutes(1)
    await browser.post("/my/devices", { act: "ask-phone", phone: next })
    await browser.post("/my/devices", { act: "confirm", code: await web.lastCode() })
    for (const to of [phone, next]) assert.ok((await toldTo(to)).includes("phone_changed"), to)
    assert.equal((await toldTo(email)).includes("phone_changed"), proves)
    if (!proves) assert.deepEqual(await toldTo(email), ["email_to_prove"], "one letter, and no more")
  }
})

test("A07: a lock of the back office on spending is opened by no session, proven or not: only by who is asked for it in the back office", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  const { memberId } = await profileOf(phone)
  await inTransaction(web.own.db, (tx) => lockSpending(tx, { memberId, locked: true, at: web.clock.now(), by: "staff:1" }))
  for (const act of ["unlock", "spend-unlock", "unlocked", "spending", "unblocked", "spendingOpened"])
    for (const path of ["/my/card", "/my/devices", "/my/data", "/my/subscriptions"])
      assert.ok((await browser.post(path, { act, locked: "", spend_locked: "false", spendLocked: "false" })).status < 500, `${path} ${act}`)
  assert.equal(await isClosed(phone), true)
})
