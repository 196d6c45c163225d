import { raiseAssurance } from "@mila/cards"
import { packExplanation, settleReceipts, type Settlement } from "@mila/loyalty"
import { assert, dayIn, type Locale, MINSK, together, type Tx } from "@mila/kernel"
import { type Claim, claimsOf } from "./claims.ts"
import { receiptIdOf, type Sale, type TillIdentity } from "./facts.ts"
import { type Judged, judge, type SaleFact, whoShowed } from "./judge.ts"
import { TILL_POLICY, type TillPolicy } from "./policy.ts"
import { settleWhatWaited } from "./parked.ts"
import { keepConflict } from "./quarantine.ts"
import { believedTime } from "./receipt-rules.ts"
import type { Recognised } from "./recognise.ts"
import { insertReceipts, type ReceiptToInsert } from "./receipt-rows.ts"
import { markCaptured } from "./redemption-rows.ts"
import { fingerprintOf } from "./requests.ts"
import type { CountedLine } from "./sales.ts"
import { cashierText, cashierWords, saleSlip, waitingSlip } from "./slip.ts"
import type { Given, ReceiptAnswer } from "./told.ts"

export type SaleToRecord = {
  till: TillIdentity
  /** the Idempotency-Key of the call; null inside a journal */
  requestKey: string | null
  sale: Sale
  locale: Locale
}

type NewSale = SaleFact & Claim & { requestKey: string | null; locale: Locale }

/** The most receipts one call records. */
export const MOST_RECEIPTS = 64

/**
 * Records many sales with a handful of statements: each is claimed by its natural key, judged, settled by the programme, and kept in one row with
 * the answer it got. A receipt is a fact: what breaks a rule is quarantined, never refused. A repetition is given the first answer, word for
 * word; other content under a natural key is kept as a conflict; other content under a key is a `mismatch` and leaves nothing.
 * At most MOST_RECEIPTS, each natural key once. Joins the caller's transaction; locks redemptions, then members, then writes receipts.
 */
export async function recordReceipts(
  tx: Tx,
  asked: readonly SaleToRecord[],
  { at, policy = TILL_POLICY }: { at: Date; policy?: TillPolicy },
): Promise<Given[]> {
  assert(asked.length <= MOST_RECEIPTS, `at most ${MOST_RECEIPTS} receipts at once`)
  const facts = asked.map((one) => newSale(tx, one, { at, policy }))
  assert(new Set(facts.map(({ id }) => id)).size === facts.length, "a natural key rides once in a batch")
  const [claims, shown] = await together([claimsOf(tx, facts), whoShowed(tx, facts, { at })])
  const given = new Map<string, Given>()
  const awaited = new Set<string>()
  for (const [place, claimed] of claims) {
    const fact = facts[place]!
    if (claimed.found === "awaited") awaited.add(fact.id)
    else if (claimed.found === "mismatch") given.set(fact.id, { outcome: "mismatch" })
    else if (claimed.found === "same")
      given.set(fact.id, { outcome: "given", status: claimed.status, repeated: true, answer: claimed.answer })
    else given.set(fact.id, await keepConflict(tx, { ...fact, kind: "sale", body: fact.sale, sequence: fact.sale.sequence ?? null, at }))
  }
  const fresh = claims.size === 0 ? facts : facts.filter(({ id }) => !given.has(id))
  for (const { id, reasons, answer } of await settleFresh(tx, fresh, { shown, awaited, at, policy })) {
    given.set(id, { outcome: "given", status: reasons.length > 0 ? "quarantined" : "accepted", repeated: false, answer })
  }
  return facts.map(({ id }) => given.get(id)!)
}

async function settleFresh(
  tx: Tx,
  fresh: readonly NewSale[],
  { shown, awaited, at, policy }: { shown: ReadonlyMap<string, Recognised>; awaited: ReadonlySet<string>; at: Date; policy: TillPolicy },
): Promise<ReceiptToInsert[]> {
  if (fresh.length === 0) return []
  const judged = await judge(tx, fresh, { shown, at, policy })
  const settled = await settleInRounds(tx, judged, { at })
  const rows = judged.map((one) => rowOf(tx, one, settled.get(one.id) ?? null, at))
  await insertReceipts(tx, rows, { at })
  await markCaptured(
    tx,
    judged.flatMap(({ id, redemption, toSettle }) =>
      redemption?.state === "held" && toSettle ? [{ id: redemption.id, receiptId: id }] : [],
    ),
  )
  await trustScannedCards(tx, judged, at)
  if (awaited.size > 0) await settleWhatWaited(tx, { sales: judged.filter(({ id }) => awaited.has(id)), at })
  return rows
}

/** A partner card somebody typed into their pages has now been held under a till's scanner: from the next receipt on it earns its own rate. */
async function trustScannedCards(tx: Tx, judged: readonly Judged<NewSale>[], at: Date): Promise<void> {
  for (const { sale, who, toSettle, till } of judged) {
    if (!toSettle || sale.identifier?.type !== "partner13" || who?.card?.kind !== "partner" || who.card.assurance !== "typed") continue
    await raiseAssurance(tx, { cardId: who.card.cardId, assurance: "scanned", at, by: `till:${till.tillId}` })
  }
}

