import { networkOf, statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { refuse } from "./refusals.ts"
import { type Limit, takeUses } from "./sign-in/limits.ts"

/** How a lost number is changed: the link in the letter is good for a day; after it the old number and the address have two days to say no. */
export const NEW_NUMBER_RULES = {
  linkHours: 24,
  waitHours: 48,
  perNetwork: { what: "new-number.network", most: 10, minutes: 24 * 60 } satisfies Limit,
  perPhone: { what: "new-number.phone", most: 3, minutes: 24 * 60 } satisfies Limit,
}

export type NewNumber = { memberId: number; phone: string; askedAt: Date; confirmedAt: Date | null; dueAt: Date | null }

type Row = Omit<NewNumber, "phone"> & { sealed: Buffer }

const COLUMNS = `member_id "memberId", phone_sealed sealed, asked_at "askedAt", confirmed_at "confirmedAt", due_at "dueAt"`

const insert = statement<Row>(
  "members.ask_new_number",
  `insert into members.new_number (member_id, phone_sealed, token_hash, asked_at) values ($1, $2, $3, $4)
   on conflict (member_id) do update set phone_sealed = excluded.phone_sealed, token_hash = excluded.token_hash, asked_at = excluded.asked_at,
     confirmed_at = null, due_at = null returning ${COLUMNS}`,
)
const byToken = statement<Row>("members.new_number_by_token", `select ${COLUMNS} from members.new_number where token_hash = $1 for update`)
const of = statement<Row>("members.new_number_of", `select ${COLUMNS} from members.new_number where member_id = $1`)
const confirm = statement(
  "members.confirm_new_number",
  "update members.new_number set confirmed_at = $2, due_at = $3 where member_id = $1 and confirmed_at is null",
)
const drop = statement<{ member_id: number }>(
  "members.drop_new_number",
  "delete from members.new_number where member_id = $1 returning member_id",
)
const due = statement<Row>(
  "members.new_numbers_due",
  `select ${COLUMNS} from members.new_number where due_at <= $1 and member_id <> all ($3::bigint[]) order by due_at, member_id limit $2 for update skip locked`,
)
const forget = statement<{ member_id: number }>(
  "members.forget_new_numbers",
  "delete from members.new_number where confirmed_at is null and asked_at < $1 returning member_id",
)

/** Counts one ask by network and by the old phone; the seconds to wait when there were too many. The caller commits either way. */
export function takeNewNumberAsk(tx: Tx, { oldPhone, ip, at }: { oldPhone: string; ip: string; at: Date }): Promise<number> {
  const { perNetwork, perPhone } = NEW_NUMBER_RULES
  return takeUses(
    tx,
    [
      { limit: perNetwork, key: networkOf(ip) },
      { limit: perPhone, key: oldPhone },
    ],
    at,
  )
}

/** Writes down that a member wants another number, proven and canonical; nothing changes yet. Answers the token of the letter, kept only as a hash. */
export async function askNewNumber(
  tx: Tx,
  { memberId, phone, at }: { memberId: number; phone: string; at: Date },
): Promise<{ token: string }> {
  const token = randomBytes(24).toString("base64url")
  await insert(tx, [memberId, tx.secrets.seal("members.new-number", phone), tokenHash(tx, token), at])
  return { token }
}

/** What a letter's link means, undefined when it is nobody's or a day old and unconfirmed. */
export async function newNumberBy(tx: Tx, { token, at }: { token: string; at: Date }): Promise<NewNumber | undefined> {
  const [row] = /^[\w-]{32}$/.test(token) ? await byToken(tx, [tokenHash(tx, token)]) : []
  if (!row || (row.confirmedAt === null && at.getTime() - row.askedAt.getTime() > NEW_NUMBER_RULES.linkHours * 3_600_000)) return undefined
  return opened(tx, row)
}

/** What a member asked for and waits for; undefined when nothing. */
export async function newNumberOf(tx: Tx, memberId: number): Promise<NewNumber | undefined> {
  const [row] = await of(tx, [memberId])
  return row && opened(tx, row)
}

/** Whoever reads the letter says yes: two days from now the number changes, unless somebody says no. The second yes changes nothing. Refuses `new_number_unknown`. */
export async function confirmNewNumber(
  tx: Tx,
  { token, at }: { token: string; at: Date },
): Promise<NewNumber & { dueAt: Date; first: boolean }> {
  const asked = (await newNumberBy(tx, { token, at })) ?? refuse("new_number_unknown")
  const dueAt = asked.dueAt ?? new Date(at.getTime() + NEW_NUMBER_RULES.waitHours * 3_600_000)
  if (asked.dueAt === null) await confirm(tx, [asked.memberId, at, dueAt])
  return { ...asked, dueAt, first: asked.dueAt === null }
}

/** Somebody says no; whether there was anything to say no to. */
export async function dropNewNumber(tx: Tx, { memberId }: { memberId: number }): Promise<boolean> {
  return (await drop(tx, [memberId])).length > 0
}

/** Numbers whose two days are over, but for those of `except`, locked until the transaction ends. */
export async function newNumbersDue(
  tx: Tx,
  { at, most, except = [] }: { at: Date; most: number; except?: readonly number[] },
): Promise<NewNumber[]> {
  return (await due(tx, [at, most, except])).map((row) => opened(tx, row))
}

/** Forgets asks whose letter nobody answered. Answers how many. */
export async function forgetNewNumbers(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}

const opened = (tx: Tx, { sealed, ...row }: Row): NewNumber => ({ ...row, phone: tx.secrets.open("members.new-number", sealed) })

const tokenHash = (tx: Tx, token: string): Buffer => tx.secrets.hmac("members.new-number-token", token)
