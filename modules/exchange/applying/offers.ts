import { statement, type Tx } from "@mila/kernel"
import type { Fault, OfferFact } from "../reading/facts.ts"
import { REGULAR, SALE } from "../reading/price-names.ts"
import type { KnownPriceType } from "./compose-rules.ts"
import type { Moment, StagedRow } from "./goods.ts"
import { offersNamed } from "./known-facts.ts"
import { skuOf } from "./sku-rules.ts"

type Prices = Readonly<Record<string, number>>
const putOffers = statement<never>(
  "exchange.put_offers",
  `insert into exchange.offer as known (source, id, good, sku, fact, prices, hidden, seen_at)
   select $1, id, good, sku, fact, prices, hidden, case when fact is null then '-infinity' else $3::timestamptz end
   from jsonb_to_recordset($2::jsonb) as given(id text, good text, sku text, fact jsonb, prices jsonb, hidden boolean)
   on conflict (source, id) do update set fact = coalesce(excluded.fact, known.fact), prices = excluded.prices, hidden = excluded.hidden,
     seen_at = greatest(known.seen_at, excluded.seen_at)
   where (known.fact, known.prices, known.hidden, known.seen_at)
     is distinct from (coalesce(excluded.fact, known.fact), excluded.prices, excluded.hidden, greatest(known.seen_at, excluded.seen_at))`,
)

/** Goods of which something was told, with the last offer that told it. `composes`: more than prices is new. */
export type Touched = Map<string, { line: number; offer: string; composes: boolean }>

type Remembering = { rows: readonly StagedRow[]; moment: Moment; types: readonly KnownPriceType[]; faults: Fault[] }

/** Keeps what a source says of its offers: what they are, what they cost, and whether they are sold. Answers the goods concerned. */
export async function rememberOffers(tx: Tx, { rows, moment, types, faults }: Remembering): Promise<Touched> {
  const given = lastOfEach(rows, moment.whole)
  const touched: Touched = new Map()
  if (given.size === 0) return touched
  const wanted = new Map(Array.from(given, ([id, { fact }]) => [id, skuOf(id, fact.said?.article ?? null, moment.sku)]))
  const named = await offersNamed(tx, [moment.source, [...given.keys()], [...wanted.values()]])
  const kept = new Map(named.map((offer) => [offer.id, offer]))
  const taken = new Map(named.map(({ id, sku }) => [sku, id]))
  const paid = new Set(types.flatMap(({ id, means, zone }) => (means === "regular" && zone === "main" ? [id] : [])))
  const put: object[] = []
  for (const [id, { line, fact }] of given) {
    const before = kept.get(id)
    const sku = before?.sku ?? wanted.get(id)!
    const owner = taken.get(sku)
    if (!before && fact.deleted) continue
    if (owner !== undefined && owner !== id) faults.push({ line, field: "Артикул", reason: "sku_taken", thing: id, value: sku })
    else if (fact.said === null && !before && id.includes("#"))
      faults.push({ line, field: "Ид", reason: "offer_unknown", thing: id, value: null })
    else {
      taken.set(sku, id)
      const prices = pricesAfter(before?.prices ?? {}, fact, { paid, zero: () => faults.push(zeroPrice(line, id)) })
      const hidden = fact.deleted === true || (fact.said === null && before?.hidden === true)
      put.push({ id, good: fact.good, sku, fact: fact.said, prices, hidden })
      const isSold = (of: Prices): boolean => [...paid].some((type) => type in of)
      const turns = before !== undefined && (before.hidden !== hidden || isSold(before.prices) !== isSold(prices))
      touched.set(fact.good, { line, offer: id, composes: fact.said !== null || turns || touched.get(fact.good)?.composes === true })
    }
  }
  if (put.length > 0) await putOffers(tx, [moment.source, JSON.stringify(put), moment.at])
  return touched
}

/** Offers may stand in a file more than once: what is said last counts, and what it leaves out stands as it was said before. */
function lastOfEach(rows: readonly StagedRow[], whole: boolean): Map<string, { line: number; fact: OfferFact }> {
  const given = new Map<string, { line: number; fact: OfferFact }>()
  for (const { line, offer } of rows) {
    if (offer === null) continue
    const replaces = (offer.replaces === true || whole) && Object.keys(offer.prices).length > 0
    const before = given.get(offer.id)?.fact
    const prices = before && !replaces ? { ...before.prices, ...offer.prices } : offer.prices
    given.set(offer.id, {
      line,
      fact: { ...offer, said: offer.said ?? before?.said ?? null, prices, replaces: replaces || before?.replaces === true },
    })
  }
  return given
}

/**
 * What an offer costs after it was told. What is told as zero is there no more, and so is what a package of everything does not name; but what people pay without a card is
 * not taken away by a zero: that is a slip, the price stays.
 */
function pricesAfter(
  before: Prices,
  { prices, replaces = false }: OfferFact,
  { paid, zero }: { paid: ReadonlySet<string>; zero: () => void },
): Prices {
  const after: Record<string, number> = replaces ? {} : { ...before }
  if (REGULAR in prices) delete after[SALE]
  for (const [type, kopecks] of Object.entries(prices)) {
    const stays = kopecks ?? (paid.has(type) ? before[type] : undefined)
    if (kopecks === null && paid.has(type)) zero()
    if (stays === undefined) delete after[type]
    else after[type] = stays
  }
  return after
}

const zeroPrice = (line: number, thing: string): Fault => ({ line, field: "Цена/ЦенаЗаЕдиницу", reason: "price_zero", thing, value: "0" })
