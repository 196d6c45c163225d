import { type Localized, statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"
import type { LoweredPrice } from "./promotions/lowering-rules.ts"

/** Lower prices for some time: the lowest of what holds is what is paid. */
export type Promotion = {
  /** part of its address: `black-friday` */
  code: string
  name: Localized
  terms: Localized
  startsAt: Date
  endsAt: Date
  /** which of the shop's looks its banner has */
  look: string
  prices: readonly LoweredPrice[]
}

const put = statement<never>(
  "catalog.put_promotion",
  `insert into catalog.promotion (code, name, terms, starts_at, ends_at, look) values ($1, $2, $3, $4, $5, $6)
   on conflict (code) do update set name = excluded.name, terms = excluded.terms, starts_at = excluded.starts_at, ends_at = excluded.ends_at, look = excluded.look`,
)
const clear = statement<{ sku: string }>(
  "catalog.clear_promotion",
  "delete from catalog.promotion_price where promotion = $1 returning sku",
)
const fill = statement<{ sku: string }>(
  "catalog.fill_promotion",
  `insert into catalog.promotion_price (promotion, sku, price_minor, card_minor)
   select $1, given.sku, price, card from unnest($2::text[], $3::bigint[], $4::bigint[]) as given(sku, price, card)
     join catalog.product on product.sku = given.sku
   on conflict do nothing returning sku`,
)
const numbers = statement<{ no: number }>("catalog.promotion_numbers", "select no from catalog.product where sku = any($1::text[])")

/** Announces a promotion, or says it anew: its prices are exactly those given. Products nobody knows are left out. */
export async function putPromotion(tx: Tx, { prices, ...promotion }: Promotion, { at }: { at: Date }): Promise<{ products: number }> {
  const { code, name, terms, startsAt, endsAt, look } = promotion
  await put(tx, [code, JSON.stringify(name), JSON.stringify(terms), startsAt, endsAt, look])
  const before = await clear(tx, [code])
  const now = await fill(tx, [
    code,
    prices.map(({ sku }) => sku),
    prices.map(({ priceMinor }) => priceMinor),
    prices.map(({ cardMinor }) => cardMinor),
  ])
  const touched = await numbers(tx, [[...before, ...now].map(({ sku }) => sku)])
  await noteChange(tx, { what: "prices", place: null, numbers: touched.map(({ no }) => no), at })
  return { products: now.length }
}
