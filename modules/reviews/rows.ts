import { statement, type Tx } from "@mila/kernel"
import { idsOf } from "@mila/members"

export type ReviewState = "waiting" | "published" | "refused" | "withdrawn"

export type Review = {
  reviewId: number
  groupNo: number
  memberId: number
  receiptId: string
  stars: number
  text: string
  state: ReviewState
  held: string | null
  reason: string | null
  writtenAt: Date
  changedAt: Date
  decidedAt: Date | null
  appeal: string | null
  appealedAt: Date | null
  answer: string | null
  answeredAt: Date | null
  helpful: number
  /** how many photos it has */
  photos: number
}

const COLUMNS = `r.id as "reviewId", r.group_no as "groupNo", r.member_id as "memberId", r.receipt_id as "receiptId", r.stars, r.text, r.state, r.held, r.reason,
  r.written_at as "writtenAt", r.changed_at as "changedAt", r.decided_at as "decidedAt", r.appeal, r.appealed_at as "appealedAt", r.answer,
  r.answered_at as "answeredAt", r.helpful, (select count(*)::int from reviews.photo p where p.review_id = r.id) photos`

const SORTS = {
  helpful: "r.helpful desc, r.written_at desc",
  new: "r.written_at desc",
  best: "r.stars desc, r.written_at desc",
  worst: "r.stars, r.written_at desc",
}
export type ReviewSort = keyof typeof SORTS

const lock = statement<Review>("reviews.lock", `select ${COLUMNS} from reviews.review r where r.id = $1 for update of r`)
const own = statement<Review>(
  "reviews.own",
  `select ${COLUMNS} from reviews.review r where r.group_no = $1 and r.member_id = any ($2::bigint[]) and r.state <> 'withdrawn' limit 1`,
)
const ofMember = statement<Review>(
  "reviews.of_member",
  `select ${COLUMNS} from reviews.review r where r.member_id = any ($1::bigint[]) and r.state <> 'withdrawn' order by r.written_at desc limit $2`,
)
const inQueue = statement<Review>(
  "reviews.queue",
  `select ${COLUMNS} from reviews.review r where (r.state = 'waiting' or (r.state = 'refused' and r.appealed_at is not null and r.appealed_at > r.decided_at))
    and r.id > $1 order by r.id limit $2`,
)
const ofGroup = Object.fromEntries(
  Object.entries(SORTS).map(([sort, order]) => [
    sort,
    statement<Review>(
      `reviews.of_group_${sort}`,
      `select ${COLUMNS} from reviews.review r where r.group_no = $1 and r.state = 'published' and ($4::int is null or r.stars = $4)
        order by ${order}, r.id offset $2 limit $3`,
    ),
  ]),
) as Record<ReviewSort, ReturnType<typeof statement<Review>>>
const summary = statement<{ stars: number; count: number }>(
  "reviews.summary",
  "select stars, count(*)::int count from reviews.review where group_no = $1 and state = 'published' group by stars",
)
const photo = statement<{ image: Buffer; state: ReviewState; memberId: number }>(
  "reviews.photo",
  `select p.image, r.state, r.member_id as "memberId" from reviews.photo p join reviews.review r on r.id = p.review_id where p.review_id = $1 and p.place = $2`,
)

/** One review, locked until the transaction ends. */
export async function lockReview(tx: Tx, reviewId: number): Promise<Review | undefined> {
  return (await lock(tx, [reviewId]))[0]
}

/** What a member said of a thing, also under a membership that became theirs, whatever became of it. */
export async function ownReview(tx: Tx, { groupNo, memberId }: { groupNo: number; memberId: number }): Promise<Review | undefined> {
  return (await own(tx, [groupNo, await idsOf(tx, memberId)]))[0]
}

/** What a member wrote, also under memberships that became theirs, newest first. */
export async function reviewsOfMember(tx: Tx, { memberId, most = 50 }: { memberId: number; most?: number }): Promise<Review[]> {
  return ofMember(tx, [await idsOf(tx, memberId), most])
}

/** What waits for a moderator, appeals among it, oldest first. */
export function reviewsWaiting(tx: Tx, { after = 0, most = 50 }: { after?: number; most?: number } = {}): Promise<Review[]> {
  return inQueue(tx, [after, most])
}

/** What is said of a thing, for everybody. */
export function reviewsOf(
  tx: Tx,
  {
    groupNo,
    sort = "helpful",
    stars = null,
    offset = 0,
    most = 10,
  }: { groupNo: number; sort?: ReviewSort; stars?: number | null; offset?: number; most?: number },
): Promise<Review[]> {
  return ofGroup[sort](tx, [groupNo, Math.min(Math.max(0, offset), 10_000), Math.min(Math.max(1, most), 50), stars])
}

/** How many published reviews have so many stars: five numbers, of one star first. */
export async function starsOf(tx: Tx, groupNo: number): Promise<number[]> {
  const rows = await summary(tx, [groupNo])
  return [1, 2, 3, 4, 5].map((stars) => rows.find((row) => row.stars === stars)?.count ?? 0)
}

const summaries = statement<{ no: number; sum: number; count: number }>(
  "reviews.summaries",
  `select g.no, coalesce(sum(r.stars), 0)::int sum, count(r.id)::int count from unnest($1::bigint[]) g(no)
     left join reviews.review r on r.group_no = g.no and r.state = 'published' group by g.no`,
)

/** Sum and count of the published stars of many things. */
export function ratingsOf(tx: Tx, groupNos: readonly number[]): Promise<{ no: number; sum: number; count: number }[]> {
  return summaries(tx, [groupNos])
}

/** A photo as WebP: of a published review for everybody, of another for who wrote it. */
export async function photoOf(
  tx: Tx,
  { reviewId, place, memberId }: { reviewId: number; place: number; memberId: number | null },
): Promise<Buffer | undefined> {
  const [row] = await photo(tx, [reviewId, place])
  if (!row || row.state === "published") return row?.image
  return memberId !== null && (await idsOf(tx, memberId)).includes(row.memberId) ? row.image : undefined
}
