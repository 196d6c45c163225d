import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone, passkeysOf } from "@mila/members"
import { SoftAuthenticator, type Twist } from "@mila/members/testing"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

// Passkeys at the web's door: what takes a proof, who is told, and that every no sounds the same.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

const ORIGIN = "https://mila.example"
let lastPhone = 2_000_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const minutes = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 60_000))
const memberOf = (phone: string) => inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!.memberId)
const heldBy = async (phone: string) => {
  const memberId = await memberOf(phone)
  return inTransaction(web.own.db, (tx) => passkeysOf(tx, memberId))
}
const toldTo = (to: string) => inTransaction(web.own.db, async (tx) => (await outboxOf(tx, { to })).map(({ template }) => template))

type Options = Parameters<SoftAuthenticator["make"]>[0] & Parameters<SoftAuthenticator["sign"]>[0]
async function optionsOf(browser: Visitor, path: string, form: Record<string, string> = {}): Promise<Options> {
  const answer = await browser.post(path, form)
  assert.equal(answer.status, 200, await answer.clone().text())
  assert.equal(answer.headers.get("cache-control"), "no-store")
  return ((await answer.json()) as { options: Options }).options
}

async function withPasskey(phone = aPhone()): Promise<{ phone: string; browser: Visitor; finger: SoftAuthenticator }> {
  const browser = await aMemberAt(web, phone)
  const finger = new SoftAuthenticator({ origin: ORIGIN })
  const passkey = finger.make(await optionsOf(browser, "/my/devices/passkey", { for: "add" }))
  const kept = await browser.post("/my/devices", { act: "add-passkey", passkey })
  assert.equal(kept.headers.get("location"), "/my/devices?done=passkeyAdded")
  return { phone, browser, finger }
}

async function signIn(browser: Visitor, finger: SoftAuthenticator, { next = "", twist = {} }: { next?: string; twist?: Twist } = {}) {
  const passkey = finger.sign(await optionsOf(browser, "/sign-in/passkey"), twist)
  return browser.post(`/sign-in${next}`, { step: "passkey", passkey })
}

