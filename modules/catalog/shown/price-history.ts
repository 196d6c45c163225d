import { type Minor, statement, type Tx } from "@mila/kernel"

/** What was asked for a product from a moment on, in kopecks: promotions counted in. */
export type PriceStep = { since: Date; regularMinor: Minor; cardMinor: Minor }

type Lowered = { startsAt: Date; endsAt: Date; regularMinor: Minor; cardMinor: Minor }

// until a zone names a price of its own, and after it is taken back, the main zone's holds there
const changes = statement<PriceStep>(
  "catalog.price_history",
  `with own as (
     select min(since) as first, case when not exists (select from catalog.zone_price where sku = $1 and zone = $2) then max(since) end as last
       from catalog.price_change where sku = $1 and zone = $2)
   select since, regular_minor as "regularMinor", card_minor as "cardMinor" from catalog.price_change, own
    where sku = $1 and (zone = $2 or (zone = 'main' and (own.first is null or since < own.first or since > own.last))) and since <= $3
    order by since`,
)
const lowered = statement<Lowered>(
  "catalog.price_history_lowered",
  `select starts_at as "startsAt", ends_at as "endsAt", price_minor as "regularMinor", card_minor as "cardMinor"
     from catalog.promotion_price join catalog.promotion on promotion.code = promotion_price.promotion
    where sku = $1 and ends_at > $2 and starts_at <= $3
    order by card_minor, price_minor, ends_at`,
)

/**
 * What a product was asked for in a zone from `from` to `to`, oldest first, as `priceNow` would have said it at each moment: the first is what held at `from`, the last
 * what holds at `to`. A promotion that was said anew counts as it is said now.
 */
export async function priceHistory(
  tx: Tx,
  { sku, zone = "main", from, to }: { sku: string; zone?: string; from: Date; to: Date },
): Promise<PriceStep[]> {
  return stepsOf(await changes(tx, [sku, zone, to]), await lowered(tx, [sku, from, to]), { from, to })
}

/** Prices as they changed, oldest first, under promotions, the lowest first: what was asked in between. */
function stepsOf(prices: readonly PriceStep[], promotions: readonly Lowered[], { from, to }: { from: Date; to: Date }): PriceStep[] {
  const turns = [...prices.map(({ since }) => since), ...promotions.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])]
  const moments = [...new Set(turns.map(Number))].filter((moment) => moment <= Number(to)).toSorted((one, other) => one - other)
  const steps: PriceStep[] = []
  for (const moment of moments) {
    const base = prices.findLast(({ since }) => Number(since) <= moment)
    if (!base) continue // it was not sold yet
    const offer = promotions.find(({ startsAt, endsAt }) => Number(startsAt) <= moment && Number(endsAt) > moment)
    const step = {
      since: new Date(moment),
      regularMinor: least(base.regularMinor, offer?.regularMinor),
      cardMinor: least(base.cardMinor, offer?.cardMinor),
    }
    const last = steps.at(-1)
    if (last?.regularMinor !== step.regularMinor || last.cardMinor !== step.cardMinor) steps.push(step)
  }
  const first = steps.findLastIndex(({ since }) => since <= from)
  return steps.slice(Math.max(0, first))
}

const least = (price: Minor, lower: Minor | undefined): Minor => (lower !== undefined && lower < price ? lower : price)
