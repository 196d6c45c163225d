import { type Locale, Refusal, statement, type Tx } from "@mila/kernel"
import { type Birthday, maskName, openName, phoneHash } from "./personal-data.ts"
import { canonicalPhone } from "./phone.ts"
import type { MemberState } from "./tables.ts"

/** Where an employee works: their own card earns nothing there. `till: null` means at any till of the shop. */
export type Workplace = { shop: string; till: number | null }

export type MemberProfile = {
  /** the member alive behind the one asked for */
  memberId: number
  state: MemberState
  birthday: Birthday | null
  /** «Анна П.»; opened only when it is read. Empty for who left. */
  readonly maskedName: string
  locale: Locale
  employee: boolean
  employeeAt: Workplace | null
  /** the member closed spending, or somebody did for them; earning goes on */
  spendLocked: boolean
  /** until then spending rests after a change of phone, e-mail or password; null when it does not rest at this instant */
  spendRestsUntil(at: Date): Date | null
  /** either of them: at this instant nothing is spent */
  spendClosed(at: Date): boolean
}

type ProfileRow = {
  asked: number
  id: number
  state: MemberState
  birth_month: number | null
  birth_day: number | null
  name_sealed: Buffer | null
  locale: Locale
  employee: boolean
  employee_shop: string | null
  employee_till: number | null
  spend_locked: boolean
  spend_rests_until: Date | null
}

const COLUMNS = `live.id, live.state, live.birth_month, live.birth_day, live.name_sealed, live.locale,
  live.employee, live.employee_shop, live.employee_till,
  live.spend_locked, live.spend_rests_until`

const profiles = statement<ProfileRow>(
  "members.profiles",
  `select asked.id asked, ${COLUMNS}
     from members.member asked join members.member live on live.id = coalesce(asked.merged_into, asked.id)
    where asked.id = any ($1::bigint[])`,
)

const byPhone = statement<ProfileRow>(
  "members.by_phone",
  `select asked.id asked, ${COLUMNS}
     from members.member asked join members.member live on live.id = coalesce(asked.merged_into, asked.id)
    where asked.phone_hash = $1`,
)

const leftBefore = statement<{ id: number }>("members.left_before", "select id from members.member where left_phone_hash = $1 limit 1")

/** Many members at once, in one statement, by the id asked for; whoever was merged answers with the member they became. */
export async function profilesOf(tx: Tx, memberIds: readonly number[]): Promise<Map<number, MemberProfile>> {
  if (memberIds.length === 0) return new Map()
  const rows = await profiles(tx, [`{${memberIds.join(",")}}`])
  return new Map(rows.map((row) => [row.asked, profileFrom(tx, row)]))
}

/** The member a number belongs to, in any spelling of it; what is no phone number belongs to nobody. */
export async function memberByPhone(tx: Tx, phone: string): Promise<MemberProfile | undefined> {
  const canonical = phoneOrNothing(phone)
  if (canonical === undefined) return undefined
  const [row] = await byPhone(tx, [phoneHash(tx, canonical)])
  return row && profileFrom(tx, row)
}

/** Whether somebody with this number was a member before and left: they may come back, and are not welcomed with points twice. */
export async function hasLeftBefore(tx: Tx, phone: string): Promise<boolean> {
  const canonical = phoneOrNothing(phone)
  return canonical !== undefined && (await leftBefore(tx, [phoneHash(tx, canonical)])).length > 0
}

/** Whether this is the employee's own till, where their own card earns nothing. */
export function worksAt({ employeeAt }: Pick<MemberProfile, "employeeAt">, { shop, till }: { shop: string; till: number }): boolean {
  return employeeAt !== null && employeeAt.shop === shop && (employeeAt.till === null || employeeAt.till === till)
}

function profileFrom(tx: Tx, row: ProfileRow): MemberProfile {
  let masked: string | undefined
  const until = row.spend_rests_until
  const restsUntil = (at: Date) => (until !== null && at < until ? until : null)
  return {
    memberId: row.id,
    state: row.state,
    birthday: row.birth_month === null || row.birth_day === null ? null : { month: row.birth_month, day: row.birth_day },
    get maskedName() {
      return (masked ??= row.name_sealed === null ? "" : maskName(openName(tx, row.name_sealed)))
    },
    locale: row.locale,
    employee: row.employee,
    employeeAt: row.employee_shop === null ? null : { shop: row.employee_shop, till: row.employee_till },
    spendLocked: row.spend_locked,
    spendRestsUntil: restsUntil,
    spendClosed: (at) => row.spend_locked || restsUntil(at) !== null,
  }
}

function phoneOrNothing(text: string): string | undefined {
  try {
    return canonicalPhone(text, { foreign: "allow" })
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
