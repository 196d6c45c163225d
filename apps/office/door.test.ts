import { closeTestDatabases } from "@mila/db/testing"
import { connect, localeWanted } from "@mila/kernel"
import { aShop } from "@mila/shops/testing"
import { OpenAPIHono } from "@hono/zod-openapi"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { declare } from "./declare.ts"
import { officeDoor } from "./door.ts"
import { SAYINGS } from "./refusals.ts"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
before(async () => {
  office = await anOffice()
})
after(closeTestDatabases)

test("without a key, with a wrong one or a misspelt header nobody gets in, and all look alike", async () => {
  const answers = [
    await office.ask("GET", "/shops", { key: null }),
    await office.ask("GET", "/shops", { key: `mila_${"x".repeat(43)}` }),
    await office.ask("GET", "/shops", { key: null, headers: { authorization: "Basic abc" } }),
    await office.ask("GET", "/nowhere", { key: null }),
  ]
  for (const { status, body, headers } of answers) {
    assert.deepEqual([status, body.code, headers.get("content-type")], [401, "not_signed_in", "application/problem+json"])
  }
})

test("A13: a key opens only what its owner is allowed, and a right taken away is gone at the next request", async () => {
  const { key, staffId } = await office.signIn(["shops.read"])
  assert.equal((await office.ask("GET", "/shops", { key })).status, 200)
  assert.equal((await office.ask("POST", "/shops", { key, body: aShop() })).body.code, "not_allowed")
  await office.ask("PUT", `/staff/${staffId}/permissions`, { body: { permissions: [] } })
  assert.equal((await office.ask("GET", "/shops", { key })).status, 403)
})

const SIXTEEN_MINUTES_AGO = "update staff.key set last_used_at = last_used_at - interval '16 minutes' where staff_id = $1"

test("A12: a key nobody used for sixteen minutes is over, and a person's is over after a working day; both say so, and neither is woken", async () => {
  const idle = await office.signIn(["shops.read"])
  const old = await office.signIn(["shops.read"])
  assert.equal((await office.ask("GET", "/shops", { key: idle.key })).status, 200)
  await office.owner.pool.query(SIXTEEN_MINUTES_AGO, [idle.staffId])
  await office.owner.pool.query("update staff.key set ends_at = now() where staff_id = $1", [old.staffId])
  for (const [key, code] of [
    [idle.key, "key_idle"],
    [old.key, "key_ended"],
    [idle.key, "key_idle"],
  ] as const) {
    const { status, body, headers } = await office.ask("GET", "/shops", { key })
    assert.deepEqual([status, body.code, headers.get("www-authenticate")], [401, code, "Bearer"])
    assert.equal(body.detail, SAYINGS.ru[code])
  }
})

test("A12: the clock of the program makes no key older: a day passes on it and nobody is signed out", async () => {
  const { key } = await office.signIn(["shops.read"])
  const { body } = await office.ask("PUT", "/clock", { body: { now: new Date(office.context.clock.now().getTime() + 86_400_000) } })
  assert.ok(body.now)
  assert.equal((await office.ask("GET", "/shops", { key })).status, 200)
})

test("A12: nothing is a sign-in but a passkey, or a password with a code: no SMS, no cookie, no default account, and no address that takes one", async () => {
  for (const path of ["/sign-in", "/sign-in/sms", "/sign-in/code", "/login", "/sessions", "/password", "/codes"]) {
    const { status } = await office.ask("POST", path, { body: { login: "admin", password: "admin" } })
    assert.equal(status, 404, path)
    assert.equal((await office.ask("POST", path, { body: {}, key: null })).status, 401, path)
  }
  for (const headers of [{ authorization: "Basic YWRtaW46YWRtaW4=" }, { cookie: "__Host-mila=guess" }, { "x-api-key": "admin" }])
    assert.equal((await office.ask("GET", "/shops", { key: null, headers })).status, 401)
})

