import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { OWN_SAYINGS } from "./sayings.ts"
import { aMemberOf, anAccount, aPhone, type TestAccount } from "./testing.ts"

let account: TestAccount
before(async () => {
  account = await anAccount()
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

const operations = () =>
  Object.entries(account.document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )

test("the document is OpenAPI 3.1: references lead somewhere, operations have names of their own, answers and problems", () => {
  assert.equal((account.document as unknown as { openapi: string }).openapi, "3.1.0")
  for (const [, name] of JSON.stringify(account.document).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    assert.ok(account.document.components.schemas[name!], name)
  const names = operations().map(({ operation }) => operation.operationId)
  assert.equal(new Set(names).size, names.length)
  for (const { path, operation } of operations()) {
    assert.ok(operation.summary && operation.tags.length === 1, path)
    assert.ok(Object.keys(operation.responses).some((status) => status.startsWith("2")) && operation.responses["503"], path)
  }
})

test("every operation answers a guest, a member and nonsense with what the document promises", async () => {
  const { token } = await aMemberOf(account, aPhone())
  for (const { method, path, operation } of operations()) {
    const somewhere = path.replace(/\{\w+\}/g, "999999")
    const isOpen = (operation.security ?? []).every((one: object) => Object.keys(one).length === 0) || operation.security.length > 1
    const writes = method !== "GET"
    const guest = await account.ask(method, somewhere, writes ? { body: "{ not json" } : {})
    assert.equal(guest.status === 401, !isOpen, `${method} ${path} to a guest: ${guest.status}`)
    if (operation.operationId === "signOut") continue
    for (const body of writes ? ["{ not json", { misspelt: 1 }] : [undefined])
      await account.ask(method, somewhere, { token, ...(body === undefined ? {} : { body }) })
  }
})

test("what is wrong is told apart: 400 for what cannot be read, 422 for what breaks a limit, 415 and 413 for what is not taken", async () => {
  const send = (body: unknown, headers: Record<string, string> = {}) => account.ask("POST", "/codes", { body, headers })
  const expected: [unknown, number, string][] = [
    ["{ not json", 400, "malformed"],
    [{ purpose: "sign_in" }, 400, "malformed"],
    [{ purpose: "sign_in", phone: "+375291112233", misspelt: 1 }, 400, "malformed"],
    [{ purpose: "sign_in", phone: "1".repeat(61) }, 422, "out_of_range"],
    [{ purpose: "sign_in", phone: "4111 1111 1111 1111" }, 422, "bank_card_number"],
  ]
  for (const [body, status, code] of expected) {
    const told = await send(body)
    assert.deepEqual([told.status, told.body.code], [status, code], JSON.stringify(body))
  }
  assert.deepEqual((await send({ purpose: "sign_in", misspelt: 1, phone: "+375291112233" })).body.fields, ["misspelt"])
  const { body: nested } = await account.ask("POST", "/registration/representative", { body: { flow: "short", code: "1", more: 2 } })
  assert.deepEqual(nested.fields, ["flow", "more"])
  assert.equal((await send("{}", { "content-type": "text/plain" })).body.code, "media_type_unsupported")
})

test("A54: a problem is in the reader's language, names its request, and shows nothing of the inside", async () => {
  for (const [language, locale] of [
    ["be", "be"],
    ["en-GB,en;q=0.9", "en"],
    ["de", "ru"],
  ] as const) {
    const { body, headers } = await account.ask("GET", "/me", { headers: { "accept-language": language } })
    assert.deepEqual([body.detail, body.code], [OWN_SAYINGS[locale].not_signed_in, "not_signed_in"])
    assert.match(body.requestId, /^[\da-f-]{36}$/)
    assert.equal(headers.get("content-type"), "application/problem+json")
    assert.doesNotMatch(JSON.stringify(body), /select |node_modules|\.ts:|at \w+ \(/)
  }
})

test("A54: what breaks inside is told as a number of the request and nothing else; the rest is in the log", async () => {
  const broken = await anAccount()
  const { token } = await aMemberOf(broken, aPhone())
  await broken.owner.pool.query("alter table favourites.list rename to put_aside")
  const { status, body } = await broken.ask("GET", "/favourites", { token })
  assert.deepEqual([status, body.code, body.requestId.length], [500, "internal", 36])
  assert.doesNotMatch(JSON.stringify(body), /favourites\.|put_aside|relation|select /i)
  assert.equal((broken.logged.at(-1) as { requestId: string }).requestId, body.requestId)
  await broken.close()
})

test("no other origin reads it: nothing is answered to a preflight, and no answer carries CORS", async () => {
  const asked = {
    origin: "https://evil.example",
    "access-control-request-method": "GET",
    "access-control-request-headers": "authorization",
  }
  for (const { path } of operations()) {
    const preflight = await fetch(`${account.url}/api/v1${path.replace(/\{\w+\}/g, "1")}`, { method: "OPTIONS", headers: asked })
    assert.ok(preflight.status >= 400 && preflight.headers.get("access-control-allow-origin") === null, path)
    await preflight.arrayBuffer()
  }
  const { headers } = await account.ask("GET", "/registration/texts", { headers: { origin: "https://evil.example" } })
  assert.equal(headers.get("access-control-allow-origin"), null)
})

test("whoever asks too fast waits a moment; a household is not one phone", async () => {
  const hasty = await anAccount({ requestsPerSecond: 5 })
  const { token } = await aMemberOf(hasty, aPhone(), { from: "198.51.100.9" })
  const many = await Promise.all(Array.from({ length: 30 }, () => hasty.ask("GET", "/me", { token })))
  const slowed = many.filter(({ status }) => status === 429)
  assert.ok(
    slowed.length > 0 && slowed.every(({ body, headers }) => body.code === "too_many_requests" && Number(headers.get("retry-after")) >= 1),
  )
  assert.equal((await hasty.ask("GET", "/registration/texts", { from: "198.51.100.10" })).status, 200)
  await hasty.close()
})
