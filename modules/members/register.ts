import type { Locale, Tx } from "@mila/kernel"
import type { Actor } from "./actor.ts"
import { recordEvent } from "./history.ts"
import { canonicalPerson, type PersonalData, sealPerson } from "./personal-data.ts"
import type { PhoneRules } from "./phone.ts"
import { refuse } from "./refusals.ts"
import { members } from "./tables.ts"

/**
 * Makes a member. The phone's unique key decides who was first: the second registration of a number, also of one that belongs to a merged
 * member, is refused, whoever sends it. Proof that the number is theirs is the door's business; `emailProven` says that the address is, too.
 * Errors: `bank_card_number`, `name_invalid`, `phone_invalid`, `phone_foreign`, `email_invalid`, `birthday_invalid`, `phone_taken`.
 */
export async function registerMember(
  tx: Tx,
  {
    locale,
    at,
    by = "system",
    phoneRules,
    emailProven = false,
    ...given
  }: PersonalData & { locale: Locale; at: Date; by?: Actor; phoneRules?: PhoneRules; emailProven?: boolean },
): Promise<{ memberId: number }> {
  const person = canonicalPerson(given, phoneRules)

  const registered = await members(tx)
    .insertInto("member")
    .values({
      ...sealPerson(tx, person),
      email_proven_at: emailProven && person.email !== null ? at : null,
      birth_month: person.birthday?.month ?? null,
      birth_day: person.birthday?.day ?? null,
      locale,
      registered_at: at,
    })
    .onConflict((conflict) => conflict.column("phone_hash").doNothing())
    .returning("id")
    .executeTakeFirst()
  if (!registered) return refuse("phone_taken")

  await recordEvent(tx, { memberId: registered.id, what: "registered", at, by })
  return { memberId: registered.id }
}
