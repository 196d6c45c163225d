import { holdsBankCardNumber, withoutBankCardNumbers } from "@mila/kernel"
import type { Collector } from "./collect.ts"
import type { Element } from "./xml.ts"

/** Ids of 1C and prints of files, in which a number may stand by chance. */
const IDS = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|(?=\d*[a-f])[\da-f]{32,}/gi

/**
 * Whether a text of a catalogue holds a bank card number. Barcodes are shorter, ids of 1C are UUIDs, alone, two with a `#` between, or in the name of a picture; an article of
 * sixteen digits that is one by all its digits cannot be told from one, and is not taken.
 */
const holdsOne = (text: string): boolean => text.length >= 16 && mayHoldOne(text) && holdsBankCardNumber(text.replaceAll(IDS, " "))

/** A quick look, for a million texts: sixteen digits, or signs that may be digits of another script. */
function mayHoldOne(text: string): boolean {
  let digits = 0
  for (let place = 0; place < text.length; place += 1) {
    const sign = text.charCodeAt(place)
    if (sign >= 0x660 && (sign < 0x2000 || sign > 0x206f)) return true
    if (sign >= 0x30 && sign <= 0x39 && (digits += 1) >= 16) return true
  }
  return false
}

type Found = { line: number; field: string }

/**
 * Empties whatever text or attribute of a record holds a bank card number, before anybody reads it: it is staged, kept and shown nowhere (security rule 34). Answers where
 * each stood.
 */
export function crossOut(record: Element): Found[] {
  const found: Found[] = []
  walk(record, [], found)
  return found
}

/** Millions of elements come this way and next to none holds one: nothing is made for those that do not. */
function walk(element: Element, above: string[], found: Found[]): void {
  above.push(element.name)
  if (holdsOne(element.text)) {
    element.text = ""
    found.push({ line: element.line, field: above.join("/") })
  }
  for (const name in element.attributes) {
    if (!holdsOne(element.attributes[name]!) && !holdsOne(name)) continue
    found.push({ line: element.line, field: `${above.join("/")}/@${holdsOne(name) ? "" : name}` })
    element.attributes = Object.fromEntries(Object.entries(element.attributes).filter(([other]) => other !== name))
  }
  for (const child of element.children) walk(child, above, found)
  above.pop()
}

/** The cells of a row without bank card numbers; each is told by the head of its column. */
export function crossOutCells(
  to: Collector,
  { line, cells, heads }: { line: number; cells: readonly string[]; heads: readonly string[] },
): readonly string[] {
  if (!cells.some(holdsOne)) return cells
  return cells.map((cell, place) => {
    if (!holdsOne(cell)) return cell
    to.fault(line, heads[place] || `(столбец ${place + 1})`, "bank_card_number")
    return ""
  })
}

/** What is told of a file that could not be read, its names of elements among it. */
export const withoutNumbers = <Told>(told: Told): Told => withoutBankCardNumbers(told) as Told

const SEAM = 80

/** Whether a bank card number stands in what nobody read, because the file broke off before: as bytes, whatever the format. */
export async function bytesHoldOne(parts: AsyncIterable<Buffer>): Promise<boolean> {
  let kept = ""
  for await (const part of parts) {
    const text = kept + part.toString("latin1")
    for (const [run] of text.replaceAll(IDS, " ").matchAll(/\d[\d .-]{14,60}/g)) if (holdsBankCardNumber(run)) return true
    kept = text.slice(-SEAM)
  }
  return false
}
