import { connect, type Db } from "@mila/kernel"
import { TEST_SECRETS } from "@mila/db/testing"
import { aLine, aSale } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { generateKeyPairSync, sign, verify, createPublicKey } from "node:crypto"
import net from "node:net"
import { after, before, test } from "node:test"
import { inTransaction } from "@mila/kernel"
import { enrolTill, issueEnrolmentCode } from "@mila/tills"
import { aDoor, closeTestDatabases, type TestDoor } from "./testing.ts"
import { tillDoor } from "./till-door.ts"

let door: TestDoor
before(async () => {
  door = await aDoor({ settings: { tillRequestsPerSecond: 40 } })
})
after(async () => {
  await door.close()
  await closeTestDatabases()
})

const now = () => door.clock.now().toISOString()

test("A16: a till that asks about too many unknown cards is told to wait, and nothing is learnt from the balance of a card without a till", async () => {
  const till = await door.till()
  const ask = (nth: number) =>
    till.post("/identify", {
      storeCode: till.shop,
      tillNo: till.till,
      identifier: { type: "card13", value: `29${String(nth).padStart(11, "0")}` },
      at: now(),
    })
  const codes: string[] = []
  for (let nth = 0; nth < 32; nth += 1) codes.push((await ask(nth)).body.code)
  assert.deepEqual(
    [new Set(codes.slice(0, 30)), ...codes.slice(30)],
    [new Set(["card_unknown"]), "look_up_budget_spent", "look_up_budget_spent"],
  )
  const told = await ask(99)
  assert.ok(Number(told.headers.get("retry-after")) > 0)
  assert.equal((await till.post("/receipts", aSale(till, { card: "2999999999999", soldAt: now() }))).status, 202, "facts go on")
  const anonymous = await fetch(`${door.url}/pos/v1/identify`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  })
  assert.equal(anonymous.status, 401)
})

test("A33: a till in a storm of retries is told to wait; its neighbour is not", async () => {
  const narrow = await aDoor({ settings: { tillRequestsPerSecond: 4 } }) // so few that a slow storm is a storm as well
  const [storm, neighbour] = [await narrow.till(), await narrow.till()]
  const answers = await Promise.all(Array.from({ length: 200 }, () => storm.post("/receipts", aSale(storm, { soldAt: now() }))))
  const refused = answers.filter(({ status }) => status === 429)
  assert.ok(refused.length >= 80 && answers.some(({ status }) => status === 201), `${refused.length} of 200`)
  assert.ok(refused.every(({ headers, body }) => headers.get("retry-after") !== null && body.code === "too_many_requests"))
  assert.equal((await neighbour.post("/receipts", aSale(neighbour, { soldAt: now() }))).status, 201)
  await narrow.close()
})

test("a till may keep its own Ed25519 key", async () => {
  const till = await door.till()
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const jwk = publicKey.export({ format: "jwk" }) as { kty: "OKP"; crv: "Ed25519"; x: string }
  const { code } = await inTransaction(door.db, (tx) => issueEnrolmentCode(tx, { tillId: till.tillId, at: door.clock.now() }))
  const enrolled = await fetch(`${door.url}/pos/v1/enrol`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, publicKey: jwk }),
  })
  const { keyId, secret } = (await enrolled.json()) as { keyId: string; secret: null }
  assert.deepEqual([enrolled.status, secret], [201, null])
  const params = `("@method" "@path");created=${Math.floor(door.clock.now().getTime() / 1000)};keyid="${keyId}";alg="ed25519"`
  const base = `"@method": GET\n"@path": /pos/v1/gaps\n"@signature-params": ${params}`
  const ask = (signature: Buffer) =>
    fetch(`${door.url}/pos/v1/gaps`, {
      headers: { "signature-input": `till=${params}`, signature: `till=:${signature.toString("base64")}:` },
    })
  assert.equal((await ask(sign(null, Buffer.from(base), privateKey))).status, 200)
  assert.equal((await ask(Buffer.alloc(64))).status, 401)
  const { code: next } = await inTransaction(door.db, (tx) => issueEnrolmentCode(tx, { tillId: till.tillId, at: door.clock.now() }))
  await assert.rejects(
    inTransaction(door.db, (tx) => enrolTill(tx, { code: next, publicKey: { ...jwk, x: "short" }, at: door.clock.now() })),
    { code: "public_key_invalid" },
  )
})

