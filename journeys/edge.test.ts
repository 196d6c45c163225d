import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { gzipSync } from "node:zlib"
import { BREAKERS, CLOSED, INSIDES, PAGE_FIELDS, PAGES, ROOTS, SQL, TWO_READINGS, UP } from "./hostile.ts"
import { addressOf, type Operation, operationsAt } from "./operations.ts"
import { wholeSystem } from "./system.ts"
import { overTheWire, request, statusOf } from "./wire.ts"

// The abuse cases of the edge, by id: what strangers send to every door of a whole system.

let whole: Awaited<ReturnType<typeof wholeSystem>>
let url: string
before(async () => {
  whole = await wholeSystem()
  url = whole.system.url
})
after(() => whole.drop())

const office = () => ({ authorization: `Bearer ${whole.key}` })
/** What no answer may be: a fault of ours, or one that tells of our insides. */
async function sound(answer: Response, saying: string): Promise<void> {
  const text = await answer.text()
  assert.ok(answer.status < 500, `${saying}: ${answer.status} ${text.slice(0, 300)}`)
  if (answer.status >= 400) assert.equal(INSIDES.exec(text)?.[0], undefined, saying)
}

test("A45: signs of SQL in every query parameter, header and place of a path of every documented route are text", async () => {
  const operations = await operationsAt(url)
  assert.ok(operations.length > 100, `${operations.length} operations`)
  let asked = 0
  const ask = async ({ method, body }: Operation, address: string, headers: Record<string, string> = {}) => {
    asked += 1
    const sent = method === "GET" || body === undefined ? {} : { body: "{}", headers: { "content-type": "application/json" } }
    const answer = await fetch(url + address, {
      method,
      ...sent,
      headers: { ...sent.headers, ...office(), ...headers },
      redirect: "manual",
    })
    await sound(answer, `${method} ${address} ${JSON.stringify(headers)}`)
  }
  for (const operation of operations) {
    if (operation.path.endsWith("/me/sign-out")) continue // it ends the key all others are asked with
    const queries = operation.parameters.filter((one) => one.in === "query")
    const places = operation.parameters.filter((one) => one.in === "path")
    for (const text of SQL) {
      for (const { name } of queries) await ask(operation, `${addressOf(operation)}?${name}=${encodeURIComponent(text)}`)
      for (const { name } of places) await ask(operation, addressOf(operation, { [name]: text }))
    }
    for (const name of ["accept-language", "idempotency-key", "user-agent", "x-forwarded-for", "x-request-id", "cookie"])
      await ask(operation, addressOf(operation), { [name]: "1' or '1'='1;--" })
  }
  assert.ok(asked > 1_000, `${asked} requests`)
  assert.equal((await fetch(`${url}/office/v1/members/1`, { headers: office() })).status, 200, "they were asked with a key that opens")
})

test("A45: and in every field of the pages' addresses: words, sorting, filters, pages, languages", async () => {
  for (const page of PAGES) {
    for (const text of SQL) {
      const query = new URLSearchParams(Object.fromEntries(PAGE_FIELDS.map((field) => [field, text])))
      await sound(await fetch(`${url}${page}?${query.toString()}`, { redirect: "manual" }), `${page} ${text}`)
    }
    for (const text of SQL) await sound(await fetch(`${url}/${encodeURIComponent(text)}${page}`), `language ${text}`)
  }
})

test("A46: no path leads out of what is served, however it is written", async () => {
  const wanted = ["package.json", "etc/passwd", "server/index.js"]
  for (const root of ROOTS)
    for (const step of UP)
      for (const file of wanted) {
        const heard = await overTheWire(url, request(`GET ${root}${step.repeat(7)}${file}`, ["Accept: */*"]), 5_000)
        assert.ok([400, 401, 403, 404, 405].includes(statusOf(heard)), `${root}${step} ${statusOf(heard)}`)
        assert.doesNotMatch(heard, /"workspaces"|root:x:|createRequestHandler/, `${root}${step}${file}`)
      }
  for (const absolute of [
    "//etc/passwd",
    "/assets//etc/passwd",
    "/assets/%00",
    "/assets/index.js%00.css",
    "http://127.0.0.1/../package.json",
  ])
    assert.ok([400, 404].includes(statusOf(await overTheWire(url, request(`GET ${absolute}`), 5_000))), absolute)
})

