import { statement, type Tx } from "@mila/kernel"

/** Somebody outside was given a person's data: what of it, what for and on what ground. */
export type Disclosure = { recipient: string; purpose: string; basis: "contract" | "consent" | "law"; what: readonly string[]; at: Date }

const insert = statement(
  "privacy.disclose",
  `insert into privacy.disclosure (member_id, recipient, purpose, basis, what, at)
   select member_id, recipient, purpose, basis, array(select jsonb_array_elements_text($5::jsonb -> (place - 1)::int)), $6
     from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) with ordinality told(member_id, recipient, purpose, basis, place)`,
)
const ofMember = statement<Disclosure>(
  "privacy.disclosures",
  "select recipient, purpose, basis, what, at from privacy.disclosure where member_id = $1 and at >= $2 order by id desc limit 1000",
)

/** Writes down what went to whom, in the transaction that learns of it. */
export async function recordDisclosures(
  tx: Tx,
  { disclosures, at }: { disclosures: readonly (Omit<Disclosure, "at"> & { memberId: number })[]; at: Date },
): Promise<void> {
  if (disclosures.length === 0) return
  const column = <Key extends "memberId" | "recipient" | "purpose" | "basis">(key: Key) => disclosures.map((told) => told[key])
  const what = JSON.stringify(disclosures.map((told) => told.what))
  await insert(tx, [column("memberId"), column("recipient"), column("purpose"), column("basis"), what, at])
}

/** Who received a member's data since `since`, the latest first, a thousand at most. */
export async function disclosuresOf(tx: Tx, { memberId, since }: { memberId: number; since: Date }): Promise<Disclosure[]> {
  return ofMember(tx, [memberId, since])
}
