import { type Locale, statement, type Tx } from "@mila/kernel"

/** How a member can be told something, and in which language; an address nobody has proven is none. */
export type Contact = { memberId: number /** null: the number is parked */; phone: string | null; email: string | null; locale: Locale }

type Row = { asked: number; id: number; phone_sealed: Buffer | null; email_sealed: Buffer | null; locale: Locale }

const contacts = statement<Row>(
  "members.contacts",
  `select asked.id asked, live.id, live.phone_sealed, case when live.email_proven_at is not null then live.email_sealed end email_sealed, live.locale
     from members.member asked join members.member live on live.id = coalesce(asked.merged_into, asked.id)
    where asked.id = any ($1::bigint[]) and live.state = 'active'
      and (live.phone_sealed is not null or live.email_proven_at is not null)`,
)

const following = statement<{ id: number }>(
  "members.following",
  "select id from members.member where id > $1 and state = 'active' order by id limit $2",
)

/** The next active members after one, `most` at most, in order: whoever goes through them all begins with 0. */
export async function membersAfter(tx: Tx, { after, most }: { after: number; most: number }): Promise<number[]> {
  return (await following(tx, [after, most])).map(({ id }) => id)
}

/** Where many members can be reached, by the id asked for; who left, has no address at all, or is known to nobody is missing from the answer. */
export async function contactsOf(tx: Tx, memberIds: readonly number[]): Promise<Map<number, Contact>> {
  if (memberIds.length === 0) return new Map()
  const rows = await contacts(tx, [`{${memberIds.join(",")}}`])
  return new Map(
    rows.map(({ asked, id, phone_sealed, email_sealed, locale }) => {
      const email = email_sealed && tx.secrets.open("members.email", email_sealed)
      return [asked, { memberId: id, phone: phone_sealed && tx.secrets.open("members.phone", phone_sealed), email, locale }]
    }),
  )
}
