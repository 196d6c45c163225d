import type { Minor } from "@mila/kernel"

/** What is asked for a piece in a zone at a moment, in kopecks. */
export type PriceNow = {
  /** without a card */
  regularMinor: Minor
  /** with a card; never above the other */
  cardMinor: Minor
  /** what it was before the promotion; null when none lowers it */
  beforeMinor: Minor | null
  promotion: string | null
  /** when the promotion is over; null also for one that goes on until its source says otherwise */
  endsAt: Date | null
}

/**
 * SQL of the price in force of `product` in zone `zone` at `at` (both expressions): the zone's own or the main zone's, lowered by the best promotion.
 * To be joined as `cross join lateral (…) price`.
 */
export const priceNow = (zone: string, at: string): string => `
  select least(base.regular, offer.price_minor) as regular, least(base.card, offer.card_minor) as card,
    case when least(base.regular, offer.price_minor) < base.regular or least(base.card, offer.card_minor) < base.card then base.regular end as before,
    case when least(base.regular, offer.price_minor) < base.regular or least(base.card, offer.card_minor) < base.card then offer.code end as promotion,
    case when least(base.regular, offer.price_minor) < base.regular or least(base.card, offer.card_minor) < base.card then offer.ends_at end as ends_at
  from (
    select coalesce(own.regular_minor, product.regular_price_minor) as regular, coalesce(own.card_minor, product.card_price_minor) as card
    from (values (1)) as one(one) left join catalog.zone_price own on own.zone = ${zone} and own.sku = product.sku
  ) base left join lateral (
    select promotion.code, promotion.ends_at, lowered.price_minor, lowered.card_minor
    from catalog.promotion_price lowered join catalog.promotion on promotion.code = lowered.promotion
    where lowered.sku = product.sku and promotion.starts_at <= ${at} and (promotion.ends_at is null or promotion.ends_at > ${at})
    order by lowered.card_minor, lowered.price_minor, promotion.ends_at limit 1
  ) offer on true`

/** The columns of `priceNow` as one JSON object of the type above. */
export const PRICE_OBJECT = `jsonb_build_object('regularMinor', price.regular, 'cardMinor', price.card, 'beforeMinor', price.before,
  'promotion', price.promotion, 'endsAt', price.ends_at)`

/** JSON has no instants: brings them back. */
export function withInstants<Priced extends { price: PriceNow }>(priced: Priced): Priced {
  const { endsAt } = priced.price as { endsAt: Date | string | null }
  return { ...priced, price: { ...priced.price, endsAt: endsAt === null ? null : new Date(endsAt) } }
}
