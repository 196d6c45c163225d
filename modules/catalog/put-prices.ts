import { statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"
import { columnsOf, type Price, rememberPrices } from "./remember-prices.ts"
import { nextVersion } from "./put-products.ts"
import { refuse } from "./refusals.ts"

type Changed = { no: number; sku: string }

const putMain = statement<Changed>(
  "catalog.put_main_prices",
  `update catalog.product set regular_price_minor = given.regular, card_price_minor = given.card, version = $4
   from unnest($1::text[], $2::bigint[], $3::bigint[]) as given(sku, regular, card)
   where product.sku = given.sku and (regular_price_minor, card_price_minor) is distinct from (given.regular, given.card)
   returning product.no, product.sku`,
)
const putZone = statement<{ sku: string }>(
  "catalog.put_zone_prices",
  `insert into catalog.zone_price as known (zone, sku, regular_minor, card_minor)
   select $4, given.sku, regular, card from unnest($1::text[], $2::bigint[], $3::bigint[]) as given(sku, regular, card)
     join catalog.product on product.sku = given.sku
   on conflict (zone, sku) do update set regular_minor = excluded.regular_minor, card_minor = excluded.card_minor
   where (known.regular_minor, known.card_minor) is distinct from (excluded.regular_minor, excluded.card_minor)
   returning sku`,
)
const dropZone = statement<Price>(
  "catalog.drop_zone_prices",
  `delete from catalog.zone_price using catalog.product
   where zone = $2 and zone_price.sku in (select unnest($1::text[])) and product.sku = zone_price.sku
   returning product.sku, regular_price_minor as "regularMinor", card_price_minor as "cardMinor"`,
)
const numbers = statement<Changed>("catalog.numbers_of", "select no, sku from catalog.product where sku = any($1::text[])")
/**
 * Sets prices in a zone and remembers each change for the history. Products nobody knows are answered and left out; what is as it was changes nothing.
 * Errors: card_price_above_regular, before anything is written.
 */
export async function putPrices(
  tx: Tx,
  { prices, zone = "main", at }: { prices: readonly Price[]; zone?: string; at: Date },
): Promise<{ changed: number; unknown: string[] }> {
  const wrong = prices.find(({ regularMinor, cardMinor }) => cardMinor > regularMinor)
  if (wrong) refuse("card_price_above_regular", { sku: wrong.sku })
  const bySku = new Map(prices.map((price) => [price.sku, price]))
  const given = [...bySku.values()].toSorted((one, other) => (one.sku < other.sku ? -1 : 1)) // one order: two imports cannot deadlock
  const known = await numbers(tx, [given.map(({ sku }) => sku)])
  const skus = zone === "main" ? await inMain(tx, given) : (await putZone(tx, [...columnsOf(given), zone])).map(({ sku }) => sku)
  await rememberPrices(tx, { prices: skus.map((sku) => bySku.get(sku)!), zone, at })
  const changed = new Set(skus)
  await noteChange(tx, { what: "prices", place: null, numbers: known.filter(({ sku }) => changed.has(sku)).map(({ no }) => no), at })
  const found = new Set(known.map(({ sku }) => sku))
  return { changed: skus.length, unknown: given.flatMap(({ sku }) => (found.has(sku) ? [] : [sku])) }
}

async function inMain(tx: Tx, given: readonly Price[]): Promise<string[]> {
  const changed = await putMain(tx, [...columnsOf(given), await nextVersion(tx)])
  return changed.map(({ sku }) => sku)
}

/** Takes back what a zone asks otherwise than the main one: from `at` on the main zone's prices hold there, and the history says so. Harmless twice. */
export async function dropZonePrices(tx: Tx, { skus, zone, at }: { skus: readonly string[]; zone: string; at: Date }): Promise<void> {
  const dropped = await dropZone(tx, [skus, zone])
  await rememberPrices(tx, { prices: dropped, zone, at })
  const known = await numbers(tx, [dropped.map(({ sku }) => sku)])
  await noteChange(tx, { what: "prices", place: null, numbers: known.map(({ no }) => no), at })
}
