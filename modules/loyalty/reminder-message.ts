import { assert, type Day, type Tx } from "@mila/kernel"
import type { Contact } from "@mila/members"
import { type Channel, queueMessage } from "@mila/messages"
import { wordsFor } from "./words.ts"

export type ExpiringPoints = { day: Day; points: number }

/** Queues the reminder: the sum and its first day fit an SMS, an e-mail names every day. */
export async function sendReminder(
  tx: Tx,
  { contact, channel, expiring, at }: { contact: Contact; channel: Channel; expiring: readonly ExpiringPoints[]; at: Date },
): Promise<{ channel: Channel; messageId: number }> {
  const { memberId, phone, email, locale } = contact
  const to = channel === "sms" ? phone : email
  assert(to !== null, "who is written to has an address")
  const words = wordsFor(locale)
  const days = [...Map.groupBy(expiring, ({ day }) => day)].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const sumOf = (some: readonly ExpiringPoints[]) => some.reduce((sum, { points }) => sum + points, 0)
  const params = {
    points: sumOf(expiring),
    day: words.day(days[0]![0]),
    byDay: days.map(([day, some]) => `${words.day(day)}: ${words.points(sumOf(some))}`).join("\n"),
  }
  const { messageId } = await queueMessage(tx, { memberId, channel, to, template: "points_expiring", params, locale, at })
  return { channel, messageId }
}
