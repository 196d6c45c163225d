import { statement, type Tx } from "@mila/kernel"
import type { SearchPrice } from "../document.ts"
import { type Columns, columnsOf, NONE } from "../memory/columns.ts"
import type { IndexData } from "../memory/index.ts"
import { normsOf } from "../memory/match.ts"
import { type Texts, textsOf } from "../memory/postings.ts"
import { saidFor } from "../brand-names.ts"
import { spelt } from "../compositions.ts"
import { wordsOf } from "../text/fold.ts"

/** What takes changes, and how far it is. */
export type Following = {
  readonly version: number
  setPrices(prices: readonly SearchPrice[], version: number): Promise<void>
  setStock(shop: string, stock: readonly { product: number; there: boolean }[], of: { whole: boolean; version: number }): Promise<void>
  setPopularity(popular: readonly Popular[], version: number): Promise<void>
}
export type Popular = { no: number; popularity: number }

const AT_ONCE = 20_000

const empty = statement(
  "search.empty",
  `with a as (delete from search.document), b as (delete from search.posting), c as (delete from search.word), d as (delete from search.phrase),
        e as (delete from search.code), f as (delete from search.product), g as (delete from search.price), h as (delete from search.document_price),
        i as (delete from search.stock), j as (delete from search.document_stock) delete from search.version`,
)
const putDocuments = statement(
  "search.put_documents",
  `insert into search.document (place, no, brand, category, country, "values", ingredients, novel_day, popularity, stars, esteem, norm)
   select d.place, d.no, d.brand, d.category, d.country, string_to_array(d.vals, e'\\x1e'), string_to_array(d.ingredients, e'\\x1e'),
          d.novel_day, d.popularity, d.stars, d.esteem, d.norm
     from unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::int[], $10::int[], $11::real[], $12::real[])
       as d(place, no, brand, category, country, vals, ingredients, novel_day, popularity, stars, esteem, norm)`,
)
const putPostings = statement(
  "search.put_postings",
  "insert into search.posting (stem, place, weight) select * from unnest($1::text[], $2::int[], $3::int[])",
)
const putWords = statement(
  "search.put_words",
  "insert into search.word (text, stem, documents, brand, said) select * from unnest($1::text[], $2::text[], $3::int[], $4::boolean[], $5::boolean[])",
)
const putPhrases = statement(
  "search.put_phrases",
  "insert into search.phrase (kind, code, words) select p.kind, p.code, string_to_array(p.words, ' ') from unnest($1::text[], $2::text[], $3::text[]) p(kind, code, words)",
)
const putCodes = statement(
  "search.put_codes",
  "insert into search.code (code, place, ean) select * from unnest($1::text[], $2::int[], $3::boolean[]) on conflict do nothing",
)
const putProducts = statement(
  "search.put_products",
  "insert into search.product (no, place, nth) select * from unnest($1::bigint[], $2::int[], $3::int[])",
)
const putVersion = statement(
  "search.put_version",
  "insert into search.version (version) values ($1) on conflict (only_row) do update set version = excluded.version",
)
const putPrices = statement(
  "search.put_prices",
  `insert into search.price (no, zone, regular, card, before) select * from unnest($1::bigint[], $2::text[], $3::int[], $4::int[], $5::int[])
   on conflict (no, zone) do update set regular = excluded.regular, card = excluded.card, before = excluded.before`,
)
// a document costs what its cheapest variant does; a variant without a price in the zone costs the main zone's
const sumUpPrices = statement(
  "search.sum_up_prices",
  `insert into search.document_price (place, zone, card, discount)
   select distinct on (p.place, z.zone) p.place, z.zone, coalesce(own.card, main.card),
          case when coalesce(greatest(own.regular, own.before), greatest(main.regular, main.before)) <= 0 then 0
               else floor((coalesce(greatest(own.regular, own.before), greatest(main.regular, main.before)) - coalesce(own.card, main.card)) * 100.0
                          / coalesce(greatest(own.regular, own.before), greatest(main.regular, main.before))) end
     from (select distinct place from search.product where no = any ($1::bigint[])) touched
     join search.product p using (place)
     cross join (select distinct zone from search.price) z
     left join search.price own on own.no = p.no and own.zone = z.zone
     left join search.price main on main.no = p.no and main.zone = 'main'
    where coalesce(own.card, main.card) is not null
    order by p.place, z.zone, coalesce(own.card, main.card), p.nth
   on conflict (place, zone) do update set card = excluded.card, discount = excluded.discount`,
)
const putPopularity = statement(
  "search.put_popularity",
  `update search.document set popularity = given.popularity from unnest($1::bigint[], $2::int[]) given(no, popularity)
    where document.no = given.no and document.popularity <> given.popularity`,
)
const clearShop = statement("search.clear_shop", "delete from search.stock where shop = $1")
const putStock = statement("search.put_stock", "insert into search.stock (shop, no) select $1, unnest($2::bigint[]) on conflict do nothing")
const dropStock = statement("search.drop_stock", "delete from search.stock where shop = $1 and no = any ($2::bigint[])")
const sumUpStock = statement(
  "search.sum_up_stock",
  `with now as (select distinct p.place from search.stock s join search.product p on p.no = s.no where s.shop = $1),
        gone as (delete from search.document_stock d where d.shop = $1 and not exists (select from now where now.place = d.place) returning place),
        come as (insert into search.document_stock (shop, place) select $1, place from now on conflict do nothing returning place)
   update search.document d set shops = d.shops + delta.by
     from (select place, sum(by)::int as by from (select place, 1 as by from come union all select place, -1 from gone) each group by place) delta
    where d.place = delta.place`,
)

