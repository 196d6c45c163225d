import { closeTestDatabases } from "@mila/db/testing"
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

const linkOf = async (token: string, form: "pdf" | "json"): Promise<string> => {
  const asked = await account.ask("POST", "/me/copies", { token, body: { form } })
  assert.equal(asked.status, 201)
  return (asked.body.path as string).replace("/api/v1", "")
}

test("A56: an app takes the copy by a link that works once, as JSON and as a paper in the reader's language", async () => {
  const { token } = await aMemberOf(account, aPhone())
  const [pdf, json] = [await linkOf(token, "pdf"), await linkOf(token, "json")]
  const carried = await account.ask("GET", json, { token })
  assert.equal(carried.status, 200)
  assert.equal(carried.headers.get("cache-control"), "no-store")
  assert.equal(carried.body.person.name.family, "Петрова")
  const paper = await account.ask("GET", pdf, { token, headers: { "accept-language": "be" } })
  assert.equal(paper.headers.get("content-type"), "application/pdf")
  assert.match(Buffer.from(paper.bytes).toString("latin1"), /^%PDF-/)
  for (const link of [pdf, json]) assert.equal((await account.ask("GET", link, { token })).body.code, "copy_unavailable")
})

test("A56: a link handed on, made up, or asked for a quarter of an hour ago gets the same answer, word for word", async () => {
  const phone = aPhone()
  const { token, refreshToken } = await aMemberOf(account, phone)
  const link = await linkOf(token, "json")
  const stranger = await aMemberOf(account, aPhone())
  account.forward(120_000)
  const { body: sent } = await account.ask("POST", "/codes", { body: { purpose: "sign_in", phone } })
  const again = { flow: sent.flow, code: await account.lastCode(), device: DEVICE }
  const { body: elsewhere } = await account.ask("POST", "/sign-in/code", { body: again })
  const answers = [
    await account.ask("GET", `/me/copies/${"x".repeat(32)}`, { token }),
    await account.ask("GET", link, { token: stranger.token }),
    await account.ask("GET", link, { token: elsewhere.tokens.accessToken }),
  ]
  account.forward(13 * 60_000)
  const { body: renewed } = await account.ask("POST", "/tokens", { body: { refreshToken } })
  answers.push(await account.ask("GET", link, { token: renewed.accessToken }))
  assert.equal(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size, 1)
  assert.equal(answers[0]!.body.code, "copy_unavailable")
  assert.equal((await account.ask("GET", link)).body.code, "not_signed_in")
})
