import { type Clock, type Db, inTransaction, type Locale, type Localized } from "@mila/kernel"
import { type CatalogWords, catalogWords, type ShownAttribute, type ShownBrand, type ShownCategory } from "../shown/words-of.ts"

const KEPT_MS = 5_000

/** The catalogue's words, looked up: what codes in filters and facets are called. */
export class Words {
  readonly categories: ReadonlyMap<string, ShownCategory>
  readonly brands: ReadonlyMap<string, ShownBrand>
  readonly brandBySlug: ReadonlyMap<string, ShownBrand>
  readonly attributes: ReadonlyMap<string, ShownAttribute>
  readonly #families: ReadonlyMap<string, readonly string[]>
  readonly #values: ReadonlyMap<string, ShownAttribute["values"][number]>
  readonly #countries = new Map<string, string>() // by language and code: asking Intl each time is dear

  constructor({ categories, brands, attributes, families }: CatalogWords) {
    this.#families = new Map(families.map(({ code, attributes: of }) => [code, of]))
    this.categories = new Map(categories.map((category) => [category.path, category]))
    this.brands = new Map(brands.map((brand) => [brand.name, brand]))
    this.brandBySlug = new Map(brands.map((brand) => [brand.slug, brand]))
    this.attributes = new Map(attributes.map((attribute) => [attribute.code, attribute]))
    this.#values = new Map(attributes.flatMap(({ code, values }) => values.map((value) => [`${code} ${value.code}`, value])))
  }

  /** The categories right under a path, or the roots, that hold something, in the order they are shown. */
  under(path: string | null): ShownCategory[] {
    return this.#rightUnder(path).filter(({ isFilled }) => isFilled)
  }

  #rightUnder(path: string | null): ShownCategory[] {
    const depth = path === null ? 1 : path.split("/").length + 1
    const within = path === null ? "" : `${path}/`
    return [...this.categories.values()].filter(({ path: own }) => own.startsWith(within) && own.split("/").length === depth)
  }

  /** From the root down to a path. */
  above(path: string): ShownCategory[] {
    const parts = path.split("/")
    return parts.flatMap((_, depth) => this.categories.get(parts.slice(0, depth + 1).join("/")) ?? [])
  }

  /**
   * The attributes goods of a category have, in their order: those of its family (its own, or of the nearest above that has one), or where it has others under it those of all
   * their families. None where nobody said of one of them what it holds.
   */
  attributesIn(path: string): readonly string[] {
    const under = [...this.categories.keys()].filter((other) => other.startsWith(`${path}/`) && this.#rightUnder(other).length === 0)
    const families = (under.length > 0 ? under : [path]).map((leaf) => this.above(leaf).findLast(({ family }) => family !== null)?.family)
    const lists = families.map((family) => this.#families.get(family ?? "") ?? [])
    return lists.every((list) => list.length > 0) ? [...new Set(lists.flat())] : []
  }

  /** What a facet is called; undefined for those a door names itself. */
  facet(code: string): Localized | undefined {
    return this.attributes.get(code)?.name
  }

  /** What a value of a facet is called; the code itself where nobody named it. */
  value(facet: string, code: string, locale: Locale): string {
    if (facet === "category") return this.categories.get(code)?.name[locale] ?? code
    if (facet === "country") return this.country(code, locale)
    return this.#values.get(`${facet} ${code}`)?.name[locale] ?? code
  }

  /** A value's colour, where it is one. */
  swatch(facet: string, code: string): string | null {
    return this.#values.get(`${facet} ${code}`)?.swatch ?? null
  }

  country(code: string, locale: Locale): string {
    if (!/^[A-Z]{2}$/.test(code)) return code
    const known = this.#countries.get(`${locale} ${code}`)
    if (known !== undefined) return known
    const name = new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? code
    this.#countries.set(`${locale} ${code}`, name)
    return name
  }
}

/** The words as they were at most five seconds ago. */
export function keepWords({ db, clock }: { db: Db; clock: Clock }): () => Promise<Words> {
  let kept: { at: number; words: Promise<Words> } | undefined
  return () => {
    const now = clock.now().getTime()
    if (!kept || now - kept.at > KEPT_MS) {
      const words = inTransaction(db, catalogWords).then((read) => new Words(read))
      const fresh = { at: now, words }
      kept = fresh
      words.catch(() => {
        if (kept === fresh) kept = undefined
      })
    }
    return kept.words
  }
}
