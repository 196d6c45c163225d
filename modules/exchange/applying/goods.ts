import { addAttributes, type Attribute, hideGroups, type ProductGroup, dropZonePrices, putPrices } from "@mila/catalog"
import { type Day, statement, type Tx } from "@mila/kernel"
import type { Fault, OfferFact } from "../reading/facts.ts"
import { composed, type Known, type KnownOffer, type KnownPriceType, pricesIn } from "./compose-rules.ts"
import { factsFor, type KnownGood } from "./known-facts.ts"
import { missPictures } from "./missing-pictures.ts"
import { rememberOffers } from "./offers.ts"
import { putSound, withSoundBarcodes } from "./put-sound.ts"
import { applySale } from "./sale.ts"
import { said, valuesOf } from "./words.ts"

/** `offer`: null for a good, whose fact is taken over where it lies. */
export type StagedRow = { no: number; line: number; thing: string; offer: OfferFact | null }

const putGoods = statement<never>(
  "exchange.put_goods",
  `insert into exchange.good as known (source, id, fact, seen_at, hidden)
   select distinct on (thing) $1, thing, fact, $3::timestamptz, (fact ->> 'deleted')::boolean from exchange.staged
   where import = $2 and pass = 2 and kind = 'good' and no between $4 and $5 order by thing, no desc
   on conflict (source, id) do update set fact = case when known.fact = excluded.fact then known.fact else excluded.fact end, seen_at = excluded.seen_at, hidden = excluded.hidden`,
)
// ids come as a list that is joined: while a new chain's tables are still thought empty, that is looked up by the index all the same, and `= any` is not
const seen = statement<never>(
  "exchange.goods_seen",
  "update exchange.good set seen_at = $3::timestamptz where source = $1 and id in (select unnest($2::text[])) and seen_at < $3::timestamptz",
)
const goodsOf = statement<KnownGood>(
  "exchange.goods_of",
  "select id, fact, put from exchange.good where source = $1 and id in (select unnest($2::text[]))",
)
const offersOf = statement<KnownOffer>(
  "exchange.offers_of",
  "select id, good, sku, fact, prices, hidden from exchange.offer where source = $1 and good in (select unnest($2::text[]))",
)
const priceTypes = statement<KnownPriceType>(
  "exchange.price_types_of",
  "select id, means, zone from exchange.price_type where source = $1 order by id",
)
const nowPut = statement<never>(
  "exchange.goods_put",
  "update exchange.good set put = true where source = $1 and id in (select unnest($2::text[])) and not put",
)

/** `whole`: the import names all there is, prices too */
export type Moment = {
  id: number
  source: string
  at: Date
  sku: "id" | "article"
  novelSince: Day | null
  whole: boolean
  pictureHosts: readonly string[]
}

/**
 * Takes staged goods and offers: remembers what the source said and brings the catalogue up to date, in one transaction with where it stands. A good waits while none
 * of its offers has a price. Answers what could not be taken, and why. Harmless twice.
 */
export async function applyGoods(tx: Tx, rows: readonly StagedRow[], moment: Moment): Promise<Omit<Fault, never>[]> {
  const faults: Fault[] = []
  const goods = new Set(rows.flatMap(({ thing, offer }) => (offer === null ? [thing] : [])))
  if (goods.size > 0) await putGoods(tx, [moment.source, moment.id, moment.at, rows[0]!.no, rows.at(-1)!.no])
  const types = await priceTypes(tx, [moment.source])
  const touched = await rememberOffers(tx, { rows, moment, types, faults })
  const concerned = [...new Set([...goods, ...touched.keys()])]
  const known = await goodsOf(tx, [moment.source, concerned])
  const found = new Set(known.map(({ id }) => id))
  for (const [good, { line, offer }] of touched) {
    if (!found.has(good)) faults.push({ line, field: "Ид", reason: "good_unknown", thing: offer, value: good })
  }
  await seen(tx, [moment.source, [...touched.keys()], moment.at])
  const lines = new Map([...Array.from(touched, ([good, { line }]) => [good, line] as const), ...rows.flatMap(lineOfGood)])
  const isLean = (id: string): boolean => !goods.has(id) && !touched.get(id)!.composes
  await intoCatalog(tx, { known, types, moment, faults, lines, isLean })
  return faults
}

