import { looksLikeBankCardNumber, type Tx } from "@mila/kernel"
import { canonicalNumber } from "./ean13.ts"
import { refuse } from "./refusals.ts"

/** The keyed hash by which a card is unique and found; `number` is canonical digits. */
export function numberHash(tx: Tx, number: string): Buffer {
  return tx.secrets.hmac("cards.number", number)
}

export function sealNumber(tx: Tx, number: string): { number_hash: Buffer; number_sealed: Buffer } {
  return { number_hash: numberHash(tx, number), number_sealed: tx.secrets.seal("cards.number", number) }
}

export function openNumber(tx: Tx, sealed: Buffer): string {
  return tx.secrets.open("cards.number", sealed)
}

/** A number of ours as somebody wrote it, in its one form. Errors: `bank_card_number`, `card_number_invalid`. */
export function ownNumber(text: string): string {
  guardText(text)
  return canonicalNumber(text) ?? refuse("card_number_invalid")
}

/** Digits of any partner's card, in one form; undefined when it is no such thing. */
export function partnerDigits(text: string): string | undefined {
  if (text.length > 60) return undefined
  const digits = text.normalize("NFKC").replace(/[\s\-\u2010-\u2015]/g, "")
  return /^\d{8,32}$/.test(digits) ? digits : undefined
}

/** Errors: `bank_card_number`, the moment a text holds one. */
export function guardText(text: string): void {
  if (looksLikeBankCardNumber(text)) refuse("bank_card_number")
}
