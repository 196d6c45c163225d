import assert from "node:assert/strict"
import { createHmac, createPublicKey, createSecretKey, generateKeyPairSync, sign } from "node:crypto"
import { test } from "node:test"
import { coversEnough, digestFits, fits, readSignature, type Signature, type SignedRequest, verifierOf } from "./signature.ts"
import { innerListsOf, Malformed } from "./structured-fields.ts"

// RFC 9421, appendix B.2: the test request and its keys
const SHARED_SECRET = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
const ED25519_X = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"

const testRequest = (headers: Record<string, string>): SignedRequest => {
  const all: Record<string, string> = {
    host: "example.com",
    date: "Tue, 20 Apr 2021 02:07:55 GMT",
    "content-type": "application/json",
    "content-digest": "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
    "content-length": "18",
    ...headers,
  }
  return { method: "POST", url: "https://example.com/foo?param=Value&Pet=dog", header: (name) => all[name] ?? null }
}

const read = (headers: Record<string, string>): Signature => {
  const signature = readSignature(testRequest(headers))
  assert.ok(typeof signature === "object", typeof signature === "string" ? signature : "")
  return signature
}

test("the HMAC signature of RFC 9421, B.2.5 fits", () => {
  const signature = read({
    "signature-input": 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    signature: "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
  })
  const verifier = { algorithm: "hmac-sha256" as const, key: createSecretKey(Buffer.from(SHARED_SECRET, "base64")) }
  assert.equal(fits(signature, verifier), true)
  assert.equal(fits({ ...signature, base: signature.base.replace("json", "xml") }, verifier), false)
})

test("the Ed25519 signature of RFC 9421, B.2.6 fits", () => {
  const signature = read({
    "signature-input":
      'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    signature: "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
  })
  assert.equal(fits(signature, verifierOf({ algorithm: "ed25519", publicKey: ED25519_X })), true)
  assert.equal(
    fits({ ...signature, base: signature.base.replace("POST", "PUT") }, verifierOf({ algorithm: "ed25519", publicKey: ED25519_X })),
    false,
  )
})

test("a signature of another algorithm than the key's does not fit, whatever its bytes", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519")
  const input = '("@method" "@path");created=1;keyid="k";alg="hmac-sha256"'
  const base = `"@method": POST\n"@path": /foo\n"@signature-params": ${input}`
  const signature = read({
    "signature-input": `till=${input}`,
    signature: `till=:${sign(null, Buffer.from(base), privateKey).toString("base64")}:`,
  })
  assert.equal(fits(signature, { algorithm: "ed25519", key: createPublicKey(publicKey.export({ type: "spki", format: "pem" })) }), false)
})

test("what a query, a body or a key changes must be signed too", () => {
  const covering = (...covered: string[]) => ({ keyId: "k", createdAt: 1, algorithm: null, covered, base: "", bytes: Buffer.alloc(0) })
  const all = { hasQuery: true, hasBody: true, hasKey: true }
  assert.equal(coversEnough(covering("@method", "@path", "@query", "content-digest", "idempotency-key"), all), true)
  assert.equal(coversEnough(covering("@method", "@target-uri", "content-digest", "idempotency-key", "date"), all), true)
  assert.equal(coversEnough(covering("@method", "@path", "content-digest", "idempotency-key"), all), false)
  assert.equal(coversEnough(covering("@method", "@path", "@query", "idempotency-key"), all), false)
  assert.equal(coversEnough(covering("@method", "@path", "@query", "content-digest"), all), false)
  assert.equal(coversEnough(covering("@path"), { hasQuery: false, hasBody: false, hasKey: false }), false)
})

test("a content digest fits its bytes and no others", () => {
  const body = Buffer.from('{"hello": "world"}')
  assert.equal(digestFits("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", body), true)
  assert.equal(digestFits("sha-512=:AAAA:, sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", body), true)
  assert.equal(digestFits("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", Buffer.from('{"hello": "World"}')), false)
  assert.equal(digestFits("sha-512=:AAAA:", body), false)
  assert.equal(digestFits("nonsense", body), false)
  assert.equal(digestFits(null, body), false)
})

test("a signature that is not written exactly so is malformed, never a crash", () => {
  const good = 'till=("@method" "@path");created=1;keyid="k"'
  const signature = `till=:${createHmac("sha256", "x").update("y").digest("base64")}:`
  const inputs = [
    'till=("@method" "@path"',
    'till=("@method""@path");created=1;keyid="k"',
    'till=("@method" "@method");created=1;keyid="k"',
    'till=("@method";req "@path");created=1;keyid="k"',
    'till=("@status");created=1;keyid="k"',
    'till=("x-absent");created=1;keyid="k"',
    'till=("@method");created=1.5;keyid="k"',
    'till=("@method");created="1";keyid="k"',
    'till=("@method");created=1',
    'till=("@method");keyid="k"',
    `${good}, ${good}`,
    'one=("@method");created=1;keyid="k", two=("@method");created=1;keyid="k"',
    "till",
    "=",
    "\u0000",
    `till=(${'"a" '.repeat(2_000)})`,
  ]
  for (const input of inputs) {
    assert.equal(readSignature(testRequest({ "signature-input": input, signature })), "signature_malformed", input)
  }
  assert.equal(readSignature(testRequest({ "signature-input": good, signature: "till=:***:" })), "signature_malformed")
  assert.equal(readSignature(testRequest({ "signature-input": good })), "signature_missing")
  assert.throws(() => innerListsOf('a=("b" '), Malformed)
})
