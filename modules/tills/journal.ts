import { type Locale, type Tx } from "@mila/kernel"
import { cancelIfPossible } from "./cancel-receipt.ts"
import type { JournalItem, TillIdentity } from "./facts.ts"
import { keepFact, type QuarantineKind } from "./quarantine.ts"
import { canonical, type Reason } from "./receipt-rules.ts"
import { recordReturn } from "./record-return.ts"
import { fingerprintOf } from "./requests.ts"
import type { Given, JournalResult, ReceiptAnswer, ReturnAnswer } from "./told.ts"
import { voidIfPossible } from "./void-redemption.ts"

export type ItemResult = Omit<JournalResult, "index">
export type OtherItem = Exclude<JournalItem, { type: "sale" }>

const DONE: ItemResult = { status: "accepted", receiptId: null, reasons: [], earned: 0, redeemed: 0 }

/**
 * Records what is no sale of a journal: a return, a cancellation, a voided redemption, or something unreadable. Nothing is refused: what cannot be
 * done is kept in quarantine with its reason. Sales go through `recordReceipts`, many at once. Joins the caller's transaction.
 */
export async function recordJournalItem(
  tx: Tx,
  { till, item, locale, at }: { till: TillIdentity; item: OtherItem; locale: Locale; at: Date },
): Promise<ItemResult> {
  switch (item.type) {
    case "return":
      return journalResult(await recordReturn(tx, { till, requestKey: null, return: item.return, locale }, { at }))
    case "cancel": {
      const result = await cancelIfPossible(tx, { till, receiptId: item.receiptId, cancel: item.cancel, at })
      if (typeof result !== "string") {
        return {
          ...DONE,
          receiptId: item.receiptId,
          status: result.repeated ? "duplicate" : result.answer.status === "parked" ? "parked" : "accepted",
        }
      }
      const reason: Reason = result === "receipt_not_found" ? "receipt_unknown" : "not_a_sale"
      return keepItem(tx, { till, kind: "cancel", reason, receiptId: null, sequence: item.cancel.sequence, text: canonical(item), at })
    }
    case "void": {
      const result = await voidIfPossible(tx, { till, authId: item.authId, void: item.void, at })
      if (typeof result !== "string") return { ...DONE, status: result.status === "voided" ? "accepted" : "duplicate" }
      const reason: Reason = result === "redemption_not_found" ? "redemption_unknown" : "redemption_captured"
      return keepItem(tx, { till, kind: "void", reason, receiptId: null, sequence: item.void.sequence, text: canonical(item), at })
    }
    case "unreadable":
      return keepItem(tx, {
        till,
        kind: "unreadable",
        reason: item.reason,
        receiptId: null,
        sequence: item.sequence ?? undefined,
        text: item.raw,
        at,
      })
  }
}

/** What a journal says about a receipt that was recorded. */
export function journalResult(given: Given): ItemResult {
  if (given.outcome === "mismatch") return { ...DONE, status: "conflict" }
  const { receiptId, status, reasons, ...answer } = JSON.parse(given.answer) as ReceiptAnswer | ReturnAnswer
  const told = status === "accepted" || status === "cancelled" ? "accepted" : status
  const counted =
    "earned" in answer ? { earned: answer.earned, redeemed: answer.redeemed } : { earned: -answer.clawed, redeemed: -answer.restored }
  return { status: given.repeated && told !== "conflict" ? "duplicate" : told, receiptId, reasons, ...counted }
}

async function keepItem(
  tx: Tx,
  {
    till,
    kind,
    reason,
    receiptId,
    sequence,
    text,
    at,
  }: {
    till: TillIdentity
    kind: QuarantineKind
    reason: Reason
    receiptId: string | null
    sequence: number | undefined
    text: string
    at: Date
  },
): Promise<ItemResult> {
  const answer = JSON.stringify({ ...DONE, status: "quarantined", receiptId, reasons: [reason] } satisfies ItemResult)
  await keepFact(tx, {
    till,
    kind,
    reasons: [reason],
    receiptId,
    sequence: sequence ?? null,
    fingerprint: fingerprintOf(tx, text),
    text,
    answer,
    at,
  })
  return JSON.parse(answer) as ItemResult
}
