import { statement, type Tx } from "@mila/kernel"
import { sql } from "kysely"
import type { Actor } from "./actor.ts"
import { endChildhood, forgetRepresentativeMember } from "./children/represent.ts"
import { recordEvent } from "./history.ts"
import { lockMembers } from "./lock.ts"
import { refuse } from "./refusals.ts"
import { endSignIns } from "./sign-in/end-sign-ins.ts"
import { members } from "./tables.ts"
import { idsOf } from "./unmerge.ts"

const forgetLists = statement("members.forget_lists", "update members.merge set kept = kept - 'lists' where into_id = any ($1::bigint[])") // nothing comes apart any more

/**
 * Forgets the person: phone, name, e-mail and birthday are wiped, of whoever was merged into them too, and with them passwords and sessions; what is left is a number the ledger can keep.
 * The phone may register again; its keyed hash stays, so that nobody is welcomed twice (`hasLeftBefore`). The caller removes the cards in the same
 * transaction. Repeating it is harmless. Errors: `member_unknown`, `member_merged`.
 */
export async function leaveMember(
  tx: Tx,
  { memberId, at, by }: { memberId: number; at: Date; by: Actor },
): Promise<"left" | "already_left"> {
  const member = (await lockMembers(tx, [memberId])).get(memberId) ?? refuse("member_unknown")
  if (member.state === "left") return "already_left"
  if (member.state === "merged") refuse("member_merged")

  await endSignIns(tx, memberId)
  await forgetLists(tx, [await idsOf(tx, memberId)])
  const who = { phone_hash: null, phone_sealed: null, name_sealed: null, birth_month: null, birth_day: null }
  await members(tx)
    .updateTable("member")
    .set({
      ...who,
      email_sealed: null,
      email_proven_at: null,
      state: "left",
      merged_into: null,
      left_phone_hash: sql<Buffer>`coalesce(phone_hash, parked_phone_hash)`,
      parked_phone_hash: null,
      parked_at: null,
      left_at: at,
      employee: false,
      employee_shop: null,
      employee_till: null,
    })
    .where((or) => or.or([or("id", "=", memberId), or("merged_into", "=", memberId)]))
    .execute()
  await endChildhood(tx, memberId)
  await forgetRepresentativeMember(tx, memberId)
  await recordEvent(tx, { memberId, what: "left", at, by })
  return "left"
}
