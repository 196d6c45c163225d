import { dayIn, dayText, inTransaction, type Locale, MINSK, type Tx } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { agreeForChild, endRepresentation, representAgain, type Represented, representedBy, withdrawForChild } from "@mila/membership"
import { ASKED, currentTexts, isPurpose, type PublishedText, type Purpose } from "@mila/privacy"
import { redirect } from "react-router"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { askAgain, askCode, proveCode, refusalOf, sentOf, stepOf } from "../parts/flow.server.ts"
import { formText } from "../parts/form-text.ts"
import { REGISTER } from "../register/words.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { REPRESENTATIVE, type RepresentativeWords } from "./words.ts"

const FLOWS = ["representative"] as const

/** Where a representative stands: their phone, its code, or the children they agreed for. */
export async function representing(visit: Visit, done: string | null) {
  const { db, clock, locale, site } = visit
  const words = REPRESENTATIVE[locale]
  const at = clock.now()
  return inTransaction(db, async (tx) => {
    const step = await stepOf(visit, tx, FLOWS)
    const { email } = site.seller
    const shown = {
      words: { ...words, fields: REGISTER[locale].fields },
      at: step.at,
      phone: step.at === "phone" ? "" : step.phone,
      sent: sentOf(step),
      done: done !== null && Object.hasOwn(words.done, done) ? words.done[done as keyof typeof words.done] : null,
      desk: email ? words.desk.replace("{email}", email) : words.deskShop,
    }
    if (step.at !== "proven") return { ...shown, children: [], child: null, hasCard: false }
    const texts = await currentTexts(tx, locale, at)
    return {
      ...shown,
      child: texts.get("child")!,
      hasCard: (await memberByPhone(tx, step.address))?.state === "active",
      children: (await representedBy(tx, { phone: step.address, at })).map((child) => childShown(child, { texts, words, locale })),
    }
  })
}

function childShown(
  { memberId, maskedName, sixteenOn, agreedAt, consents, leavesAt }: Represented,
  { texts, words, locale }: { texts: Map<Purpose, PublishedText>; words: RepresentativeWords; locale: Locale },
) {
  const day = (of: Date) => dayText(dayIn(MINSK, of), locale)
  return {
    childId: memberId,
    name: maskedName,
    since: words.since.replace("{day}", day(agreedAt)).replace("{until}", dayText(sixteenOn, locale)),
    ends: leavesAt && !consents.has("child") ? words.ends.replace("{day}", day(leavesAt)) : null,
    wishes: ASKED.map((purpose) => {
      const given = consents.get(purpose)
      return { text: texts.get(purpose)!, isOn: given !== undefined, says: given ? words.on.replace("{day}", day(given.at)) : words.off }
    }),
  }
}

export type Answer = { refused: Refused; typed: string; about: number }

/** A step, or what a representative wants for a child of theirs. */
export async function actAsRepresentative(visit: Visit, form: FormData): Promise<Response | Answer> {
  const { locale, cookies } = visit
  const here = pathIn(locale, "/representative")
  const step = formText(form, "step", 20)
  const typed = formText(form, "phone", 60)
  const about = Number(form.get("child")) || 0
  const no = (code: string, details = {}): Answer => ({ refused: refused(code, locale, details), typed, about })
  try {
    switch (step) {
      case "phone": {
        const { wait } = await askCode(visit, { purpose: "representative", phone: typed, by: "sms" })
        return wait > 0 ? no("too_often", { wait, field: "phone" }) : redirect(here)
      }
      case "resend": {
        const { wait } = await askAgain(visit, { purposes: FLOWS, by: "sms" })
        return wait > 0 ? no("too_often", { wait }) : redirect(here)
      }
      case "code":
        return (await proveCode(visit, { purposes: FLOWS, code: formText(form, "code", 20) })) ? redirect(here) : no("code_invalid")
      case "other":
        cookies.forget("flow")
        return redirect(here)
      case "end":
        if (form.get("sure") !== "on") return no("malformed", { field: "sure" })
    }
    const done = await inTransaction(visit.db, (tx) => forChild(visit, tx, { form, step, childId: about }))
    return redirect(done === undefined ? here : `${here}?done=${done}`)
  } catch (error) {
    return no(refusalOf(error))
  }
}

async function forChild(
  visit: Visit,
  tx: Tx,
  { form, step, childId }: { form: FormData; step: string; childId: number },
): Promise<"given" | "withdrawn" | "ended" | "again" | undefined> {
  const proven = await stepOf(visit, tx, FLOWS)
  if (proven.at !== "proven") return undefined
  const { clock, ip, deviceName, locale } = visit
  const of = { phone: proven.address, childId, door: "web", at: clock.now() } as const
  const how = { ...of, locale, origin: { ip, device: deviceName } }
  const [purpose, version] = [formText(form, "purpose"), Number(form.get("version")) || 0]
  if (step === "give" && isPurpose(purpose)) {
    await agreeForChild(tx, { ...how, given: [{ purpose, version }] })
    return "given"
  }
  if (step === "withdraw" && isPurpose(purpose)) {
    await withdrawForChild(tx, { ...of, purposes: [purpose] })
    return "withdrawn"
  }
  if (step === "end") {
    await endRepresentation(tx, { ...of, giftToSelf: form.get("gift") === "on" })
    return "ended"
  }
  if (step !== "again") return undefined
  await representAgain(tx, { ...how, version: Number(form.get("consent_child")) || 0 })
  return "again"
}
