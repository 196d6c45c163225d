import { inTransaction, looksLikeBankCardNumber } from "@mila/kernel"
import { checkPassword, memberByPhone, passkeysOf, setPassword } from "@mila/members"
import { endKeysGiven, tellMemberEverywhere } from "@mila/membership"
import { redirect } from "react-router"
import { formText } from "../parts/form-text.ts"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { enter, remember } from "../parts/enter.server.ts"
import { askCode, proveCode, refusalOf, spendProof, stepOf } from "../parts/flow.server.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { isAsleep, sleeperOf } from "../sign-in/owner.server.ts"
import { RECOVER } from "./words.ts"

const FLOWS = ["recover"] as const

export async function recovering(visit: Visit) {
  const step = await inTransaction(visit.db, (tx) => stepOf(visit, tx, FLOWS))
  return { words: RECOVER[visit.locale], at: step.at, phone: step.at === "phone" ? "" : step.phone }
}

export type Answer = { refused: Refused; phone: string }

/** A forgotten password: a code first, then a new one; every other session ends. Nobody learns from it whether a phone has a card. */
export async function recover(visit: Visit, form: FormData): Promise<Response | Answer> {
  const { locale, cookies } = visit
  const here = pathIn(locale, "/recover")
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
      case "other":
        cookies.forget("flow")
        return redirect(here)
      case "code": {
        const right = await proveCode(visit, { purposes: FLOWS, code: formText(form, "code", 20) })
        if (right && (await inTransaction(visit.db, (tx) => sleeperOf(visit, tx, FLOWS))) !== undefined)
          return redirect(pathIn(locale, "/sign-in/owner"))
        return right ? redirect(here) : { refused: refused("code_invalid", locale), phone: "" }
      }
      default:
        return await renew(visit, formText(form, "password", 1_000))
    }
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), phone }
  }
}

async function renew(visit: Visit, password: string): Promise<Response> {
  const { db, locale, clock } = visit
  const at = clock.now()
  const step = await inTransaction(db, (tx) => stepOf(visit, tx, FLOWS))
  if (step.at !== "proven") return redirect(pathIn(locale, "/recover"))
  checkPassword(password, { phone: step.address })
  const member = await inTransaction(db, (tx) => memberByPhone(tx, step.address))
  if (member?.state !== "active") return redirect(pathIn(locale, "/register"))
  const { memberId } = member
  if (await inTransaction(db, (tx) => isAsleep(visit, tx, memberId))) return redirect(pathIn(locale, "/sign-in/owner"))
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
  if (!signedIn) return redirect(pathIn(locale, "/sign-in"))
  remember(visit, signedIn)
  // nobody is let in by what an intruder may have left here, until the person has looked at it
  return redirect(pathIn(locale, signedIn.asleep ? "/my/devices?done=recovered" : "/my"))
}
