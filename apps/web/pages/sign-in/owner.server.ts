import { inTransaction, type Tx } from "@mila/kernel"
import {
  answersAsOwner,
  enterAsOwner,
  mailOwnerCode,
  type OwnerAnswer,
  ownerFactNeeded,
  type PhoneProof,
  sleeperProven,
} from "@mila/membership"
import { redirect } from "react-router"
import type { Visit } from "../../visit.ts"
import { onTheWay, pathIn, safeNext } from "../parts/address.ts"
import { placeOf, remember } from "../parts/enter.server.ts"
import { flowIn, type FlowPurpose, refusalOf } from "../parts/flow.server.ts"
import { formText } from "../parts/form-text.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { OWNER } from "./owner-words.ts"

/** A proof of the phone by any of these leads to its account, and where that sleeps, to the question first. */
const FLOWS: readonly FlowPurpose[] = ["register", "sign_in", "recover"]

export type Answer = { refused: Refused; step: string }

/** Whether the account behind a proven phone sleeps, so that its owner is asked a second fact (domain, 5.1). */
export const isAsleep = (visit: Visit, tx: Tx, memberId: number): Promise<boolean> =>
  ownerFactNeeded(tx, { memberId, device: visit.device, dormantMonths: visit.site.dormantMonths, at: visit.clock.now() })

/** What this browser proved a phone by, if it is one of these. */
function proofOf(visit: Visit, purposes: readonly FlowPurpose[]): Pick<PhoneProof, "flow" | "purposes"> | undefined {
  const flow = flowIn(visit, purposes)
  return flow && { flow: flow.token, purposes: [flow.purpose] }
}

/** The member whose phone this browser has proven and whose account sleeps. */
export async function sleeperOf(visit: Visit, tx: Tx, purposes = FLOWS): Promise<number | undefined> {
  const proof = proofOf(visit, purposes)
  const { device, clock, site } = visit
  return proof && sleeperProven(tx, { ...proof, device, dormantMonths: site.dormantMonths, at: clock.now() })
}

/** The questions; nothing of the account is shown, not even whether it has an e-mail address. */
export async function askingOwner(visit: Visit, next: string | null) {
  const sleeper = await inTransaction(visit.db, (tx) => sleeperOf(visit, tx))
  const { locale, session } = visit
  if (sleeper === undefined) return redirect(session ? safeNext(next, locale) : onTheWay(pathIn(locale, "/sign-in"), next))
  return { words: OWNER[locale], fresh: onTheWay("/register?fresh=1", next), sent: visit.cookies.get("owner") !== undefined }
}

/** One fact at a time; a wrong one has one answer whatever was wrong with it, and five a day are tried. */
export async function answerAsOwner(visit: Visit, form: FormData, next: string | null): Promise<Response | Answer> {
  const { db, locale, clock } = visit
  const step = formText(form, "step", 20)
  const no = (code: string, details = {}): Answer => ({ refused: refused(code, locale, details), step })
  const at = clock.now()
  try {
    const memberId = await inTransaction(db, (tx) => sleeperOf(visit, tx))
    if (memberId === undefined) return redirect(onTheWay(pathIn(locale, "/sign-in"), next))
    if (step === "mail") {
      const wait = await mailCode(visit, memberId)
      return wait > 0 ? no("too_often", { wait }) : redirect(onTheWay(pathIn(locale, "/sign-in/owner"), next))
    }
    const heard = await answersAsOwner(db, { memberId, answer: answerIn(visit, form, step), at })
    if (heard.outcome === "wait") return no("too_often", { wait: heard.seconds })
    return heard.outcome === "knows" ? await open(visit, memberId, next) : no("owner_fact_wrong")
  } catch (error) {
    return no(refusalOf(error))
  }
}

function answerIn({ cookies }: Visit, form: FormData, step: string): OwnerAnswer {
  if (step === "code") return { letter: { flow: cookies.get("owner") ?? "", code: formText(form, "code", 20) } }
  if (step === "card") return { fact: { digits: formText(form, "digits", 20) } }
  return { fact: { sum: formText(form, "sum", 20), day: formText(form, "day", 10) } }
}

async function mailCode(visit: Visit, memberId: number): Promise<number> {
  const { db, ip, clock, cookies, site } = visit
  const made = await inTransaction(db, (tx) => mailOwnerCode(tx, { memberId, ip, at: clock.now() }))
  if (!("code" in made)) return made.retryAfterSeconds
  if (made.isSent) site.tellCode?.("e-mail", made.code)
  cookies.set("owner", made.flow, { days: 1 })
  return 0
}

async function open(visit: Visit, memberId: number, next: string | null): Promise<Response> {
  const { db, locale, cookies, clock } = visit
  const proof = proofOf(visit, FLOWS)
  const entering = { memberId, ...placeOf(visit), at: clock.now() }
  const signedIn = proof && (await inTransaction(db, (tx) => enterAsOwner(tx, { ...proof, ...entering })))
  if (!signedIn) return redirect(onTheWay(pathIn(locale, "/sign-in"), next))
  const isRecovering = flowIn(visit, FLOWS)?.purpose === "recover"
  remember(visit, signedIn)
  cookies.forget("owner")
  return redirect(isRecovering ? pathIn(locale, "/my/devices") : safeNext(next, locale)) // a new password is made among the devices
}
