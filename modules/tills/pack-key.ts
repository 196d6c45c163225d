import type { Tx } from "@mila/kernel"
import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto"

// An Ed25519 key is any 32 bytes; these are derived from the one secret, so that every process has the same key and none is stored.
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex")
const KEYS = new WeakMap<Tx["secrets"], { key: KeyObject; jwk: VerificationKey }>()

/** What tills check our own signatures with: on the offline pack they keep on their disk. */
export type VerificationKey = { kty: "OKP"; crv: "Ed25519"; kid: string; x: string }

/** The public half, as a JSON Web Key. */
export function verificationKey(tx: Pick<Tx, "secrets">): VerificationKey {
  return pairOf(tx).jwk
}

/** Signs a text as us. */
export function signAsUs(tx: Pick<Tx, "secrets">, text: string): Buffer {
  return sign(null, Buffer.from(text), pairOf(tx).key)
}

function pairOf({ secrets }: Pick<Tx, "secrets">): { key: KeyObject; jwk: VerificationKey } {
  let pair = KEYS.get(secrets)
  if (!pair) {
    const seed = secrets.hmac("tills.pack-key", "ed25519")
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" })
    const { x } = createPublicKey(key).export({ format: "jwk" })
    KEYS.set(secrets, (pair = { key, jwk: { kty: "OKP", crv: "Ed25519", kid: `mila-${x!.slice(0, 8)}`, x: x! } }))
  }
  return pair
}
