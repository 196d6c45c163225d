import { inTransaction, type Tx } from "@mila/kernel"
import { makeCode, memberByPhone, personOf, takeOwnerTry, tryCode } from "@mila/members"
import { knowsOwnerFact, type OwnerFact, ownerFactNeeded } from "@mila/membership"
import { queueMessage } from "@mila/messages"
import { redirect } from "react-router"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { enter, remember } from "../parts/enter.server.ts"
import { type FlowPurpose, refusalOf, spendProof, stepOf } from "../parts/flow.server.ts"
import { formText } from "../parts/form-text.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { OWNER } from "./owner-words.ts"

/** A proof of the phone by any of these leads to its account, and where that sleeps, to the question first. */
const FLOWS: readonly FlowPurpose[] = ["register", "sign_in", "recover"]

export type Answer = { refused: Refused; step: string }

/** Whether the account behind a proven phone sleeps, so that its owner is asked a second fact (domain, 5.1). */
export const isAsleep = (visit: Visit, tx: Tx, memberId: number): Promise<boolean> =>
  ownerFactNeeded(tx, { memberId, device: visit.device, dormantMonths: visit.site.dormantMonths, at: visit.clock.now() })

/** The member whose phone this browser has proven and whose account sleeps. */
export async function sleeperOf(visit: Visit, tx: Tx, purposes = FLOWS): Promise<number | undefined> {
  const step = await stepOf(visit, tx, purposes)
  const member = step.at === "proven" ? await memberByPhone(tx, step.address) : undefined
  return member?.state === "active" && (await isAsleep(visit, tx, member.memberId)) ? member.memberId : undefined
}

/** The questions; nothing of the account is shown, not even whether it has an e-mail address. */
export async function askingOwner(visit: Visit) {
  const sleeper = await inTransaction(visit.db, (tx) => sleeperOf(visit, tx))
  if (sleeper === undefined) return redirect(pathIn(visit.locale, visit.session ? "/my" : "/sign-in"))
  return { words: OWNER[visit.locale], sent: visit.cookies.get("owner") !== undefined }
}

/** One fact at a time; a wrong one has one answer whatever was wrong with it, and five a day are tried. */
export async function answerAsOwner(visit: Visit, form: FormData): Promise<Response | Answer> {
  const { db, locale, clock } = visit
  const step = formText(form, "step", 20)
  const no = (code: string, details = {}): Answer => ({ refused: refused(code, locale, details), step })
  const at = clock.now()
  try {
    const memberId = await inTransaction(db, (tx) => sleeperOf(visit, tx))
    if (memberId === undefined) return redirect(pathIn(locale, "/sign-in"))
    if (step === "mail") {
      const wait = await mailCode(visit, memberId)
      return wait > 0 ? no("too_often", { wait }) : redirect(pathIn(locale, "/sign-in/owner"))
    }
    const wait = await inTransaction(db, (tx) => takeOwnerTry(tx, { memberId, at }))
    if (wait > 0) return no("too_often", { wait })
    const knows = await inTransaction(db, (tx) =>
      step === "code"
        ? hasMail(visit, tx, { memberId, code: formText(form, "code", 20) })
        : knowsOwnerFact(tx, { memberId, fact: factIn(form, step) }),
    )
    return knows ? await open(visit, memberId) : no("owner_fact_wrong")
  } catch (error) {
    return no(refusalOf(error))
  }
}

const factIn = (form: FormData, step: string): OwnerFact =>
  step === "card" ? { digits: formText(form, "digits", 20) } : { sum: formText(form, "sum", 20), day: formText(form, "day", 10) }

/** The code is made, and counted, whether there is an address or not; it is sent where there is one. */
async function mailCode({ db, ip, clock, cookies, site }: Visit, memberId: number): Promise<number> {
  const at = clock.now()
  const made = await inTransaction(db, async (tx) => {
    const person = await personOf(tx, memberId)
    const code = await makeCode(tx, { purpose: "owner", address: person?.email ?? `nobody:${memberId}`, ip, at })
    if ("code" in code && person?.email)
      await queueMessage(tx, {
        memberId,
        channel: "email",
        to: person.email,
        template: "confirmation_code",
        params: { code: code.code },
        locale: person.locale,
        at,
      })
    return { ...code, isSent: Boolean(person?.email) }
  })
  if (!("code" in made)) return made.retryAfterSeconds
  if (made.isSent) site.tellCode?.("e-mail", made.code)
  cookies.set("owner", made.flow, { days: 1 })
  return 0
}

async function hasMail({ cookies, clock }: Visit, tx: Tx, { memberId, code }: { memberId: number; code: string }): Promise<boolean> {
  const proven = await tryCode(tx, { flow: cookies.get("owner") ?? "", purpose: "owner", code, at: clock.now() })
  return proven !== undefined && proven.address === (await personOf(tx, memberId))?.email
}

async function open(visit: Visit, memberId: number): Promise<Response> {
  const { db, locale, cookies } = visit
  const signedIn = await inTransaction(db, async (tx) => {
    const { purpose } = await stepOf(visit, tx, FLOWS)
    const phone = await spendProof(visit, tx, FLOWS)
    const member = phone === undefined ? undefined : await memberByPhone(tx, phone)
    return member?.memberId === memberId ? { ...(await enter(visit, tx, memberId)), purpose } : undefined
  })
  if (!signedIn) return redirect(pathIn(locale, "/sign-in"))
  remember(visit, signedIn)
  cookies.forget("owner")
  return redirect(pathIn(locale, signedIn.purpose === "recover" ? "/my/devices" : "/my")) // where a new password is made
}
