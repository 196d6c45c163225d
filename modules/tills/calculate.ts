import { type ProductFacts, productFacts } from "@mila/catalog"
import { type Presence, quote, type Quote, type Wish } from "@mila/loyalty"
import { worksAt } from "@mila/members"
import { type Locale, points, together, type Tx } from "@mila/kernel"
import { refuseClosedSpending } from "./closed-spending.ts"
import type { Identifier, Line, Tender, TillIdentity } from "./facts.ts"
import { unknown, wordsFor } from "./identify.ts"
import { spendLookUp } from "./look-up-budget.ts"
import { TILL_POLICY, type TillPolicy } from "./policy.ts"
import { type QuoteNote, sealNote } from "./presence.ts"
import { basketOf } from "./receipt-rules.ts"
import { explained } from "./receipts-of.ts"
import { recognise, type Recognised } from "./recognise.ts"
import { refuse } from "./refusals.ts"
import { cashierText } from "./slip.ts"
import type { Calculated, RefusedAfterAll } from "./told.ts"

export type CalculateAsked = {
  till: TillIdentity
  purchaseId: string
  identifier: Identifier | null
  lines: readonly Line[]
  tenders: readonly Tender[]
  redeem: { mode: "none" } | { mode: "max" } | { mode: "amount"; points: number }
  coupons: readonly string[]
  locale: Locale
  at: Date
  policy?: TillPolicy
}

/**
 * What the basket would earn and may redeem now, line by line, with the reason of every number. Promises nothing and writes nothing; the `quoteId`
 * carries it to `authorise`. Nobody: `card_unknown`, counted. Refuses `points_out_of_range`, `look_up_budget_spent`, and `card_blocked` or
 * `spend_locked` or `spend_rests` when points are wished for.
 */
export async function calculate(tx: Tx, asked: CalculateAsked): Promise<Calculated | RefusedAfterAll> {
  const { till, identifier, at, policy = TILL_POLICY } = asked
  if (asked.redeem.mode === "amount" && !isAmount(asked.redeem.points)) refuse("points_out_of_range")
  if (!identifier) return nobodys(asked, null)
  const skus = asked.lines.map(({ sku }) => sku)
  const [[who], products] = await together([
    recognise(tx, [{ till, identifier }], { at }),
    productFacts(tx, skus),
    spendLookUp(tx, { tillId: till.tillId, at, policy }),
  ])
  if (!who) return unknown(tx, { till, at, policy })
  const ended = who.card?.state === "blocked" || who.card?.state === "removed"
  if (asked.redeem.mode !== "none") {
    if (ended) refuse("card_blocked")
    refuseClosedSpending(who.profile, at)
  }
  if (ended || !who.profile) return nobodys(asked, who)
  return quoted(tx, { asked, who, profile: who.profile, products, policy })
}

async function quoted(
  tx: Tx,
  {
    asked,
    who,
    profile,
    products,
    policy,
  }: {
    asked: CalculateAsked
    who: Recognised
    profile: NonNullable<Recognised["profile"]>
    products: ReadonlyMap<string, ProductFacts>
    policy: TillPolicy
  },
): Promise<Calculated> {
  const { till, purchaseId, identifier, lines, tenders, redeem, locale, at } = asked
  const basket = basketOf({ storeCode: till.shop, lines, tenders }, { products, soldAt: at })
  const presence: Presence = who.proof ? "proven" : identifier?.type === "phone" || who.number === null ? "phone" : "static"
  const earner = {
    memberId: profile.memberId,
    cardKind: who.cardKind,
    birthday: profile.birthday,
    employeeAtOwnTill: worksAt(profile, till),
  }
  const wish: Wish = redeem.mode === "amount" ? { mode: "amount", points: points(redeem.points) } : redeem
  const made = await quote(tx, { earner, basket, redeem: wish, presence, at })
  const until = new Date(at.getTime() + policy.quoteMinutes * 60_000)
  const { number, card, cardKind, proof } = who
  const note: QuoteNote = {
    ...{ purchaseId, number, memberId: profile.memberId, cardId: card?.cardId ?? null, cardKind, presence, proof },
    ...{ limits: made.limits, programmeVersion: made.programmeVersion },
  }
  return {
    purchaseId,
    quoteId: sealNote(tx, "quote", note, { tillId: till.tillId, until }),
    validUntil: until.toISOString(),
    ...figuresOf(made, asked),
    maskedName: profile.maskedName,
    coupons: unknownCoupons(asked.coupons),
    explanation: await explained(tx, made.explanation, locale),
    cashierMessages: wordsFor(who, { till, at }).map((word) => cashierText(word, locale)),
  }
}

function figuresOf(
  made: Quote,
  { lines }: CalculateAsked,
): Pick<Calculated, "lines" | "earned" | "redeemed" | "mostRedeemable" | "refusal" | "totalMinor" | "payableMinor" | "balance"> {
  return {
    lines: made.lines.map(({ line, earned, redeemed, mostRedeemable }) => ({ no: line, earned, redeemed, mostRedeemable })),
    earned: made.earned,
    redeemed: made.redeemed,
    mostRedeemable: made.most,
    refusal: made.refusal,
    totalMinor: totalOf(lines),
    payableMinor: made.payableMinor,
    balance: made.balance,
  }
}

/** A purchase without points: nobody was shown, or the card earns nothing. */
function nobodys({ purchaseId, lines, coupons, locale, till, at }: CalculateAsked, who: Recognised | null): Calculated {
  return {
    purchaseId,
    quoteId: null,
    validUntil: null,
    lines: lines.map(({ no }) => ({ no, earned: 0, redeemed: 0, mostRedeemable: 0 })),
    ...{ earned: 0, redeemed: 0, mostRedeemable: 0, refusal: null, totalMinor: totalOf(lines), payableMinor: totalOf(lines) },
    ...{ balance: null, maskedName: null, coupons: unknownCoupons(coupons), explanation: [] },
    cashierMessages: who ? wordsFor(who, { till, at }).map((word) => cashierText(word, locale)) : [],
  }
}

/** Whole points, or none: a slider that stands at zero asks for nothing. */
const isAmount = (points: number): boolean => Number.isSafeInteger(points) && points >= 0

const totalOf = (lines: readonly Line[]): number => lines.reduce((before, { amountMinor }) => before + amountMinor, 0)

/** The programme gives points by campaigns, not by coupon; whatever coupon is shown, the till hears that we do not know it. */
const unknownCoupons = (coupons: readonly string[]): Calculated["coupons"] => ({
  applied: [],
  rejected: coupons.map((coupon) => ({ coupon, reason: "coupon_unknown" })),
})
