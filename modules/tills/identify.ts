import { verifyRotatingCode } from "@mila/cards"
import { expiringSoon, quote } from "@mila/loyalty"
import { worksAt } from "@mila/members"
import { type Locale, together, type Tx } from "@mila/kernel"
import { whySpendingIsClosed } from "./closed-spending.ts"
import type { Identifier, TillIdentity } from "./facts.ts"
import { countMiss, spendLookUp } from "./look-up-budget.ts"
import { TILL_POLICY, type TillPolicy } from "./policy.ts"
import { type MemberNote, sealNote } from "./presence.ts"
import { type Proof, recognise, type Recognised } from "./recognise.ts"
import { cashierText, type CashierWord, expiringText } from "./slip.ts"
import type { Identified, RefusedAfterAll } from "./told.ts"

export type IdentifyAsked = { till: TillIdentity; identifier: Identifier; locale: Locale; at: Date; policy?: TillPolicy }

/**
 * Who stands at the till, as far as a cashier may know: a masked name, the balance, what may be done. A rotating code is checked and burnt here and
 * proves presence for the purchase; the `memberRef` carries that on. Nobody: `card_unknown`, counted against the till's budget of look-ups.
 * Refuses `look_up_budget_spent`.
 */
export async function identify(
  tx: Tx,
  { till, identifier, locale, at, policy = TILL_POLICY }: IdentifyAsked,
): Promise<Identified | RefusedAfterAll> {
  const [[who]] = await together([recognise(tx, [{ till, identifier }], { at }), spendLookUp(tx, { tillId: till.tillId, at, policy })])
  const proof = identifier.type === "rotating" ? await burnt(tx, { till, code: identifier.value, at, policy }) : null
  if (proof !== null && typeof proof === "object") return proof
  if (!who) return unknown(tx, { till, at, policy })
  return shown(tx, { ...who, proof: proof ?? who.proof }, { till, locale, at, policy })
}

/** Nobody has it; counted, and only then refused. */
export async function unknown(
  tx: Tx,
  { till, at, policy }: { till: TillIdentity; at: Date; policy: TillPolicy },
): Promise<RefusedAfterAll> {
  await countMiss(tx, { tillId: till.tillId, at, policy })
  return { refused: "card_unknown", details: {} }
}

/** Burns a rotating code: a proof, or why it is none. */
export async function burnt(
  tx: Tx,
  { till, code, at, policy }: { till: TillIdentity; code: string; at: Date; policy: TillPolicy },
): Promise<"rotating" | RefusedAfterAll> {
  const outcome = await verifyRotatingCode(tx, { code, at })
  if (outcome.status === "valid") return "rotating"
  if (outcome.status === "rotating_code_invalid") await countMiss(tx, { tillId: till.tillId, at, policy })
  const details =
    outcome.status === "rotating_code_locked" ? { retryAfterSeconds: Math.ceil((outcome.until.getTime() - at.getTime()) / 1000) } : {}
  return { refused: outcome.status, details }
}

async function shown(
  tx: Tx,
  who: Recognised & { proof: Proof | null },
  { till, locale, at, policy }: { till: TillIdentity; locale: Locale; at: Date; policy: TillPolicy },
): Promise<Identified> {
  const { card, profile, proof, number, cardKind } = who
  const until = new Date(at.getTime() + policy.memberRefMinutes * 60_000)
  const note: MemberNote = { number, memberId: number === null ? (profile?.memberId ?? null) : null, proof }
  const [standing, ending] = profile
    ? await together([
        standingOf(tx, { memberId: profile.memberId, cardKind, shop: till.shop, at }),
        expiringSoon(tx, { memberId: profile.memberId, at }),
      ])
    : []
  const expiring = ending && expiringText(ending, locale)
  const blocked = card !== null && (card.state === "blocked" || card.state === "removed")
  const spends = profile !== null && !profile.spendClosed(at) && (card === null || card.state === "active")
  return {
    memberRef: sealNote(tx, "member", note, { tillId: till.tillId, until }),
    maskedName: profile?.maskedName ?? "",
    card: card && { kind: card.kind, state: card.state },
    status: { earn: profile !== null && !blocked, redeem: spends, blocked },
    balance: standing?.balance ?? { pending: 0, available: 0, held: 0, owed: 0 },
    tier: standing?.tier ?? "",
    coupons: [],
    needs: { confirmation: spends && proof === null },
    cashierMessages: [...wordsFor(who, { till, at }).map((word) => cashierText(word, locale)), ...(expiring && spends ? [expiring] : [])],
  }
}

/** The balance and the level, as a calculation over nothing tells them. */
async function standingOf(
  tx: Tx,
  { memberId, cardKind, shop, at }: { memberId: number; cardKind: Recognised["cardKind"]; shop: string; at: Date },
) {
  const earner = { memberId, cardKind, birthday: null, employeeAtOwnTill: false }
  return quote(tx, { earner, basket: { shop, channel: "till", soldAt: at, lines: [], tenders: [] }, redeem: { mode: "none" }, at })
}

export function wordsFor({ card, profile, proof }: Recognised, { till, at }: { till: TillIdentity; at: Date }): CashierWord[] {
  const words: CashierWord[] = []
  if (card?.state === "blocked") words.push("card_blocked")
  if (card?.state === "replaced") words.push("card_replaced")
  if (card?.state === "removed") words.push("card_removed")
  if (card && card.memberId === null) words.push("card_not_attached")
  if (profile && worksAt(profile, till)) words.push("employee")
  const closed = whySpendingIsClosed(profile, at)
  if (closed) words.push(closed)
  else if (profile && proof === null && (card === null || card.state === "active")) words.push("needs_confirmation")
  return words
}