test("A07: with a session found later no passkey is added, woken or removed; after a proof it is, by SMS and e-mail the owner hears of it", async () => {
  const { phone, browser, finger } = await withPasskey()
  const [own] = await heldBy(phone)
  minutes(16)
  assert.equal((await browser.post("/my/devices/passkey", { for: "add" })).status, 401)
  for (const act of ["add-passkey", "wake-passkey", "remove-passkey"]) {
    const answer = await browser.post("/my/devices", { act, "passkey-id": String(own!.passkeyId), passkey: "{}" })
    assert.equal(answer.status, 401, act)
    assert.match(await answer.text(), /подтвердите, что это вы/)
  }
  const wrong = finger.sign(await optionsOf(browser, "/my/devices/passkey", { for: "prove" }), { verified: false })
  assert.equal((await browser.post("/my/devices?prove=/my/data", { act: "prove-passkey", passkey: wrong })).status, 400)
  assert.equal((await browser.post("/my/data/copy", {})).status, 401, "not yet")
  const right = finger.sign(await optionsOf(browser, "/my/devices/passkey", { for: "prove" }))
  const proven = await browser.post("/my/devices?prove=/my/data", { act: "prove-passkey", passkey: right })
  assert.equal(proven.headers.get("location"), "/my/data")
  const links = await (await browser.post("/my/data/copy", {})).text()
  const [, last = ""] = [...links.matchAll(/href="(\/my\/data\/copy\/[\w-]+)"/g)].map(([, href]) => href)
  assert.match(await (await browser.get(last)).text(), /"passkeys": \[\s+\{\s+"name"/)

  const removed = await browser.post("/my/devices", { act: "remove-passkey", "passkey-id": String(own!.passkeyId) })
  assert.equal(removed.headers.get("location"), "/my/devices?done=passkeyRemoved")
  assert.deepEqual(await heldBy(phone), [])
  const told = await toldTo(phone)
  assert.ok(told.includes("passkey_added") && told.includes("passkey_removed"), told.join())
  assert.ok((await toldTo("anna@example.by")).includes("passkey_removed"))
})

test("A09: a passkey signs in, tells of a new device, and leads to a page of ours whatever the address asked for", async () => {
  const { phone, finger } = await withPasskey()
  const fresh = web.visitor("198.51.100.20")
  const entered = await signIn(fresh, finger, { next: "?next=/be/my/receipts" })
  assert.equal(entered.headers.get("location"), "/be/my/receipts")
  assert.equal((await fresh.get("/my")).status, 200)
  assert.equal((await toldTo(phone)).filter((one) => one === "new_device").length, 1, "here, and not where they registered")
  const elsewhere = await signIn(web.visitor("198.51.100.21"), finger, { next: "?next=//e.x" })
  assert.equal(elsewhere.headers.get("location"), "/my")
})

test("A01: removed, unknown, of somebody else, badly signed or nonsense: one answer in text, status and headers", async () => {
  const { phone, browser, finger } = await withPasskey()
  const { finger: other } = await withPasskey()
  const stranger = new SoftAuthenticator({ origin: ORIGIN })
  stranger.make(await optionsOf(browser, "/my/devices/passkey", { for: "add" }))
  const [own] = await heldBy(phone)
  const answers: Response[] = []
  let net = 30
  const from = () => web.visitor(`198.51.${(net += 1)}.1`)
  answers.push(await signIn(from(), finger, { twist: { origin: "https://mi1a.example" } }))
  answers.push(await signIn(from(), finger, { twist: { forged: true } }))
  answers.push(await signIn(from(), finger, { twist: { handle: other.held[0]!.handle } }))
  answers.push(await signIn(from(), stranger))
  answers.push(await from().post("/sign-in", { step: "passkey", passkey: "{" }))
  await browser.post("/my/devices", { act: "remove-passkey", "passkey-id": String(own!.passkeyId) })
  answers.push(await signIn(from(), finger))
  const shape = async (answer: Response) => ({
    status: answer.status,
    text: (await answer.text()).replace(/nonce="[^"]+"|nonce\W+[\w+/=]+/g, "").replace(/\d{2}:\d{2}/g, ""),
    headers: [...answer.headers.keys()].filter((name) => name !== "set-cookie").toSorted(),
  })
  const [first, ...rest] = await Promise.all(answers.map(shape))
  assert.equal(first!.status, 400)
  assert.match(first!.text, /Этот вход не подошёл/)
  for (const other of rest) assert.deepEqual(other, first)
})

test("A06: after a password is recovered what an intruder left opens nothing, and the owner is shown it first", async () => {
  const { phone, finger: intruders } = await withPasskey()
  const owner = web.visitor("198.51.100.60")
  minutes(2)
  await owner.post("/recover", { step: "sms", phone })
  await owner.post("/recover", { step: "code", code: await web.lastCode() })
  const renewed = await owner.post("/recover", { step: "password", password: "корова летит через забор" })
  assert.equal(renewed.headers.get("location"), "/my/devices?done=recovered")
  const page = await (await owner.get("/my/devices?done=recovered")).text()
  assert.match(page, /оставьте свои/)
  assert.match(page, /Это моё, оставить/)
  assert.equal((await signIn(web.visitor("198.51.100.61"), intruders)).status, 400)
  const [left] = await heldBy(phone)
  await owner.post("/my/devices", { act: "wake-passkey", "passkey-id": String(left!.passkeyId) })
  assert.equal((await signIn(web.visitor("198.51.100.62"), intruders)).status, 302)
})

test("A08: a passkey is asked for, made and used at nobody else's wish, and not by looking", async () => {
  const { browser } = await withPasskey()
  const foreign: Record<string, string>[] = [{ origin: "https://evil.example" }, {}, { origin: ORIGIN, "sec-fetch-site": "cross-site" }]
  for (const headers of foreign)
    for (const path of ["/sign-in/passkey", "/my/devices/passkey", "/my/devices/passkey.data"])
      assert.equal((await browser.post(path, { for: "add" }, headers)).status, 403, path)
  assert.equal((await browser.get("/my/devices/passkey")).status, 302)
  assert.equal((await web.visitor().get("/sign-in/passkey")).status, 302)
  assert.equal((await web.visitor().post("/my/devices/passkey", { for: "add" })).status, 302, "signed in first")
})

test("a chain without https has no passkeys and says nothing of them", async () => {
  const plain = await aWeb({ publicUrl: "http://mila.example" })
  const browser = await aMemberAt(plain, aPhone())
  assert.doesNotMatch(await (await browser.get("/my/devices")).text(), /id="passkeys"/)
  assert.doesNotMatch(await (await plain.visitor().get("/sign-in")).text(), /needs-script/)
  assert.equal((await plain.visitor().post("/sign-in/passkey", {})).status, 404)
  await plain.drop()
})
