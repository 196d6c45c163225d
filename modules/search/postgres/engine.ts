import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import type { SearchAnswer, SearchEngine, SearchPrice, SearchQuery, Suggestion } from "../document.ts"
import { type Counts, facetsOf } from "../facet-list.ts"
import { meantBy, saying } from "../compositions.ts"
import type { IndexData } from "../memory/index.ts"
import { wordsOf } from "../text/fold.ts"
import { Vocabulary, type Word } from "../vocabulary.ts"
import { fill, type Following, type Popular, setPopularity, setPrices, setStock } from "./fill.ts"
import { candidatesFor, type Found } from "./candidates.ts"
import { questionFor } from "./question.ts"

const words = statement<Word>("search.words", "select text, stem, documents, brand, said from search.word")
const stems = statement<{ stem: string; documents: number }>(
  "search.stems",
  "select stem, count(*)::int documents from search.posting group by stem",
)
const phrases = statement<{ kind: "brand" | "category"; code: string; words: string[] }>(
  "search.phrases",
  "select kind, code, words from search.phrase",
)
const compositions = statement<{ name: string }>("search.ingredients", "select distinct unnest(ingredients) as name from search.document")
const size = statement<{ count: number; version: number }>(
  "search.size",
  "select count(*)::int count, coalesce((select version from search.version), 0) version from search.document",
)
const state = statement<{ version: number; made: string; followed_at: Date | null }>(
  "search.state",
  "select version, made, followed_at from search.version",
)
const followed = statement("search.followed", "update search.version set followed_at = $1")
type Learned = {
  vocabulary: Vocabulary
  frequency: ReadonlyMap<string, number>
  brands: Phrase[]
  categories: Phrase[]
  documents: number
  /** what is in anything, as compared */
  ingredients: readonly string[]
  made: string
}
type Phrase = { code: string; words: string[] }

const MOST_DEEP = 10_000

/**
 * The search in PostgreSQL: what is past the memory of one machine, or shared by many. Words are understood in the process, with a vocabulary read once
 * (`learn`); finding, counting and paging are one statement. Answers are those of the index in memory, proven by the same tests.
 */
export class PostgresSearch implements SearchEngine {
  readonly #db: Db
  #learned: Learned | undefined

  constructor(db: Db) {
    this.#db = db
  }

