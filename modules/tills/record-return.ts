import { packExplanation } from "@mila/loyalty"
import { assert, type Locale, type Tx } from "@mila/kernel"
import { type Claim, claimsOf, statusIn } from "./claims.ts"
import { receiptIdOf, type Return, type TillIdentity } from "./facts.ts"
import { TILL_POLICY, type TillPolicy } from "./policy.ts"
import { keepConflict } from "./quarantine.ts"
import { believedTime, canonical, type Flag, type Reason } from "./receipt-rules.ts"
import { insertReceipts, type ReceiptToInsert } from "./receipt-rows.ts"
import { fingerprintOf } from "./requests.ts"
import { lockSale, type RecordedSale, saleKey } from "./sales.ts"
import { parkedSlip, returnSlip, waitingSlip } from "./slip.ts"
import { takeBack, type TakenBack } from "./take-back.ts"
import type { Given, ReceiptStatus, ReturnAnswer } from "./told.ts"

export type ReturnToRecord = { till: TillIdentity; requestKey: string | null; return: Return; locale: Locale }

type NewReturn = Claim & { till: TillIdentity; words: Return; locale: Locale; returnedAt: Date; flags: Flag[] }

/**
 * Records a return. Points the lines earned are taken back, points they were paid with are given back. A return whose sale has not arrived, or
 * waits in quarantine, is parked and settles by itself; what cannot be (more than was sold, an unknown line) is quarantined. Repetitions and
 * conflicts as with `recordReceipts`. Joins the caller's transaction; locks the sale, then the member.
 */
export async function recordReturn(
  tx: Tx,
  asked: ReturnToRecord,
  { at, policy = TILL_POLICY }: { at: Date; policy?: TillPolicy },
): Promise<Given> {
  const fact = newReturn(tx, asked, { at, policy })
  const claimed = (await claimsOf(tx, [fact])).get(0)
  if (claimed?.found === "mismatch") return { outcome: "mismatch" }
  if (claimed?.found === "same") return { outcome: "given", status: claimed.status, repeated: true, answer: claimed.answer }
  if (claimed?.found === "conflict")
    return keepConflict(tx, { ...fact, kind: "return", body: fact.words, sequence: fact.words.sequence ?? null, at })
  const sale = await lockSale(tx, fact.words.original, fact.tillId)
  const result = await resultOf(tx, fact, sale, at)
  const answer = answerOf(fact, { sale, result })
  const text = JSON.stringify(answer)
  await insertReceipts(tx, [rowOf(fact, { answer, text, result, sale })], { at })
  return { outcome: "given", status: statusIn(text), repeated: false, answer: text }
}

async function resultOf(
  tx: Tx,
  { id, words, returnedAt }: NewReturn,
  sale: RecordedSale | undefined,
  at: Date,
): Promise<TakenBack | Reason | "parked"> {
  if (!sale || sale.state === "quarantined" || sale.state === "parked") return "parked"
  if (sale.kind !== "sale") return "not_a_sale"
  if (sale.state === "cancelled") return "sale_cancelled"
  return takeBack(tx, { returnId: id, sale, wanted: words.lines, occurredAt: returnedAt, at })
}

function newReturn(
  tx: Tx,
  { till, requestKey, return: words, locale }: ReturnToRecord,
  { at, policy }: { at: Date; policy: TillPolicy },
): NewReturn {
  assert(words.storeCode === till.shop && words.tillNo === till.till, "a till speaks for itself")
  const { soldAt: returnedAt, ahead } = believedTime(words.returnedAt, { at, policy })
  const fingerprint = fingerprintOf(tx, canonical({ ...words, sequence: undefined }))
  return {
    till,
    tillId: till.tillId,
    requestKey,
    words,
    locale,
    id: receiptIdOf(words),
    fingerprint,
    fiscalUid: null,
    purchaseId: null,
    returnedAt,
    flags: ahead ? ["clock_ahead"] : [],
  }
}

function answerOf(
  { id, flags, locale }: NewReturn,
  { sale, result }: { sale: RecordedSale | undefined; result: TakenBack | Reason | "parked" },
): ReturnAnswer {
  const status: ReceiptStatus = result === "parked" ? "parked" : typeof result === "string" ? "quarantined" : "accepted"
  const done = typeof result === "string" ? null : result
  const clawed = done?.lines.reduce((before, line) => before + line.clawed, 0) ?? 0
  const restored = done?.lines.reduce((before, line) => before + line.restored, 0) ?? 0
  const slip = { accepted: returnSlip({ clawed, restored }, locale), parked: parkedSlip(locale), quarantined: waitingSlip(locale) }
  return {
    receiptId: id,
    status,
    reasons: typeof result === "string" && result !== "parked" ? [result] : [],
    flags,
    sale: sale?.id ?? null,
    clawed,
    restored,
    owing: done?.outcome?.from.owed ?? 0,
    exposed: done?.outcome?.from.exposure ?? 0,
    lines: done?.lines ?? [],
    slip: slip[status],
  }
}

function rowOf(
  { id, till, words, returnedAt, requestKey, fingerprint, flags }: NewReturn,
  {
    answer,
    text,
    result,
    sale,
  }: { answer: ReturnAnswer; text: string; result: TakenBack | Reason | "parked"; sale: RecordedSale | undefined },
): ReceiptToInsert {
  const done = typeof result === "string" ? null : result
  return {
    id,
    tillId: till.tillId,
    kind: "return",
    state: answer.status === "accepted" ? "settled" : answer.status === "parked" ? "parked" : "quarantined",
    soldAt: returnedAt,
    sequence: words.sequence ?? null,
    requestKey,
    fingerprint,
    memberId: done?.memberId ?? null,
    cardId: null,
    totalMinor: 0,
    earned: answer.clawed,
    redeemed: answer.restored,
    fiscalUid: words.fiscal?.uid ?? null,
    purchaseId: null,
    sale: done && sale ? saleKey({ receiptId: sale.id }, till.tillId) : saleKey(words.original, till.tillId),
    programmeVersion: sale?.programmeVersion ?? null,
    flags,
    reasons: answer.reasons as Reason[],
    identifier: null,
    body: JSON.stringify(words),
    counted: null,
    explanation: done?.outcome ? JSON.stringify(packExplanation(done.outcome.explanation)) : null,
    answer: text,
  }
}
