import { addDays, type Day, endOfDay, MINSK, type Tx } from "@mila/kernel"
import {
  type Actor,
  birthDate,
  type Birthday,
  changePerson,
  childOf,
  correctBirthDate,
  type PersonName,
  personOf,
  sixteenthBirthday,
} from "@mila/members"
import { queueMessage } from "@mila/messages"
import { moveRepresentedTerm } from "@mila/privacy"
import { refuse } from "./refusals.ts"
import { dayInWords } from "./statement-words.ts"
import { tellMember } from "./tell.ts"

export type Correction = { memberId: number; name: PersonName; birthday: Birthday | null; at: Date; by: Actor }

/**
 * Corrects a name or a birthday at the person's wish by somebody else's hand, and tells them, in case the wish was not theirs. Nothing is told when
 * nothing changed. Errors: those of changePerson.
 */
export async function correctPerson(tx: Tx, correction: Correction): Promise<{ name: boolean; birthday: boolean }> {
  const { memberId, at } = correction
  const changed = await changePerson(tx, correction)
  if (changed.name || changed.birthday) await tellMember(tx, { memberId, template: "person_corrected", params: {}, at })
  return changed
}

type OfChild = { memberId: number; born: Birthday & { year: number }; representativeAgrees: boolean; at: Date; by: Actor }

/**
 * Corrects the birth date of who is a member by a representative's consent: of nobody else we keep the year. What rests on that consent holds until the other day; the
 * child and the representative are told. A day that comes sooner, or is here, takes from the representative what is theirs to decide, so it is only done when they were
 * asked (`representativeAgrees`). Refuses `representative_unasked`, `birthday_invalid`, and what correctBirthDate does.
 */
export async function correctChildsBirthDate(tx: Tx, { memberId, born, representativeAgrees, at, by }: OfChild): Promise<void> {
  const bornOn = birthDate(born, at)
  const child = await childOf(tx, memberId)
  if (child && sixteenthBirthday(bornOn) < child.sixteenOn && !representativeAgrees) refuse("representative_unasked")
  const { former, sixteenOn } = await correctBirthDate(tx, { memberId, bornOn, at, by })
  if (former === sixteenOn) return
  await moveRepresentedTerm(tx, { memberId, until: endOfDay(MINSK, addDays(sixteenOn, -1)), door: "office", at, by })
  await tellBoth(tx, { memberId, sixteenOn, at })
}

async function tellBoth(tx: Tx, { memberId, sixteenOn, at }: { memberId: number; sixteenOn: Day; at: Date }): Promise<void> {
  const params = { day: dayInWords(sixteenOn) }
  const { phone, memberId: member } = (await childOf(tx, memberId))!.representative!
  const { locale = "ru" } = (await personOf(tx, memberId)) ?? {}
  const to = { memberId: member, channel: "sms", to: phone, locale } as const
  await tellMember(tx, { memberId, template: "birth_date_corrected", params, at })
  await queueMessage(tx, { ...to, template: "birth_date_corrected", params, at })
}
