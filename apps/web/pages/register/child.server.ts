import { inTransaction, type Tx } from "@mila/kernel"
import { birthDate, type Kinship, KINSHIPS } from "@mila/members"
import { redirect } from "react-router"
import type { Visit } from "../../visit.ts"
import { onTheWay, pathIn } from "../parts/address.ts"
import { askAgain, askCode, proveCode, sentOf, spendProof, stepOf } from "../parts/flow.server.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { CHILD } from "./child-words.ts"

const FLOWS = ["child"] as const

type Typed = Record<string, string>
type Answer = { refused: Refused; typed: Typed }

/** Where a child stands, whose own phone is proven: the representative's phone, its code, or what the representative fills in. */
export async function childStep(visit: Visit, tx: Tx, phone: string) {
  const words = CHILD[visit.locale]
  const step = await stepOf(visit, tx, FLOWS)
  const shown = { words: { ...words, lead: words.lead.replace("{phone}", phone) }, sent: sentOf(step) }
  return { ...shown, at: step.at, phone: step.at === "phone" ? "" : step.phone }
}

/** Whether somebody here said that they are under sixteen, or is in the middle of it. */
export const isChildHere = ({ cookies }: Visit, asked: boolean): boolean => asked || cookies.get("child") !== undefined

/** One step of the representative; undefined when the step is none of theirs. */
export async function stepOfRepresentative(
  visit: Visit,
  { step, typed, next }: { step: string; typed: Typed; next: string | null },
): Promise<Response | Answer | undefined> {
  const { locale, cookies } = visit
  const here = onTheWay(pathIn(locale, "/register?child=1"), next)
  switch (step) {
    case "child-phone": {
      const own = await inTransaction(visit.db, (tx) => stepOf(visit, tx, ["register", "sign_in", "recover"]))
      if (own.at !== "proven") return redirect(onTheWay(pathIn(locale, "/register"), next))
      const { wait } = await askCode(visit, { purpose: "child", phone: typed["phone"] ?? "", by: "sms" })
      return wait > 0 ? { refused: refused("too_often", locale, { wait, field: "phone" }), typed } : redirect(here)
    }
    case "child-code":
      if (!(await proveCode(visit, { purposes: FLOWS, code: typed["code"] ?? "" })))
        return { refused: refused("code_invalid", locale), typed: {} }
      return redirect(here)
    case "child-resend": {
      const { wait } = await askAgain(visit, { purposes: FLOWS, by: "sms" })
      return wait > 0 ? { refused: refused("too_often", locale, { wait }), typed } : redirect(here)
    }
    case "child-other":
      cookies.forget("child")
      return redirect(here)
    case "grown":
      cookies.forget("child")
      return redirect(onTheWay(pathIn(locale, "/register"), next))
    default:
      return undefined
  }
}

/** Who consents and for whom, from what the representative filled in; the proof of their phone is used up. Undefined: there is none. Refuses `birth_date_needed`, `birthday_invalid`. */
export async function representation(visit: Visit, tx: Tx, typed: Typed) {
  const phone = await spendProof(visit, tx, FLOWS)
  if (phone === undefined) return undefined
  const kinship = KINSHIPS.find((one) => one === typed["kinship"]) ?? ("parent" satisfies Kinship)
  const name = { given: typed["rep_given"] ?? "", family: typed["rep_family"] ?? "", patronymic: typed["rep_patronymic"] || null }
  return { under16: true, bornOn: bornOn(visit, typed), representative: { name, phone, kinship } }
}

function bornOn({ clock }: Visit, typed: Typed) {
  const [year, month, day] = ["birth_year", "birth_month", "birth_day"].map((name) => Number(typed[name]) || 0)
  return year && month && day ? birthDate({ year, month, day }, clock.now()) : null
}
