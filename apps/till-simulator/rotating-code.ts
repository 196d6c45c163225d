import { createHmac } from "node:crypto"

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/**
 * What a phone shows, computed as an integrator would from the description alone: the card's 13 digits, the device's 2, and the 8 digits of
 * RFC 6238 (HMAC-SHA-256, steps of 30 s from 1970). `secret` is the base32 text (RFC 4648) of enrolment.
 */
export function rotatingCode({ number, deviceNo, secret, at }: { number: string; deviceNo: number; secret: string; at: Date }): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)))
  const digest = createHmac("sha256", fromBase32(secret)).update(counter).digest()
  const value = digest.readUInt32BE(digest[digest.length - 1]! & 15) & 0x7fffffff
  return number + String(deviceNo).padStart(2, "0") + String(value % 10 ** 8).padStart(8, "0")
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const letter of text.replace(/[\s=]/g, "").toUpperCase()) {
    value = ((value << 5) | ALPHABET.indexOf(letter)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((value >> bits) & 0xff)
  }
  return Buffer.from(bytes)
}
