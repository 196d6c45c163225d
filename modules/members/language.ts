import { type Locale, statement, type Tx } from "@mila/kernel"
import { livingMember } from "./lock.ts"

const write = statement("members.change_language", "update members.member set locale = $2 where id = $1 and locale <> $2")

/** The language in which a member is written to, and greeted at a till, from now on; pages and apps choose theirs by themselves. Refuses `member_unknown`, `member_left`. */
export async function changeLanguage(tx: Tx, { memberId, locale }: { memberId: number; locale: Locale }): Promise<void> {
  await write(tx, [await livingMember(tx, memberId), locale])
}
