import { createHash, createHmac, createPrivateKey, type KeyObject, sign } from "node:crypto"

/** What a till proves itself with. `secret` is base64url for hmac-sha256; `privateKey` a PKCS#8 PEM for ed25519. */
export type TillKey = { keyid: string; alg: "hmac-sha256"; secret: string } | { keyid: string; alg: "ed25519"; privateKey: string }

export type ToSign = {
  method: string
  /** with its query, as it will be sent */
  target: string
  body: string | null
  idempotencyKey: string | null
  /** when the till signs, by its own clock */
  at: Date
}

/**
 * The headers that prove a request came from this till, whole: Content-Digest (RFC 9530) over the body, and an HTTP Message Signature
 * (RFC 9421) labelled `till` over method, path, query when there is one, digest and idempotency key.
 */
export function signedHeaders(key: TillKey, { method, target, body, idempotencyKey, at }: ToSign): Record<string, string> {
  const [path = "/", query] = target.split(/\?(.*)/s, 2)
  const headers: Record<string, string> = {}
  const covered: [name: string, value: string][] = [
    ["@method", method],
    ["@path", path],
  ]
  if (query !== undefined) covered.push(["@query", `?${query}`])
  if (body !== null) {
    headers["content-type"] = "application/json"
    headers["content-digest"] = contentDigest(body)
    covered.push(["content-digest", headers["content-digest"]])
  }
  if (idempotencyKey !== null) {
    headers["idempotency-key"] = idempotencyKey
    covered.push(["idempotency-key", idempotencyKey])
  }
  const names = covered.map(([name]) => `"${name}"`).join(" ")
  const params = `(${names});created=${Math.floor(at.getTime() / 1000)};keyid="${key.keyid}";alg="${key.alg}"`
  const base = [...covered.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${params}`].join("\n")
  headers["signature-input"] = `till=${params}`
  headers["signature"] = `till=:${signatureOf(key, base).toString("base64")}:`
  return headers
}

/** `sha-256=:…:` over the exact bytes sent. */
export function contentDigest(body: string): string {
  return `sha-256=:${createHash("sha256").update(body).digest("base64")}:`
}

const PRIVATE_KEYS = new Map<string, KeyObject>() // parsing a PEM costs more than signing with it

function signatureOf(key: TillKey, base: string): Buffer {
  if (key.alg === "hmac-sha256") return createHmac("sha256", Buffer.from(key.secret, "base64url")).update(base).digest()
  let parsed = PRIVATE_KEYS.get(key.privateKey)
  if (!parsed) PRIVATE_KEYS.set(key.privateKey, (parsed = createPrivateKey(key.privateKey)))
  return sign(null, Buffer.from(base), parsed)
}
