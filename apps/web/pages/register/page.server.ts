import { inTransaction, looksLikeBankCardNumber } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { join, joinOnReissuedNumber } from "@mila/membership"
import { ASKED, currentTexts, NEEDED, type Purpose } from "@mila/privacy"
import { redirect } from "react-router"
import { formText } from "../parts/form-text.ts"
import type { Visit } from "../../visit.ts"
import { onTheWay, pathIn, safeNext } from "../parts/address.ts"
import { enter, enterFirst, remember } from "../parts/enter.server.ts"
import { askAgain, askCode, proveCode, refusalOf, sentOf, spendProof, stepOf } from "../parts/flow.server.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { isAsleep, sleeperOf } from "../sign-in/owner.server.ts"
import { childStep, isChildHere, representation, stepOfRepresentative } from "./child.server.ts"
import { REGISTER } from "./words.ts"

// a code asked for to sign in proves the phone as well: who has no card yet goes on here
const FLOWS = ["register", "sign_in", "recover"] as const

/** What the page shows, by where the person stands. */
export async function registration(visit: Visit, { fresh, asksChild, next }: { fresh: boolean; asksChild: boolean; next: string | null }) {
  const { db, clock, locale } = visit
  const words = REGISTER[locale]
  return inTransaction(db, async (tx) => {
    const step = await stepOf(visit, tx, FLOWS)
    const child = step.at === "proven" && isChildHere(visit, asksChild) ? await childStep(visit, tx, step.phone) : null
    const number = { phone: 1, code: 2, proven: 3 }[step.at] + (child ? { phone: 0, code: 1, proven: 2 }[child.at] : 0)
    const shown = {
      words,
      fresh,
      at: step.at,
      step: words.step.replace("{at}", String(number)).replace("{of}", child ? "5" : "3"),
      child,
      phone: step.at === "phone" ? "" : step.phone,
      sent: sentOf(step),
      ways: { signIn: onTheWay("/sign-in", next), child: onTheWay(`/register?child=1${fresh ? "&fresh=1" : ""}`, next) },
    }
    if (step.at !== "proven") return { ...shown, texts: [] }
    const texts = await currentTexts(tx, locale, clock.now())
    const one = (purpose: Purpose, kind: "needed" | "asked" | "child") => ({ kind, ...texts.get(purpose)! })
    return {
      ...shown,
      texts: [...NEEDED.map((purpose) => one(purpose, "needed")), one("child", "child"), ...ASKED.map((purpose) => one(purpose, "asked"))],
    }
  })
}

type Typed = Record<string, string>
export type Answer = { refused: Refused; typed: Typed }

/** One step forward, or what is wrong with it and what was typed. */
export async function register(visit: Visit, form: FormData, next: string | null): Promise<Response | Answer> {
  const { locale, cookies } = visit
  const here = onTheWay(pathIn(locale, "/register"), next)
  const typed = typedIn(form)
  const step = formText(form, "step")
  if (Object.values(typed).some((text) => looksLikeBankCardNumber(text))) return { refused: refused("bank_card_number", locale), typed: {} }
  try {
    const answered = await stepOfRepresentative(visit, { step, typed, next })
    if (answered) return answered
    switch (step) {
      case "phone": {
        const { wait } = await askCode(visit, { purpose: "register", phone: typed["phone"] ?? "", by: "sms" })
        return wait > 0 ? { refused: refused("too_often", locale, { wait, field: "phone" }), typed } : redirect(here)
      }
      case "resend": {
        const { wait } = await askAgain(visit, { purposes: FLOWS, by: "sms" })
        return wait > 0 ? { refused: refused("too_often", locale, { wait }), typed } : redirect(here)
      }
      case "other":
        cookies.forget("flow")
        return redirect(here)
      case "code": {
        if (!(await proveCode(visit, { purposes: FLOWS, code: typed["code"] ?? "" })))
          return { refused: refused("code_invalid", locale), typed: {} }
        return (await knownAlready(visit, next)) ?? redirect(here)
      }
      default:
        return await finish(visit, typed, next)
    }
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), typed }
  }
}

/** Whose phone it is has a card: the proof signs them in, or leads to one more question where the account slept for long. */
export async function knownAlready(visit: Visit, next: string | null): Promise<Response | undefined> {
  const { db, locale } = visit
  const signedIn = await inTransaction(db, async (tx) => {
    const step = await stepOf(visit, tx, FLOWS)
    const member = step.at === "proven" ? await memberByPhone(tx, step.address) : undefined
    if (member?.state !== "active") return undefined
    if (await isAsleep(visit, tx, member.memberId)) return "asleep"
    await spendProof(visit, tx, FLOWS)
    return enter(visit, tx, member.memberId)
  })
  if (!signedIn) return undefined
  if (signedIn === "asleep") return redirect(onTheWay(pathIn(locale, "/sign-in/owner"), next))
  remember(visit, signedIn)
  return redirect(safeNext(next, locale))
}

async function finish(visit: Visit, typed: Typed, next: string | null): Promise<Response | Answer> {
  const { db, locale, site, ip, deviceName, clock } = visit
  const isChild = typed["child"] === "1"
  const given = [...NEEDED, ...ASKED, ...(isChild ? (["child"] as const) : [])].flatMap((purpose) => {
    const version = Number(typed[`consent_${purpose}`])
    return version > 0 ? [{ purpose, version }] : []
  })
  const at = clock.now()
  const signedIn = await inTransaction(db, async (tx) => {
    const sleeper = typed["fresh"] === "1" ? await sleeperOf(visit, tx, FLOWS) : undefined
    const child = isChild ? await representation(visit, tx, typed) : {}
    if (!child) return undefined
    const phone = await spendProof(visit, tx, FLOWS)
    if (phone === undefined) return undefined
    const person = { name: nameIn(typed), phone, email: typed["email"] || null, birthday: birthdayIn(typed) }
    const how = {
      given,
      means: "tick",
      door: "web",
      origin: { ip, device: deviceName },
      letterLink: `${site.publicUrl}${pathIn(locale, "/my/devices?letter=")}`,
      locale,
      phoneRules: site.phoneRules,
      at,
      ...child,
    } as const
    const link = `${site.publicUrl}${pathIn(locale, "/recover/number")}`
    const { memberId } = await (sleeper === undefined
      ? join(tx, { ...person, ...how })
      : joinOnReissuedNumber(tx, { ...person, ...how, link }))
    return enterFirst(visit, tx, memberId)
  })
  if (!signedIn) return redirect(onTheWay(pathIn(locale, "/register"), next))
  remember(visit, signedIn)
  const there = safeNext(next, locale)
  return redirect(there === pathIn(locale, "/my") ? pathIn(locale, "/my/card?new=1") : there) // who was going nowhere else sees the card
}

const nameIn = (typed: Typed) => ({ given: typed["given"] ?? "", family: typed["family"] ?? "", patronymic: typed["patronymic"] || null })

function birthdayIn(typed: Typed): { month: number; day: number } | null {
  const [month, day] = [Number(typed["birth_month"] ?? 0), Number(typed["birth_day"] ?? 0)]
  return month === 0 && day === 0 ? null : { month, day }
}

/** What was typed, so that it isn't lost. */
function typedIn(form: FormData): Typed {
  const fields = [...form].filter((field): field is [string, string] => typeof field[1] === "string" && field[1].length <= 300)
  return Object.fromEntries(fields)
}
