import { statement, type Tx } from "@mila/kernel"
import type { SearchAnswer } from "../document.ts"
import { type Reading, understand, type Wish } from "../understand.ts"
import type { Vocabulary } from "../vocabulary.ts"
import type { Candidates } from "./question.ts"

const exact = statement<{ place: number }>(
  "search.exact_code",
  "select distinct place from search.code where code = any ($1::text[]) order by place",
)
const beginning = statement<{ place: number }>(
  "search.code_beginning",
  "select distinct place from (select place from search.code where ean and code like $1 || '%' order by code limit 200) few order by place",
)
const mostHeld = statement<{ most: number; held: number[] }>(
  "search.most_words",
  `with hits as (select distinct a.wish, p.place from unnest($1::int[], $2::text[]) a(wish, stem) join search.posting p using (stem)),
        counted as (select place, count(*) words from hits group by place), best as (select coalesce(max(words), 0)::int most from counted)
   select best.most, array(select distinct h.wish from hits h join counted c using (place) where c.words = best.most) held from best`,
)

export type Found = { candidates: Candidates; scored: boolean; understood: SearchAnswer["understood"]; reading?: Reading }

type Known = { vocabulary: Vocabulary; frequency: ReadonlyMap<string, number>; documents: number }

/** What may be meant by a text: a barcode, the beginning of one, a sku, or words in the forms the vocabulary knows. */
export async function candidatesFor(
  tx: Tx,
  { vocabulary, frequency, documents }: Known,
  { text, broad, typing }: { text: string; broad: boolean; typing: boolean },
): Promise<Found> {
  const plain = { scored: false, understood: { read: null, leftOut: [] } }
  if (text.trim() === "") return { ...plain, candidates: "everything" }
  const coded = await codedPlaces(tx, text)
  if (coded.length > 0) return { ...plain, candidates: { places: coded } }
  const reading = understand(text, { vocabulary, frequency: (stem) => frequency.get(stem) ?? 0, typing })
  const known = reading.wishes.filter((wish) => wish.stems.size > 0)
  const asked = known.flatMap((wish, nth) => [...wish.stems.keys()].map((stem) => [nth, stem] as const))
  const { most, held } = (await mostHeld(tx, [asked.map(([nth]) => nth), asked.map(([, stem]) => stem)]))[0]!
  const missing = (wish: Wish) => wish.stems.size === 0 || (most < known.length && !held.includes(known.indexOf(wish)))
  const leftOut = reading.wishes.filter(missing).map(({ typed }) => typed)
  const idf = ({ stems: of }: Wish) => Math.log(1 + documents / Math.max(1, ...[...of.keys()].map((stem) => frequency.get(stem) ?? 0)))
  const wishes = known.map((wish) => ({ ...wish, idf: idf(wish) }))
  const candidates = most === 0 ? { places: [] } : { wishes, needed: broad ? 1 : most, broad }
  return { candidates, scored: true, understood: { ...reading.understood, leftOut }, reading }
}

/** A barcode, the beginning of one, or a sku. */
async function codedPlaces(tx: Tx, text: string): Promise<number[]> {
  const code = text.trim().replace(/[\s-]/g, "").toLowerCase().slice(0, 100)
  const spelt = [text.trim().toLowerCase().slice(0, 100), code, ...(/^\d{12,13}$/.test(code) ? [`0${code}`, code.replace(/^0/, "")] : [])]
  const found = (await exact(tx, [spelt])).map(({ place }) => place)
  if (found.length > 0 || !/^\d{6,13}$/.test(code)) return found
  return (await beginning(tx, [code])).map(({ place }) => place)
}
