import type { Tx } from "@mila/kernel"
import type { Actor } from "./actor.ts"
import { recordEvent } from "./history.ts"
import { lockMembers } from "./lock.ts"
import { refuse } from "./refusals.ts"
import { members } from "./tables.ts"

/** For so long two memberships that became one can come apart again. */
export const UNMERGE_DAYS = 14

/** What has to be put back when a merge is undone; ids, numbers and versions, nothing that says who somebody is. */
export type KeptOfMerge = {
  /** cards that came along */
  cards: number[]
  /** turnover that came along, kopecks by the first day of a month */
  months: { month: string; netMinor: number }[]
  /** members who had been merged into the donor before */
  followers: number[]
  /** consents the donor lived by, by version */
  consents: { purpose: string; version: number }[]
  /** lists of favourites that came along, and what was in them; of merges before lists came, nothing */
  lists?: { given: { listId: number; groupNos: number[] }[]; folded: { listId: number; into: number; groupNos: number[] }[] }
}

export type Merge = {
  mergeId: number
  from: number
  into: number
  mergedAt: Date
  by: Actor
  kept: KeptOfMerge
  undoneAt: Date | null
}

/** Who leads to this member because they were merged into it. */
export async function followersOf(tx: Tx, memberId: number): Promise<number[]> {
  const rows = await members(tx).selectFrom("member").select("id").where("merged_into", "=", memberId).orderBy("id").execute()
  return rows.map(({ id }) => id)
}

/** A member's number with those of who became them: what was done under each stays there, and an undone merge needs nothing put back. */
export async function idsOf(tx: Tx, memberId: number): Promise<number[]> {
  return [memberId, ...(await followersOf(tx, memberId))]
}

/** Keeps what an undo needs, in the transaction of the merge. */
export async function keepMerge(
  tx: Tx,
  { from, into, kept, at, by }: { from: number; into: number; kept: KeptOfMerge; at: Date; by: Actor },
): Promise<{ mergeId: number }> {
  const { id } = await members(tx)
    .insertInto("merge")
    .values({ from_id: from, into_id: into, merged_at: at, by, kept: JSON.stringify(kept) })
    .returning("id")
    .executeTakeFirstOrThrow()
  return { mergeId: id }
}

/** Merges into a member, the newest first. */
export async function mergesInto(tx: Tx, memberId: number): Promise<Merge[]> {
  const rows = await members(tx).selectFrom("merge").selectAll().where("into_id", "=", memberId).orderBy("id", "desc").execute()
  return rows.map(({ id, from_id, into_id, merged_at, by, kept, undone_at }) => ({
    ...{ mergeId: id, from: from_id, into: into_id, mergedAt: merged_at, by: by as Actor, kept, undoneAt: undone_at },
  }))
}

/**
 * Makes two members of one again: the donor lives under their own phone as before, those who had followed them too; they sign in by a code. The caller puts
 * back points, cards and the rest in the same transaction. Errors: `merge_unknown`, `merge_undone`, `merge_settled` after fourteen days, or when one of them
 * was merged further or left since.
 */
export async function unmergeMembers(tx: Tx, { mergeId, at, by }: { mergeId: number; at: Date; by: Actor }): Promise<Merge> {
  const found = await members(tx).selectFrom("merge").select(["from_id", "into_id"]).where("id", "=", mergeId).executeTakeFirst()
  if (!found) return refuse("merge_unknown")
  const locked = await lockMembers(tx, [found.from_id, found.into_id])
  const merge = (await mergesInto(tx, found.into_id)).find((one) => one.mergeId === mergeId)!
  if (merge.undoneAt !== null) refuse("merge_undone")
  const isOver = at.getTime() - merge.mergedAt.getTime() > UNMERGE_DAYS * 86_400_000
  if (isOver || locked.get(merge.from)?.merged_into !== merge.into || locked.get(merge.into)?.state !== "active") refuse("merge_settled")

  // Every reason to refuse is behind us.
  await members(tx).updateTable("member").set({ state: "active", merged_into: null }).where("id", "=", merge.from).execute()
  if (merge.kept.followers.length > 0) {
    await members(tx)
      .updateTable("member")
      .set({ merged_into: merge.from })
      .where("id", "in", merge.kept.followers)
      .where("merged_into", "=", merge.into)
      .execute()
  }
  await members(tx).updateTable("merge").set({ undone_at: at, undone_by: by }).where("id", "=", mergeId).execute()
  await recordEvent(tx, { memberId: merge.from, what: "came_apart", at, by, details: { from: merge.into } })
  await recordEvent(tx, { memberId: merge.into, what: "came_apart", at, by, details: { from: merge.from } })
  return merge
}