test("A12: a colleague gives a machine its key, and a person's to nobody: that is what a second factor is for; on a demo they do", async () => {
  const { staffId } = await office.signIn([])
  const hoursLeft = (endsAt: string) => Math.round((Date.parse(endsAt) - Date.now()) / 3_600_000)
  const person = await office.ask("POST", `/staff/${staffId}/keys`, { body: { label: "laptop" } })
  const machine = await office.ask("POST", `/staff/${staffId}/keys`, { body: { label: "1C", kind: "machine" } })
  assert.deepEqual([person.status, person.body.code], [403, "second_factor_required"])
  assert.deepEqual([machine.status, hoursLeft(machine.body.endsAt)], [201, 366 * 24])
  assert.equal((await office.ask("POST", `/staff/${staffId}/keys`, { body: { label: "x", kind: "demo" } })).status, 400)
  const { body } = await office.ask("GET", `/staff/${staffId}/keys`)
  const listed = body.keys.map(({ kind, lastUsedAt, endsAt }: any) => [kind, typeof lastUsedAt, typeof endsAt])
  assert.deepEqual(listed.slice(1), [["machine", "string", "string"]])

  const demo = officeDoor({ ...office.context, isDemo: true })
  const { key } = await office.signIn(["staff.manage"])
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" }
  const given = await demo.request(`/office/v1/staff/${staffId}/keys`, { method: "POST", headers, body: '{"label":"laptop"}' })
  assert.equal(given.status, 201)
})

test("the right is asked before the body is read", async () => {
  const { key } = await office.signIn([])
  assert.equal((await office.ask("POST", "/shops", { key, body: "{ not json" })).status, 403)
})

test("what cannot be read is 400, what breaks a limit is 422, and unknown fields are refused", async () => {
  const shop = aShop()
  const expected: [unknown, number, string][] = [
    ["{ not json", 400, "malformed"],
    [{ ...shop, latitude: "north" }, 400, "malformed"],
    [{ ...shop, misspelt: 1 }, 400, "malformed"],
    [{ ...shop, name: { ...shop.name, de: "Mila" } }, 400, "malformed"],
    [{ ...shop, latitude: 91 }, 422, "out_of_range"],
    [{ ...shop, legalEntity: "4111 1111 1111 1111" }, 422, "bank_card_number"],
  ]
  for (const [body, status, code] of expected) {
    const told = await office.ask("POST", "/shops", { body })
    assert.deepEqual([told.status, told.body.code], [status, code], JSON.stringify(body))
  }
  assert.equal((await office.ask("GET", "/shops?sort=name")).status, 400)
  assert.equal((await office.ask("GET", "/shops?most=100000")).status, 422)
})

test("another media type is 415, another method 405, another address 404, too much 413", async () => {
  const text = { body: "{}", headers: { "content-type": "text/plain" } }
  assert.equal((await office.ask("POST", "/shops", text)).body.code, "media_type_unsupported")
  assert.equal((await office.ask("DELETE", "/shops")).body.code, "method_not_allowed")
  assert.equal((await office.ask("GET", "/nowhere")).body.code, "not_found")
  assert.equal((await office.ask("POST", "/shops", { body: " ".repeat(5_000_000) })).body.code, "body_too_large")
})

test("a refusal is told in the language asked for, with the number of the request", async () => {
  for (const [language, locale] of [
    ["be", "be"],
    ["en-GB,en;q=0.9", "en"],
    ["de", "ru"],
  ] as const) {
    const { body, headers } = await office.ask("GET", "/shops/none", { headers: { "accept-language": language } })
    assert.deepEqual([body.detail, body.code], [SAYINGS[locale].shop_not_found, "shop_not_found"])
    assert.match(body.requestId, /^[\da-f-]{36}$/)
    assert.equal(headers.get("x-request-id"), body.requestId)
  }
  assert.equal(localeWanted("en;q=0.1, be;q=0.8"), "be")
  assert.equal(localeWanted("en;q=0"), "ru")
})

test("a repeated command gets its first answer; another under the same key is refused", async () => {
  const shop = aShop()
  const headers = { "idempotency-key": "k-1" }
  const first = await office.ask("POST", "/shops", { body: shop, headers })
  const again = await office.ask("POST", "/shops", { body: shop, headers })
  assert.equal(first.status, 201)
  assert.deepEqual([again.status, again.body], [201, first.body])
  assert.equal(again.headers.get("idempotency-replayed"), "true")
  const other = await office.ask("POST", "/shops", { body: aShop(), headers })
  assert.deepEqual([other.status, other.body.code], [422, "idempotency_mismatch"])
  assert.equal((await office.ask("POST", "/shops", { body: shop })).body.code, "shop_code_taken")
})

