import { inTransaction, Refusal, type Tx } from "@mila/kernel"
import { CODE_POLICY, type CodePurpose, provenAddress, tryCode } from "@mila/members"
import { sendCode, sendEmailCode, sendOwnEmailCode, type SentCode } from "@mila/membership"
import type { Visit } from "../../visit.ts"

/** A person proves a phone: first the code is asked, then typed. What flow they are in lies in a cookie, so that they can come back to it. */
export type FlowPurpose = CodePurpose

export type Step = { at: "phone" } | { at: "code"; phone: string } | { at: "proven"; phone: string; address: string }

const PROVEN_DAYS = 1
const PURPOSES: readonly FlowPurpose[] = [
  "register",
  "sign_in",
  "recover",
  "change_phone",
  "change_email",
  "prove_email",
  "confirm",
  "merge",
  "new_number",
  "child",
  "representative",
]

/** Where the person stands in one of these flows. */
export async function stepOf(visit: Visit, tx: Tx, purposes: readonly FlowPurpose[]): Promise<Step & { purpose: FlowPurpose | undefined }> {
  const flow = flowIn(visit, purposes)
  if (!flow) return { at: "phone", purpose: undefined }
  const address = await provenAddress(tx, { flow: flow.token, purpose: flow.purpose, spend: false, at: visit.clock.now() })
  const { purpose, phone } = flow
  return address === undefined ? { at: "code", phone, purpose } : { at: "proven", phone, address, purpose }
}

/** Sends a code to a phone, and keeps what flow the person is in. Answers the seconds to wait. Refuses what sendCode does. */
export async function askCode(
  visit: Visit,
  { purpose, phone, by }: { purpose: Exclude<FlowPurpose, "change_email" | "prove_email">; phone: string; by: "sms" | "email" },
): Promise<{ wait: number }> {
  const { db, clock, ip, locale, site } = visit
  const asked = { purpose, phone, by, ip, locale, phoneRules: site.phoneRules, at: clock.now() }
  return begun(visit, purpose, await inTransaction(db, (tx) => sendCode(tx, asked)))
}

/** Sends a code to an address that its owner-to-be has to have. Refuses `email_invalid`. */
export async function askEmailCode(visit: Visit, { email }: { email: string }): Promise<{ wait: number }> {
  const { db, clock, ip, locale } = visit
  const asked = { email, purpose: "change_email", ip, locale, at: clock.now() } as const
  return begun(visit, asked.purpose, await inTransaction(db, (tx) => sendEmailCode(tx, asked)))
}

/** Sends a code to the address that is kept and not proven. Refuses `email_invalid` where there is none. */
export async function askOwnEmailCode(visit: Visit, { memberId }: { memberId: number }): Promise<{ wait: number }> {
  const { db, clock, ip, locale } = visit
  return begun(visit, "prove_email", await inTransaction(db, (tx) => sendOwnEmailCode(tx, { memberId, ip, locale, at: clock.now() })))
}

function begun({ site, cookies }: Visit, purpose: FlowPurpose, sent: SentCode | { retryAfterSeconds: number }): { wait: number } {
  if (!("code" in sent)) return { wait: sent.retryAfterSeconds }
  site.tellCode?.(sent.sentTo, sent.code)
  cookies.set(jarOf(purpose), [purpose, sent.flow, encodeURIComponent(sent.sentTo)].join("."), {
    days: purpose === "representative" ? CODE_POLICY.representativeHours / 24 : PROVEN_DAYS,
  })
  return { wait: 0 }
}

/** Whether the typed code is the one that was sent in this very flow. */
export async function proveCode(visit: Visit, { purposes, code }: { purposes: readonly FlowPurpose[]; code: string }): Promise<boolean> {
  const flow = flowIn(visit, purposes)
  if (!flow) return false
  const at = visit.clock.now()
  const { purpose, token } = flow
  return (await inTransaction(visit.db, (tx) => tryCode(tx, { flow: token, purpose, code, at }))) !== undefined
}

/** Uses up what the flow proved, in the caller's transaction; undefined when it proved nothing, or was used. */
export async function spendProof(visit: Visit, tx: Tx, purposes: readonly FlowPurpose[]): Promise<string | undefined> {
  const flow = flowIn(visit, purposes)
  if (!flow) return undefined
  return provenAddress(tx, { flow: flow.token, purpose: flow.purpose, spend: true, at: visit.clock.now() })
}

/** A child registers with two phones proven, their own and the representative's: the second has a cookie of its own. */
const jarOf = (purpose: FlowPurpose) => (purpose === "child" ? "child" : "flow")

/** What the person is in the middle of, if it is one of these. */
export function flowIn(
  { cookies }: Visit,
  purposes: readonly FlowPurpose[],
): { purpose: FlowPurpose; token: string; phone: string } | undefined {
  const [purpose, token, ...sentTo] = (cookies.get(jarOf(purposes[0]!)) ?? "").split(".")
  const phone = sentTo.join(".") // an e-mail address has dots of its own
  const known = PURPOSES.find((one) => one === purpose && purposes.includes(one))
  return known && token && phone ? { purpose: known, token, phone: decodeURIComponent(phone) } : undefined
}

/** The code of a refusal, or throws what is none. */
export function refusalOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  throw error
}
