import type { Tx } from "@mila/kernel"
import { contactsOf } from "@mila/members"
import { outboxOf, type OutboxMessage, queueMessage, type Settled, smsStoppedByCaps } from "@mila/messages"

/**
 * What could not go by SMS because a cap was reached goes by e-mail instead, once, when there is an address and no letter about the same lies there (security case
 * A05). Codes are not among it: they prove a phone, and whoever asks again later gets another; nor is advertising, nor a reminder of points, which finds its own way.
 */
export async function tellOtherwise(tx: Tx, { settled, at }: { settled: readonly Settled[]; at: Date }): Promise<void> {
  const failed = settled.filter(({ outcome }) => outcome === "failed").map(({ messageId }) => messageId)
  const stopped = await smsStoppedByCaps(tx, failed)
  const contacts = await contactsOf(
    tx,
    stopped.flatMap(({ memberId }) => memberId ?? []),
  )
  for (const message of stopped) {
    const contact = message.memberId === null ? undefined : contacts.get(message.memberId)
    if (!contact || contact.email === null || (await isWritten(tx, message))) continue
    const { template, params, locale } = message
    await queueMessage(tx, {
      memberId: contact.memberId,
      channel: "email",
      to: contact.email,
      template,
      params,
      locale,
      at,
    })
  }
}

/** Whether a letter about the same act lies there already. */
async function isWritten(tx: Tx, { memberId, template, queuedAt }: OutboxMessage): Promise<boolean> {
  const last = await outboxOf(tx, { memberId: memberId!, most: 50 })
  return last.some((other) => other.channel === "email" && other.template === template && other.queuedAt >= queuedAt)
}
