import { inTransaction, type Locale, Refusal, type Tx } from "@mila/kernel"
import {
  canonicalEmail,
  canonicalPhone,
  type CodePurpose,
  makeCode,
  maskedPhone,
  memberByPhone,
  personOf,
  provenAddress,
  tryCode,
} from "@mila/members"
import { queueMessage } from "@mila/messages"
import type { Visit } from "../../visit.ts"

/** A person proves a phone: first the code is asked, then typed. What flow they are in lies in a cookie, so that they can come back to it. */
export type FlowPurpose = CodePurpose

export type Step = { at: "phone" } | { at: "code"; phone: string } | { at: "proven"; phone: string; address: string }

const PROVEN_DAYS = 1
const PURPOSES: readonly FlowPurpose[] = ["register", "sign_in", "recover", "change_phone", "change_email", "confirm"]

/** Where the person stands in one of these flows. */
export async function stepOf(visit: Visit, tx: Tx, purposes: readonly FlowPurpose[]): Promise<Step & { purpose: FlowPurpose | undefined }> {
  const flow = flowOf(visit)
  if (!flow || !purposes.includes(flow.purpose)) return { at: "phone", purpose: undefined }
  const address = await provenAddress(tx, { flow: flow.token, purpose: flow.purpose, spend: false, at: visit.clock.now() })
  const { purpose, phone } = flow
  return address === undefined ? { at: "code", phone, purpose } : { at: "proven", phone, address, purpose }
}

/**
 * Sends a code to a phone, whether anybody has it or not: what is answered is the same for all. By e-mail only when the phone's member has one that is known;
 * nobody is told which. Answers the seconds to wait when a limit is reached. Refuses `phone_invalid`, `phone_foreign`.
 */
export async function askCode(
  visit: Visit,
  { purpose, phone, by }: { purpose: Exclude<FlowPurpose, "change_email">; phone: string; by: "sms" | "email" },
): Promise<{ wait: number }> {
  const { db, clock, ip, locale, site, cookies } = visit
  const at = clock.now()
  const address = canonicalPhone(phone, site.phoneRules)
  const made = await inTransaction(db, async (tx) => {
    const code = await makeCode(tx, { purpose, address, ip, at })
    if ("code" in code) await send(tx, { address, code: code.code, by, locale, at })
    return code
  })
  if (!("code" in made)) return { wait: made.retryAfterSeconds }
  site.tellCode?.(maskedPhone(address), made.code)
  cookies.set("flow", [purpose, made.flow, encodeURIComponent(maskedPhone(address))].join("."), { days: PROVEN_DAYS })
  return { wait: 0 }
}

/** Sends a code to an address that its owner-to-be has to have. Refuses `email_invalid`. */
export async function askEmailCode(visit: Visit, { email }: { email: string }): Promise<{ wait: number }> {
  const { db, clock, ip, locale, cookies, site } = visit
  const at = clock.now()
  const to = canonicalEmail(email)
  const made = await inTransaction(db, async (tx) => {
    const code = await makeCode(tx, { purpose: "change_email", address: to, ip, at })
    if ("code" in code)
      await queueMessage(tx, { channel: "email", to, template: "confirmation_code", params: { code: code.code }, locale, at })
    return code
  })
  if (!("code" in made)) return { wait: made.retryAfterSeconds }
  site.tellCode?.("e-mail", made.code)
  cookies.set("flow", ["change_email", made.flow, encodeURIComponent(masked(to))].join("."), { days: PROVEN_DAYS })
  return { wait: 0 }
}

/** «a•••@example.by» */
const masked = (email: string): string => email.replace(/^(.).*(?=@)/, "$1•••")

/** Whether the typed code is the one that was sent in this very flow. */
export async function proveCode(visit: Visit, { purposes, code }: { purposes: readonly FlowPurpose[]; code: string }): Promise<boolean> {
  const flow = flowOf(visit)
  if (!flow || !purposes.includes(flow.purpose)) return false
  const at = visit.clock.now()
  const { purpose, token } = flow
  return (await inTransaction(visit.db, (tx) => tryCode(tx, { flow: token, purpose, code, at }))) !== undefined
}

/** Uses up what the flow proved, in the caller's transaction; undefined when it proved nothing, or was used. */
export async function spendProof(visit: Visit, tx: Tx, purposes: readonly FlowPurpose[]): Promise<string | undefined> {
  const flow = flowOf(visit)
  if (!flow || !purposes.includes(flow.purpose)) return undefined
  return provenAddress(tx, { flow: flow.token, purpose: flow.purpose, spend: true, at: visit.clock.now() })
}

async function send(
  tx: Tx,
  { address, code, by, locale, at }: { address: string; code: string; by: "sms" | "email"; locale: Locale; at: Date },
): Promise<void> {
  const member = await memberByPhone(tx, address)
  const email = by === "email" && member?.state === "active" ? (await personOf(tx, member.memberId))?.email : null
  if (by === "email" && !email) return // nobody is told whether there is an address
  const message = { memberId: member?.memberId ?? null, template: "confirmation_code", params: { code }, locale, at } as const
  await queueMessage(tx, email ? { ...message, channel: "email", to: email } : { ...message, channel: "sms", to: address })
}

function flowOf({ cookies }: Visit): { purpose: FlowPurpose; token: string; phone: string } | undefined {
  const [purpose, token, phone] = (cookies.get("flow") ?? "").split(".")
  const known = PURPOSES.find((one) => one === purpose)
  return known && token && phone ? { purpose: known, token, phone: decodeURIComponent(phone) } : undefined
}

/** The code of a refusal, or throws what is none. */
export function refusalOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  throw error
}
