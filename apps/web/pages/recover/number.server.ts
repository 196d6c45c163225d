import { dayIn, dayText, inTransaction, looksLikeBankCardNumber, MINSK, Refusal } from "@mila/kernel"
import { newNumberBy, takeNewNumberAsk } from "@mila/members"
import { askForNewNumber, confirmLostNumber, stopNewNumber } from "@mila/membership"
import { redirect } from "react-router"
import { formText } from "../parts/form-text.ts"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { askAgain, askCode, proveCode, refusalOf, sentOf, spendProof, stepOf } from "../parts/flow.server.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { NEW_NUMBER } from "./number-words.ts"

const FLOWS = ["new_number"] as const

export async function losingNumber(visit: Visit, sent: boolean) {
  const step = await inTransaction(visit.db, (tx) => stepOf(visit, tx, FLOWS))
  return { words: NEW_NUMBER[visit.locale], at: sent ? ("sent" as const) : step.at, code: sent ? null : sentOf(step) }
}

type Typed = { phone: string; email: string; fact: string }
export type Answer = { refused: Refused; typed: Typed }

/** The new number first, proven by a code; then what only its owner knows of the account. What fitted, nobody is told (security case A06). */
export async function loseNumber(visit: Visit, form: FormData): Promise<Response | Answer> {
  const { locale, cookies } = visit
  const here = pathIn(locale, "/recover/number")
  const typed: Typed = { phone: formText(form, "phone", 60), email: formText(form, "email", 200), fact: formText(form, "fact", 40) }
  const no = (code: string, details = {}): Answer => ({ refused: refused(code, locale, details), typed })
  if (Object.values(typed).some((text) => looksLikeBankCardNumber(text)))
    return { refused: refused("bank_card_number", locale), typed: { phone: "", email: "", fact: "" } }
  try {
    switch (formText(form, "step")) {
      case "send": {
        const { wait } = await askCode(visit, { purpose: "new_number", phone: typed.phone, by: "sms" })
        return wait > 0 ? no("too_often", { wait, field: "phone" }) : redirect(here)
      }
      case "resend": {
        const { wait } = await askAgain(visit, { purposes: FLOWS, by: "sms" })
        return wait > 0 ? no("too_often", { wait }) : redirect(here)
      }
      case "code":
        return (await proveCode(visit, { purposes: FLOWS, code: formText(form, "code", 20) })) ? redirect(here) : no("code_invalid")
      case "ask": {
        const wait = await asked(visit, typed)
        if (wait > 0) return no("too_often", { wait })
        cookies.forget("flow")
        return redirect(`${here}?sent`)
      }
      default:
        cookies.forget("flow")
        return redirect(here)
    }
  } catch (error) {
    return no(refusalOf(error))
  }
}

async function asked(visit: Visit, { phone: oldPhone, email, fact }: Typed): Promise<number> {
  const { db, clock, ip, site, locale } = visit
  const at = clock.now()
  const wait = await inTransaction(db, (tx) => takeNewNumberAsk(tx, { oldPhone: oldPhone.replace(/\D/g, "").slice(-9), ip, at }))
  if (wait > 0) return wait
  await inTransaction(db, async (tx) => {
    const newPhone = await spendProof(visit, tx, FLOWS)
    if (newPhone === undefined) return
    await askForNewNumber(tx, { oldPhone, newPhone, email, fact, link: `${site.publicUrl}${pathIn(locale, "/recover/letter")}?t=`, at })
  })
  return 0
}

/** What the letter's link means. Looking at it changes nothing: scanners of mail look too. */
export async function readLetter({ db, clock, locale }: Visit, token: string) {
  const words = NEW_NUMBER[locale]
  const asked = await inTransaction(db, (tx) => newNumberBy(tx, { token, at: clock.now() }))
  const says = !asked
    ? words.letterBad
    : (asked.dueAt ? words.letterWaits : words.letterSays)
        .replace("{day}", asked.dueAt ? dayText(dayIn(MINSK, asked.dueAt), locale) : "")
        .replace("{last}", asked.phone.slice(-4))
  return { words, says, asks: asked !== undefined && asked.dueAt === null, stops: asked !== undefined }
}

/** Yes, or "this was not me". */
export async function answerLetter(
  { db, clock, locale }: Visit,
  { token, yes }: { token: string; yes: boolean },
): Promise<{ done: string }> {
  const words = NEW_NUMBER[locale]
  const at = clock.now()
  return inTransaction(db, async (tx) => {
    if (yes) {
      const { dueAt } = await confirmLostNumber(tx, { token, at })
      return { done: words.confirmed.replace("{day}", dayText(dayIn(MINSK, dueAt), locale)) }
    }
    const asked = await newNumberBy(tx, { token, at })
    if (asked) await stopNewNumber(tx, asked)
    return { done: asked ? words.stopped : words.letterBad }
  }).catch((error: unknown) => {
    if (error instanceof Refusal) return { done: words.letterBad }
    throw error
  })
}
