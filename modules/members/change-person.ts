import { statement, type Tx } from "@mila/kernel"
import { recordEvent } from "./history.ts"
import { livingMember } from "./lock.ts"
import { type Birthday, canonicalPerson, type PersonName, sealPerson } from "./personal-data.ts"
import { personOf } from "./person.ts"
import type { PhoneRules } from "./phone.ts"
import { refuse } from "./refusals.ts"
import { members } from "./tables.ts"

/** How long spending rests after the phone, the e-mail or the password changed (security case A07). */
const REST_HOURS = 24

type Change = { memberId: number; at: Date }

const rest = statement(
  "members.rest_spending",
  "update members.member set spend_rests_until = greatest(spend_rests_until, $2) where id = $1",
)

/**
 * Gives a member another phone, proven by the caller, and with it another login. Refuses `phone_taken` when it is somebody's, `phone_invalid`,
 * `phone_foreign`, `member_unknown`, `member_left`. Spending rests for a day; the caller tells both numbers.
 */
export async function changePhone(
  tx: Tx,
  { memberId, phone, phoneRules, at }: Change & { phone: string; phoneRules?: PhoneRules },
): Promise<{ former: string }> {
  const living = await livingMember(tx, memberId)
  const { former, sealed } = await resealed(tx, living, { phone }, phoneRules)
  const taken = await members(tx).selectFrom("member").select("id").where("phone_hash", "=", sealed.phone_hash).executeTakeFirst()
  if (taken && taken.id !== living) refuse("phone_taken")
  await members(tx)
    .updateTable("member")
    .set({ phone_hash: sealed.phone_hash, phone_sealed: sealed.phone_sealed })
    .where("id", "=", living)
    .execute()
  await restSpending(tx, { memberId: living, at })
  await recordEvent(tx, { memberId: living, what: "phone_changed", at, by: `member:${living}` })
  return { former: former.phone }
}

/** Another e-mail address, proven by the caller, or none. Refuses `email_invalid`, `bank_card_number`, `member_unknown`, `member_left`. */
export async function changeEmail(tx: Tx, { memberId, email, at }: Change & { email: string | null }): Promise<{ former: string | null }> {
  const living = await livingMember(tx, memberId)
  const { former, sealed } = await resealed(tx, living, { email })
  await members(tx).updateTable("member").set({ email_sealed: sealed.email_sealed }).where("id", "=", living).execute()
  await recordEvent(tx, { memberId: living, what: "email_changed", at, by: `member:${living}` })
  return { former: former.email }
}

/** Another name or birthday. Refuses `name_invalid`, `birthday_invalid`, `bank_card_number`, `member_unknown`, `member_left`. */
export async function changePerson(
  tx: Tx,
  { memberId, name, birthday, at }: Change & { name: PersonName; birthday: Birthday | null },
): Promise<void> {
  const living = await livingMember(tx, memberId)
  const { sealed } = await resealed(tx, living, { name, birthday })
  const born = { birth_month: birthday?.month ?? null, birth_day: birthday?.day ?? null }
  await members(tx)
    .updateTable("member")
    .set({ name_sealed: sealed.name_sealed, ...born })
    .where("id", "=", living)
    .execute()
  await recordEvent(tx, { memberId: living, what: "person_changed", at, by: `member:${living}` })
}

/** Spending rests for a day from `at`: what one signs in with has changed, and whoever did it may not be the member. */
export async function restSpending(tx: Tx, { memberId, at }: Change): Promise<void> {
  await rest(tx, [memberId, new Date(at.getTime() + REST_HOURS * 3_600_000)])
}

async function resealed(
  tx: Tx,
  memberId: number,
  changed: { name?: PersonName; phone?: string; email?: string | null; birthday?: Birthday | null },
  phoneRules: PhoneRules = { foreign: "allow" },
) {
  const person = (await personOf(tx, memberId)) ?? refuse("member_unknown")
  const former = { name: person.name!, phone: person.phone!, email: person.email, birthday: person.birthday }
  return { former, sealed: sealPerson(tx, canonicalPerson({ ...former, ...changed }, phoneRules)) }
}
