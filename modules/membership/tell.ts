import { type Tx } from "@mila/kernel"
import { type Person, personOf, profilesOf, provenEmailOf } from "@mila/members"
import { type CodeTemplate, queueMessage, type Template, type TemplateParams } from "@mila/messages"
import { notifyMember } from "./push.ts"

type Told = Exclude<Template, CodeTemplate | "offer">

type Telling<Key extends Told> = { memberId: number | null; template: Key; params: TemplateParams[Key]; at: Date }

/** Queues an SMS to the member about what was just done to what is theirs, in their language, and notifications where they asked for them. Who left, or has no phone, is not told. */
export async function tellMember<Key extends Told>(tx: Tx, { memberId, template, params, at }: Telling<Key>): Promise<void> {
  const person = await livingPerson(tx, memberId)
  if (!person?.phone) return
  await queueMessage(tx, { memberId: person.memberId, channel: "sms", to: person.phone, template, params, locale: person.locale, at })
  await notifyMember(tx, { memberId: person.memberId, template, params, locale: person.locale, at })
}

/** The same by e-mail too, if there is an address that is proven: of what opens the account, the person hears even when somebody else has the phone number. */
export async function tellMemberEverywhere<Key extends Told>(tx: Tx, { memberId, template, params, at }: Telling<Key>): Promise<void> {
  await tellMember(tx, { memberId, template, params, at })
  const person = await livingPerson(tx, memberId)
  const to = provenEmailOf(person)
  if (!person || !to) return
  await queueMessage(tx, {
    memberId: person.memberId,
    channel: "email",
    to,
    template,
    params,
    locale: person.locale,
    at,
  })
}

async function livingPerson(tx: Tx, memberId: number | null): Promise<Person | undefined> {
  const living = memberId === null ? undefined : (await profilesOf(tx, [memberId])).get(memberId)?.memberId
  return living === undefined ? undefined : personOf(tx, living)
}
