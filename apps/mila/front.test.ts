import { tillDoor } from "@mila/api"
import { DatabaseAway, type Db, Overloaded, systemClock } from "@mila/kernel"
import { SMS_CAPS } from "@mila/messages"
import { officeDoor } from "@mila/office"
import { prove } from "@mila/worker"
import assert from "node:assert/strict"
import { test } from "node:test"
import { front, type Seen } from "./front.ts"

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

function aFront({ trustedProxies = 0, draining = false } = {}) {
  const waiting = new Set<() => void>()
  const database = { isAway: false, leave: () => waiting.forEach((tell) => tell()) }
  const health = {
    isDatabaseAway: () => database.isAway,
    onDatabaseAway: (tell: () => void) => (waiting.add(tell), () => void waiting.delete(tell)),
  }
  const seen: Seen[] = []
  const logged: object[] = []
  const log = { ...silent, info: (details: object) => void logged.push(details), error: (details: object) => void logged.push(details) }
  const app = front({ log, seen: (request) => void seen.push(request), isDraining: () => draining, health, trustedProxies, secure: true })
  app.get("/members/:phone", (c) => c.text("found", 200, { "cache-control": "max-age=60" }))
  app.get("/away", () => {
    throw new DatabaseAway(new Error("ECONNREFUSED"))
  })
  app.get("/full", () => {
    throw new Overloaded()
  })
  app.get("/bug", () => {
    throw new TypeError("select * from secret_table")
  })
  app.get("/who", (c) => c.text(c.get("clientAddress")))
  app.post("/in", async (c) => c.text(String((await c.req.text()).length)))
  app.get("/office/slow", () => new Promise<Response>(() => undefined))
  return { app, seen, logged, database, waiting }
}

test("an unknown address is 404 and an unknown method 405 with what is allowed, as problems in the caller's language", async () => {
  const { app } = aFront()
  const nothing = await app.request("/nothing", { headers: { "accept-language": "be-BY,ru;q=0.5" } })
  assert.equal(nothing.status, 404)
  assert.match(nothing.headers.get("content-type") ?? "", /^application\/problem\+json/)
  assert.equal(((await nothing.json()) as { detail: string }).detail, "Такога адраса няма.")
  const wrong = await app.request("/in", { method: "DELETE" })
  assert.deepEqual([wrong.status, wrong.headers.get("allow")], [405, "POST"])
})

test("an absent database and a full queue are 503 with a time to come back", async () => {
  for (const path of ["/away", "/full"]) {
    const answer = await aFront().app.request(path)
    assert.equal(answer.status, 503)
    assert.ok(Number(answer.headers.get("retry-after")) > 0)
  }
})

test("nobody waits for a database that hangs: neither who comes then, nor who was waiting when it went", async () => {
  const { app, database, waiting } = aFront()
  const hanging = app.request("/office/slow")
  await new Promise(setImmediate)
  assert.equal(waiting.size, 1)
  database.leave()
  assert.equal((await hanging).status, 503)
  database.isAway = true
  assert.equal((await app.request("/office/slow")).status, 503)
  assert.equal((await app.request("/who")).status, 200, "what asks no database goes on")
})

test("a bug is 500 with a number to find it by, and tells nothing else", async () => {
  const { app } = aFront()
  const answer = await app.request("/bug")
  const body = (await answer.json()) as { requestId: string }
  assert.equal(answer.status, 500)
  assert.equal(body.requestId, answer.headers.get("x-request-id"))
  assert.doesNotMatch(JSON.stringify(body), /secret_table/)
})

test("requests are logged and counted by the route's template, never by the path or the query", async () => {
  const { app, seen, logged } = aFront()
  await app.request("/members/375291234567?card=2912345678901")
  assert.equal(seen[0]?.route, "/members/:phone")
  assert.doesNotMatch(JSON.stringify({ seen, logged }), /375291234567|2912345678901/)
})

test("a request id of a tracing system is kept; one that could be a phone or a card is replaced", async () => {
  const { app } = aFront()
  const idOf = async (given: string) => (await app.request("/who", { headers: { "x-request-id": given } })).headers.get("x-request-id")
  assert.equal(await idOf("0af7651916cd43dd8448eb211c80319c"), "0af7651916cd43dd8448eb211c80319c")
  for (const foreign of ["375291234567", "2912345678901", "x".repeat(200)]) assert.notEqual(await idOf(foreign), foreign)
})

test("a body over the limit is 413, also when its length is not told", async () => {
  const { app } = aFront()
  const body = "x".repeat(300 * 1024)
  assert.equal((await app.request("/in", { method: "POST", body, headers: { "content-length": String(body.length) } })).status, 413)
  const stream = new Blob([body]).stream()
  assert.equal((await app.request("/in", { method: "POST", body: stream, duplex: "half" })).status, 413)
})

