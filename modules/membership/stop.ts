import { Refusal, type Tx } from "@mila/kernel"
import { canonicalPhone, memberByPhone, personOf } from "@mila/members"
import { queueMessage, suppress, type Written } from "@mila/messages"
import { heldBy, withdrawConsents } from "@mila/privacy"

/** What ends advertising when a text begins with it, in capitals. */
const BEGINS: ReadonlySet<string> = new Set([
  ...[
    "СТОП",
    "STOP",
    "STOPALL",
    "UNSUBSCRIBE",
    "ОТПИСКА",
    "ОТПИСАТЬСЯ",
    "ОТПИСАТЬ",
    "ОТПИШИТЕ",
    "СПЫНІЦЬ",
    "СПЫНИЦЬ",
    "АДПІСАЦЦА",
    "АДПИСАЦЦА",
  ],
])
/** What ends it when it is all there is: these words begin other sentences as well. */
const ALONE: ReadonlySet<string> = new Set([...["НЕ", "НЕТ", "NO", "END", "CANCEL", "QUIT", "ОТКАЗ", "АДМОВА", "ХВАТИТ", "ДОСЫЦЬ"]])

/** Whether a person who wrote this wants no more advertising. */
export function saysStop(text: string): boolean {
  const words = text
    .normalize("NFKC")
    .toUpperCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
  const [first = ""] = words
  return BEGINS.has(first) || (words.length === 1 && ALONE.has(first))
}

/**
 * Reads what somebody wrote to our number. A STOP ends advertising by SMS to that number at once (Law 225-З: at the first demand, for nothing), whether anybody knows
 * it or not: it is left alone from now on, and told so once. Whoever is a member withdraws their consent with it. What says anything else, or comes from no phone, is
 * left alone.
 */
export async function readSms(tx: Tx, { from, text, at }: Written & { at: Date }): Promise<{ is: "stopped" | "ignored" }> {
  const phone = phoneIn(from)
  if (phone === undefined || !saysStop(text)) return { is: "ignored" }
  const profile = await memberByPhone(tx, phone)
  const memberId = profile?.state === "active" ? profile.memberId : null
  const agreed = memberId !== null && (await heldBy(tx, { memberId, at })).has("ads_sms")
  const isNews = (await suppress(tx, { channel: "sms", to: phone, why: "stop", at })) === "suppressed"
  if (agreed) await withdrawConsents(tx, { memberId, purposes: ["ads_sms"], means: "message", door: "sms", at, by: `member:${memberId}` })
  if (isNews || agreed) {
    const locale = memberId === null ? "ru" : ((await personOf(tx, memberId))?.locale ?? "ru")
    await queueMessage(tx, { memberId, channel: "sms", to: phone, template: "ads_stopped", params: {}, locale, at })
  }
  return { is: "stopped" }
}

function phoneIn(from: string): string | undefined {
  try {
    return canonicalPhone(from, { foreign: "allow" })
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
