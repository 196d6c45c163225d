import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { outboxOf } from "@mila/messages"
import { googleWalletStandIn } from "@mila/wallet/stand-ins"
import { aProgramme, someAppleKeys, someGoogleKeys } from "@mila/wallet/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberOf, anAccount, aPhone, type TestAccount } from "./testing.ts"

let account: TestAccount
let google: Awaited<ReturnType<typeof googleWalletStandIn>>
before(async () => {
  const { keys, publicKey } = someGoogleKeys()
  google = await googleWalletStandIn({ ...keys, publicKey }, { now: () => account.clock.now() })
  const apple = someAppleKeys()
  account = await anAccount({
    wallets: { programme: aProgramme(), apple, google: { ...keys, url: google.url, tokenUrl: google.tokenUrl } },
  })
})
after(async () => {
  await google.close()
  await account.close()
  await closeTestDatabases()
})

async function member() {
  const phone = aPhone()
  const { token, refreshToken } = await aMemberOf(account, phone)
  const ask = (method: string, path: string, body?: unknown) =>
    account.ask(method, path, { token, ...(body === undefined ? {} : { body }) })
  return { ask, phone, refreshToken }
}

test("the pass for Apple Wallet is a signed file with the member's own card, as often as it is asked for", async () => {
  const { ask } = await member()
  const { number } = (await ask("GET", "/cards")).body.cards[0]
  for (let time = 0; time < 2; time += 1) {
    const { status, bytes, headers } = await ask("POST", "/wallet-passes/apple")
    assert.deepEqual([status, headers.get("content-type")], [200, "application/vnd.apple.pkpass"])
    assert.equal(headers.get("cache-control"), "no-store")
    assert.equal(Buffer.from(bytes.slice(0, 2)).toString(), "PK")
    const file = Buffer.from(bytes).toString("latin1")
    for (const part of ["pass.json", "manifest.json", "signature"]) assert.ok(file.includes(part), part)
  }
  const { body } = await ask("GET", "/wallet-passes")
  assert.deepEqual([body.apple, body.google, body.passes.length], [true, true, 1])
  assert.deepEqual([body.passes[0].kind, body.passes[0].cardNumber, body.passes[0].isRotating], ["apple", number, false])
})

test("the pass for Google Wallet spends points, so it takes a fresh proof, and its owner is told; taken out, it is over", async () => {
  const { ask, phone, refreshToken } = await member()
  const saved = await ask("POST", "/wallet-passes/google")
  assert.match(saved.body.url, /^https:\/\/pay\.google\.com\/gp\/v\/save\//)
  const told = await inTransaction(account.db, async (tx) => (await outboxOf(tx, { to: phone })).map(({ template }) => template))
  assert.ok(told.includes("google_pass_added"), told.join(" "))
  const { passId, isRotating } = (await ask("GET", "/wallet-passes")).body.passes[0]
  assert.equal(isRotating, true)
  const stranger = await member()
  assert.equal((await stranger.ask("DELETE", `/wallet-passes/${passId}`)).body.code, "pass_unknown")
  assert.equal((await ask("DELETE", `/wallet-passes/${passId}`)).status, 204)
  assert.deepEqual((await ask("GET", "/wallet-passes")).body.passes, [])
  account.forward(16 * 60_000)
  const { body: next } = await account.ask("POST", "/tokens", { body: { refreshToken } })
  assert.equal((await account.ask("POST", "/wallet-passes/google", { token: next.accessToken })).body.code, "reauth_required")
})

test("when Google does not answer, an app is told to come again, and nothing is half done", async () => {
  const { ask } = await member()
  google.mood = "broken"
  const away = await ask("POST", "/wallet-passes/google")
  google.mood = "well"
  assert.deepEqual([away.status, away.body.code], [503, "wallet_away"])
  assert.ok(Number(away.headers.get("retry-after")) >= 1)
  assert.equal((await ask("POST", "/wallet-passes/google")).status, 200)
})

test("a blocked card goes into no wallet", async () => {
  const { ask } = await member()
  const { cardId } = (await ask("GET", "/cards")).body.cards[0]
  await ask("POST", `/cards/${cardId}/block`)
  for (const kind of ["apple", "google"]) assert.equal((await ask("POST", `/wallet-passes/${kind}`)).body.code, "card_not_shown", kind)
})