test("A50: methods nobody declared, and addresses others leave open, lead nowhere", async () => {
  for (const [line, expected] of [
    ["TRACE /", [405]],
    ["TRACE /office/v1/members/1", [401, 405]],
    ["PUT /api/v1/search", [405]],
    ["DELETE /pos/v1/openapi.json", [405]],
    ["PROPFIND /", [405]],
    ["PUT /health/live", [405]],
  ] as const) {
    const heard = await overTheWire(url, request(line))
    assert.ok(
      expected.some((status) => status === statusOf(heard)),
      `${line}: ${heard.slice(0, 60)}`,
    )
    assert.doesNotMatch(heard, INSIDES, line)
  }
  assert.ok([0, 404, 405].includes(statusOf(await overTheWire(url, "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n"))))
  const upgrade = ["Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
  for (const path of ["/", "/ws", "/office/v1/members/1"]) {
    const heard = await overTheWire(
      url,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n${upgrade.join("\r\n")}\r\n\r\n`,
    )
    assert.notEqual(statusOf(heard), 101, path)
  }
  for (const path of CLOSED) assert.equal((await fetch(url + path)).status, 404, path)
  const home = await (await fetch(url)).text()
  const scripts = [...home.matchAll(/\/assets\/[\w.-]+\.js/g)].map(([path]) => path)
  assert.ok(scripts.length > 0)
  for (const script of new Set(scripts)) {
    assert.equal((await fetch(`${url}${script}.map`)).status, 404, script)
    assert.doesNotMatch(await (await fetch(url + script)).text(), /sourceMappingURL/, script)
  }
})

const JSON_DOORS = ["/office/v1/members", "/pos/v1/enrol", "/api/v1/codes", "/price-check/told"] as const

test("A52: what is too large, too deep, too wide or packed too tight is refused at once, and others are served", async () => {
  const send = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: "POST",
      body: body as never,
      headers: { "content-type": "application/json", origin: url, ...office(), ...headers },
    })
  const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`
  const deepObject = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, no) => [`k${no}`, no])))
  const bomb = gzipSync(Buffer.alloc(200_000_000))
  assert.ok(bomb.length < 250_000)
  for (const path of JSON_DOORS) {
    for (const body of [deep, deepObject, wide, `{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}`]) {
      const answer = await send(path, body)
      assert.ok([400, 401, 413, 422, 429].includes(answer.status), `${path}: ${answer.status}`)
      assert.ok((await answer.text()).length < 20_000, "an answer is no echo")
    }
    const packed = await send(path, bomb, { "content-encoding": "gzip" })
    assert.ok([400, 401, 413, 415, 429].includes(packed.status), `${path}: ${packed.status}`)
    const large = ["Content-Type: application/json", "Content-Length: 9000000", `Origin: ${url}`]
    assert.equal(statusOf(await overTheWire(url, request(`POST ${path}`, large, "x".repeat(1_000)), 5_000)), 413, path)
  }
  const keys = JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, no) => [`k${no}`, no])))
  assert.ok([400, 413].includes((await send("/office/v1/members", keys)).status))
  assert.ok([400, 413, 429].includes((await send("/pos/v1/enrol", keys)).status))
  assert.equal(
    (await fetch(`${url}/sign-in`, { method: "POST", body: new URLSearchParams({ phone: "1".repeat(300_000) }), headers: { origin: url } }))
      .status,
    413,
  )
  assert.equal(statusOf(await overTheWire(url, request("GET /", [`X: ${"y".repeat(20_000)}`]))), 431)
  assert.equal((await fetch(`${url}/health/live`)).status, 200)
})

test("A52: a request whose end can be read in two ways is refused, and nothing of it is a second request", async () => {
  for (const [saying, bytes] of Object.entries(TWO_READINGS)) {
    const heard = await overTheWire(url, bytes)
    assert.ok([400, 501].includes(statusOf(heard)), `${saying}: ${heard.slice(0, 80)}`)
    assert.equal(heard.match(/HTTP\/1\.1 \d{3}/g)?.length, 1, `${saying}: a second request was heard`)
    assert.match(heard, /^connection: close\r$/im, `${saying}: a proxy that keeps its connections would give the rest to somebody else`)
  }
})