  /** Makes everything anew, and learns it. */
  async make(data: IndexData): Promise<void> {
    await inTransaction(this.#db, (tx) => fill(tx, data))
    await this.learn()
  }

  /** Reads the vocabulary again: after `fill` by another process. */
  async learn(): Promise<void> {
    this.#learned = await inTransaction(this.#db, async (tx) => {
      const said = await phrases(tx, [])
      return {
        vocabulary: new Vocabulary(await words(tx, [])),
        frequency: new Map((await stems(tx, [])).map(({ stem, documents }) => [stem, documents])),
        brands: said.filter(({ kind }) => kind === "brand"),
        categories: said.filter(({ kind }) => kind === "category"),
        documents: (await size(tx, []))[0]!.count,
        ingredients: (await compositions(tx, [])).map(({ name }) => name),
        made: (await state(tx, []))[0]?.made ?? "",
      }
    })
  }

  /** Learns again when somebody made everything anew since. */
  async learnIfNew(): Promise<void> {
    const [now] = await inTransaction(this.#db, (tx) => state(tx, []))
    if (now && now.made !== this.#learned?.made) await this.learn()
  }

  /** How far the tables follow the catalogue, and when they were last brought there; null before anything was made. */
  async state(): Promise<{ version: number | null; followedAt: Date | null }> {
    const [now] = await inTransaction(this.#db, (tx) => state(tx, []))
    return { version: now?.version ?? null, followedAt: now?.followed_at ?? null }
  }

  /** Everything up to here is in the tables. */
  async followedTo(at: Date): Promise<void> {
    await inTransaction(this.#db, (tx) => followed(tx, [at]))
  }

  /** Takes changes from `version` on, and keeps count of them. */
  followerAt(version: number): Following {
    const engine = { now: version }
    return {
      get version() {
        return engine.now
      },
      setPrices: async (prices, version) => {
        await this.setPrices(prices, version)
        engine.now = version
      },
      setStock: async (shop, stock, of) => {
        await this.setStock(shop, stock, of)
        engine.now = of.version
      },
      setPopularity: async (popular, version) => {
        await this.setPopularity(popular, version)
        engine.now = version
      },
    }
  }

  setPrices(prices: readonly SearchPrice[], version: number): Promise<void> {
    return inTransaction(this.#db, (tx) => setPrices(tx, prices, version))
  }

  setStock(shop: string, stock: readonly { product: number; there: boolean }[], of: { whole: boolean; version: number }): Promise<void> {
    return inTransaction(this.#db, (tx) => setStock(tx, shop, stock, of))
  }

  setPopularity(popular: readonly Popular[], version: number): Promise<void> {
    return inTransaction(this.#db, (tx) => setPopularity(tx, popular, version))
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    const { broad = false } = query
    const text = query.text?.replaceAll("\0", "") ?? "" // PostgreSQL takes no NUL in a text
    const learned = await this.#known()
    return inTransaction(this.#db, async (tx) => {
      const found = await candidatesFor(tx, learned, { text, broad, typing: false })
      return answer(tx, query, { ...found, ingredients: learned.ingredients })
    })
  }

  async suggest(query: { text: string; limit?: number; zone?: string; today: number }): Promise<Suggestion> {
    const { limit = 6, zone = "main", today } = query
    const text = query.text.replaceAll("\0", "")
    const learned = await this.#known()
    return inTransaction(this.#db, async (tx) => {
      const typed = wordsOf(text.slice(0, 100), 12)
      const found = await candidatesFor(tx, learned, { text, broad: false, typing: true })
      const last = found.reading?.wishes.at(-1)?.read ?? typed.at(-1) ?? ""
      const { items, version } =
        typed.length === 0
          ? { items: [], version: 0 }
          : await answer(tx, { sort: "relevance", limit, zone, today }, { ...found, ingredients: [] })
      const before = typed.slice(0, -1).join(" ")
      const whole = last === "" ? [] : learned.vocabulary.completing(last, 4)
      const startsSo = (said: Phrase): boolean => last.length > 1 && said.words.some((word) => word.startsWith(last))
      const codes = (of: readonly Phrase[]) =>
        of
          .filter(startsSo)
          .map(({ code }) => code)
          .slice(0, 3)
      return {
        queries: whole.map((word) => (before === "" ? word.text : `${before} ${word.text}`)),
        ...{ brands: codes(learned.brands), categories: codes(learned.categories), items, understood: found.understood, version },
      }
    })
  }

  async #known(): Promise<Learned> {
    if (!this.#learned) await this.learn()
    return this.#learned!
  }
}

async function answer(
  tx: Tx,
  query: SearchQuery,
  { candidates, scored, understood, ingredients }: Found & { ingredients: readonly string[] },
): Promise<SearchAnswer> {
  const {
    filters = {},
    sort = scored ? "relevance" : "popular",
    offset = 0,
    limit = 24,
    zone = "main",
    today,
    facets: isCounted = true,
  } = query
  const page = { offset: Math.min(Math.max(0, offset), MOST_DEEP), limit: Math.min(Math.max(0, limit), 1_000) }
  const without = saying(filters.without ?? [])
  const { meant, heldByNone } = meantBy(without, ingredients)
  const leftOut = without.length === 0 ? undefined : meant
  const { text, values } = questionFor({ filters, sort, zone, today, isCounted, candidates, leftOut, ...page })
  const { rows } = await tx.client.query<{
    total: number
    items: string[]
    price: { least: number | null; most: number | null } | null
    facets: Counts
    version: number
  }>(text, values)
  const { total, items, price, facets, version } = rows[0]!
  const numbers = items.map(Number) // elements of an array of bigint come as text
  return {
    ...{ total, items: numbers, understood, heldByNone, version },
    facets: isCounted
      ? facetsOf(
          facets.toSorted((one, other) => (one.code < other.code ? -1 : 1)),
          filters,
        )
      : [],
    price: !price || price.least === null || price.most === null ? null : { least: price.least, most: price.most },
  }
}
