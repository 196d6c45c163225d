import { type Locale, statement, type Tx } from "@mila/kernel"

/** How a member can be told something, and in which language. */
export type Contact = { memberId: number; phone: string; email: string | null; locale: Locale }

type Row = { asked: number; id: number; phone_sealed: Buffer; email_sealed: Buffer | null; locale: Locale }

const contacts = statement<Row>(
  "members.contacts",
  `select asked.id asked, live.id, live.phone_sealed, live.email_sealed, live.locale
     from members.member asked join members.member live on live.id = coalesce(asked.merged_into, asked.id)
    where asked.id = any ($1::bigint[]) and live.state = 'active'`,
)

/** Where many members can be reached, by the id asked for; who left, and whom nobody knows, is missing from the answer. */
export async function contactsOf(tx: Tx, memberIds: readonly number[]): Promise<Map<number, Contact>> {
  if (memberIds.length === 0) return new Map()
  const rows = await contacts(tx, [`{${memberIds.join(",")}}`])
  return new Map(
    rows.map(({ asked, id, phone_sealed, email_sealed, locale }) => {
      const email = email_sealed && tx.secrets.open("members.email", email_sealed)
      return [asked, { memberId: id, phone: tx.secrets.open("members.phone", phone_sealed), email, locale }]
    }),
  )
}