test("A53: whatever a browser calls itself, a person is called or searches for, a line of the log is one line of JSON", async () => {
  const before = whole.system.output.length
  let asked = 0
  for (const text of BREAKERS) {
    const agent = encodeURIComponent(text).replaceAll("%1B", "\u001b").slice(0, 200)
    const wired = `GET /search?q=${encodeURIComponent(text)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: ${agent}\r\n\r\n`
    const heard = await overTheWire(url, Buffer.from(wired, "latin1"), 5_000)
    asked += statusOf(heard) === 400 ? 4 : 5 // a sign no header may hold is refused before anybody of ours is asked
    const headers = { "content-type": "application/json", ...office() }
    const body = JSON.stringify({ name: { family: text, given: text }, phone: text })
    await sound(await fetch(`${url}/office/v1/members`, { method: "POST", headers, body }), text)
    await sound(await fetch(`${url}/api/v1/search?q=${encodeURIComponent(text)}`), text)
    await sound(await fetch(`${url}/${encodeURIComponent(text)}`), text)
    await sound(
      await fetch(`${url}/sign-in`, {
        method: "POST",
        headers: { origin: url },
        body: new URLSearchParams({ phone: text, password: text }),
      }),
      text,
    )
  }
  const told = () => whole.system.output.slice(before).split("\n").filter(Boolean)
  const requests = () => told().filter((line) => line.includes('"msg":"request"')).length
  for (let tries = 0; tries < 300 && requests() < asked; tries += 1) await new Promise((turn) => setTimeout(turn, 100)) // the last lines are on their way
  assert.ok(asked > BREAKERS.length * 4 && requests() >= asked, `${requests()} lines of ${asked}`)
  for (const line of told()) {
    assert.doesNotThrow(() => JSON.parse(line), line)
    const said = JSON.parse(line) as { msg: string; level: string }
    assert.ok(["debug", "info", "warn", "error"].includes(said.level), line)
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(line, /forged|[\u0000-\u001f\u007f\u0085\u2028]|fatal/, line)
  }
})

const GUARDED = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^(?:no-referrer|same-origin)$/,
  "cross-origin-opener-policy": /^same-origin$/,
}

test("A54 and A10: whatever is refused at whatever door, the answer forbids what every answer forbids, has a number of the request and nothing of our insides", async () => {
  const json = { "content-type": "application/json" }
  const refused: [status: number, path: string, init?: RequestInit][] = [
    [404, "/nothing"],
    [404, "/api/v1/products/nothing"],
    [400, "/api/v1/search?limit=x"],
    [405, "/api/v1/search", { method: "POST" }],
    [401, "/office/v1/members/1"],
    [404, "/office/v1/members/999999", { headers: office() }],
    [400, "/office/v1/members", { method: "POST", headers: { ...json, ...office() }, body: "{" }],
    [400, "/office/v1/members", { method: "POST", headers: { ...json, ...office() }, body: '{"a":1}' }],
    [415, "/office/v1/members", { method: "POST", headers: { "content-type": "text/xml", ...office() }, body: "<a/>" }],
    [405, "/office/v1/members/1", { method: "DELETE", headers: office() }],
    [401, "/pos/v1/gaps"],
    [404, "/pos/v1/nothing"],
    [401, "/exchange/1c?type=catalog&mode=checkauth"],
    [404, "/exchange/1c/nothing"],
    [404, "/feeds/yml/nowhere.xml"],
    [413, "/sign-in", { method: "POST", body: "x".repeat(300_000), headers: { origin: url } }],
    [403, "/sign-in", { method: "POST", body: "x" }],
    [404, "/en/nothing"],
    [404, "/p/nothing"],
    [404, "/reviews/1/photo/1"],
    [404, "/pictures/1/nothing"],
  ]
  for (const [status, path, init] of refused) {
    const answer = await fetch(url + path, { redirect: "manual", ...init })
    const text = await answer.text()
    assert.equal(answer.status, status, `${init?.method ?? "GET"} ${path}: ${text.slice(0, 200)}`)
    assert.doesNotMatch(text, INSIDES, path)
    assert.match(answer.headers.get("x-request-id") ?? "", /^[\da-f-]{36}$/, path)
    // A10: errors are no more to be framed, guessed at or followed than pages are
    assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'none'/, path)
    for (const [name, value] of Object.entries(GUARDED)) assert.match(answer.headers.get(name) ?? "none", value, `${path} ${name}`)
    for (const name of ["server", "x-powered-by", "via"]) assert.equal(answer.headers.get(name), null, `${path} ${name}`)
    if (/problem\+json/.test(answer.headers.get("content-type") ?? ""))
      assert.equal((JSON.parse(text) as { requestId: string }).requestId, answer.headers.get("x-request-id"), path)
  }
})
