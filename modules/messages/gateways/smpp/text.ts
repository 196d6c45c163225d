import type { Part } from "./pdu.ts"

// GSM 03.38, section 6.2.1: the place of a character is its code; ESC stands before a character of the extension table.
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
const EXTENSION: Readonly<Record<string, number>> = {
  ...{ "\f": 0x0a, "^": 0x14, "{": 0x28, "}": 0x29, "\\": 0x2f, "[": 0x3c, "~": 0x3d, "]": 0x3e, "|": 0x40, "€": 0x65 },
}
const ESC = 0x1b

const GSM = { coding: 0, alone: 160, inParts: 153 } as const // septets; the SMSC packs them
const UCS2 = { coding: 8, alone: 140, inParts: 134 } as const // octets: 70 characters, or 67 beside a header
const MOST_PARTS = 255

/**
 * A text as `submit_sm` takes it: in GSM 03.38 where all of it fits, else in UCS-2; what is longer than one SMS in parts that a phone puts together again
 * (3GPP TS 23.040, 9.2.3.24.1) by `reference`, 0–255. No character is cut in two. Undefined when it is longer than 255 parts.
 */
export function partsOf(text: string, { reference }: { reference: number }): Part[] | undefined {
  const characters = [...text]
  const septets = characters.map(gsmOf)
  const fits = septets.every((codes) => codes !== undefined)
  const { coding, alone, inParts } = fits ? GSM : UCS2
  const units = fits ? septets : characters.map((character) => [...Buffer.from(character, "utf16le").swap16()])
  const whole = units.flat()
  if (whole.length <= alone) return [{ coding, hasHeader: false, octets: Buffer.from(whole) }]
  const parts = cut(units, inParts)
  if (parts.length > MOST_PARTS) return undefined
  return parts.map((octets, nth) => ({
    ...{ coding, hasHeader: true },
    octets: Buffer.from([5, 0, 3, reference & 0xff, parts.length, nth + 1, ...octets]),
  }))
}

function gsmOf(character: string): number[] | undefined {
  const code = character === "\u001b" ? -1 : BASIC.indexOf(character)
  if (code >= 0) return [code]
  const extended = EXTENSION[character]
  return extended === undefined ? undefined : [ESC, extended]
}

function cut(units: readonly number[][], most: number): number[][] {
  const parts: number[][] = [[]]
  for (const unit of units) {
    if (parts.at(-1)!.length + unit.length > most) parts.push([])
    parts.at(-1)!.push(...unit)
  }
  return parts
}