test("a file of any length is read as it comes, and waits in no memory", async () => {
  const { app } = aFront()
  app.put("/exchange/files/:name", async (c) => {
    const { value } = await c.req.raw.body!.getReader().read()
    return c.text(`${value!.length}`)
  })
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) })
  const answer = await app.request("/exchange/files/list.csv", { method: "PUT", body: endless, duplex: "half" })
  assert.deepEqual([answer.status, await answer.text()], [200, "65536"])
})

test("A10: behind https every answer says so for a year, and what may be done with it: errors, bugs and what nobody answered too", async () => {
  const { app } = aFront()
  const told = { "content-length": "900000" }
  const answers: [number, Response][] = [
    [200, await app.request("/members/1")],
    [404, await app.request("/nothing")],
    [405, await app.request("/members/1", { method: "PUT" })],
    [413, await app.request("/in", { method: "POST", body: "x", headers: told })],
    [500, await app.request("/bug")],
  ]
  for (const [status, { status: given, headers }] of answers) {
    assert.equal(given, status)
    assert.equal(headers.get("strict-transport-security"), "max-age=31536000; includeSubDomains", `${status}`)
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'; frame-ancestors 'none'/, `${status}`)
    const others = [
      "x-content-type-options",
      "x-frame-options",
      "referrer-policy",
      "cross-origin-opener-policy",
      "cross-origin-resource-policy",
    ]
    assert.deepEqual(
      others.map((name) => headers.get(name)),
      ["nosniff", "DENY", "no-referrer", "same-origin", "same-origin"],
      `${status}`,
    )
  }
})

test("every answer carries the security headers; a door's own win", async () => {
  const answer = await aFront().app.request("/members/1")
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff")
  assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'/)
  assert.match(answer.headers.get("strict-transport-security") ?? "", /max-age/)
  assert.equal(answer.headers.get("cache-control"), "max-age=60")
})

test("X-Forwarded-For is believed only from as many proxies as are ours", async () => {
  const asked = { headers: { "x-forwarded-for": "6.6.6.6, 10.0.0.1" } }
  assert.equal(await (await aFront().app.request("/who", asked)).text(), "")
  assert.equal(await (await aFront({ trustedProxies: 1 }).app.request("/who", asked)).text(), "10.0.0.1")
})

test("A51: whoever calls is known by one spelling of their address, and no other header is believed", async () => {
  const { app } = aFront({ trustedProxies: 1 })
  const who = async (headers: Record<string, string>) => (await app.request("/who", { headers })).text()
  for (const spelled of ["203.0.113.7", "::ffff:203.0.113.7", "::FFFF:CB00:7107", "203.0.113.7:5123", "[::ffff:203.0.113.7]:5123"])
    assert.equal(await who({ "x-forwarded-for": `6.6.6.6, ${spelled}` }), "203.0.113.7", spelled)
  for (const name of ["forwarded", "x-real-ip", "client-ip", "true-client-ip", "cf-connecting-ip", "x-client-ip", "x-forwarded"])
    assert.equal(await who({ [name]: "6.6.6.6", "x-forwarded-for": "203.0.113.7" }), "203.0.113.7", name)
  assert.equal(await who({ "x-forwarded-for": 'unknown"}' }), "", "what is no address is none")
})

test("a request has one id from end to end: in the header, in the problem a door answers with, and in the log", async () => {
  const { app, logged } = aFront()
  const db = {} as Db // who has no key and no signature is answered without asking it
  app.route(
    "/",
    officeDoor({
      db,
      clock: systemClock,
      log: silent,
      runJob: async () => ({}),
      prove,
      jobNames: [],
      outboxIsOpen: false,
      isDemo: false,
      smsCaps: SMS_CAPS,
      publicUrl: "https://mila.example",
      staffUrl: "https://mila.example",
    }),
  )
  app.route("/", tillDoor({ tillDb: db, clock: systemClock, log: silent }))
  for (const [method, path] of [
    ["GET", "/office/v1/members/1"],
    ["GET", "/pos/v1/gaps"],
  ] as const) {
    for (const given of ["01890a5d-ac96-774b-bcce-b302099a8057", "my own words"]) {
      logged.length = 0
      const answer = await app.request(path, { method, headers: { "x-request-id": given } })
      const { requestId } = (await answer.json()) as { requestId: string }
      assert.equal(answer.status, 401)
      assert.match(requestId, /^[\da-f-]{36}$/)
      assert.equal(requestId === given, given.startsWith("0"), "an id of a tracing system is kept, free text is not")
      assert.deepEqual([answer.headers.get("x-request-id"), (logged[0] as { requestId: string }).requestId], [requestId, requestId])
    }
  }
})