test("the offline pack is signed by us, and answered 304 while nothing changed", async () => {
  const till = await door.till()
  const first = await till.get("/offline-pack")
  assert.equal(first.status, 200, first.text)
  const [key] = first.body.verificationKeys
  const params = first.headers.get("signature-input")!.replace(/^mila=/, "")
  const base = `"@status": 200\n"content-digest": ${first.headers.get("content-digest")}\n"@signature-params": ${params}`
  const bytes = Buffer.from(first.headers.get("signature")!.replace(/^mila=:|:$/g, ""), "base64")
  const publicKey = createPublicKey({ key: { kty: key.kty, crv: key.crv, x: key.x }, format: "jwk" })
  assert.equal(verify(null, Buffer.from(base), publicKey, bytes), true)
  const again = await till.get("/offline-pack", { tamper: ({ headers }) => (headers["if-none-match"] = first.headers.get("etag")!) })
  assert.deepEqual([again.status, again.text], [304, ""])
  await till.post("/receipts", aSale(till, { soldAt: now(), sequence: 5 }))
  const changed = await till.get("/offline-pack", { tamper: ({ headers }) => (headers["if-none-match"] = first.headers.get("etag")!) })
  assert.deepEqual([changed.status, changed.body.gaps], [200, [{ from: 1, to: 4 }]])
})

test("while the database is away every call is 503 with Retry-After, by our own patience", async () => {
  const till = await door.till()
  const silent = net.createServer(() => undefined)
  await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", ready))
  const { port } = silent.address() as net.AddressInfo
  const away = (url: string): Db => connect({ url, name: "away", secrets: TEST_SECRETS, queryTimeoutMs: 1_200, connectTimeoutMs: 600 })
  const gone = net.createServer()
  await new Promise<void>((ready) => gone.listen(0, "127.0.0.1", ready))
  const gonePort = (gone.address() as net.AddressInfo).port
  await new Promise((done) => gone.close(done))
  for (const url of [`postgres://nobody@127.0.0.1:${port}/x`, `postgres://nobody@127.0.0.1:${gonePort}/x`]) {
    const tillDb = away(url)
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const app = tillDoor({ tillDb, clock: door.clock, log })
    const body = JSON.stringify(aSale(till))
    const answers = await Promise.all([
      app.request("/pos/v1/enrol", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ code: "x" }),
      }),
      app.request(signedRequest(till, body)),
    ])
    for (const answer of answers) assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "2"])
    await tillDb.close()
  }
  silent.close()
})

test("5,000 lines are a fact like any other, and a live receipt is not held up by a journal", async () => {
  const [long, live] = [await door.till(), await door.till()]
  const lines = Array.from({ length: 5_000 }, (_, place) => aLine({ no: place + 1 }))
  const answer = await long.post("/receipts", aSale(long, { soldAt: now(), lines }))
  assert.deepEqual([answer.status, answer.body.reasons], [202, ["too_many_lines"]])
  const items = Array.from({ length: 500 }, () => ({ type: "sale", ...aSale(long, { soldAt: now() }) }))
  let isDrained = false
  const draining = long.post("/journal", { storeCode: long.shop, tillNo: long.till, items }).finally(() => (isDrained = true))
  let meanwhile = 0 // counted, not timed: what a busy machine slows, it slows for both
  for (let nth = 0; nth < 20; nth += 1) {
    assert.equal((await live.post("/receipts", aSale(live, { soldAt: now() }))).status, 201)
    if (!isDrained) meanwhile += 1
  }
  assert.equal((await draining).status, 200)
  assert.ok(meanwhile >= 5, `${meanwhile} receipts were taken while the journal was`)
})

function signedRequest(till: { keyId: string }, body: string): Request {
  const params = `("@method" "@path" "content-digest" "idempotency-key");created=${Math.floor(door.clock.now().getTime() / 1000)};keyid="${till.keyId}"`
  return new Request("http://localhost/pos/v1/receipts", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "content-digest": "sha-256=:AAAA:",
      "idempotency-key": "k",
      "signature-input": `till=${params}`,
      signature: "till=:AAAA:",
    },
    body,
  })
}
