import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { lockSpending, memberByPhone } from "@mila/members"
import { confirmLostNumber, jobs } from "@mila/membership"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberOf, anAccount, aPhone, DEVICE, type TestAccount } from "./testing.ts"

let account: TestAccount
before(async () => {
  account = await anAccount()
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

const hours = (count: number) => account.forward(count * 3_600_000)
const change = () =>
  jobs.find(({ name }) => name === "changeLostNumbers")!.run(account.db, { at: account.clock.now(), now: () => account.clock.now() })
let homes = 0

async function anOwner() {
  const phone = aPhone()
  const { token, refreshToken } = await aMemberOf(account, phone, { from: `203.0.113.${(homes += 1)}` })
  const { body } = await account.ask("GET", "/cards", { token })
  return { phone, token, refreshToken, lastDigits: body.cards[0].number.slice(-4) as string }
}

type Owner = Awaited<ReturnType<typeof anOwner>>

/** Proves a new number and asks for it in place of the old one, as an app of somebody who is not signed in. */
async function asksFor(newPhone: string, { phone, lastDigits }: Pick<Owner, "phone" | "lastDigits">, said: object = {}) {
  const from = `198.51.100.${(homes += 1)}`
  const { body: sent } = await account.ask("POST", "/codes", { body: { purpose: "new_number", phone: newPhone }, from })
  const proven = await account.ask("POST", "/lost-number/code", { body: { flow: sent.flow, code: await account.lastCode() }, from })
  assert.deepEqual(proven.body, { proven: true })
  const body = { flow: sent.flow, oldPhone: phone, email: "anna@example.by", fact: lastDigits, ...said }
  return account.ask("POST", "/lost-number", { body, from })
}

const letters = ({ phone }: Pick<Owner, "phone">, template: string) =>
  inTransaction(account.db, async (tx) => {
    const all = await outboxOf(tx, { most: 100 })
    const member = all.find(({ to, memberId }) => to === phone && memberId !== null)?.memberId
    return all.filter((one) => one.memberId === member && one.template === template)
  })

/** The link of the letter is a page's; opening it is what the owner does in any browser. */
async function readsLetter(owner: Owner) {
  const [letter] = await letters(owner, "new_number_asked")
  const token = new URL(String(letter?.params["link"])).searchParams.get("t")!
  return inTransaction(account.db, (tx) => confirmLostNumber(tx, { token, at: account.clock.now() }))
}

test("A07: without the old number the phone is changed two days after its owner read the letter; every address is told, every session ends", async () => {
  const owner = await anOwner()
  const newPhone = aPhone()
  const asked = await asksFor(newPhone, owner, { email: "ANNA@example.by" })
  assert.deepEqual([asked.status, asked.body], [202, { asked: true }])
  assert.equal((await letters(owner, "new_number_asked"))[0]?.channel, "email")
  assert.equal((await account.ask("GET", "/me", { token: owner.token })).body.newNumberDueAt, null, "an unread letter starts nothing")
  const before = account.clock.now().getTime()
  const { dueAt } = await readsLetter(owner)
  const waits = [dueAt.getTime() - before, dueAt.getTime() - account.clock.now().getTime()].map((ms) => ms / 3_600_000)
  assert.ok(waits[0]! >= 48 && waits[1]! <= 48, `${waits.join(", ")} hours`)
  assert.equal((await account.ask("GET", "/me", { token: owner.token })).body.newNumberDueAt, dueAt.toISOString())
  assert.deepEqual((await letters(owner, "new_number_soon")).map(({ channel }) => channel).toSorted(), ["email", "sms"])
  hours(47)
  assert.deepEqual(await change(), { changed: 0 })
  hours(2)
  assert.deepEqual(await change(), { changed: 1 })
  const told = await letters(owner, "phone_changed")
  assert.deepEqual(new Set(told.map(({ to }) => to)), new Set([owner.phone, newPhone, "anna@example.by"]))
  assert.equal((await account.ask("POST", "/tokens", { body: { refreshToken: owner.refreshToken } })).body.code, "refresh_invalid")
  const { body: sent } = await account.ask("POST", "/codes", { body: { purpose: "sign_in", phone: newPhone }, from: "192.0.2.77" })
  const back = await account.ask("POST", "/sign-in/code", {
    body: { flow: sent.flow, code: await account.lastCode(), device: { name: "Pixel 10" } },
    from: "192.0.2.77",
  })
  assert.equal(back.body.outcome, "signed_in")
})

test("A07: whoever is signed in on the old number says no, and nothing changes", async () => {
  const owner = await anOwner()
  await asksFor(aPhone(), owner)
  await readsLetter(owner)
  assert.equal((await account.ask("DELETE", "/me/new-number", { token: owner.token })).status, 204)
  assert.equal((await account.ask("GET", "/me", { token: owner.token })).body.newNumberDueAt, null)
  hours(72)
  assert.deepEqual(await change(), { changed: 0 })
})

test("A06: what fits and what does not is one answer; nothing goes without a proof of the new number, and asks are counted", async () => {
  const owner = await anOwner()
  const wrong = owner.lastDigits === "0000" ? "1111" : "0000"
  const answers = []
  for (const said of [{ fact: wrong }, { email: "boris@example.by" }, { oldPhone: aPhone() }, {}]) {
    const { status, body } = await asksFor(aPhone(), owner, said)
    answers.push([status, body])
    hours(1)
  }
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  assert.equal((await letters(owner, "new_number_asked")).length, 1, "only what fitted brought a letter")
  assert.equal((await asksFor(aPhone(), owner)).body.code, "too_often")
  const body = { flow: "x".repeat(32), oldPhone: aPhone(), email: "anna@example.by", fact: "1234" }
  assert.equal((await account.ask("POST", "/lost-number", { body, from: "192.0.2.78" })).body.code, "proof_missing")
})

test("spending is closed by one call and opened by a fresh proof; a rest says until when; the back office’s lock is its own", async () => {
  const { phone, refreshToken } = await anOwner()
  hours(1)
  const { body: renewed } = await account.ask("POST", "/tokens", { body: { refreshToken } })
  const token = renewed.accessToken
  const spending = async () => (await account.ask("GET", "/me", { token })).body.spending
  assert.deepEqual(await spending(), { state: "open", until: null, ownLock: false })
  assert.deepEqual((await account.ask("PUT", "/me/spend-lock", { token })).body, { state: "locked", until: null, ownLock: true })
  assert.equal((await account.ask("DELETE", "/me/spend-lock", { token })).body.code, "reauth_required")
  const { body: sent } = await account.ask("POST", "/proof/code", { token })
  await account.ask("POST", "/proof", { token, body: { flow: sent.flow, code: await account.lastCode() } })
  assert.equal((await account.ask("DELETE", "/me/spend-lock", { token })).body.state, "open")
  assert.equal((await letters({ phone }, "spending_opened")).length, 2, "by SMS and by e-mail")
  const changed = account.clock.now()
  await account.ask("PUT", "/me/password", { token, body: { password: "корова летит через забор" } })
  await account.ask("PUT", "/me/password", { token, body: { password: "забор летит через корову" } })
  const { until, ...rest } = await spending()
  assert.deepEqual(rest, { state: "rests", ownLock: false })
  const hoursLeft = (at: Date) => (new Date(until).getTime() - at.getTime()) / 3_600_000
  assert.ok(hoursLeft(changed) >= 24 && hoursLeft(account.clock.now()) <= 24, until)
  await inTransaction(account.db, async (tx) => {
    const { memberId } = (await memberByPhone(tx, phone))!
    await lockSpending(tx, { memberId, locked: true, at: account.clock.now(), by: "staff:1" })
  })
  assert.equal((await account.ask("DELETE", "/me/spend-lock", { token })).body.code, "spend_lock_of_staff")
  assert.deepEqual(await spending(), { state: "locked", until: null, ownLock: false })
})

test("the address of the registration is the member’s when its code came back, and of nobody who has another’s letter", async () => {
  const phone = aPhone()
  const { body: sent } = await account.ask("POST", "/codes", { body: { purpose: "sign_in", phone } })
  await account.ask("POST", "/sign-in/code", { body: { flow: sent.flow, code: await account.lastCode(), device: DEVICE } })
  const consents = ["programme", "policy"].map((purpose) => ({ purpose, version: 1 }))
  const person = { name: { given: "Анна", family: "Петрова" }, email: "typed@example.by", consents }
  const { body } = await account.ask("POST", "/registration", { body: { flow: sent.flow, ...person, device: DEVICE } })
  const ask = (method: string, path: string, of?: object) =>
    account.ask(method, path, { token: body.tokens.accessToken, ...(of ? { body: of } : {}) })
  assert.equal((await ask("GET", "/me/person")).body.emailProven, false)
  assert.equal((await ask("POST", "/me/email/proof", { letter: "guessed" })).body.code, "code_invalid")
  const { body: mail } = await ask("POST", "/me/email/proof/code")
  assert.equal((await ask("POST", "/me/email/proof", { flow: mail.flow, code: "000" })).body.code, "code_invalid")
  assert.equal(
    (await ask("PUT", "/me/email", { flow: mail.flow, code: await account.lastCode() })).body.code,
    "code_invalid",
    "it is no other address",
  )
  assert.deepEqual((await ask("POST", "/me/email/proof", { flow: mail.flow, code: await account.lastCode() })).body, { emailProven: true })
  assert.equal((await ask("GET", "/me/person")).body.emailProven, true)
})
