import { serve } from "@hono/node-server"
import { aCard } from "@mila/cards/testing"
import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { type Clock, type Db, inTransaction, simulatedClock, type SimulatedClock } from "@mila/kernel"
import { enrolTill, issueEnrolmentCode, type TillIdentity } from "@mila/tills"
import { aTill, SOME_DAY } from "@mila/tills/testing"
import { createHash, createHmac, randomUUID } from "node:crypto"
import { after } from "node:test"
import type { TillDoorSettings } from "./context.ts"
import { tillDoor } from "./till-door.ts"

export { closeTestDatabases, SOME_DAY }

export type Received = { status: number; body: any; text: string; headers: Headers }

/** A till that signs what it sends. */
export type TestTill = TillIdentity & {
  keyId: string
  secret: string
  post(path: string, body: object, options?: Sending): Promise<Received>
  get(path: string, options?: Sending): Promise<Received>
}

export type Sending = {
  /** null: none */
  key?: string | null
  signedAt?: Date
  language?: string
  /** what is covered, when it shall be less than it should */
  cover?: string[]
  /** after signing */
  tamper?: (request: { path: string; headers: Record<string, string>; body: string | undefined }) => void
}

export type TestDoor = {
  db: Db
  owner: Db
  clock: SimulatedClock
  url: string
  logged: object[]
  till(shop?: string): Promise<TestTill>
  close(): Promise<void>
}

/** The tills' door on a port of its own, over a database of its own. */
export async function aDoor({
  settings = {},
  tillDb,
}: { settings?: Partial<TillDoorSettings>; tillDb?: (db: Db) => Db } = {}): Promise<TestDoor> {
  const { db, owner, drop } = await ownDb()
  const clock = simulatedClock(SOME_DAY)
  const logged: object[] = []
  const log = { info: () => undefined, warn: () => undefined, error: (details: object) => void logged.push(details) }
  const door = tillDoor({ tillDb: tillDb ? tillDb(db) : db, clock, log, settings })
  const server = serve({ fetch: door.fetch, port: 0, hostname: "127.0.0.1" })
  await new Promise((ready) => server.once("listening", ready))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  return {
    ...{ db, owner, clock, url, logged },
    till: (shop) => aTestTill(db, { url, clock, shop }),
    async close() {
      await new Promise((done) => server.close(done))
      await drop().catch(() => undefined) // another file's end may have stopped the throw-away server already
    },
  }
}

/** A door with one till for all the tests of a file, closed after them, and what they ask again and again. */
export async function aDoorWithTill({ perSecond = 1_000 }: { perSecond?: number } = {}) {
  const door = await aDoor({ settings: { tillRequestsPerSecond: perSecond } })
  after(async () => {
    await door.close()
    await closeTestDatabases()
  })
  return {
    ...{ door, till: await door.till() },
    card: () => inTransaction(door.db, (tx) => aCard(tx)),
    head: ({ shop, till }: TillIdentity) => ({ storeCode: shop, tillNo: till }),
    now: () => door.clock.now().toISOString(),
  }
}

async function aTestTill(db: Db, { url, clock, shop }: { url: string; clock: Clock; shop: string | undefined }): Promise<TestTill> {
  const at = clock.now()
  const enrolled = await inTransaction(db, async (tx) => {
    const till = await aTill(tx, { at, ...(shop === undefined ? {} : { shop }) })
    const { code } = await issueEnrolmentCode(tx, { tillId: till.tillId, at })
    return enrolTill(tx, { code, publicKey: null, at })
  })
  const key = { keyId: enrolled.keyId, secret: enrolled.secret! }
  return {
    ...{ tillId: enrolled.tillId, shop: enrolled.shop, till: enrolled.till, ...key },
    post: (path, body, options) => send(url, { ...key, clock, method: "POST", path, body: JSON.stringify(body), ...options }),
    get: (path, options) => send(url, { ...key, clock, method: "GET", path, body: undefined, ...options, key: null }),
  }
}

type ToSend = Sending & { keyId: string; secret: string; clock: Clock; method: string; path: string; body: string | undefined }

async function send(
  url: string,
  { keyId, secret, clock, method, path, body, key = randomUUID(), signedAt, language, cover, tamper }: ToSend,
): Promise<Received> {
  const target = `/pos/v1${path}`
  const headers: Record<string, string> = language === undefined ? {} : { "accept-language": language }
  const covered: [string, string][] = [
    ["@method", method],
    ["@path", target],
  ]
  if (body !== undefined) {
    headers["content-type"] = "application/json"
    headers["content-digest"] = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`
    covered.push(["content-digest", headers["content-digest"]])
  }
  if (key !== null) {
    headers["idempotency-key"] = key
    covered.push(["idempotency-key", key])
  }
  const signed = cover ? covered.filter(([name]) => cover.includes(name)) : covered
  const created = Math.floor((signedAt ?? clock.now()).getTime() / 1000)
  const params = `(${signed.map(([name]) => `"${name}"`).join(" ")});created=${created};keyid="${keyId}";alg="hmac-sha256"`
  const base = [...signed.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${params}`].join("\n")
  headers["signature-input"] = `till=${params}`
  headers["signature"] = `till=:${createHmac("sha256", Buffer.from(secret, "base64url")).update(base).digest("base64")}:`
  const request = { path: target, headers, body }
  tamper?.(request)
  const answer = await fetch(url + request.path, { method, headers, ...(request.body === undefined ? {} : { body: request.body }) })
  const text = await answer.text()
  return { status: answer.status, text, body: text === "" ? null : JSON.parse(text), headers: answer.headers }
}
