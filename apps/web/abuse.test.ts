import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone, personOf } from "@mila/members"
import { unsubscribeToken } from "@mila/membership"
import { outboxOf } from "@mila/messages"
import { heldBy } from "@mila/privacy"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

// The abuse cases of the account, by id.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 1_000_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const memberOf = (phone: string) => inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!.memberId)
const toldTo = (to: string) => inTransaction(web.own.db, async (tx) => (await outboxOf(tx, { to })).map(({ template }) => template))
const minutes = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 60_000))

test("A07: with a session found later neither password nor phone nor e-mail is changed; after a proof they are, both addresses hear of it and spending rests", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  minutes(16)
  for (const form of [
    { act: "password", password: "корова летит через забор" },
    { act: "ask-phone", phone: aPhone() },
    { act: "ask-email", email: "thief@example.by" },
  ]) {
    const answer = await browser.post("/my/devices", form)
    assert.equal(answer.status, 401)
    assert.match(await answer.text(), /подтвердите, что это вы/)
  }
  assert.equal((await browser.post("/my/data/leave", { sure: "on", givesUp: "0" })).status, 401)
  assert.equal((await browser.post("/my/data/copy", {})).status, 401)

  await browser.post("/my/devices", { act: "ask-proof" })
  await browser.post("/my/devices", { act: "confirm", code: await web.lastCode() })
  const another = aPhone()
  await browser.post("/my/devices", { act: "ask-phone", phone: another })
  const changed = await browser.post("/my/devices", { act: "confirm", code: await web.lastCode() })
  assert.match(changed.headers.get("location") ?? "", /done=phone/)
  assert.ok((await toldTo(phone)).includes("phone_changed"))
  assert.ok((await toldTo(another)).includes("phone_changed"))
  const [profile] = await inTransaction(web.own.db, async (tx) => [await memberByPhone(tx, another)])
  assert.equal(profile?.spendClosed(web.clock.now()), true)
})

test("A08: nothing changes at another site's wish, nor by looking", async () => {
  const browser = await aMemberAt(web, aPhone())
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "https://evil.example", "content-type": "text/plain" },
    { origin: "null" },
    {},
    { origin: "https://mila.example", "sec-fetch-site": "cross-site" },
  ]
  for (const headers of foreign) {
    for (const path of ["/my/sign-out", "/my/devices", "/my/card", "/my/card/key", "/my/subscriptions", "/sign-in", "/my/sign-out.data"]) {
      assert.equal(
        (await browser.post(path, { act: "end-others", step: "ask" }, headers)).status,
        403,
        `${path} ${JSON.stringify(headers)}`,
      )
    }
  }
  await browser.get("/my/sign-out")
  assert.equal((await browser.get("/my")).status, 200, "still signed in")
})

test("A09: after signing in one goes to a page of ours, whatever the address asked for", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  await browser.post("/my/devices", { act: "password", password: "корова летит через забор" })
  for (const next of [
    "//e.x",
    "/\\e.x",
    "https:e.x",
    "%2f%2fe.x",
    "javascript:alert(1)",
    "https://mila.example@e.x",
    "/my/../..//e.x",
    "/my\r\nx: y",
  ]) {
    const fresh = web.visitor()
    const answer = await fresh.post(`/sign-in?next=${encodeURIComponent(next)}`, { phone, password: "корова летит через забор" })
    assert.equal(answer.headers.get("location"), "/my", next)
  }
  const fresh = web.visitor()
  const answer = await fresh.post("/sign-in?next=/be/my/receipts", { phone, password: "корова летит через забор" })
  assert.equal(answer.headers.get("location"), "/be/my/receipts")
})

test("A10: every page, also one that is not there or not allowed, forbids framing and foreign scripts", async () => {
  const browser = web.visitor()
  for (const path of ["/", "/sign-in", "/my", "/no-such-page", "/xx/my", "/be/register"]) {
    const answer = await browser.get(path)
    const policy = answer.headers.get("content-security-policy") ?? ""
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/, path)
    assert.doesNotMatch(policy, /unsafe-inline|https?:/)
    const text = await answer.text()
    for (const [script] of text.matchAll(/<script[^>]*>/g)) assert.match(script, /nonce="[^"]{20,}"/, `${path}: ${script}`)
    assert.doesNotMatch(text, /style="/, path)
  }
})