/** Brings goods up to date of which offers were hidden. */
export async function composeAgain(
  tx: Tx,
  { goods, ...moment }: { goods: readonly string[]; id: number; source: string; at: Date },
): Promise<void> {
  const { source } = moment
  const known = await goodsOf(tx, [source, goods])
  const types = await priceTypes(tx, [source])
  await intoCatalog(tx, {
    known,
    types,
    moment: { ...moment, novelSince: null, pictureHosts: [] },
    faults: [],
    lines: new Map(),
    isLean: () => false,
  })
}

const lineOfGood = ({ thing, line, offer }: StagedRow): (readonly [string, number])[] => (offer === null ? [[thing, line]] : [])

type Into = {
  known: readonly KnownGood[]
  types: readonly KnownPriceType[]
  moment: Pick<Moment, "id" | "source" | "at" | "novelSince" | "pictureHosts">
  faults: Fault[]
  lines: ReadonlyMap<string, number>
  /** nothing but its prices is new */
  isLean: (id: string) => boolean
}

async function intoCatalog(tx: Tx, { known, types, moment, faults, lines, isLean }: Into): Promise<void> {
  if (known.length === 0) return
  const { source, at } = moment
  const offers = Map.groupBy(await offersOf(tx, [source, known.map(({ id }) => id)]), ({ good }) => good)
  const priced = known.filter(({ id, put }) => put && isLean(id))
  await putZonePrices(tx, { offers: priced.flatMap(({ id }) => offers.get(id) ?? []), types, zones: "all", at })
  await applySale(tx, { source, offers: priced.flatMap(({ id }) => offers.get(id) ?? []), types, at })
  const toCompose = known.filter(({ id, put }) => !put || !isLean(id))
  if (toCompose.length === 0) return
  const facts = { ...(await factsFor(tx, source, toCompose)), priceTypes: types }
  await missPictures(tx, toCompose, { moment, known: facts.pictures, faults, lines })
  const groups: ProductGroup[] = []
  const values = new Map<string, Set<string>>()
  const unsold: string[] = []
  for (const { id, fact, put } of toCompose) {
    const made = composed(fact, offers.get(id) ?? [], { ...facts, novelSince: put ? null : moment.novelSince }) // what was there is no novelty
    if (!made && put) unsold.push(id)
    if (!made) continue
    groups.push(withSoundBarcodes(made.group, { faults, line: lines.get(id) ?? null }))
    for (const [attribute, names] of made.values) values.set(attribute, new Set([...(values.get(attribute) ?? []), ...names]))
  }
  await hideGroups(tx, { codes: unsold, at })
  await addAttributes(tx, attributesSeen(values, facts.properties), { at })
  const taken = await putSound(tx, groups, { at, faults, lines })
  await nowPut(tx, [source, taken.map(({ code }) => code)])
  await putZonePrices(tx, { offers: taken.flatMap(({ code }) => offers.get(code) ?? []), types, zones: "others", at })
  await applySale(tx, { source, offers: taken.flatMap(({ code }) => offers.get(code) ?? []), types, at })
}

/** Values that goods have, and the words of a characteristic nobody named as a property. */
function attributesSeen(values: ReadonlyMap<string, ReadonlySet<string>>, properties: Known["properties"]): Attribute[] {
  const named = new Map([...properties.values()].map((property) => [property.attribute, property]))
  return Array.from(values, ([code, names]) => {
    const property = named.get(code)
    return {
      code,
      name: said(property?.name ?? code.replaceAll("_", " ")),
      filtered: property?.closed ?? true,
      position: 100,
      values: valuesOf([...names]),
    }
  })
}

type Zoned = { offers: readonly KnownOffer[]; types: readonly KnownPriceType[]; zones: "all" | "others"; at: Date }

async function putZonePrices(tx: Tx, { offers, types, zones, at }: Zoned): Promise<void> {
  const named = new Set(types.flatMap(({ means, zone }) => (means === "regular" && (zones === "all" || zone !== "main") ? [zone] : [])))
  for (const zone of named) {
    const prices = offers.flatMap((offer) => {
      const priced = pricesIn(zone, offer, types)
      return priced ? [{ sku: offer.sku, regularMinor: priced.regular, cardMinor: priced.card }] : []
    })
    if (prices.length > 0) await putPrices(tx, { prices, zone, at })
    const own = new Set(prices.map(({ sku }) => sku))
    const without = zone === "main" ? [] : offers.flatMap(({ sku }) => (own.has(sku) ? [] : [sku]))
    if (without.length > 0) await dropZonePrices(tx, { skus: without, zone, at })
  }
}
