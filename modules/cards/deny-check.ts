import { createHash } from "node:crypto"

/**
 * What a till carries to refuse lost cards without a network. It holds no number, and of a number only salted hashes:
 *
 *     digest = SHA-256(salt ‖ number)          salt: `salt` from hex (16 bytes); number: its 13 digits in ASCII
 *     mark   = digest[0..15]                   the first 16 bytes
 *
 * **Bloom filter**: every denied card, ever. `bits` = m, `hashes` = k, `data` = m/8 bytes in base64.
 *
 *     a = mark[0..3] as unsigned 32-bit big-endian
 *     b = mark[4..7] as unsigned 32-bit big-endian, with the lowest bit set
 *     for i = 0 … k−1:  bit (a + i·b) mod m     (no overflow: up to 7·2³² fits 35 bits)
 *     bit n is  data[n div 8]  &  (1 << (n mod 8))
 *
 * All k bits set: the card is denied, or, once in about 120 good cards, it is not; one bit clear: it is certainly not denied.
 *
 * **recent**: what was denied in the last 30 days, exact: `mark` = mark[8..15] in hex, with the reason and since when. A match is certain for every
 * purpose of a till.
 *
 * A till looks into `recent` first, then into the filter. `denied` and `probably_denied` redeem nothing; they are journalled and earn, and the
 * server decides. The filter is never a reason to refuse a sale.
 */
export type DenyList = {
  /** changes whenever anything below does, and each day, when the oldest leave `recent` */
  version: string
  salt: string
  bloom: { bits: number; hashes: number; count: number; data: string }
  recent: readonly { mark: string; reason: "blocked" | "replaced" | "removed"; since: string }[]
}

export type Denied =
  | { answer: "denied"; reason: DenyList["recent"][number]["reason"] }
  | { answer: "probably_denied" }
  | { answer: "clear" }

const HASHES = 7
const BITS_A_CARD = 10
const FEWEST_BITS = 1024

/** What offline lists know of a number: 16 bytes of a salted SHA-256. */
export function markOf(salt: Buffer, number: string): Buffer {
  return createHash("sha256").update(salt).update(number, "ascii").digest().subarray(0, 16)
}

/** The till's side: what the list says of `number` (13 digits). */
export function denies({ salt, bloom, recent }: Pick<DenyList, "salt" | "bloom" | "recent">, number: string): Denied {
  const mark = markOf(Buffer.from(salt, "hex"), number)
  const exact = recentMark(mark)
  const found = recent.find((entry) => entry.mark === exact)
  if (found) return { answer: "denied", reason: found.reason }
  const data = Buffer.from(bloom.data, "base64")
  const set = bitsOf(mark, bloom).every((bit) => (data[bit >> 3]! & (1 << (bit & 7))) !== 0)
  return { answer: set ? "probably_denied" : "clear" }
}

/** A filter of all `marks`: ten bits a card and seven hashes keep false alarms under one in a hundred. */
export function bloomOf(marks: readonly Buffer[]): DenyList["bloom"] {
  const bits = Math.max(FEWEST_BITS, Math.ceil((marks.length * BITS_A_CARD) / 8) * 8)
  const data = Buffer.alloc(bits / 8)
  for (const mark of marks) for (const bit of bitsOf(mark, { bits, hashes: HASHES })) data[bit >> 3]! |= 1 << (bit & 7)
  return { bits, hashes: HASHES, count: marks.length, data: data.toString("base64") }
}

export function recentMark(mark: Buffer): string {
  return mark.subarray(8, 16).toString("hex")
}

function bitsOf(mark: Buffer, { bits, hashes }: { bits: number; hashes: number }): number[] {
  const a = mark.readUInt32BE(0)
  const b = (mark.readUInt32BE(4) | 1) >>> 0
  return Array.from({ length: hashes }, (_, i) => (a + i * b) % bits)
}
