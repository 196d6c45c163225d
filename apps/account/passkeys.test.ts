import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { SoftAuthenticator, type Twist } from "@mila/members/testing"
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

const ORIGIN = "https://mila.example"
const minutes = (count: number) => account.forward(count * 60_000)

async function member() {
  const phone = aPhone()
  const signedIn = await aMemberOf(account, phone)
  const ask = (method: string, path: string, body?: unknown) =>
    account.ask(method, path, { token: signedIn.token, ...(body === undefined ? {} : { body }) })
  return { ...signedIn, phone, ask }
}

/** A member whose phone has made a passkey, as an app does it: a challenge, the phone's answer, kept. */
async function withPasskey() {
  const made = await member()
  const finger = new SoftAuthenticator({ origin: ORIGIN })
  const { body } = await made.ask("POST", "/passkeys/challenge")
  const kept = await made.ask("POST", "/passkeys", { passkey: finger.make(body.options) })
  assert.equal(kept.status, 201)
  return { ...made, finger, passkeyId: kept.body.passkeyId as number }
}

async function signIn(finger: SoftAuthenticator, { deviceToken, twist = {} }: { deviceToken?: string; twist?: Twist } = {}) {
  const { body: asked } = await account.ask("POST", "/sign-in/passkey/challenge", { body: deviceToken ? { deviceToken } : {} })
  const device = { ...DEVICE, deviceToken: asked.deviceToken }
  return account.ask("POST", "/sign-in/passkey", { body: { passkey: finger.sign(asked.options, twist), device } })
}

test("an app makes a passkey with a fresh proof and signs in with it, here and on a new phone; its owner hears of both", async () => {
  const { ask, finger, device, phone, passkeyId } = await withPasskey()
  const { body: listed } = await ask("GET", "/passkeys")
  assert.deepEqual(
    listed.passkeys.map((one: any) => [one.passkeyId, one.state]),
    [[passkeyId, "awake"]],
  )
  assert.deepEqual(listed.accepted.allAcceptedCredentialIds, [finger.held[0]!.id.toString("base64url")])
  const here = await signIn(finger, { deviceToken: device })
  assert.deepEqual([here.status, here.body.outcome, here.body.newDevice, here.body.deviceToken], [200, "signed_in", false, device])
  assert.equal((await account.ask("GET", "/me", { token: here.body.tokens.accessToken })).body.given, "Анна")
  const elsewhere = await signIn(finger)
  assert.deepEqual([elsewhere.status, elsewhere.body.newDevice], [200, true])
  const told = await inTransaction(account.db, async (tx) => (await outboxOf(tx, { to: phone })).map(({ template }) => template))
  assert.ok(told.includes("passkey_added") && told.includes("new_device"), told.join(" "))
})

test("a sign-in by passkey is a proof: what is grave is done with it, and proven anew with it a quarter of an hour later", async () => {
  const { finger, device } = await withPasskey()
  const { body } = await signIn(finger, { deviceToken: device })
  const ask = (method: string, path: string, said?: unknown) =>
    account.ask(method, path, { token: body.tokens.accessToken, ...(said === undefined ? {} : { body: said }) })
  assert.equal((await ask("POST", "/me/copies", { form: "json" })).status, 201)
  minutes(14)
  const { body: next } = await account.ask("POST", "/tokens", { body: { refreshToken: body.tokens.refreshToken } })
  const later = (method: string, path: string, said?: unknown) =>
    account.ask(method, path, { token: next.accessToken, ...(said === undefined ? {} : { body: said }) })
  minutes(2)
  assert.equal((await later("POST", "/me/copies", { form: "json" })).body.code, "reauth_required")
  const { body: asked } = await later("POST", "/proof/passkey/challenge")
  assert.equal((await later("POST", "/proof/passkey", { passkey: finger.sign(asked.options) })).status, 200)
  assert.equal((await later("POST", "/me/copies", { form: "json" })).status, 201)
})

test("whatever is wrong with a passkey is one answer: another site, another key, no owner seen, used twice, nobody's", async () => {
  const { finger, device } = await withPasskey()
  const answers = []
  const twists: Twist[] = [{ origin: "https://mila.evil.example" }, { domain: "evil.example" }, { forged: true }, { verified: false }]
  for (const twist of twists) answers.push(await signIn(finger, { deviceToken: device, twist }))
  const stranger = new SoftAuthenticator({ origin: ORIGIN })
  const { body } = await (await member()).ask("POST", "/passkeys/challenge")
  stranger.make(body.options) // never brought to us
  answers.push(await signIn(stranger, { deviceToken: device }))
  const { body: asked } = await account.ask("POST", "/sign-in/passkey/challenge", { body: { deviceToken: device } })
  const signed = { passkey: finger.sign(asked.options), device: { ...DEVICE, deviceToken: device } }
  assert.equal((await account.ask("POST", "/sign-in/passkey", { body: signed })).status, 200)
  answers.push(await account.ask("POST", "/sign-in/passkey", { body: signed }))
  for (const { status, body: said } of answers) assert.deepEqual([status, said], [400, answers[0]!.body])
  assert.equal(answers[0]!.body.code, "passkey_failed")
})

test("with a session found later no passkey is made, woken or removed, and nobody touches another's; removed, it opens nothing", async () => {
  const { ask, finger, passkeyId, refreshToken } = await withPasskey()
  const stranger = await withPasskey()
  assert.equal((await stranger.ask("DELETE", `/passkeys/${passkeyId}`)).body.code, "passkey_unknown")
  assert.equal((await stranger.ask("PATCH", `/passkeys/${passkeyId}`, { name: "моя" })).body.code, "passkey_unknown")
  assert.equal((await ask("PATCH", `/passkeys/${passkeyId}`, { name: "Мой телефон" })).status, 204)
  minutes(16)
  const { body: next } = await account.ask("POST", "/tokens", { body: { refreshToken } })
  const late = (method: string, path: string) => account.ask(method, path, { token: next.accessToken })
  for (const [method, path] of [
    ["POST", "/passkeys/challenge"],
    ["POST", `/passkeys/${passkeyId}/wake`],
    ["DELETE", `/passkeys/${passkeyId}`],
  ] as const)
    assert.equal((await late(method, path)).body.code, "reauth_required", path)
  const { body: back } = await signIn(finger)
  assert.equal((await account.ask("DELETE", `/passkeys/${passkeyId}`, { token: back.tokens.accessToken })).status, 204)
  assert.equal((await signIn(finger)).body.code, "passkey_failed")
})
