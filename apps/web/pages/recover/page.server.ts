import { inTransaction, looksLikeBankCardNumber } from "@mila/kernel"
import { checkPassword, memberByPhone, passkeysOf, setPassword } from "@mila/members"
import { endKeysGiven, tellMemberEverywhere } from "@mila/membership"
import { redirect } from "react-router"
import { formText } from "../parts/form-text.ts"
import type { Visit } from "../../visit.ts"
import { onTheWay, pathIn, safeNext } from "../parts/address.ts"
import { enter, remember } from "../parts/enter.server.ts"
import { askAgain, askCode, proveCode, refusalOf, sentOf, spendProof, stepOf } from "../parts/flow.server.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { isAsleep, sleeperOf } from "../sign-in/owner.server.ts"
import { RECOVER } from "./words.ts"

const FLOWS = ["recover"] as const

export async function recovering(visit: Visit, next: string | null) {
  const step = await inTransaction(visit.db, (tx) => stepOf(visit, tx, FLOWS))
  return { words: RECOVER[visit.locale], at: step.at, sent: sentOf(step), signIn: onTheWay("/sign-in", next) }
}

export type Answer = { refused: Refused; phone: string }

/** A forgotten password: a code first, then a new one; every other session ends. Nobody learns from it whether a phone has a card. */
export async function recover(visit: Visit, form: FormData, next: string | null): Promise<Response | Answer> {
  const { locale, cookies } = visit
  const here = onTheWay(pathIn(locale, "/recover"), next)
  const phone = formText(form, "phone", 100)
  if (looksLikeBankCardNumber(phone)) return { refused: refused("bank_card_number", locale), phone: "" }
  try {
    const step = formText(form, "step")
    switch (step) {
      case "sms":
      case "email": {
        const { wait } = await askCode(visit, { purpose: "recover", phone, by: step === "email" ? "email" : "sms" })
        return wait > 0 ? { refused: refused("too_often", locale, { wait, field: "phone" }), phone } : redirect(here)
      }
      case "resend":
      case "resend-mail": {
        const { wait } = await askAgain(visit, { purposes: FLOWS, by: step === "resend" ? "sms" : "email" })
        return wait > 0 ? { refused: refused("too_often", locale, { wait }), phone } : redirect(here)
      }
      case "other":
        cookies.forget("flow")
        return redirect(here)
      case "code": {
        const right = await proveCode(visit, { purposes: FLOWS, code: formText(form, "code", 20) })
        if (right && (await inTransaction(visit.db, (tx) => sleeperOf(visit, tx, FLOWS))) !== undefined)
          return redirect(onTheWay(pathIn(locale, "/sign-in/owner"), next))
        return right ? redirect(here) : { refused: refused("code_invalid", locale), phone: "" }
      }
      default:
        return await renew(visit, formText(form, "password", 1_000), next)
    }
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), phone }
  }
}

async function renew(visit: Visit, password: string, next: string | null): Promise<Response> {
  const { db, locale, clock } = visit
  const at = clock.now()
  const step = await inTransaction(db, (tx) => stepOf(visit, tx, FLOWS))
  if (step.at !== "proven") return redirect(onTheWay(pathIn(locale, "/recover"), next))
  checkPassword(password, { phone: step.address })
  const member = await inTransaction(db, (tx) => memberByPhone(tx, step.address))
  if (member?.state !== "active") return redirect(onTheWay(pathIn(locale, "/register"), next))
  const { memberId } = member
  if (await inTransaction(db, (tx) => isAsleep(visit, tx, memberId))) return redirect(onTheWay(pathIn(locale, "/sign-in/owner"), next))
  await setPassword(db, { memberId, password, keep: null, at }, async (tx) => {
    await endKeysGiven(tx, { memberId, at })
    await tellMemberEverywhere(tx, { memberId, template: "password_changed", params: {}, at })
  })
  const signedIn = await inTransaction(db, async (tx) => {
    const proven = await spendProof(visit, tx, FLOWS)
    if (proven !== step.address) return undefined
    const asleep = (await passkeysOf(tx, memberId)).some(({ state }) => state === "asleep")
    return { ...(await enter(visit, tx, memberId)), asleep }
  })
  if (!signedIn) return redirect(onTheWay(pathIn(locale, "/sign-in"), next))
  remember(visit, signedIn)
  // nobody is let in by what an intruder may have left here, until the person has looked at it
  return redirect(signedIn.asleep ? pathIn(locale, "/my/devices?done=recovered") : safeNext(next, locale))
}
