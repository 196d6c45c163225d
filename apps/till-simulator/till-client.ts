import { generateKeyPairSync, randomUUID } from "node:crypto"
import { setTimeout as wait } from "node:timers/promises"
import type { VerificationKey } from "./offline-pack.ts"
import { signedHeaders, type TillKey } from "./signing.ts"
import { type Received, send } from "./transport.ts"

/** A till as its server knows it; kept on the till's disk after enrolment. `serverKey` checks what the server signs. */
export type EnrolledTill = { url: string; storeCode: string; tillNo: number; key: TillKey; serverKey?: VerificationKey }

export type Answer = { status: number; body: any; text: string; headers: Received["headers"] }

export type Calling = {
  /** of a write; the same key again asks for the same answer. Without it a new one is made; null: none is sent */
  key?: string | null
  language?: string
  /** by the till's own clock */
  at?: Date
  timeoutMs?: number
  /** more headers, not signed */
  headers?: Record<string, string>
}

/**
 * Trades a one-time code for the till's key: a shared secret for hmac-sha256, shown once, or for ed25519 a pair whose private half never leaves
 * the till. Waits when the server asks to. Errors: throws with the server's words when the code is not taken; NoAnswer.
 */
export async function enrol(url: string, code: string, algorithm: TillKey["alg"] = "hmac-sha256"): Promise<EnrolledTill> {
  const pair = algorithm === "ed25519" ? generateKeyPairSync("ed25519") : undefined
  const publicKey = pair?.publicKey.export({ format: "jwk" })
  const body = JSON.stringify({ code, ...(publicKey ? { publicKey } : {}) })
  for (let tries = 1; ; tries += 1) {
    const received = await send({
      url: `${url}/pos/v1/enrol`,
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      timeoutMs: 5_000,
    })
    if ((received.status === 429 || received.status === 503) && tries < 60) {
      await wait(Number(received.headers["retry-after"] ?? 1) * 1_000)
      continue
    }
    if (received.status >= 300) throw new Error(`enrolment failed: ${received.status} ${received.text}`)
    const { keyId, secret, storeCode, tillNo, verificationKey } = JSON.parse(received.text)
    const key: TillKey = pair
      ? { keyid: keyId, alg: "ed25519", privateKey: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString() }
      : { keyid: keyId, alg: "hmac-sha256", secret }
    return { url, storeCode, tillNo, key, ...(verificationKey ? { serverKey: verificationKey } : {}) }
  }
}

/** One signed call of a till. Writes (POST) carry an Idempotency-Key. Errors: NoAnswer, when the outcome is unknown: repeat with the same key. */
export async function call(
  till: EnrolledTill,
  { method, path, body, ...calling }: Calling & { method: "GET" | "POST"; path: string; body?: object },
): Promise<Answer> {
  const text = body === undefined ? null : JSON.stringify(body)
  const request = signedRequest(till, { method, path, text, ...calling })
  const received = await send({ ...request, headers: { ...request.headers, ...calling.headers }, timeoutMs: calling.timeoutMs ?? 5_000 })
  const json = /json/.test(received.headers["content-type"] ?? "") && received.text !== ""
  return { status: received.status, body: json ? JSON.parse(received.text) : undefined, text: received.text, headers: received.headers }
}

/** The request as it goes over the wire; `mila-till sign` prints it for curl. */
export function signedRequest(
  till: EnrolledTill,
  {
    method,
    path,
    text,
    key = randomUUID(),
    language,
    at = new Date(),
  }: Calling & { method: "GET" | "POST"; path: string; text: string | null },
): { url: string; method: string; headers: Record<string, string>; body: string | null } {
  const target = `/pos/v1${path}`
  const headers = signedHeaders(till.key, { method, target, body: text, idempotencyKey: method === "POST" ? key : null, at })
  return { url: `${till.url}${target}`, method, headers: language ? { ...headers, "accept-language": language } : headers, body: text }
}
