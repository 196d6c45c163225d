import { statement, type Tx } from "@mila/kernel"
import { rate } from "./write.ts"

const choose = statement(
  "reviews.choose_parting",
  "insert into reviews.parting (member_id, keeps) values ($1, $2) on conflict (member_id) do update set keeps = excluded.keeps",
)
const chosen = statement<{ keeps: boolean }>(
  "reviews.parting_chosen",
  "delete from reviews.parting where member_id = any ($1::bigint[]) returning keeps",
)
const read = statement<{ no: number }>(
  "reviews.read_of",
  "select distinct group_no no from reviews.review where member_id = any ($1::bigint[]) and state = 'published' order by 1",
)
const wipe = statement(
  "reviews.wipe",
  `update reviews.review set state = 'withdrawn', text = '', held = null, reason = null, gave_way_as = null, appeal = null, appealed_at = null,
          answer = null, answered_at = null, answered_by = null, changed_at = $2
    where member_id = any ($1::bigint[]) and not ($3 and state = 'published')`,
)
const dropPhotos = statement(
  "reviews.drop_photos_of",
  "delete from reviews.photo p using reviews.review r where r.id = p.review_id and r.member_id = any ($1::bigint[])",
)
const dropComments = statement(
  "reviews.drop_comments_of",
  "delete from reviews.comment where member_id = any ($1::bigint[]) and not ($2 and state = 'published')",
)

/** Whoever leaves says what becomes of their published reviews: they stay without an author, or go. The last word counts. */
export async function chooseParting(tx: Tx, { memberId, keeps }: { memberId: number; keeps: boolean }): Promise<void> {
  await choose(tx, [memberId, keeps])
}

/**
 * Somebody left, under all these numbers: what they had not chosen to keep is wiped, and in any case photos and whatever nobody but them read. The stars follow.
 * `keeps`: what they said now; otherwise what they chose before, and who chose nothing keeps nothing.
 */
export async function partWithReviews(
  tx: Tx,
  { memberIds, keeps, at }: { memberIds: readonly number[]; keeps?: boolean | undefined; at: Date },
): Promise<void> {
  const before = (await chosen(tx, [memberIds])).some((one) => one.keeps)
  const stay = keeps ?? before
  const groups = stay ? [] : await read(tx, [memberIds])
  await wipe(tx, [memberIds, at, stay])
  await dropPhotos(tx, [memberIds])
  await dropComments(tx, [memberIds, stay])
  for (const { no } of groups) await rate(tx, no, at)
}
