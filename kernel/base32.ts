import { assert } from "./assert.ts"

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/** RFC 4648 base32 without padding: what authenticator apps read as a secret. */
export function toBase32(bytes: Buffer): string {
  let bits = 0
  let held = 0
  let text = ""
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text
}

/** The bytes of a secret as enrolment gave it. A letter that is none of base32 is a bug. */
export function fromBase32(text: string): Buffer {
  let bits = 0
  let held = 0
  const bytes: number[] = []
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter)
    assert(value >= 0, "a base32 secret has letters A–Z and digits 2–7")
    held = (held << 5) | value
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >> bits) & 255)
    }
    held &= (1 << bits) - 1
  }
  return Buffer.from(bytes)
}
