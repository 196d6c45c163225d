import { assert } from "@mila/kernel"

// DER (X.690), as much of it as a signature needs.

export const TAG = { integer: 0x02, octets: 0x04, none: 0x05, oid: 0x06, utcTime: 0x17, sequence: 0x30, set: 0x31, context0: 0xa0 }

/** One element: its tag, its length, its parts. */
export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}

/** A set's elements stand in the order of their bytes. */
export const derSet = (parts: readonly Buffer[]): Buffer => der(TAG.set, ...parts.toSorted((one, other) => Buffer.compare(one, other)))

/** `1.2.840.113549.1.7.2` */
export function derOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number)
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(sevenBits)]))
}

/** The elements inside the first element of `bytes`, each whole. */
export function derParts(bytes: Buffer): Buffer[] {
  const { from, to } = boundsOf(bytes, 0)
  const parts: Buffer[] = []
  for (let place = from; place < to;) {
    const { to: end } = boundsOf(bytes, place)
    parts.push(bytes.subarray(place, end))
    place = end
  }
  return parts
}

function boundsOf(bytes: Buffer, place: number): { from: number; to: number } {
  const first = bytes[place + 1] ?? 0
  const more = first < 0x80 ? 0 : first & 0x7f
  assert(more <= 4, "a certificate is shorter than four gigabytes")
  const from = place + 2 + more
  const to = from + (more === 0 ? first : bytes.readUIntBE(place + 2, more))
  assert(to <= bytes.length, "an element ends before its bytes do")
  return { from, to }
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  const short = bytes.subarray(bytes.findIndex((byte) => byte !== 0))
  return Buffer.concat([Buffer.from([0x80 | short.length]), short])
}

function sevenBits(value: number): number[] {
  const digits = [value & 0x7f]
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80)
  return digits
}
