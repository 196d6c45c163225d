import { statement, type Tx } from "@mila/kernel"
import { idsOf } from "@mila/members"
import type { ReviewState } from "./rows.ts"
import { rate } from "./write.ts"

type Said = { id: number; groupNo: number; state: ReviewState; gaveWayAs: ReviewState | null; changedAt: Date }

const said = statement<Said>(
  "reviews.said_by",
  `select id, group_no as "groupNo", state, gave_way_as as "gaveWayAs", changed_at as "changedAt" from reviews.review
    where member_id = any ($1::bigint[]) and (state <> 'withdrawn' or gave_way_as is not null) order by id for update`,
)
const giveWay = statement("reviews.give_way", "update reviews.review set gave_way_as = state, state = 'withdrawn' where id = $1")
const stand = statement("reviews.stand", "update reviews.review set state = gave_way_as, gave_way_as = null where id = $1")

/**
 * A person says one thing of a thing, under whichever of their memberships: what stands stays, then what everybody reads, then the newer; the others give way,
 * whole, and stand again when this is asked of a person whose other word is gone, or has gone to somebody else. The stars follow. Harmless twice.
 */
export async function oneReviewAThing(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  const things = Map.groupBy(await said(tx, [await idsOf(tx, memberId)]), ({ groupNo }) => groupNo)
  for (const [groupNo, theirs] of things) {
    const [first, ...others] = theirs.toSorted(
      (one, other) => rank(other) - rank(one) || other.changedAt.getTime() - one.changedAt.getTime(),
    )
    const moved = [...(first!.gaveWayAs === null ? [] : [first!]), ...others.filter(({ gaveWayAs }) => gaveWayAs === null)]
    for (const { id, gaveWayAs } of moved) await (gaveWayAs === null ? giveWay : stand)(tx, [id])
    if (moved.some(({ state, gaveWayAs }) => (gaveWayAs ?? state) === "published")) await rate(tx, groupNo, at)
  }
}

const rank = ({ state, gaveWayAs }: Said): number => (gaveWayAs === null ? 2 : 0) + ((gaveWayAs ?? state) === "published" ? 1 : 0)
