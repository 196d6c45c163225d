import { randomUUID } from "node:crypto"
import { type Received, send } from "./transport.ts"
import { signedHeaders, type TillKey } from "./signing.ts"

/** A till as its server knows it; kept on the till's disk after enrolment. */
export type EnrolledTill = { url: string; storeCode: string; tillNo: number; key: TillKey }

export type Answer = { status: number; body: any; text: string; headers: Received["headers"] }

export type Calling = {
  /** of a write; the same key again asks for the same answer. Without it a new one is made */
  key?: string
  language?: string
  /** by the till's own clock */
  at?: Date
  timeoutMs?: number
}

/**
 * Trades a one-time code for the till's key. The server answers a shared secret for hmac-sha256; it is shown once.
 * Errors: throws with the server's words when the code is not taken; NoAnswer.
 */
export async function enrol(url: string, code: string): Promise<EnrolledTill> {
  const body = JSON.stringify({ code })
  const received = await send({ url: `${url}/pos/v1/enrol`, method: "POST", headers: { "content-type": "application/json" }, body, timeoutMs: 5_000 })
  if (received.status >= 300) throw new Error(`enrolment failed: ${received.status} ${received.text}`)
  const { keyId, secret, storeCode, tillNo } = JSON.parse(received.text)
  return { url, storeCode, tillNo, key: { keyid: keyId, alg: "hmac-sha256", secret } }
}

/** One signed call of a till. Writes (POST) carry an Idempotency-Key. Errors: NoAnswer, when the outcome is unknown: repeat with the same key. */
export async function call(
  till: EnrolledTill,
  { method, path, body, ...calling }: Calling & { method: "GET" | "POST"; path: string; body?: object },
): Promise<Answer> {
  const text = body === undefined ? null : JSON.stringify(body)
  const request = signedRequest(till, { method, path, text, ...calling })
  const received = await send({ ...request, timeoutMs: calling.timeoutMs ?? 5_000 })
  const json = /json/.test(received.headers["content-type"] ?? "") && received.text !== ""
  return { status: received.status, body: json ? JSON.parse(received.text) : undefined, text: received.text, headers: received.headers }
}

/** The request as it goes over the wire; `mila-till sign` prints it for curl. */
export function signedRequest(
  till: EnrolledTill,
  { method, path, text, key = randomUUID(), language, at = new Date() }: Calling & { method: "GET" | "POST"; path: string; text: string | null },
): { url: string; method: string; headers: Record<string, string>; body: string | null } {
  const target = `/pos/v1${path}`
  const headers = signedHeaders(till.key, { method, target, body: text, idempotencyKey: method === "POST" ? key : null, at })
  return { url: `${till.url}${target}`, method, headers: language ? { ...headers, "accept-language": language } : headers, body: text }
}
