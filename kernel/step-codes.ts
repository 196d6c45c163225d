import { createHmac } from "node:crypto"

/** Seconds a code is shown. */
export const STEP_SECONDS = 30

/** RFC 6238: how many whole steps since 1970. */
export function stepAt(at: Date): number {
  return Math.floor(at.getTime() / 1000 / STEP_SECONDS)
}

/** RFC 4226 over the hash RFC 6238 lets a device choose: the digits of one step, six or eight. */
export function codeOfStep(secret: Buffer, step: number, { algorithm, digits }: { algorithm: "sha256" | "sha1"; digits: 6 | 8 }): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac(algorithm, secret).update(counter).digest()
  const offset = digest[digest.length - 1]! & 15
  const value = digest.readUInt32BE(offset) & 0x7fffffff
  return String(value % 10 ** digits).padStart(digits, "0")
}
