import { addMonths, type Day, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import type { Actor } from "./actor.ts"
import { moveRepresentativeNumber } from "./children/represent.ts"
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

// when the birthday was last given, moved or taken away by the member: at registration, or since
const birthdayGiven = statement<{ at: Date | null }>(
  "members.birthday_given",
  `select coalesce(
            (select max(at) from members.event
              where member_id = $1 and what = 'person_changed' and by like 'member:%' and coalesce((details ->> 'birthday')::boolean, true)),
            case when birth_month is not null then registered_at end) at
     from members.member where id = $1`,
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
  const { former, wanted, sealed } = await resealed(tx, living, { phone }, phoneRules)
  const taken = await members(tx).selectFrom("member").select("id").where("phone_hash", "=", sealed.phone_hash).executeTakeFirst()
  if (taken && taken.id !== living) refuse("phone_taken")
  await members(tx)
    .updateTable("member")
    .set({ phone_hash: sealed.phone_hash, phone_sealed: sealed.phone_sealed, parked_phone_hash: null, parked_at: null })
    .where("id", "=", living)
    .execute()
  await moveRepresentativeNumber(tx, { memberId: living, phone: wanted.phone })
  await restSpending(tx, { memberId: living, at })
  await recordEvent(tx, { memberId: living, what: "phone_changed", at, by: `member:${living}` })
  return { former: former.phone }
}

/** Another e-mail address, the first too, proven by the caller, or none: it leads back into the account, so that nothing is spent for a day. Refuses `email_invalid`, `bank_card_number`, `member_unknown`, `member_left`. */
export async function changeEmail(tx: Tx, { memberId, email, at }: Change & { email: string | null }): Promise<{ former: string | null }> {
  const living = await livingMember(tx, memberId)
  const { former, wanted, sealed } = await resealed(tx, living, { email })
  await members(tx)
    .updateTable("member")
    .set({ email_sealed: sealed.email_sealed, email_proven_at: wanted.email === null ? null : at })
    .where("id", "=", living)
    .execute()
  if (former.email !== wanted.email) await restSpending(tx, { memberId: living, at })
  await recordEvent(tx, { memberId: living, what: "email_changed", at, by: `member:${living}` })
  return { former: former.email }
}

/** A birthday may be moved once in so many months by the member themselves: it brings gifts (what a clerk corrects is not counted). */
const BIRTHDAY_MONTHS = 12

/**
 * Another name or birthday. The member themselves gives or moves a birthday once a year, counted from when it was last given, moved or taken away
 * (it can always be taken away); a clerk corrects it
 * whenever they are asked to (Law 99-З, article 11). Saying what is so already leaves no trace. Answers what changed.
 * Refuses `birthday_moved_lately` with the first day on which it may be moved, `name_invalid`, `birthday_invalid`, `bank_card_number`, `member_unknown`, `member_left`.
 */
export async function changePerson(
  tx: Tx,
  { memberId, name, birthday, at, by }: Change & { name: PersonName; birthday: Birthday | null; by: Actor },
): Promise<{ name: boolean; birthday: boolean }> {
  const living = await livingMember(tx, memberId)
  const { former, wanted, sealed } = await resealed(tx, living, { name, birthday })
  const changed = { name: !same(former.name, wanted.name), birthday: !same(former.birthday, wanted.birthday) }
  if (changed.birthday && wanted.birthday && by.startsWith("member:")) {
    const from = await birthdayMovesFrom(tx, { memberId: living, at })
    if (from !== null) refuse("birthday_moved_lately", { from })
  }
  // Every reason to refuse is behind us.
  if (!changed.name && !changed.birthday) return changed
  const born = { birth_month: wanted.birthday?.month ?? null, birth_day: wanted.birthday?.day ?? null }
  await members(tx)
    .updateTable("member")
    .set({ name_sealed: sealed.name_sealed, ...born })
    .where("id", "=", living)
    .execute()
  await recordEvent(tx, { memberId: living, what: "person_changed", at, by, details: changed })
  return changed
}

/** The first day, in Minsk, on which a member may move their birthday themselves; null: now. */
export async function birthdayMovesFrom(tx: Tx, { memberId, at }: Change): Promise<Day | null> {
  const given = (await birthdayGiven(tx, [memberId]))[0]?.at
  if (!given) return null
  const from = addMonths(dayIn(MINSK, given), BIRTHDAY_MONTHS)
  return from > dayIn(MINSK, at) ? from : null
}

/** The wording of what is the same, whatever the order of its fields. */
const same = (one: PersonName | Birthday | null, other: PersonName | Birthday | null): boolean =>
  one === null || other === null ? one === other : JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

const sorted = (fields: object) => Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1))

/** Spending rests for a day from `at`: what one signs in with has changed, and whoever did it may not be the member. */
export async function restSpending(tx: Tx, { memberId, at }: Change): Promise<void> {
  await restSpendingUntil(tx, memberId, new Date(at.getTime() + REST_HOURS * 3_600_000))
}

/** Spending rests until then, or longer if it did already. */
export async function restSpendingUntil(tx: Tx, memberId: number, until: Date): Promise<void> {
  await rest(tx, [memberId, until])
}

/** Stands where a parked member has no number while other fields are sealed; it is written nowhere. */
const NO_NUMBER = "+375290000000"

async function resealed(
  tx: Tx,
  memberId: number,
  changed: { name?: PersonName; phone?: string; email?: string | null; birthday?: Birthday | null },
  phoneRules: PhoneRules = { foreign: "allow" },
) {
  const person = (await personOf(tx, memberId)) ?? refuse("member_unknown")
  const former = { name: person.name!, phone: person.phone ?? NO_NUMBER, email: person.email, birthday: person.birthday }
  const wanted = canonicalPerson({ ...former, ...changed }, phoneRules)
  return { former, wanted, sealed: sealPerson(tx, wanted) }
}
