import { addDays, dayIn, MINSK, startOfDay, type Tx } from "@mila/kernel"
import { contactsOf } from "@mila/members"
import { advertisingSent, type OutboxMessage, queueMessage, type Verdict } from "@mila/messages"
import { mayDo } from "@mila/privacy"
import { unsubscribeToken } from "./unsubscribe.ts"

/** What people were promised: no advertising at night, and no more than so much of it a week. */
export const ADVERTISING_RULES = { quietFromHour: 21, quietUntilHour: 9, mostAWeek: 3 }

const HOUR_MS = 3_600_000
const PURPOSE_OF = { sms: "ads_sms", email: "ads_email" } as const

/**
 * Queues an offer to members, by every channel they agreed to at this moment; whether they still agree is asked again when it is sent. `publicUrl` is where the
 * letter's link to unsubscribe leads. Answers how many messages were queued.
 */
export async function advertise(
  tx: Tx,
  { memberIds, text, publicUrl, at }: { memberIds: readonly number[]; text: string; publicUrl: string; at: Date },
): Promise<{ queued: number }> {
  let queued = 0
  for (const channel of ["sms", "email"] as const) {
    const purpose = PURPOSE_OF[channel]
    const agreed = [...(await mayDo(tx, { memberIds, purpose, at }))]
    for (const [memberId, { phone, email, locale }] of await contactsOf(tx, agreed)) {
      const to = channel === "sms" ? phone : email
      if (to === null) continue
      const unsubscribe = `${publicUrl}/unsubscribe?t=${unsubscribeToken(tx, { memberId, purpose })}`
      await queueMessage(tx, { memberId, channel, to, template: "offer", params: { text, unsubscribe }, locale, at })
      queued += 1
    }
  }
  return { queued }
}

/** Asked at the moment of sending (security case A55): a consent withdrawn meanwhile drops the message, the night puts it off, a full week drops it. */
export async function screenAdvertising(tx: Tx, messages: readonly OutboxMessage[], at: Date): Promise<ReadonlyMap<number, Verdict>> {
  const memberIds = [...new Set(messages.flatMap(({ memberId }) => memberId ?? []))]
  const agreed = {
    sms: await mayDo(tx, { memberIds, purpose: "ads_sms", at }),
    email: await mayDo(tx, { memberIds, purpose: "ads_email", at }),
  }
  const sent = await advertisingSent(tx, { memberIds, since: new Date(at.getTime() - 7 * 24 * HOUR_MS) })
  const night = nightLeft(at)
  const verdicts = new Map<number, Verdict>()
  for (const { messageId, memberId, channel } of messages) {
    if (memberId === null || !agreed[channel].has(memberId)) verdicts.set(messageId, { is: "dropped", why: "no_consent" })
    else if ((sent.get(memberId) ?? 0) >= ADVERTISING_RULES.mostAWeek) verdicts.set(messageId, { is: "dropped", why: "enough_this_week" })
    else if (night > 0) verdicts.set(messageId, { is: "put_off", seconds: night })
    else {
      verdicts.set(messageId, { is: "sent" })
      sent.set(memberId, (sent.get(memberId) ?? 0) + 1)
    }
  }
  return verdicts
}

/** Seconds until people may be written to again; 0 by day, in Minsk. */
function nightLeft(at: Date): number {
  const today = dayIn(MINSK, at)
  const { quietFromHour, quietUntilHour } = ADVERTISING_RULES
  const morning = (of: typeof today) => startOfDay(MINSK, of).getTime() + quietUntilHour * HOUR_MS
  const evening = startOfDay(MINSK, today).getTime() + quietFromHour * HOUR_MS
  const until = at.getTime() < morning(today) ? morning(today) : at.getTime() >= evening ? morning(addDays(today, 1)) : at.getTime()
  return Math.ceil((until - at.getTime()) / 1000)
}
