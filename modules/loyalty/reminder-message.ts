import { assert, type Day, type Tx } from "@mila/kernel"
import type { Contact } from "@mila/members"
import { type Channel, placeName, pushPlacesOf, queueMessage } from "@mila/messages"
import { wordsFor } from "./words.ts"

export type ExpiringPoints = { day: Day; points: number }

/**
 * Queues the reminder: the sum and its first day fit an SMS, an e-mail names every day. A notification goes to the place used last; asked for where there is none,
 * it is an SMS, and to who has no number any more an e-mail.
 */
export async function sendReminder(
  tx: Tx,
  { contact, channel, expiring, at }: { contact: Contact; channel: Channel; expiring: readonly ExpiringPoints[]; at: Date },
): Promise<{ channel: Channel; messageId: number }> {
  const { memberId, phone, email, locale } = contact
  const place = channel === "push" ? (await pushPlacesOf(tx, [memberId])).get(memberId)?.[0] : undefined
  const wanted = channel === "push" && !place ? "sms" : channel
  const by = wanted === "sms" && phone === null ? "email" : wanted
  const to = place ? placeName(place.subscriptionId) : by === "email" ? email : phone
  assert(to !== null, "who is written to has an address")
  const words = wordsFor(locale)
  const days = [...Map.groupBy(expiring, ({ day }) => day)].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const sumOf = (some: readonly ExpiringPoints[]) => some.reduce((sum, { points }) => sum + points, 0)
  const params = {
    points: sumOf(expiring),
    day: words.day(days[0]![0]),
    byDay: days.map(([day, some]) => `${words.day(day)}: ${words.points(sumOf(some))}`).join("\n"),
  }
  const { messageId } = await queueMessage(tx, { memberId, channel: by, to, template: "points_expiring", params, locale, at })
  return { channel: by, messageId }
}
