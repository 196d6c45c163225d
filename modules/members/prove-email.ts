import { statement, type Tx } from "@mila/kernel"
import { livingMember } from "./lock.ts"
import { type Person, personOf } from "./person.ts"

const prove = statement(
  "members.prove_email",
  "update members.member set email_proven_at = coalesce(email_proven_at, $2) where id = $1 and email_sealed is not null",
)

/** The address a person may be written to and can answer from; null where there is none, or nobody has proven that it is theirs. */
export const provenEmailOf = (person: Pick<Person, "email" | "emailProven"> | undefined): string | null =>
  person?.emailProven ? person.email : null

/**
 * The member read what was sent to this address: it is theirs, if it still is the one that is kept; false otherwise. Harmless twice. Refuses `member_unknown`,
 * `member_left`.
 */
export async function proveEmail(tx: Tx, { memberId, email, at }: { memberId: number; email: string; at: Date }): Promise<boolean> {
  const living = await livingMember(tx, memberId)
  if ((await personOf(tx, living))?.email !== email) return false
  await prove(tx, [living, at])
  return true
}
