import { inTransaction, Refusal, type Tx } from "@mila/kernel"
import { type Asker, CODE_POLICY, type CodePurpose, provenAddress, tryCode } from "@mila/members"
import { sendCode, sendCodeAgain, sendEmailCode, sendOwnEmailCode, type SentCode, waitToAskAgain } from "@mila/membership"
import { waitText } from "@mila/sayings"
import type { Visit } from "../../visit.ts"

/** A person proves a phone: first the code is asked, then typed. What flow they are in lies in a cookie, so that they can come back to it. */
export type FlowPurpose = CodePurpose

export type Step = { at: "phone" } | ({ at: "code" } & Sent) | { at: "proven"; phone: string; address: string }

/** A code on its way: whereto, how, whether it is another one, and the seconds until the next may be asked for. */
export type Sent = { phone: string; by: "sms" | "email"; isAnother: boolean; wait: number; waitSays: string }

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
  const { purpose, phone, by, isAnother } = flow
  const at = visit.clock.now()
  const address = await provenAddress(tx, { flow: flow.token, purpose, spend: false, at })
  if (address !== undefined) return { at: "proven", phone, address, purpose }
  const wait = isOfEmail(purpose) ? 0 : await waitToAskAgain(tx, { flow: flow.token, purpose, asker: askerOf(visit), at })
  return { at: "code", phone, by, isAnother, wait, waitSays: waitText(wait, visit.locale), purpose }
}

/** Its code goes to an e-mail address and is asked for anew where that stands. */
const isOfEmail = (purpose: FlowPurpose): purpose is "change_email" | "prove_email" =>
  purpose === "change_email" || purpose === "prove_email"

/** What a page says of a code that is on its way; null while there is none. */
export const sentOf = (step: Step): Sent | null => (step.at === "code" ? step : null)

/** Who asks in this browser: strangers to a number never keep its owner waiting here. */
const askerOf = ({ device, session }: Visit): Asker => ({ device, session: session ?? null })

/** The host whose pages a phone may fill codes in on; a chain tried at home over http has none. */
const hostOf = ({ publicUrl }: Visit["site"]): string | null => (publicUrl.startsWith("https:") ? new URL(publicUrl).hostname : null)

/** Sends a code to a phone, and keeps what flow the person is in. Answers the seconds to wait. Refuses what sendCode does. */
export async function askCode(
  visit: Visit,
  { purpose, phone, by }: { purpose: Exclude<FlowPurpose, "change_email" | "prove_email">; phone: string; by: "sms" | "email" },
): Promise<{ wait: number }> {
  const { db, clock, ip, locale, site } = visit
  const how = { ip, asker: askerOf(visit), host: hostOf(site), locale, at: clock.now() }
  const sent = await inTransaction(db, (tx) => sendCode(tx, { purpose, phone, by, phoneRules: site.phoneRules, ...how }))
  return begun(visit, { purpose, by, isAnother: false }, sent)
}

/** Sends another code to where the one of this flow went. Answers the seconds to wait; a flow that is over is forgotten, and its page begins anew. */
export async function askAgain(
  visit: Visit,
  { purposes, by }: { purposes: readonly FlowPurpose[]; by: "sms" | "email" },
): Promise<{ wait: number }> {
  const { db, clock, ip, locale, site, cookies } = visit
  const flow = flowIn(visit, purposes)
  const purpose = flow?.purpose
  const how = { ip, asker: askerOf(visit), host: hostOf(site), locale, at: clock.now() }
  const sent =
    flow && purpose && !isOfEmail(purpose)
      ? await inTransaction(db, (tx) => sendCodeAgain(tx, { flow: flow.token, purpose, by, ...how }))
      : undefined
  if (sent) return begun(visit, { purpose: purpose!, by, isAnother: true }, sent)
  if (flow) cookies.forget(jarOf(flow.purpose))
  return { wait: 0 }
}

/** Sends a code to an address that its owner-to-be has to have. Refuses `email_invalid`. */
export async function askEmailCode(visit: Visit, { email }: { email: string }): Promise<{ wait: number }> {
  const { db, clock, ip, locale } = visit
  const asked = { email, purpose: "change_email", ip, locale, at: clock.now() } as const
  return begun(visit, { purpose: asked.purpose, by: "email", isAnother: false }, await inTransaction(db, (tx) => sendEmailCode(tx, asked)))
}

/** Sends a code to the address that is kept and not proven. Refuses `email_invalid` where there is none. */
export async function askOwnEmailCode(visit: Visit, { memberId }: { memberId: number }): Promise<{ wait: number }> {
  const { db, clock, ip, locale } = visit
  const sent = await inTransaction(db, (tx) => sendOwnEmailCode(tx, { memberId, ip, locale, at: clock.now() }))
  return begun(visit, { purpose: "prove_email", by: "email", isAnother: false }, sent)
}

function begun(
  { site, cookies }: Visit,
  { purpose, by, isAnother }: { purpose: FlowPurpose; by: Sent["by"]; isAnother: boolean },
  sent: SentCode | { retryAfterSeconds: number },
): { wait: number } {
  if (!("code" in sent)) return { wait: sent.retryAfterSeconds }
  site.tellCode?.(sent.sentTo, sent.code)
  cookies.set(jarOf(purpose), [purpose, sent.flow, `${by}${isAnother ? "+" : ""}:${encodeURIComponent(sent.sentTo)}`].join("."), {
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
): ({ purpose: FlowPurpose; token: string } & Pick<Sent, "phone" | "by" | "isAnother">) | undefined {
  const [purpose, token, ...sentTo] = (cookies.get(jarOf(purposes[0]!)) ?? "").split(".")
  // an e-mail address has dots of its own
  const { by, another, phone } = /^(?:(?<by>sms|email)(?<another>\+)?:)?(?<phone>[^:]+)$/.exec(sentTo.join("."))?.groups ?? {}
  const known = PURPOSES.find((one) => one === purpose && purposes.includes(one))
  if (!known || !token || !phone) return undefined
  return { purpose: known, token, phone: decodeURIComponent(phone), by: by === "email" ? by : "sms", isAnother: another !== undefined }
}

/** The code of a refusal, or throws what is none. */
export function refusalOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  throw error
}
