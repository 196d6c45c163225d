import { statement, type Tx } from "@mila/kernel"
import { livingMember } from "./lock.ts"
import { canonicalPhone, type PhoneRules } from "./phone.ts"

/** How long somebody who leaves may think it over. */
export const LEAVING_RULES = { graceDays: 3 }

export type Leaving = { memberId: number; askedAt: Date; leavesAt: Date; /** whom their available points go to */ giftTo: string | null }

type Row = { memberId: number; askedAt: Date; leavesAt: Date; sealed: Buffer | null }

const COLUMNS = `member_id "memberId", asked_at "askedAt", leaves_at "leavesAt", gift_sealed sealed`

const ask = statement<Row>(
  "members.ask_to_leave",
  `insert into members.leaving (member_id, asked_at, leaves_at, gift_sealed) values ($1, $2, $3, $4)
   on conflict (member_id) do update set gift_sealed = excluded.gift_sealed returning ${COLUMNS}`,
)
const stay = statement<{ member_id: number }>("members.stay", "delete from members.leaving where member_id = $1 returning member_id")
const of = statement<Row>("members.leaving_of", `select ${COLUMNS} from members.leaving where member_id = $1`)
const due = statement<Row>(
  "members.leavers_due",
  `select ${COLUMNS} from members.leaving where leaves_at <= $1 and member_id <> all ($3::bigint[])
    order by leaves_at, member_id limit $2 for update skip locked`,
)

/**
 * Writes down that a member leaves in `LEAVING_RULES.graceDays`, and whom their available points go to, by phone. Asking again changes whom, not when.
 * Refuses `phone_invalid`, `phone_foreign`, `member_unknown`, `member_left`.
 */
export async function askToLeave(
  tx: Tx,
  { memberId, giftTo, phoneRules, at }: { memberId: number; giftTo: string | null; phoneRules: PhoneRules; at: Date },
): Promise<Leaving> {
  const living = await livingMember(tx, memberId)
  const sealed = giftTo === null ? null : tx.secrets.seal("members.gift-phone", canonicalPhone(giftTo, phoneRules))
  const leavesAt = new Date(at.getTime() + LEAVING_RULES.graceDays * 86_400_000)
  const [row] = await ask(tx, [living, at, leavesAt, sealed])
  return opened(tx, row!)
}

/** Takes it back; whether there was anything to take back. */
export async function stayAfterAll(tx: Tx, { memberId }: { memberId: number }): Promise<boolean> {
  return (await stay(tx, [memberId])).length > 0
}

/** When a member leaves; undefined for who stays. */
export async function leavingOf(tx: Tx, memberId: number): Promise<Leaving | undefined> {
  const [row] = await of(tx, [memberId])
  return row && opened(tx, row)
}

/** Members whose time to think is over, but for `except`, locked until the transaction ends; whom somebody else has locked is left out. */
export async function leaversDue(
  tx: Tx,
  { at, most, except = [] }: { at: Date; most: number; except?: readonly number[] },
): Promise<Leaving[]> {
  return (await due(tx, [at, most, except])).map((row) => opened(tx, row))
}

const opened = (tx: Tx, { sealed, ...row }: Row): Leaving => ({
  ...row,
  giftTo: sealed === null ? null : tx.secrets.open("members.gift-phone", sealed),
})
