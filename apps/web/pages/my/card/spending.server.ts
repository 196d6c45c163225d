import { dayIn, inTransaction, MINSK, momentText, type Tx } from "@mila/kernel"
import { isFreshlyProven } from "@mila/members"
import { lockOwnSpending, ownSpending, unlockOwnSpending } from "@mila/membership"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import { SPENDING } from "./spending-words.ts"

/** Whether points may be spent, in words, and what the member can do about it. */
export async function spendingShown(tx: Tx, { clock, locale, session: { memberId } }: MemberVisit) {
  const at = clock.now()
  const words = SPENDING[locale]
  const spending = await ownSpending(tx, { memberId, at })
  const until = spending.state === "rests" ? momentText(spending.until, locale, dayIn(MINSK, at)) : ""
  const says = {
    open: words.open,
    locked: spending.state === "locked" && !spending.own ? words.lockedByStaff : words.locked,
    rests: words.rests.replace("{at}", until),
  }
  return {
    words,
    isOpen: spending.state === "open",
    isLocked: spending.state === "locked",
    unlocks: spending.state === "locked" && spending.own,
    says: says[spending.state],
  }
}

export type SpendingShown = Awaited<ReturnType<typeof spendingShown>>

const SPENDING_ACTS = ["spendingClosed", "spendingOpened"] as const
type SpendingAct = (typeof SPENDING_ACTS)[number]

export const isSpendingAct = (act: string): act is SpendingAct => SPENDING_ACTS.some((one) => one === act)

/** One touch closes spending; opening it again takes a fresh proof of who asks (security case A07). */
export async function actOnSpending(visit: MemberVisit, act: SpendingAct): Promise<Response | { refused: Refused; form: string }> {
  const { db, clock, locale, session } = visit
  const own = { memberId: session.memberId, at: clock.now() }
  if (act === "spendingOpened" && !isFreshlyProven(session, own.at))
    return redirect(`${pathIn(locale, "/my/devices")}?prove=${encodeURIComponent("/my/card")}`)
  try {
    await inTransaction(db, (tx) => (act === "spendingClosed" ? lockOwnSpending(tx, own) : unlockOwnSpending(tx, own)))
    return redirect(`${pathIn(locale, "/my/card")}?done=${act}`)
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), form: act }
  }
}
