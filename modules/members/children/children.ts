import { type Day, statement, type Tx } from "@mila/kernel"
import { maskName, openName, type PersonName, phoneHash } from "../personal-data.ts"
import { canonicalPhone, maskedPhone } from "../phone.ts"
import { isUnder16 } from "./ages.ts"

/** Who may consent for a child: a parent, who adopted them, the guardian of who is under fourteen, the trustee of who is older. */
export const KINSHIPS = ["parent", "adopter", "guardian", "trustee"] as const
export type Kinship = (typeof KINSHIPS)[number]

/** A member whose membership began with a representative's consent and who has not given their own yet. */
export type Child = {
  memberId: number
  /** the day they are sixteen */
  sixteenOn: Day
  kinship: Kinship
  /** null when they are forgotten: the person is sixteen and did not answer in time */
  representative: {
    name: PersonName
    maskedName: string
    phone: string
    maskedPhone: string
    /** if they are a member themselves */
    memberId: number | null
  } | null
  agreedAt: Date
  /** when they were asked for their own consent */
  askedAt: Date | null
  silentAt: Date | null
}

type Row = Omit<Child, "representative"> & { name: Buffer | null; phone: Buffer | null; representativeId: number | null }

const COLUMNS = `c.member_id "memberId", c.sixteen_on "sixteenOn", c.kinship, c.name_sealed name, c.phone_sealed phone, c.agreed_at "agreedAt",
  c.asked_at "askedAt", c.silent_at "silentAt", coalesce(r.merged_into, r.id) "representativeId"`
const FROM = "members.child c left join members.member r on r.id = c.representative_id and r.state <> 'left'"

const one = statement<Row>("members.child_of", `select ${COLUMNS} from ${FROM} where c.member_id = $1`)
const byPhone = statement<Row>("members.children_of", `select ${COLUMNS} from ${FROM} where c.phone_hash = $1 order by c.member_id`)

const among = statement<Row>("members.children_among", `select ${COLUMNS} from ${FROM} where c.member_id = any ($1::bigint[])`)

/** Of many members those whose own consent is still to come. */
export async function childrenAmong(tx: Tx, memberIds: readonly number[]): Promise<Map<number, Child>> {
  return new Map((await among(tx, [memberIds])).map((row) => [row.memberId, opened(tx, row)]))
}

/** The child, if this member is one whose own consent is still to come; undefined for everybody else. */
export async function childOf(tx: Tx, memberId: number): Promise<Child | undefined> {
  const [row] = await one(tx, [memberId])
  return row && opened(tx, row)
}

/** Whether somebody is under sixteen at this moment, as their representative said. */
export async function isChild(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<boolean> {
  const child = await childOf(tx, memberId)
  return child !== undefined && isUnder16(child.sixteenOn, at)
}

/** The children under sixteen whose representative has this number; the caller has proof of it. */
export async function childrenOf(tx: Tx, { phone, at }: { phone: string; at: Date }): Promise<Child[]> {
  const rows = await byPhone(tx, [phoneHash(tx, canonicalPhone(phone, { foreign: "allow" }))])
  return rows.map((row) => opened(tx, row)).filter(({ sixteenOn }) => isUnder16(sixteenOn, at))
}

export function opened(tx: Tx, { name, phone, representativeId, ...row }: Row): Child {
  if (name === null || phone === null) return { ...row, representative: null }
  const [whole, number] = [openName(tx, name, "members.representative-name"), tx.secrets.open("members.representative-phone", phone)]
  const masked = { maskedName: maskName(whole), maskedPhone: maskedPhone(number) }
  return { ...row, representative: { name: whole, phone: number, ...masked, memberId: representativeId } }
}

/** For statements that answer children: the columns of `opened`, of the table and its representative. */
export const CHILD = { columns: COLUMNS, from: FROM }
export type ChildRow = Row
