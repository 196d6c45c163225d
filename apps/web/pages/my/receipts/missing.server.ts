import {
  addDays,
  type Day,
  dayIn,
  dayText,
  holdsBankCardNumber,
  inTransaction,
  kopecksTyped,
  type Locale,
  MINSK,
  money,
  pointsText,
  Refusal,
} from "@mila/kernel"
import { claimPoints, type PointsClaim, pointsClaimsOf, POINTS_CLAIM_POLICY } from "@mila/tills"
import { formText } from "../../parts/form-text.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { MISSING } from "./missing-words.ts"

/** The form for a receipt without a card, and what was asked before. */
export async function myMissing({ db, clock, locale, session: { memberId } }: MemberVisit) {
  const today = dayIn(MINSK, clock.now())
  const claims = await inTransaction(db, (tx) => pointsClaimsOf(tx, { memberId }))
  return {
    words: MISSING[locale],
    firstDay: addDays(today, -POINTS_CLAIM_POLICY.withinDays),
    today,
    claims: claims.map((claim) => ({
      claimId: claim.claimId,
      title: titleOf(claim, locale),
      says: stateOf(claim, locale),
      receipt: claim.state === "granted" ? claim.receiptId : null,
    })),
  }
}

const titleOf = ({ soldOn, totalMinor }: PointsClaim, locale: Locale): string =>
  MISSING[locale].receiptOf.replace("{day}", dayText(soldOn, locale)).replace("{sum}", money(totalMinor, locale))

function stateOf({ state, reason, earned }: PointsClaim, locale: Locale): string {
  const { states, reasons } = MISSING[locale]
  const says = states[state].replace("{points}", pointsText(earned ?? 0, locale))
  return reason === null ? says : `${says}: ${reasons[reason]}`
}

type Typed = { uid: string; day: string; sum: string }
export type Answer = { typed: Typed } & ({ refused: Refused; claimed: boolean } | { says: string })

/** Asks for the points of a receipt; what is said no to keeps what was typed. */
export async function addMissing({ db, clock, locale, session: { memberId } }: MemberVisit, form: FormData): Promise<Answer> {
  const typed: Typed = { uid: formText(form, "uid", 100), day: formText(form, "day", 10), sum: formText(form, "sum", 20) }
  const no = (code: string, details: { field?: keyof Typed; wait?: number } = {}, claimed = false): Answer => {
    const told = refused(code, locale, details)
    const says = code === "malformed" && details.field ? MISSING[locale].wrong[details.field] : told.says
    return { typed, claimed, refused: { ...told, says } }
  }
  if (holdsBankCardNumber(typed.uid)) return no("bank_card_number", { field: "uid" })
  const totalMinor = kopecksTyped(typed.sum)
  if (totalMinor === undefined) return no("malformed", { field: "sum" })
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed.day)) return no("malformed", { field: "day" })
  try {
    const asked = { memberId, fiscalUid: typed.uid, soldOn: typed.day as Day, totalMinor, dispute: form.get("act") === "dispute" }
    const claim = await inTransaction(db, (tx) => claimPoints(tx, { ...asked, at: clock.now() }))
    if (claim.state === "refused") return { ...no(`receipt_${claim.reason}`, {}, claim.reason === "claimed"), typed }
    return { typed: claim.state === "granted" ? { uid: "", day: "", sum: "" } : typed, says: saidOf(claim, locale) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return no(error.code, { field: error.code === "receipt_too_old" ? "day" : "uid", wait: Number(error.details["seconds"] ?? 0) })
  }
}

function saidOf({ state, earned }: PointsClaim, locale: Locale): string {
  const words = MISSING[locale]
  if (state === "waiting") return words.waits
  if (state === "with_staff") return words.toPerson
  return earned === 0 ? words.givenNothing : words.given.replace("{points}", pointsText(earned ?? 0, locale))
}
