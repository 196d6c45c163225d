import type { Tx } from "@mila/kernel"
import { sessionsOf } from "@mila/members"
import {
  type CodeTemplate,
  endSubscriptions,
  placeName,
  pushPlacesOf,
  queueMessage,
  type Template,
  type TemplateParams,
} from "@mila/messages"
import type { Locale } from "@mila/kernel"

/** Queues a notification to every browser where a member asked for them. Codes never go so: they prove that somebody has the phone. */
export async function notifyMember<Key extends Exclude<Template, CodeTemplate | "offer">>(
  tx: Tx,
  { memberId, template, params, locale, at }: { memberId: number; template: Key; params: TemplateParams[Key]; locale: Locale; at: Date },
): Promise<void> {
  for (const { subscriptionId } of (await pushPlacesOf(tx, [memberId])).get(memberId) ?? [])
    await queueMessage(tx, { memberId, channel: "push", to: placeName(subscriptionId), template, params, locale, at })
}

/** Browsers that are signed in no more are told nothing: called after sessions of a member ended. Harmless twice. */
export async function endPlacesSignedOut(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  const alive = (await sessionsOf(tx, { memberId, at })).map(({ sessionId }) => sessionId)
  await endSubscriptions(tx, { memberId, exceptSessions: alive })
}