/** One member once in a round: two receipts of one person by different cards are settled one after the other. */
export async function settleInRounds(tx: Tx, judged: readonly Judged<SaleFact>[], { at }: { at: Date }): Promise<Map<string, Settlement>> {
  const settled = new Map<string, Settlement>()
  let waiting = judged.flatMap(({ toSettle }) => (toSettle ? [toSettle] : []))
  while (waiting.length > 0) {
    const seen = new Set<number>()
    const round = waiting.filter(({ earner: { memberId } }) => !seen.has(memberId) && seen.add(memberId))
    const settlements = await settleReceipts(tx, round, { at })
    round.forEach(({ receipt }, place) => settled.set(receipt, settlements[place]!))
    const done = new Set(round)
    waiting = waiting.filter((receipt) => !done.has(receipt))
  }
  return settled
}

function newSale(tx: Tx, { till, requestKey, sale, locale }: SaleToRecord, { at, policy }: { at: Date; policy: TillPolicy }): NewSale {
  assert(sale.storeCode === till.shop && sale.tillNo === till.till, "a till speaks for itself")
  const { soldAt, ahead } = believedTime(sale.soldAt, { at, policy })
  // where it stands in the till's count is not what it says; doors give fields in one order, so the text alone tells contents apart
  const fingerprint = fingerprintOf(tx, JSON.stringify({ ...sale, sequence: undefined }))
  const names = { id: receiptIdOf(sale), fiscalUid: sale.fiscal?.uid ?? null, purchaseId: sale.purchaseId ?? null }
  return { ...names, till, tillId: till.tillId, requestKey, sale, locale, soldAt, fingerprint, flags: ahead ? ["clock_ahead"] : [] }
}

function rowOf(tx: Tx, judged: Judged<NewSale>, settlement: Settlement | null, at: Date): ReceiptToInsert {
  const { till, sale, id, soldAt, requestKey, fingerprint, fiscalUid, purchaseId, reasons, flags, who } = judged
  if (settlement && settlement.owing + settlement.exposed > 0) flags.push("redeemed_short")
  const { identifier, ...body } = sale
  const waits = reasons.length > 0
  return {
    id,
    tillId: till.tillId,
    kind: "sale",
    state: waits ? "quarantined" : "settled",
    soldAt,
    sequence: sale.sequence ?? null,
    requestKey,
    fingerprint,
    memberId: waits ? null : (who?.profile?.memberId ?? null),
    cardId: who?.card?.cardId ?? null,
    totalMinor: sale.totalMinor,
    earned: settlement?.earned ?? 0,
    redeemed: settlement?.redeemed ?? 0,
    fiscalUid,
    purchaseId,
    sale: null,
    programmeVersion: settlement?.programmeVersion ?? null,
    flags,
    reasons,
    identifier: waits && identifier ? tx.secrets.seal("tills.identifier", JSON.stringify(identifier)) : null,
    body: JSON.stringify(body),
    counted: settlement && needsCounted(settlement, sale) ? JSON.stringify(settlement.lines.map(countedLine)) : null,
    explanation: settlement ? JSON.stringify(packExplanation(settlement.explanation)) : null,
    answer: JSON.stringify(answerOf(judged, settlement, at)),
  }
}

/** Turnover of a line is what it earned on, unless points or a certificate paid a part, or it was too little to earn. */
function needsCounted({ lines }: Settlement, sale: Sale): boolean {
  return lines.some(
    ({ earned, redeemed, countedMinor }, place) => redeemed > 0 || countedMinor !== (earned > 0 ? sale.lines[place]!.amountMinor : 0),
  )
}

export function countedLine({ line, earned, redeemed, countedMinor }: Settlement["lines"][number]): CountedLine {
  return { no: line, earned, redeemed, countedMinor }
}

function answerOf({ id, reasons, flags, who, locale }: Judged<NewSale>, settlement: Settlement | null, at: Date): ReceiptAnswer {
  const waits = reasons.length > 0
  const words = cashierWords(reasons, locale)
  if (flags.includes("employee_at_own_till")) words.push(cashierText("employee", locale))
  if (flags.includes("card_not_attached")) words.push(cashierText("card_not_attached", locale))
  return {
    receiptId: id,
    status: waits ? "quarantined" : "accepted",
    reasons,
    flags,
    earned: settlement?.earned ?? 0,
    redeemed: settlement?.redeemed ?? 0,
    owing: settlement?.owing ?? 0,
    exposed: settlement?.exposed ?? 0,
    balance: settlement?.balance ?? null,
    lines:
      settlement?.lines.map(({ line, earned, redeemed, activatesOn, expiresOn }) => ({
        no: line,
        earned,
        redeemed,
        activatesOn,
        expiresOn,
      })) ?? [],
    slip: settlement ? saleSlip({ ...settlement, at: dayIn(MINSK, at) }, locale) : waits && who?.profile ? waitingSlip(locale) : [],
    cashierMessages: words,
  }
}