test("twenty copies of one command at once have one effect", async () => {
  const shop = aShop()
  const copies = Array.from({ length: 20 }, () => office.ask("POST", "/shops", { body: shop, headers: { "idempotency-key": "k-crowd" } }))
  const told = await Promise.all(copies)
  assert.ok(told.every(({ status, body }) => status === 201 || body.code === "idempotency_in_flight"))
  assert.ok(told.some(({ status }) => status === 201))
  const { body } = await office.ask("GET", `/audit?object=shop:${shop.code}`)
  assert.equal(body.entries.length, 1)
})

test("every write leaves a trace of who did it", async () => {
  const { key, staffId } = await office.signIn(["shops.write"])
  const { body: shop } = await office.ask("POST", "/shops", { body: aShop(), key })
  const { body } = await office.ask("GET", `/audit?staffId=${staffId}`)
  assert.deepEqual(
    body.entries.map(({ action, object }: any) => [action, object]),
    [["shop.open", `shop:${shop.code}`]],
  )
})

test("a route without a permission does not start", () => {
  const bare = { app: new OpenAPIHono(), context: office.context, declared: new Set<string>() } as never
  const route = { method: "get", path: "/x", tag: "X", summary: "x", answer: {}, act: async () => ({}) } as never
  assert.throws(() => declare(bare, route), /without a permission does not start/)
})

test("every address of the API is in its OpenAPI document, with its permission", async () => {
  const { status, body } = await office.ask("GET", "/openapi.json", { key: null })
  assert.equal(status, 200)
  assert.equal(body.openapi, "3.1.0")
  const operations = Object.values(body.paths).flatMap((path: any) => Object.values(path))
  assert.ok(operations.length > 15)
  const open = operations.filter(({ description }: any) => description.startsWith("Open: asks for no key."))
  assert.ok(open.length === 8 && open.every(({ security }: any) => security.length === 0), "signing in, and accepting an invitation")
  const closed = operations.filter((one) => !open.includes(one))
  assert.ok(closed.every(({ description, security }: any) => /^Permission: `[\w.-]+`/.test(description) && security.length === 1))
})

test("every address refuses strangers, those without the right, and fields nobody knows", async () => {
  const { body: document } = await office.ask("GET", "/openapi.json", { key: null })
  const nobody = await office.signIn([])
  for (const [path, methods] of Object.entries<object>(document.paths)) {
    for (const [name, { security, description }] of Object.entries<any>(methods)) {
      const method = name.toUpperCase()
      const place = path.replace("/office/v1", "").replaceAll(/\{[^}]+\}/g, "1")
      const headers = { "idempotency-key": "sweep" }
      const what = `${method} ${path}`
      if (security.length > 0) assert.equal((await office.ask(method, place, { key: null })).status, 401, what)
      if (security.length > 0 && !description.startsWith("Permission: `own`"))
        assert.equal((await office.ask(method, place, { key: nobody.key, headers })).status, 403, what)
      const unknown =
        method === "GET"
          ? await office.ask(method, `${place}?nobodyKnows=1`)
          : await office.ask(method, place, { body: { nobodyKnows: 1 }, headers })
      assert.deepEqual([unknown.status, unknown.body.code], [400, "malformed"], what)
    }
  }
})

test("a database that is away is 503 with a time to come back, and nobody waits for it", async () => {
  const db = connect({ url: "postgresql://nobody@127.0.0.1:1/none", name: "away", secrets: office.db.secrets })
  const app = officeDoor({ ...office.context, db })
  const response = await app.request("/office/v1/shops", { headers: { authorization: `Bearer mila_${"x".repeat(43)}` } })
  assert.deepEqual([response.status, response.headers.get("retry-after")], [503, "2"])
  await db.close()
})

test("every refusal is told in every language", () => {
  const codes = Object.keys(SAYINGS.ru).toSorted()
  for (const locale of ["be", "en"] as const) {
    assert.deepEqual(Object.keys(SAYINGS[locale]).toSorted(), codes)
    assert.ok(Object.values(SAYINGS[locale]).every((saying) => saying.length > 0))
  }
})