/** Makes the tables anew from everything that is searched, in the caller's transaction. */
export async function fill(tx: Tx, data: IndexData): Promise<void> {
  await empty(tx, [])
  const texts = textsOf(data.documents, data.words)
  await fillDocuments(tx, data, { columns: columnsOf(data.documents, data.words), norms: normsOf(texts) })
  await fillWords(tx, data, texts)
  await writePrices(tx, data.prices)
  for (const [shop, products] of data.stock) {
    await writeStock(
      tx,
      shop,
      products.map((product) => ({ product, there: true })),
      true,
    )
  }
  await putVersion(tx, [data.version])
}

async function fillDocuments(
  tx: Tx,
  { documents }: IndexData,
  { columns, norms }: { columns: Columns; norms: Float32Array },
): Promise<void> {
  for (let from = 0; from < documents.length; from += AT_ONCE) {
    const some = documents.slice(from, from + AT_ONCE).map((document, at) => ({ document, place: from + at }))
    const code = (numbers: Uint16Array, codes: readonly string[], place: number) =>
      numbers[place] === NONE ? null : codes[numbers[place]!]!
    const valuesOf = (place: number) =>
      Array.from(columns.values.subarray(columns.from[place], columns.from[place + 1]), (value) => columns.valueNames.codes[value]!)
    await putDocuments(tx, [
      ...[some.map(({ place }) => place), some.map(({ document }) => document.no)],
      some.map(({ place }) => code(columns.brand, columns.brands.codes, place)),
      some.map(({ place }) => code(columns.category, columns.categories.codes, place)),
      some.map(({ place }) => code(columns.country, columns.countries.codes, place)),
      some.map(({ place }) => valuesOf(place).join("\x1e")),
      some.map(({ document }) => [...new Set(document.ingredients.map(spelt))].join("\x1e")),
      some.map(({ place }) => columns.novelDay[place]!),
      some.map(({ place }) => columns.popularity[place]!),
      some.map(({ place }) => columns.stars[place]!),
      some.map(({ place }) => columns.esteem[place]!),
      some.map(({ place }) => norms[place]!),
    ])
    const products = some.flatMap(({ document, place }) => document.products.map((no, nth) => [no, place, nth] as const))
    await putProducts(tx, [products.map(([no]) => no), products.map(([, place]) => place), products.map(([, , nth]) => nth)])
    const codes = some.flatMap(({ document: { eans, skus }, place }) => [
      ...eans.map((ean) => [ean.toLowerCase(), place, true] as const),
      ...skus.map((sku) => [sku.toLowerCase(), place, false] as const),
    ])
    await putCodes(tx, [codes.map(([code]) => code), codes.map(([, place]) => place), codes.map(([, , ean]) => ean)])
  }
}

