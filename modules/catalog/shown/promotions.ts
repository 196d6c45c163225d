import { type Localized, statement, type Tx } from "@mila/kernel"

export type ShownPromotion = {
  code: string
  name: Localized
  terms: Localized
  startsAt: Date
  /** null: until its source says otherwise */
  endsAt: Date | null
  look: string
}

const COLUMNS = `code, name, terms, starts_at as "startsAt", ends_at as "endsAt", look`
const running = statement<ShownPromotion>(
  "catalog.promotions",
  `select ${COLUMNS} from catalog.promotion where starts_at <= $1 and (ends_at is null or ends_at > $1)
     and exists (select from catalog.promotion_price where promotion = code) order by ends_at, code`,
)
const byCode = statement<ShownPromotion>("catalog.promotion_by_code", `select ${COLUMNS} from catalog.promotion where code = $1`)
const groups = statement<{ no: number }>(
  "catalog.promotion_groups",
  `select item.no from catalog.product_group item where item.state = 'shown' and exists (
     select from catalog.promotion_price lowered join catalog.product on product.sku = lowered.sku
     where lowered.promotion = $1 and product.group_no = item.no and not product.hidden)
   order by item.popularity desc, item.no`,
)
const turned = statement<{ no: number }>(
  "catalog.promotions_turned",
  `select distinct product.no from catalog.promotion join catalog.promotion_price lowered on lowered.promotion = promotion.code
     join catalog.product on product.sku = lowered.sku
   where (starts_at > $1 and starts_at <= $2) or (ends_at > $1 and ends_at <= $2)`,
)

/** What runs at a moment, what ends soonest first. */
export function promotionsAt(tx: Tx, at: Date): Promise<ShownPromotion[]> {
  return running(tx, [at])
}

/** A promotion by its address, also one that is over. */
export async function promotionByCode(tx: Tx, code: string): Promise<ShownPromotion | undefined> {
  const [row] = await byCode(tx, [code])
  return row
}

/** The numbers of the things in a promotion, what is asked for most first. */
export async function groupsInPromotion(tx: Tx, code: string): Promise<number[]> {
  return (await groups(tx, [code])).map(({ no }) => no)
}

/** The products whose price changed by itself, because a promotion began or ended after `from` and up to `to`. */
export async function productsRepriced(tx: Tx, { from, to }: { from: Date; to: Date }): Promise<number[]> {
  return (await turned(tx, [from, to])).map(({ no }) => no)
}
