import type { Tx } from "@mila/kernel"
import { type Actor, type Birthday, changePerson, type PersonName } from "@mila/members"
import { tellMember } from "./tell.ts"

/**
 * Corrects a name or a birthday at the person's wish by somebody else's hand, and tells them, in case the wish was not theirs. Nothing is told when
 * nothing changed. Errors: those of changePerson.
 */
export async function correctPerson(
  tx: Tx,
  correction: { memberId: number; name: PersonName; birthday: Birthday | null; at: Date; by: Actor },
): Promise<{ name: boolean; birthday: boolean }> {
  const { memberId, at } = correction
  const changed = await changePerson(tx, correction)
  if (changed.name || changed.birthday) await tellMember(tx, { memberId, template: "person_corrected", params: {}, at })
  return changed
}
