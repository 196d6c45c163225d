import { createECDH } from "node:crypto"

/** The keys by which services of browsers know us (VAPID, RFC 8292): base64url. `subject` is where they write when something is wrong: mailto: or https:. */
export type PushKeys = { publicKey: string; privateKey: string; subject: string }

type KeyPair = Pick<PushKeys, "publicKey" | "privateKey">

/** A new pair. Subscriptions hang on it: with another one people have to turn notifications on anew. */
export function newPushKeys(): KeyPair {
  const pair = createECDH("prime256v1")
  pair.generateKeys()
  return pairOf(pair.getPrivateKey())
}

/** The pair that 32 bytes make: always the same, so that a demo needs to keep none. */
export const pushKeysFrom = (seed: Buffer): KeyPair => pairOf(seed)

/** Whether the public half is that of the private one. */
export function arePushKeys({ publicKey, privateKey }: KeyPair): boolean {
  try {
    return pairOf(Buffer.from(privateKey, "base64url")).publicKey === publicKey
  } catch {
    return false
  }
}

function pairOf(secret: Buffer): KeyPair {
  const pair = createECDH("prime256v1")
  pair.setPrivateKey(secret)
  const whole = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32)
  return { publicKey: pair.getPublicKey("base64url"), privateKey: whole.toString("base64url") }
}
