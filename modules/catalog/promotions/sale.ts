import { type Localized, type Minor, statement, type Tx } from "@mila/kernel"
import { noteChange } from "../changes.ts"

/** What a source asks less for, until it says otherwise. */
export type Sale = {
  code: string
  name: Localized
  terms: Localized
  lowered: readonly { sku: string; priceMinor: Minor }[]
  /** what it asks its usual price for (again) */
  usual: readonly string[]
}

const begin = statement<never>(
  "catalog.begin_sale",
  "insert into catalog.promotion (code, name, terms, starts_at, ends_at, look) values ($1, $2, $3, $4, null, 'rose') on conflict (code) do nothing",
)
const lower = statement<{ sku: string }>(
  "catalog.lower_in_sale",
  `insert into catalog.promotion_price as known (promotion, sku, price_minor, card_minor)
   select $1, given.sku, price, price from unnest($2::text[], $3::bigint[]) as given(sku, price) join catalog.product on product.sku = given.sku
   on conflict (promotion, sku) do update set price_minor = excluded.price_minor, card_minor = excluded.card_minor
   where (known.price_minor, known.card_minor) is distinct from (excluded.price_minor, excluded.card_minor) returning sku`,
)
const raise = statement<{ sku: string }>(
  "catalog.end_of_sale",
  "delete from catalog.promotion_price where promotion = $1 and sku = any($2::text[]) returning sku",
)
const numbers = statement<{ no: number }>("catalog.sale_numbers", "select no from catalog.product where sku = any($1::text[])")

/** Brings a source's lower prices up to date, product by product; what isn't named stays as it was. One that staff ended stays ended. Products nobody knows are left out. */
export async function putSale(tx: Tx, { code, name, terms, lowered, usual }: Sale, { at }: { at: Date }): Promise<void> {
  if (lowered.length > 0) await begin(tx, [code, JSON.stringify(name), JSON.stringify(terms), at])
  const once = [...new Map(lowered.map((one) => [one.sku, one.priceMinor]))].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const changed = [
    ...(once.length === 0 ? [] : await lower(tx, [code, once.map(([sku]) => sku), once.map(([, price]) => price)])),
    ...(usual.length === 0 ? [] : await raise(tx, [code, usual])),
  ]
  if (changed.length === 0) return
  const touched = await numbers(tx, [changed.map(({ sku }) => sku)])
  await noteChange(tx, { what: "prices", place: null, numbers: touched.map(({ no }) => no), at })
}
