import type { Locale, Tx } from "@mila/kernel"
import { type Birthday, openName, type PersonName } from "./personal-data.ts"
import { maskedPhone } from "./phone.ts"
import { members, type MemberState } from "./tables.ts"

/** Everything we know of a person, opened: for their own pages, for a clerk whose look is recorded, for sending them a message. */
export type Person = {
  memberId: number
  state: MemberState
  mergedInto: number | null
  name: PersonName | null
  phone: string | null
  maskedPhone: string | null
  /** as it was typed; written to only when it is proven (`provenEmailOf`) */
  email: string | null
  emailProven: boolean
  birthday: Birthday | null
  locale: Locale
  employee: boolean
  registeredAt: Date
  leftAt: Date | null
}

/** One member's own data, of exactly the row asked for: merges are not followed. Nobody: undefined. Who left has no name any more. */
export async function personOf(tx: Tx, memberId: number): Promise<Person | undefined> {
  const row = await members(tx).selectFrom("member").selectAll().where("id", "=", memberId).executeTakeFirst()
  if (!row) return undefined
  const phone = row.phone_sealed && tx.secrets.open("members.phone", row.phone_sealed)
  return {
    memberId: row.id,
    state: row.state,
    mergedInto: row.merged_into,
    name: row.name_sealed && openName(tx, row.name_sealed),
    phone,
    maskedPhone: phone === null ? null : maskedPhone(phone),
    email: row.email_sealed && tx.secrets.open("members.email", row.email_sealed),
    emailProven: row.email_proven_at !== null,
    birthday: row.birth_month === null || row.birth_day === null ? null : { month: row.birth_month, day: row.birth_day },
    locale: row.locale,
    employee: row.employee,
    registeredAt: row.registered_at,
    leftAt: row.left_at,
  }
}