test("A11: cookies are the host's alone, unseen by scripts, random, and in no address", async () => {
  const browser = web.visitor()
  const answers = [await browser.get("/"), await browser.post("/register", { step: "phone", phone: aPhone() })]
  answers.push(await browser.post("/register", { step: "code", code: await web.lastCode() }))
  answers.push(
    await browser.post("/register", { step: "details", given: "Анна", family: "Петрова", consent_programme: "1", consent_policy: "1" }),
  )
  const set = answers.flatMap((answer) => answer.headers.getSetCookie())
  assert.ok(set.some((cookie) => cookie.startsWith("__Host-mila-session=")))
  for (const cookie of set) assert.match(cookie, /^__Host-mila-[a-z]+=[^;]*; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
  const token = browser.cookies.get("__Host-mila-session")!
  assert.ok(Buffer.from(token, "base64url").length * 8 >= 128)
  for (const answer of answers) assert.ok(!(answer.headers.get("location") ?? "").includes(token))
})

test("A14: nobody on the staff reads a code: the page that shows messages is not there on a real chain", async () => {
  assert.equal((await web.visitor().get("/demo/outbox")).status, 404)
})

test("A15: what somebody began with a phone that is not theirs opens nothing once its owner proves it", async () => {
  const phone = aPhone()
  const thief = web.visitor("198.51.100.9")
  await thief.post("/register", { step: "phone", phone })
  minutes(2)
  await aMemberAt(web, phone)
  const answer = await thief.post("/register", {
    step: "details",
    given: "Вор",
    family: "Воров",
    consent_programme: "1",
    consent_policy: "1",
  })
  assert.equal(answer.headers.get("location"), "/register")
  assert.equal(thief.cookies.has("__Host-mila-session"), false)
  const person = await inTransaction(web.own.db, async (tx) => personOf(tx, (await memberByPhone(tx, phone))!.memberId))
  assert.equal(person?.name?.given, "Анна")
})

test("A51: limits hold whatever the request says of its own address", async () => {
  const statuses: number[] = []
  for (let asked = 0; asked < 32; asked += 1) {
    const browser = web.visitor("2001:db8:1:2::" + asked.toString(16)) // one network, many addresses
    const headers = { origin: "https://mila.example", "x-forwarded-for": `198.51.100.${asked}`, forwarded: `for=198.51.100.${asked}` }
    statuses.push((await browser.post("/register", { step: "phone", phone: aPhone() }, headers)).status)
  }
  assert.deepEqual([...new Set(statuses.slice(0, 30))], [302])
  assert.deepEqual(statuses.slice(30), [429, 429])
})

test("A54: a page that says no or breaks tells nothing of our insides", async () => {
  const browser = web.visitor()
  for (const path of ["/no-such-page", "/my/receipts/1", "/%ff", "/register?x=%00"]) {
    const text = await (await browser.get(path)).text()
    assert.doesNotMatch(text, /node_modules|\.ts:|at [A-Z]\w+ \(|select .* from|postgres/i, path)
  }
})

test("A57: a link in a letter changes nothing when a scanner looks, names nobody, and cannot be guessed", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  const memberId = await memberOf(phone)
  await browser.post("/my/subscriptions", { act: "on", purpose: "ads_email", version: "1" })
  const held = () => inTransaction(web.own.db, async (tx) => (await heldBy(tx, { memberId, at: web.clock.now() })).has("ads_email"))
  assert.equal(await held(), true)
  const token = await inTransaction(web.own.db, async (tx) => unsubscribeToken(tx, { memberId, purpose: "ads_email" }))
  const scanner = web.visitor()
  const looked = await (await scanner.get(`/unsubscribe?t=${token}`)).text()
  assert.doesNotMatch(looked, new RegExp(`${phone.slice(-7)}|anna@|Петрова`))
  assert.equal(await held(), true)
  const guessed = token[9] === "A" ? "B" : "A" // another than it is, and a whole one: none whose last bits mean nothing
  await scanner.post(`/unsubscribe?t=${token.slice(0, 9)}${guessed}${token.slice(10)}`, {})
  assert.equal(await held(), true)
  await scanner.post(`/unsubscribe?t=${token}`, {})
  assert.equal(await held(), false)
})

test("what is somebody else's is as if it were not there", async () => {
  const [one, other] = [await aMemberAt(web, aPhone()), await aMemberAt(web, aPhone())]
  const cardId = /name="card" value="(\d+)"/.exec(await (await other.get("/my/card")).text())?.[1] ?? ""
  for (const act of ["blocked", "unblocked", "replaced", "removed", "named"]) {
    assert.match(await (await one.post("/my/card", { act, card: cardId, label: "моя" })).text(), /Такой карты у нас нет/, act)
  }
  assert.equal((await one.post("/my/card/key", { card: cardId })).status, 409)
  const page = await (await other.get("/my/card")).text()
  assert.match(page, /работает/)
})

test("a bank card number is refused in every field and shown again in none", async () => {
  const browser = await aMemberAt(web, aPhone())
  const number = "4111 1111 1111 1111"
  for (const [path, form] of [
    ["/my/card", { act: "linked", number, consent_partner_card: "1" }],
    ["/my/card", { act: "attached", number }],
    ["/my/card", { act: "named", label: number, card: "1" }],
    ["/my/data", { act: "request", kind: "information", essence: number }],
    ["/my/devices", { act: "ask-phone", phone: number }],
    ["/my/devices", { act: "ask-email", email: `${number.replaceAll(" ", "")}@example.by` }],
  ] as const) {
    const text = await (await browser.post(path, form)).text()
    assert.match(text, /похоже на номер банковской карты/, JSON.stringify(form))
    assert.doesNotMatch(text, /4111 ?1111 ?1111/)
  }
  const stranger = web.visitor()
  for (const path of ["/register", "/sign-in", "/recover"]) {
    const text = await (await stranger.post(path, { step: "phone", phone: number })).text()
    assert.match(text, /похоже на номер банковской карты/, path)
    assert.doesNotMatch(text, /4111 ?1111 ?1111/)
  }
})
