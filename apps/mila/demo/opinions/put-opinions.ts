import { groupsOfProducts } from "@mila/catalog"
import { type Day, type Db, inTransaction, MINSK, startOfDay } from "@mila/kernel"
import { type BroughtReview, bringReviews, MOST_BROUGHT } from "@mila/reviews"
import { type Kept, keptPurchases } from "@mila/tills"
import { FIRST } from "../first-member.ts"
import type { DemoMember } from "../make-members.ts"
import { type Dice, seeded } from "../seeded.ts"
import type { DemoGroup } from "../shelves/make-groups.ts"
import { opinionOf, qualityOf, starsFor } from "./opinion.ts"

const DAY = 86_400_000
const WRITES = 0.4
const MOST_HELPED = 14

type Stage = { db: Db; members: readonly DemoMember[]; groups: readonly DemoGroup[] }

/** What the members say of what they bought and kept, a few weeks after: thousands of reviews. Harmless twice. */
export async function putOpinions({ db, members, groups }: Stage, { today }: { today: Day }): Promise<void> {
  const writers = new Map(members.filter(({ no }) => no !== FIRST).map((member) => [member.memberId, member]))
  const traits = new Map(groups.flatMap((group) => group.variants.map(({ sku }) => [sku, group.traits] as const)))
  const at = startOfDay(MINSK, today)
  await inTransaction(db, async (tx) => {
    const kept = (await keptPurchases(tx, [...writers.keys()])).filter(({ sku }) => traits.get(sku))
    const numbers = await groupsOfProducts(
      tx,
      kept.map(({ sku }) => sku),
    )
    const once = new Map(kept.map((one) => [`${one.memberId}/${numbers.get(one.sku)}`, one])).values()
    const reviews = [...once].flatMap((bought) => {
      const groupNo = numbers.get(bought.sku)!
      const { no, writer } = writers.get(bought.memberId)!
      const dice = seeded(groupNo * 1_009 + no)
      const writtenAt = new Date(bought.soldAt.getTime() + (2 + dice.next() * 25) * DAY)
      if (!dice.chance(WRITES) || writtenAt >= at) return []
      const stars = starsFor(dice, qualityOf(seeded(groupNo)))
      const { text, answer } = opinionOf(dice, { stars, traits: traits.get(bought.sku)!, writer })
      const answered = answer === null ? null : { text: answer, at: soonAfter(writtenAt, at) }
      return [{ groupNo, memberId: bought.memberId, stars, text, writtenAt, answer: answered, helpfulTo: helped(dice, members, bought) }]
    })
    for (let from = 0; from < reviews.length; from += MOST_BROUGHT) {
      await bringReviews(tx, reviews.slice(from, from + MOST_BROUGHT) satisfies BroughtReview[], { at, by: "system" })
    }
  })
}

/** The shop answers the next day, or before the history ends. */
const soonAfter = (writtenAt: Date, end: Date): Date => new Date(Math.min(writtenAt.getTime() + DAY, end.getTime()))

/** A few of the other members find it helpful, most often nobody. */
function helped(dice: Dice, members: readonly DemoMember[], { memberId }: Kept): number[] {
  const count = Math.floor(MOST_HELPED * dice.next() ** 4)
  const voters = new Set(Array.from({ length: count }, () => dice.pick(members).memberId))
  voters.delete(memberId)
  return [...voters]
}
