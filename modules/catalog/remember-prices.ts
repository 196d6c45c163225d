import { type Minor, statement, type Tx } from "@mila/kernel"

/** Prices of a product in kopecks, at shops of a zone; the main zone's hold wherever a zone names none of its own. */
export type Price = { sku: string; regularMinor: Minor; cardMinor: Minor }

const remember = statement<never>(
  "catalog.remember_prices",
  `insert into catalog.price_change (sku, zone, since, regular_minor, card_minor)
   select sku, $4, $5::timestamptz, regular, card from unnest($1::text[], $2::bigint[], $3::bigint[]) as given(sku, regular, card)
   on conflict (sku, zone, since) do update set regular_minor = excluded.regular_minor, card_minor = excluded.card_minor`,
)

/** Adds prices to the history, from `at` on. */
export async function rememberPrices(tx: Tx, { prices, zone, at }: { prices: readonly Price[]; zone: string; at: Date }): Promise<void> {
  if (prices.length > 0) await remember(tx, [...columnsOf(prices), zone, at])
}

/** The columns of prices, as statements take them. */
export function columnsOf(prices: readonly Price[]): [string[], number[], number[]] {
  return [prices.map(({ sku }) => sku), prices.map(({ regularMinor }) => regularMinor), prices.map(({ cardMinor }) => cardMinor)]
}
