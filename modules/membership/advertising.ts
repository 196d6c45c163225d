import type { Tx } from "@mila/kernel"
import { contactsOf } from "@mila/members"
import { type Channel, CHANNELS, placeName, pushPlacesOf, queueMessage } from "@mila/messages"
import { mayDo } from "@mila/privacy"
import { type AdvertisingPurpose, unsubscribeToken } from "./unsubscribe.ts"

/** What people were promised: no advertising at night, and no more than so much of it a week. A member may wish for less and for more quiet. */
export const ADVERTISING_RULES = { quietFromHour: 21, quietUntilHour: 9, mostAWeek: 3 }

export const PURPOSE_OF = { sms: "ads_sms", email: "ads_email", push: "ads_push" } as const satisfies Record<Channel, AdvertisingPurpose>

/**
 * Queues an offer to members, by every channel they agreed to at this moment; whether they still agree is asked again when it is sent. Of several browsers the one
 * used last is told. `publicUrl` is where the letter's link to unsubscribe leads. Answers how many messages were queued. Refuses `sms_too_long`.
 */
export async function advertise(
  tx: Tx,
  { memberIds, text, publicUrl, at }: { memberIds: readonly number[]; text: string; publicUrl: string; at: Date },
): Promise<{ queued: number }> {
  let queued = 0
  for (const channel of CHANNELS) {
    const purpose = PURPOSE_OF[channel]
    const agreed = [...(await mayDo(tx, { memberIds, purpose, at }))]
    const places = channel === "push" ? await pushPlacesOf(tx, agreed) : new Map<number, never>()
    for (const [memberId, { phone, email, locale }] of await contactsOf(tx, agreed)) {
      const place = places.get(memberId)?.[0]
      const to = { sms: phone, email, push: place ? placeName(place.subscriptionId) : null }[channel]
      if (to === null) continue
      const unsubscribe = `${publicUrl}/unsubscribe?t=${unsubscribeToken(tx, { memberId, purpose })}`
      await queueMessage(tx, { memberId, channel, to, template: "offer", params: { text, unsubscribe }, locale, at })
      queued += 1
    }
  }
  return { queued }
}
