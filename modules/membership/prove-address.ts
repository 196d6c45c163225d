import type { Locale, Tx } from "@mila/kernel"
import {
  askedAddress,
  type Asker,
  canonicalEmail,
  canonicalPhone,
  codeLane,
  type CodePurpose,
  makeCode,
  maskedPhone,
  memberByPhone,
  personOf,
  type PhoneRules,
  provenEmailOf,
  waitForCode,
} from "@mila/members"
import { type CodeTemplate, queueMessage } from "@mila/messages"

/** A code on its way: `flow` is for whoever asked, `sentTo` is the address as it may be shown; `code` is told to nobody, a demo's console aside. */
export type SentCode = { flow: string; code: string; expiresAt: Date; sentTo: string }

type Asked = {
  ip: string
  /** who asks: a stranger to the number, or its member in a place of theirs, who is never kept waiting by strangers */
  asker: Asker
  /** the host of the page the code is for, which a phone may fill in by itself; null: it is for no page */
  host: string | null
  locale: Locale
  at: Date
}

type ForPhone = Exclude<CodePurpose, "change_email" | "prove_email">

/**
 * Sends a code to a phone, whether anybody has it or not: what is answered is the same for all. By e-mail only when the phone's member has one that is proven;
 * nobody is told which. Answers the seconds to wait when a limit is reached. Refuses `phone_invalid`, `phone_foreign`.
 */
export async function sendCode(
  tx: Tx,
  { purpose, phone, by, phoneRules, ...asked }: Asked & { purpose: ForPhone; phone: string; by: "sms" | "email"; phoneRules: PhoneRules },
): Promise<SentCode | { retryAfterSeconds: number }> {
  const address = canonicalPhone(phone, phoneRules)
  const lane = await codeLane(tx, { phone: address, ...asked.asker })
  const made = await makeCode(tx, { purpose, address, lane, ip: asked.ip, at: asked.at })
  if (!("code" in made)) return made
  const template = purpose === "child" || purpose === "representative" ? "representative_code" : "confirmation_code"
  await send(tx, { address, code: made.code, by, template, ...asked })
  return { ...made, sentTo: maskedPhone(address) }
}

/**
 * Sends another code to where a flow's code went. Whoever holds the flow asks, so it needs no number; the former code is good no more in the new flow. Undefined
 * when there is nothing to repeat: the flow is too old, or proven.
 */
export async function sendCodeAgain(
  tx: Tx,
  { flow, ...asked }: Asked & { flow: string; purpose: ForPhone; by: "sms" | "email" },
): Promise<SentCode | { retryAfterSeconds: number } | undefined> {
  const phone = await askedAddress(tx, { flow, purpose: asked.purpose, at: asked.at })
  return phone === undefined ? undefined : sendCode(tx, { phone, phoneRules: { foreign: "allow" }, ...asked })
}

/** Seconds until a flow's code may be asked for again; 0 when it may be now. */
export async function waitToAskAgain(
  tx: Tx,
  { flow, purpose, asker, at }: { flow: string; purpose: ForPhone; asker: Asker; at: Date },
): Promise<number> {
  const phone = await askedAddress(tx, { flow, purpose, at })
  return phone === undefined ? 0 : waitForCode(tx, { address: phone, lane: await codeLane(tx, { phone, ...asker }), at })
}

/** Sends a code to an e-mail address that a member has to have: another one, or the one that is kept and not proven. Answers the seconds to wait when a limit is reached. Refuses `email_invalid`. */
export async function sendEmailCode(
  tx: Tx,
  { email, purpose, ip, locale, at }: Omit<Asked, "asker" | "host"> & { email: string; purpose: "change_email" | "prove_email" },
): Promise<SentCode | { retryAfterSeconds: number }> {
  const to = canonicalEmail(email)
  const made = await makeCode(tx, { purpose, address: to, lane: null, ip, at })
  if (!("code" in made)) return made
  await queueMessage(tx, { channel: "email", to, template: "confirmation_code", params: { code: made.code }, locale, at })
  return { ...made, sentTo: masked(to) }
}

/** «a•••@example.by» */
const masked = (email: string): string => email.replace(/^(.).*(?=@)/, "$1•••")

async function send(
  tx: Tx,
  {
    address,
    code,
    by,
    template,
    host,
    locale,
    at,
  }: { address: string; code: string; by: "sms" | "email"; template: CodeTemplate; host: string | null; locale: Locale; at: Date },
): Promise<void> {
  const member = await memberByPhone(tx, address)
  const email = by === "email" && member?.state === "active" ? provenEmailOf(await personOf(tx, member.memberId)) : null
  if (by === "email" && !email) return // nobody is told whether there is an address
  const message = {
    memberId: member?.memberId ?? null,
    template,
    params: { code, ...(host === null ? {} : { host }) },
    locale,
    at,
  } as const
  await queueMessage(tx, email ? { ...message, channel: "email", to: email } : { ...message, channel: "sms", to: address })
}
