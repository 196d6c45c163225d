import { createHash, createPublicKey, verify } from "node:crypto"
import type { Received } from "./transport.ts"

/** The deny list of an offline pack; see `GET /pos/v1/offline-pack`. */
export type DenyList = {
  salt: string
  bloom: { bits: number; hashes: number; count: number; data: string }
  recent: readonly { mark: string; reason: "blocked" | "replaced" | "removed"; since: string }[]
}

export type Denied = "denied" | "probably_denied" | "clear"

/**
 * What a till without a network may say of a card: certainly denied, denied but for one good card in a hundred, or certainly not denied.
 * Written from the API's description alone, as an integrator would.
 */
export function deniedOffline({ salt, bloom, recent }: DenyList, number: string): Denied {
  const mark = createHash("sha256").update(Buffer.from(salt, "hex")).update(number, "ascii").digest().subarray(0, 16)
  const exact = mark.subarray(8, 16).toString("hex")
  if (recent.some((entry) => entry.mark === exact)) return "denied"
  const data = Buffer.from(bloom.data, "base64")
  const first = mark.readUInt32BE(0)
  const step = (mark.readUInt32BE(4) | 1) >>> 0
  for (let nth = 0; nth < bloom.hashes; nth += 1) {
    const bit = (first + nth * step) % bloom.bits
    if ((data[bit >> 3]! & (1 << (bit & 7))) === 0) return "clear"
  }
  return "probably_denied"
}

/** An Ed25519 key of the server, as the enrolment gave it. */
export type VerificationKey = { kty: "OKP"; crv: "Ed25519"; kid: string; x: string }

/** Whether the server signed this answer, whole: a till may believe what it kept on its disk. */
export function signedByServer({ status, headers, text }: Received, key: VerificationKey): boolean {
  const digest = String(headers["content-digest"] ?? "")
  const [, params = ""] = /^mila=(.+)$/.exec(String(headers["signature-input"] ?? "")) ?? []
  const [, signature = ""] = /^mila=:([A-Za-z0-9+/=]+):$/.exec(String(headers["signature"] ?? "")) ?? []
  if (digest !== `sha-256=:${createHash("sha256").update(text).digest("base64")}:` || !params.includes(`keyid="${key.kid}"`)) return false
  const base = `"@status": ${status}\n"content-digest": ${digest}\n"@signature-params": ${params}`
  return verify(null, Buffer.from(base), createPublicKey({ key, format: "jwk" }), Buffer.from(signature, "base64"))
}
