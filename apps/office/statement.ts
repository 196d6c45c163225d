import { type StatementEntry, statementOf } from "@mila/ledger"
import type { Locale, Tx } from "@mila/kernel"
import { auditTrail } from "@mila/staff"
import { type ExplanationShown, receiptById, type WholeReceipt } from "@mila/tills"
import { inSentences } from "./explained.ts"
import { STATEMENT_WORDS, type StatementWords } from "./statement-words.ts"

export type ToldEntry = StatementEntry & {
  /** the receipt it comes from */
  receipt: { receiptId: string; kind: "sale" | "return"; shop: string; soldAt: Date; totalMinor: number } | null
  /** every number of the receipt explained; empty for what no receipt explains */
  explanation: ExplanationShown[]
  /** one sentence about the whole movement, where no receipt explains it */
  text: string | null
}

/** A page of a member's statement, newest first: the ledger's movements, joined with the receipts that explain them, in the reader's language. */
export async function statement(
  tx: Tx,
  { memberId, before, most, locale }: { memberId: number; before?: number | undefined; most: number; locale: Locale },
): Promise<ToldEntry[]> {
  const entries = await statementOf(tx, { memberId, most, ...(before === undefined ? {} : { before }) })
  const told: ToldEntry[] = []
  for (const entry of entries) told.push(await tell(tx, entry, locale))
  return told
}

async function tell(tx: Tx, entry: StatementEntry, locale: Locale): Promise<ToldEntry> {
  const [, origin = "", name = "", what = ""] = /^([a-z]+):(.+)\/([a-z]+)$/.exec(entry.reference) ?? []
  const receipt = origin === "receipt" || origin === "return" ? await receiptById(tx, name) : undefined
  const shown = receipt ? summaryOf(receipt) : null
  if (receipt && what === "settled")
    return { ...entry, receipt: shown, explanation: await inSentences(tx, receipt.explanation, locale), text: null }
  const reason = origin === "adjustment" ? await reasonOf(tx, `adjustment:${name}`) : "none"
  return { ...entry, receipt: shown, explanation: [], text: sentence(entry, { what, reason, locale }) }
}

function summaryOf({ receiptId, kind, shop, soldAt, totalMinor }: WholeReceipt): NonNullable<ToldEntry["receipt"]> {
  return { receiptId, kind, shop, soldAt, totalMinor }
}

/** Why somebody corrected the balance, as the audit trail has it. */
async function reasonOf(tx: Tx, object: string): Promise<keyof StatementWords["reasons"]> {
  const [entry] = await auditTrail(tx, { object, most: 1 })
  const reason = entry?.details["reason"]
  return typeof reason === "string" && Object.hasOwn(STATEMENT_WORDS.ru.reasons, reason)
    ? (reason as keyof StatementWords["reasons"])
    : "none"
}

function sentence(
  { kind, postings }: StatementEntry,
  { what, reason, locale }: { what: string; reason: keyof StatementWords["reasons"]; locale: Locale },
): string {
  const { kinds, reasons } = STATEMENT_WORDS[locale]
  const key = what === "cancelled" ? what : kind
  const pattern = Object.hasOwn(kinds, key) ? kinds[key as keyof StatementWords["kinds"]] : kinds.other
  const taken = postings.some(({ target }) => target === "redeemed" || target === "cancelled" || target === "expired")
  const points = postings.reduce((before, posting) => before + posting.points, 0)
  const number = new Intl.NumberFormat(locale).format(points)
  return pattern.replace("{points}", key === "adjustment" ? `${taken ? "−" : "+"}${number}` : number).replace("{reason}", reasons[reason])
}
