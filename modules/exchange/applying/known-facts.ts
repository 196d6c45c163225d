import { statement, type Tx } from "@mila/kernel"
import type { GoodFact } from "../reading/facts.ts"
import { picturesNamed } from "../received/files.ts"
import { type Known, type KnownProperty, meaningsOf, partsOf } from "./compose-rules.ts"

export type KnownGood = { id: string; fact: GoodFact; put: boolean }

type Named = { id: string; sku: string; good: string; prices: Readonly<Record<string, number>>; hidden: boolean }

const COLUMNS = "id, sku, good, prices, hidden"
export const offersNamed = statement<Named>(
  "exchange.offers_named",
  `select ${COLUMNS} from exchange.offer where source = $1 and id in (select unnest($2::text[]))
   union select ${COLUMNS} from exchange.offer where source = $1 and sku in (select unnest($3::text[]))`,
)
const paths = statement<{ id: string; path: string }>(
  "exchange.category_paths",
  "select id, path from exchange.category where source = $1 and id = any($2::text[]) and path is not null",
)
const propertiesOf = statement<KnownProperty>(
  "exchange.properties_of",
  "select id, name, attribute, closed, values from exchange.property where source = $1 and id = any($2::text[])",
)

/** What has to be known of a source to say what these goods are here: its categories, properties, parts of sets and pictures. */
export async function factsFor(tx: Tx, source: string, goods: readonly KnownGood[]): Promise<Omit<Known, "priceTypes" | "novelSince">> {
  const categories = await paths(tx, [source, [...new Set(goods.flatMap(({ fact }) => fact.category ?? []))]])
  const properties = await propertiesOf(tx, [source, [...new Set(goods.flatMap(({ fact }) => Object.keys(fact.properties)))]])
  const named = { properties: new Map(properties.map((property) => [property.id, property])) }
  const parts = goods.flatMap(({ fact }) => partsOf(fact, meaningsOf(fact, named)).map(({ id }) => id))
  const skus = parts.length === 0 ? [] : await offersNamed(tx, [source, parts, parts])
  const pictures = await picturesNamed(
    tx,
    goods.flatMap(({ fact }) => fact.pictures),
  )
  return {
    paths: new Map(categories.map(({ id, path }) => [id, path])),
    ...named,
    parts: new Map(skus.flatMap(({ id, sku }) => [[id, sku] as const, [sku, sku] as const])),
    pictures,
  }
}
