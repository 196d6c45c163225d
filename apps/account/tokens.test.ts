import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberOf, anAccount, aPhone, type TestAccount } from "./testing.ts"

let account: TestAccount
before(async () => {
  account = await anAccount()
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

const renew = (refreshToken: string) => account.ask("POST", "/tokens", { body: { refreshToken } })
const me = (token: string) => account.ask("GET", "/me", { token })

test("a token for requests lives a quarter of an hour; the one that renews is good once, and brings the next two", async () => {
  const first = await aMemberOf(account, aPhone())
  account.forward(15 * 60_000)
  assert.deepEqual([(await me(first.token)).status, (await me(first.token)).body.code], [401, "not_signed_in"])
  const second = await renew(first.refreshToken)
  assert.equal(second.status, 200)
  assert.notEqual(second.body.refreshToken, first.refreshToken)
  assert.equal((await me(second.body.accessToken)).status, 200)
})

test("an answer that was lost is asked for again, an hour later too, and by twenty at once: the same tokens", async () => {
  const { refreshToken } = await aMemberOf(account, aPhone())
  const crowd = await Promise.all(Array.from({ length: 20 }, () => renew(refreshToken)))
  assert.equal(new Set(crowd.map(({ body }) => body.refreshToken)).size, 1)
  account.forward(3_600_000)
  const late = await renew(refreshToken)
  assert.equal(late.body.refreshToken, crowd[0]!.body.refreshToken)
  assert.equal((await me(late.body.accessToken)).status, 200)
})

test("whoever comes with a used token after its successor was in use holds a copy: the session ends, for both, and the member hears of it", async () => {
  const phone = aPhone()
  const { refreshToken, token } = await aMemberOf(account, phone)
  const { body: next } = await renew(refreshToken)
  assert.equal((await me(next.accessToken)).status, 200)
  assert.deepEqual([(await renew(refreshToken)).status, (await me(next.accessToken)).status, (await me(token)).status], [401, 401, 401])
  assert.equal((await renew(next.refreshToken)).body.code, "refresh_invalid")
  const told = await inTransaction(account.db, (tx) => outboxOf(tx, { most: 50 }))
  assert.deepEqual(
    told
      .filter(({ template }) => template === "session_copied")
      .map(({ channel }) => channel)
      .toSorted(),
    ["email", "sms"],
  )
})

test("a browser's session is no app's, nor the other way round, and cookies are never looked at", async () => {
  const { token } = await aMemberOf(account, aPhone())
  for (const cookie of [`__Host-mila-session=${token}`, `mila-session=${token}`, `session=${token}`])
    assert.equal((await account.ask("GET", "/me", { headers: { cookie } })).status, 401)
  for (const authorization of ["Basic YTpi", "Bearer x", `Bearer ${"x".repeat(32)}`, `Bearer mila_a_${"x".repeat(43)}`])
    assert.equal((await account.ask("GET", "/me", { headers: { authorization } })).status, 401, authorization)
  const old = { headers: { authorization: "Bearer old" } }
  assert.equal((await account.ask("GET", "/registration/texts", old)).status, 200, "who signs in may still hold an old token")
})

test("places are listed, named and ended, one or all others; signing out ends both tokens", async () => {
  const phone = aPhone()
  const first = await aMemberOf(account, phone)
  account.forward(61_000)
  const { body: sent } = await account.ask("POST", "/codes", { body: { purpose: "sign_in", phone } })
  const { body: second } = await account.ask("POST", "/sign-in/code", {
    body: { flow: sent.flow, code: await account.lastCode(), device: { name: "iPad" } },
  })
  const { token } = first
  const { body } = await account.ask("GET", "/sessions", { token })
  assert.deepEqual(body.sessions.map(({ name, kind, current }: any) => [name, kind, current]).toSorted(), [
    ["Pixel 9", "app", true],
    ["iPad", "app", false],
  ])
  assert.equal((await account.ask("PATCH", `/sessions/${second.sessionId}`, { token, body: { name: "Планшет" } })).status, 204)
  assert.equal(
    (await account.ask("PATCH", `/sessions/${second.sessionId}`, { token, body: { name: "4111 1111 1111 1111" } })).body.code,
    "bank_card_number",
  )
  const stranger = await aMemberOf(account, aPhone())
  const others = [
    await account.ask("DELETE", `/sessions/${second.sessionId}`, { token: stranger.token }),
    await account.ask("DELETE", "/sessions/999999", { token: stranger.token }),
  ]
  const [theirs, none] = others.map(({ status, body }) => [status, body])
  assert.deepEqual(theirs, none, "somebody else's is as if there were none")
  assert.deepEqual((await account.ask("POST", "/sessions/end-others", { token })).body, { ended: 1 })
  assert.equal((await me(second.tokens.accessToken)).status, 401)
  assert.equal((await account.ask("POST", "/sign-out", { token })).status, 204)
  assert.deepEqual([(await me(token)).status, (await renew(first.refreshToken)).status], [401, 401])
})