async function fillWords(tx: Tx, { words: { brands, categories } }: IndexData, { postings, words }: Texts): Promise<void> {
  let [stems, places, weights]: [string[], number[], number[]] = [[], [], []]
  for (const [stem, list] of postings) {
    for (let at = 0; at < list.documents.length; at += 1) {
      stems.push(stem)
      places.push(list.documents[at]!)
      weights.push(list.weights[at]!)
    }
    if (stems.length >= AT_ONCE) {
      await putPostings(tx, [stems, places, weights])
      ;[stems, places, weights] = [[], [], []]
    }
  }
  await putPostings(tx, [stems, places, weights])
  const column = <Value>(of: (word: Texts["words"][number]) => Value) => words.map(of)
  await putWords(tx, [
    column(({ text }) => text),
    column(({ stem }) => stem),
    column(({ documents }) => documents),
    column(({ brand }) => brand),
    column(({ said }) => said),
  ])
  const phrases = [
    ...brands.map(({ name, spoken }) => ["brand", name, wordsOf([name, ...spoken, ...saidFor(name)].join(" "))] as const),
    ...categories.map(({ path, name }) => ["category", path, wordsOf(Object.values(name).join(" "))] as const),
  ]
  await putPhrases(tx, [phrases.map(([kind]) => kind), phrases.map(([, code]) => code), phrases.map(([, , said]) => said.join(" "))])
}

/** New prices of variants; seen when the transaction commits. */
export async function setPrices(tx: Tx, prices: readonly SearchPrice[], version: number): Promise<void> {
  await writePrices(tx, prices)
  await putVersion(tx, [version])
}

/** How much things are bought, by their numbers. */
export async function setPopularity(tx: Tx, popular: readonly Popular[], version: number): Promise<void> {
  await putPopularity(tx, [popular.map(({ no }) => no), popular.map(({ popularity }) => popularity)])
  await putVersion(tx, [version])
}

/** What a shop has of variants; `whole`: what is not named is not there. */
export async function setStock(
  tx: Tx,
  shop: string,
  stock: readonly { product: number; there: boolean }[],
  { whole, version }: { whole: boolean; version: number },
): Promise<void> {
  await writeStock(tx, shop, stock, whole)
  await putVersion(tx, [version])
}

async function writePrices(tx: Tx, prices: readonly SearchPrice[]): Promise<void> {
  for (let from = 0; from < prices.length; from += AT_ONCE) {
    const some = prices.slice(from, from + AT_ONCE)
    const column = <Value>(of: (price: SearchPrice) => Value) => some.map(of)
    await putPrices(tx, [
      ...[column(({ product }) => product), column(({ zone }) => zone), column(({ regular }) => regular)],
      ...[column(({ card }) => card), column(({ before }) => before)],
    ])
    await sumUpPrices(tx, [column(({ product }) => product)])
  }
}

async function writeStock(tx: Tx, shop: string, stock: readonly { product: number; there: boolean }[], whole: boolean): Promise<void> {
  const products = (there: boolean) => stock.flatMap((one) => (one.there === there ? [one.product] : []))
  if (whole) await clearShop(tx, [shop])
  else await dropStock(tx, [shop, products(false)])
  await putStock(tx, [shop, products(true)])
  await sumUpStock(tx, [shop])
}
