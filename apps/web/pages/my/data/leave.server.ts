import { dayIn, dayText, inTransaction, looksLikeBankCardNumber, MINSK, pointsText, Refusal } from "@mila/kernel"
import { balancesOf } from "@mila/ledger"
import { isFreshlyProven, leavingOf } from "@mila/members"
import { beginLeaving, stayInProgramme } from "@mila/membership"
import { reviewsOfMember } from "@mila/reviews"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { formText } from "../../parts/form-text.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { LEAVE } from "./leave-words.ts"
import { DATA } from "./words.ts"

/** What leaving means, before it is done; or when it happens, once it was asked for. */
export async function leaving({ db, clock, locale, session }: MemberVisit) {
  const { memberId } = session
  const at = clock.now()
  const words = { ...DATA[locale], ...LEAVE[locale] }
  return inTransaction(db, async (tx) => {
    const { pending = 0, available = 0, held = 0 } = (await balancesOf(tx, [memberId])).get(memberId) ?? {}
    const lost = pending + available + held
    const asked = await leavingOf(tx, memberId)
    const day = asked && dayText(dayIn(MINSK, asked.leavesAt), locale, dayIn(MINSK, at))
    return {
      words,
      gives: available > 0,
      wrote: (await reviewsOfMember(tx, { memberId, most: Number.MAX_SAFE_INTEGER })).some(({ state }) => state === "published"),
      goes: lost === 0 ? words.leaveGoesBare : words.leaveGoesSays.replace("{points}", pointsText(lost, locale)),
      proven: isFreshlyProven(session, at),
      leaves: day ? words.leaveAsked.replace("{day}", day) : null,
    }
  })
}

export type Answer = { refused: Refused; gift: string; keepsReviews: boolean }

/** Leaving takes a fresh proof of who it is (security case A07); staying takes nothing. */
export async function leave({ db, clock, locale, session, site }: MemberVisit, form: FormData): Promise<Response | Answer> {
  const at = clock.now()
  const { memberId } = session
  const gift = formText(form, "gift", 60).trim()
  const keepsReviews = form.get("keep") === "on"
  if (form.get("act") === "stay") {
    try {
      await inTransaction(db, (tx) => stayInProgramme(tx, { memberId, at }))
      return redirect(`${pathIn(locale, "/my/data")}?done=stays`)
    } catch (error) {
      return { refused: refused(refusalOf(error), locale), gift, keepsReviews }
    }
  }
  if (!isFreshlyProven(session, at)) return { refused: refused("reauth_required", locale), gift, keepsReviews }
  if (form.get("sure") !== "on") return { refused: refused("malformed", locale), gift, keepsReviews }
  if (looksLikeBankCardNumber(gift)) return { refused: refused("bank_card_number", locale, { field: "gift" }), gift: "", keepsReviews }
  try {
    const giftTo = gift === "" ? null : gift
    await inTransaction(db, (tx) => beginLeaving(tx, { memberId, giftTo, keepsReviews, phoneRules: site.phoneRules, at }))
    return redirect(`${pathIn(locale, "/my/data")}?done=leaves`)
  } catch (error) {
    if (error instanceof Refusal) return { refused: refused(error.code, locale, { field: "gift" }), gift, keepsReviews }
    throw error
  }
}
