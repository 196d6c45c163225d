import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto"
import { assert } from "./assert.ts"

/** Keyed hashes and sealing for what must not lie open in the database. Each purpose has a key of its own, derived from the one secret. */
export type Secrets = {
  /** HMAC-SHA-256, 32 bytes: the same text always gives the same hash, so it can be unique and looked up */
  hmac(purpose: string, text: string): Buffer
  /** AES-256-GCM with a random nonce: nonce (12) + tag (16) + text */
  seal(purpose: string, text: string): Buffer
  /** Errors: throws when the box was changed, or sealed for another purpose or with another secret */
  open(purpose: string, sealed: Buffer): string
}

/** `secret` is at least 32 random bytes; losing it loses every card number and sealed field. */
export function secretsFrom(secret: Buffer): Secrets {
  assert(secret.length >= 32, "the secret has at least 32 bytes")
  const keys = new Map<string, KeyObject>() // imported once: importing costs five times what a hash does
  const keyFor = (use: string, purpose: string): KeyObject => {
    const name = `${use}/${purpose}`
    let key = keys.get(name)
    if (!key) keys.set(name, (key = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "mila", name, 32)))))
    return key
  }
  return {
    hmac: (purpose, text) => createHmac("sha256", keyFor("hmac", purpose)).update(text).digest(),
    seal(purpose, text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv("aes-256-gcm", keyFor("seal", purpose), nonce)
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(purpose, sealed) {
      const decipher = createDecipheriv("aes-256-gcm", keyFor("seal", purpose), sealed.subarray(0, 12))
      decipher.setAuthTag(sealed.subarray(12, 28))
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString("utf8")
    },
  }
}
