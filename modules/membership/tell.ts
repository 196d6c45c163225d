import { type Tx } from "@mila/kernel"
import { personOf, profilesOf } from "@mila/members"
import { queueMessage, type Template, type TemplateParams } from "@mila/messages"

/** Queues an SMS to the member about what was just done to what is theirs, in their language. Who left, or has no phone, is not told. */
export async function tellMember<Key extends Template>(
  tx: Tx,
  { memberId, template, params, at }: { memberId: number | null; template: Key; params: TemplateParams[Key]; at: Date },
): Promise<void> {
  if (memberId === null) return
  const living = (await profilesOf(tx, [memberId])).get(memberId)?.memberId
  const person = living === undefined ? undefined : await personOf(tx, living)
  if (!person?.phone) return
  await queueMessage(tx, { memberId: person.memberId, channel: "sms", to: person.phone, template, params, locale: person.locale, at })
}
