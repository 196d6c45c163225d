import { createHmac, createPublicKey, createSecretKey, hash, type KeyObject, timingSafeEqual, verify } from "node:crypto"
import { byteSequencesOf, type InnerList, innerListsOf, Malformed, written } from "./structured-fields.ts"

/** A request as its signature sees it (RFC 9421, section 2). */
export type SignedRequest = {
  method: string
  /** absolute, as it was asked for */
  url: string
  header(name: string): string | null
}

export type SignatureFault =
  /** no Signature or Signature-Input */
  | "signature_missing"
  /** not a structured field, or a component we do not know */
  | "signature_malformed"
  /** something that must be signed is not */
  | "signature_incomplete"
  /** signed too long ago, or in the future */
  | "signature_expired"
  /** the signature does not fit the key, or the algorithm is another one */
  | "signature_wrong"
  /** the body is not the one that was signed */
  | "digest_wrong"

export type Signature = {
  keyId: string
  createdAt: number
  algorithm: string | null
  covered: readonly string[]
  base: string
  bytes: Buffer
}

export type Verifier = { algorithm: "hmac-sha256" | "ed25519"; key: KeyObject }

/** Imported once a key: it costs more than checking a signature. */
export function verifierOf(till: { algorithm: "hmac-sha256"; secret: Buffer } | { algorithm: "ed25519"; publicKey: string }): Verifier {
  if (till.algorithm === "hmac-sha256") return { algorithm: till.algorithm, key: createSecretKey(till.secret) }
  return { algorithm: till.algorithm, key: createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: till.publicKey }, format: "jwk" }) }
}

/** Takes the signature labelled `till` (or the only one) out of the headers, with the text it was made over. Nothing is checked yet. */
export function readSignature(request: SignedRequest): Signature | SignatureFault {
  const inputs = request.header("signature-input")
  const signatures = request.header("signature")
  if (!inputs || !signatures) return "signature_missing"
  try {
    const lists = innerListsOf(inputs)
    const label = lists.has("till") ? "till" : lists.size === 1 ? [...lists.keys()][0]! : undefined
    const list = label === undefined ? undefined : lists.get(label)
    const bytes = label === undefined ? undefined : byteSequencesOf(signatures).get(label)
    if (!list || !bytes) return "signature_malformed"
    const { keyid, created, alg = null } = Object.fromEntries(list.parameters)
    if (typeof keyid !== "string" || typeof created !== "number" || (alg !== null && typeof alg !== "string")) return "signature_malformed"
    return {
      keyId: keyid,
      createdAt: created,
      algorithm: alg,
      covered: list.items.map(({ name }) => name),
      base: baseOf(request, list),
      bytes,
    }
  } catch (error) {
    if (error instanceof Malformed) return "signature_malformed"
    throw error
  }
}

/** Must be signed: the method, the path with its query, the digest of a body, the idempotency key when there is one. */
export function coversEnough(
  { covered }: Signature,
  { hasQuery, hasBody, hasKey }: { hasQuery: boolean; hasBody: boolean; hasKey: boolean },
): boolean {
  const whole = covered.includes("@target-uri") || covered.includes("@request-target")
  return (
    covered.includes("@method") &&
    (whole || (covered.includes("@path") && (!hasQuery || covered.includes("@query")))) &&
    (!hasBody || covered.includes("content-digest")) &&
    (!hasKey || covered.includes("idempotency-key"))
  )
}

/** Whether the key made this signature; compared in constant time. */
export function fits({ algorithm, base, bytes }: Signature, verifier: Verifier): boolean {
  if (algorithm !== null && algorithm !== verifier.algorithm) return false
  if (verifier.algorithm === "ed25519") return bytes.length === 64 && verify(null, Buffer.from(base), verifier.key, bytes)
  const expected = createHmac("sha256", verifier.key).update(base).digest()
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}

/** Whether Content-Digest (RFC 9530) names these bytes with sha-256; other algorithms beside it are not looked at. */
export function digestFits(header: string | null, body: Uint8Array): boolean {
  if (!header) return false
  try {
    const given = byteSequencesOf(header).get("sha-256")
    return given !== undefined && given.length === 32 && timingSafeEqual(given, hash("sha256", body, "buffer"))
  } catch (error) {
    if (error instanceof Malformed) return false
    throw error
  }
}

/** The text that is signed (RFC 9421, 2.5). Errors: Malformed for a component we do not know, that is absent, or that stands twice. */
function baseOf(request: SignedRequest, list: InnerList): string {
  const seen = new Set<string>()
  let base = ""
  for (const { name, parameters } of list.items) {
    if (parameters.size > 0 || seen.has(name)) throw new Malformed("a component we do not know")
    seen.add(name)
    base += `"${name}": ${componentOf(request, name)}\n`
  }
  return `${base}"@signature-params": ${written(list)}`
}

function componentOf(request: SignedRequest, name: string): string {
  if (!name.startsWith("@")) {
    const value = request.header(name)
    if (value === null || name !== name.toLowerCase()) throw new Malformed(`no header ${name}`)
    return value.trim()
  }
  const { scheme, authority, path, query } = partsOf(request.url)
  switch (name) {
    case "@method":
      return request.method
    case "@path":
      return path
    case "@query":
      return query || "?"
    case "@request-target":
      return path + query
    case "@authority":
      return authority
    case "@scheme":
      return scheme
    case "@target-uri":
      return request.url
    default:
      throw new Malformed(`${name} is not known`)
  }
}

/** Without `new URL`, which would write the path its own way. */
export function partsOf(url: string): { scheme: string; authority: string; path: string; query: string } {
  const authorityAt = url.indexOf("://") + 3
  const slash = url.indexOf("/", authorityAt)
  const pathAt = slash < 0 ? url.length : slash
  const question = url.indexOf("?", pathAt)
  const pathEnds = question < 0 ? url.length : question
  return {
    scheme: url.slice(0, authorityAt - 3).toLowerCase(),
    authority: url.slice(authorityAt, pathAt).toLowerCase(),
    path: url.slice(pathAt, pathEnds) || "/",
    query: question < 0 ? "" : url.slice(question),
  }
}
