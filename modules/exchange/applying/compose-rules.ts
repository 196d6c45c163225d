import type { Picture, ProductGroup, Variant } from "@mila/catalog"
import { type Day, type Localized, type Minor, minor } from "@mila/kernel"
import type { GoodFact, OfferSaid } from "../reading/facts.ts"
import { SALE } from "../reading/price-names.ts"
import { countryOf, meaningOf, type Meaning, monthsOf, netOf } from "./meaning-rules.ts"
import { companyOf, madeOf, partsIn, returnsOf } from "./told-rules.ts"
import { codeOf, said } from "./words.ts"

export type KnownOffer = {
  id: string
  good: string
  sku: string
  fact: OfferSaid | null
  prices: Readonly<Record<string, number>>
  /** its source sells it no more */
  hidden: boolean
}
export type KnownProperty = { id: string; name: string; attribute: string; closed: boolean; values: Readonly<Record<string, string>> }
export type KnownPriceType = { id: string; means: "regular" | "card" | "floor" | "nothing"; zone: string }

/** What has to be known to say what a good of a source is here. */
export type Known = {
  paths: ReadonlyMap<string, string>
  properties: ReadonlyMap<string, KnownProperty>
  priceTypes: readonly KnownPriceType[]
  pictures: ReadonlyMap<string, Picture>
  /** skus of what sets are made of, by id or sku */
  parts: ReadonlyMap<string, string>
  novelSince: Day | null
}

export type Priced = { regular: Minor; card: Minor; floor: Minor | null }

/** An offer's prices in a zone; undefined while there is none that people pay. The card's price is never above the other. */
export function pricesIn(zone: string, offer: KnownOffer, types: readonly KnownPriceType[]): Priced | undefined {
  const price = (means: KnownPriceType["means"]): number | undefined =>
    types.flatMap((type) => (type.means === means && type.zone === zone ? (offer.prices[type.id] ?? []) : []))[0]
  const usual = price("regular")
  if (usual === undefined) return undefined
  const regular = zone === "main" ? usual : Math.min(usual, offer.prices[SALE] ?? usual) // a promotion holds by the main zone's prices
  const floor = price("floor")
  return {
    regular: minor(regular),
    card: minor(Math.min(regular, price("card") ?? regular)),
    floor: floor === undefined ? null : minor(floor),
  }
}

/** A good with its offers as the catalogue has things; undefined while none of its offers is sold at a price. */
export function composed(
  good: GoodFact,
  offers: readonly KnownOffer[],
  known: Known,
): { group: ProductGroup; values: Map<string, Set<string>> } | undefined {
  const meant = meaningsOf(good, known)
  const values = new Map<string, Set<string>>()
  const sold = offers.filter(({ hidden }) => !hidden)
  const variants = sold
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap((offer) => variantOf(good, offer, { known, values, alone: sold.length === 1, net: meant.get("net") ?? "" }) ?? [])
  if (variants.length === 0) return undefined
  const brand = (meant.get("brand") ?? good.brand)?.slice(0, 100) || null
  const parts = madeOf(partsOf(good, meant), known.parts)
  const contents = parts.length === 0 ? meant.get("contents") : undefined
  const text = (meaning: Meaning): string | null => meant.get(meaning)?.slice(0, LONG) ?? null
  const application = text("application")
  const group: ProductGroup = {
    ...{ code: good.id, name: said(good.name.slice(0, NAME)), brand, variants },
    category: good.category === null ? null : (known.paths.get(good.category) ?? null),
    description: descriptionOf(good, contents),
    application: application === null ? null : said(application),
    composition: text("composition"),
    maker: companyOf(meant.get("maker") ?? good.maker, meant.get("maker_address") ?? good.makerAddress),
    importer: companyOf(meant.get("importer"), meant.get("importer_address")),
    country: countryOf(meant.get("country") ?? good.country),
    shelfLifeMonths: meant.has("shelf_life") ? monthsOf(meant.get("shelf_life")!) : null,
    openedMonths: meant.has("opened") ? monthsOf(meant.get("opened")!) : null,
    ...{ returns: returnsOf(meant.get("returns")), madeOf: parts, novelSince: known.novelSince },
    attributes: attributesOf(good, { known, values, contents }),
    pictures: good.pictures.flatMap((file) => known.pictures.get(file) ?? []),
    state: good.deleted ? "hidden" : "shown",
  }
  return { group, values }
}

const NAME = 300
const LONG = 20_000
/** what is longer is a text, not a value to choose by */
const VALUE = 100

/** What a set is made of, as the source tells it: by ids, or in a property that holds nothing but ids or skus. */
export function partsOf({ parts }: GoodFact, meant: ReadonlyMap<Meaning, string>): readonly { id: string; pieces: number }[] {
  return parts ?? partsIn(meant.get("contents") ?? "") ?? []
}

/** A list of contents too long to stand among the properties stands under the description. */
function descriptionOf({ description }: GoodFact, contents: string | undefined): Localized | null {
  const long = contents !== undefined && contents.length > VALUE ? contents : null
  const text = [description, long].filter((part) => part !== null).join("\n\n")
  return text === "" && description === null ? null : said(text.slice(0, LONG))
}

/** Properties that have a place of their own. */
export function meaningsOf({ properties, requisites }: GoodFact, known: Pick<Known, "properties">): Map<Meaning, string> {
  const found = new Map<Meaning, string>()
  const note = (meaning: Meaning | undefined, name: string, value: string): void => {
    if (meaning) found.set(meaning, meaning === "returns" ? `${name}\n${value}` : value) // «Возврат: нет» is not «Не подлежит возврату: нет»
  }
  for (const [name, value] of Object.entries(requisites)) note(meaningOf(name), name, value)
  for (const [id, values] of Object.entries(properties)) {
    const property = known.properties.get(id)
    if (property) note(meaningOf(property.name), property.name, values.map((value) => property.values[value] ?? value).join(", "))
  }
  return found
}

type Among = Pick<Within, "known" | "values"> & { contents: string | undefined }

function attributesOf(good: GoodFact, { known, values, contents }: Among): Record<string, string[]> {
  const attributes: [string, string[]][] = []
  for (const [id, given] of Object.entries(good.properties)) {
    const property = known.properties.get(id)
    const meaning = property && meaningOf(property.name)
    if (!property || (meaning && !(meaning === "contents" && contents !== undefined))) continue
    const names = given.flatMap((value) => {
      const name = property.values[value] ?? value
      return name.length <= VALUE ? [name] : []
    })
    if (names.length === 0) continue
    noteValues(values, property.attribute, names)
    attributes.push([property.attribute, [...new Set(names.map(codeOf))]])
  }
  return Object.fromEntries(attributes)
}

function noteValues(values: Map<string, Set<string>>, attribute: string, names: readonly string[]): void {
  const noted = values.get(attribute) ?? new Set()
  for (const name of names) noted.add(name)
  values.set(attribute, noted)
}

type Within = { known: Known; values: Map<string, Set<string>>; alone: boolean; net: string }

function variantOf(good: GoodFact, offer: KnownOffer, { known, values, alone, net }: Within): Variant | undefined {
  const prices = pricesIn("main", offer, known.priceTypes)
  if (!prices) return undefined
  const characteristics = (offer.fact?.characteristics ?? []).filter(
    ([name, value]) => differs(name) && name.length <= VALUE && value.length <= VALUE,
  )
  const attributes = new Map<string, string[]>()
  for (const [name, value] of characteristics) {
    const attribute = codeOf(name)
    noteValues(values, attribute, [value])
    attributes.set(attribute, [...(attributes.get(attribute) ?? []), codeOf(value)])
  }
  const name = (offer.fact?.name ?? good.name).slice(0, NAME)
  const label = characteristics.map(([, value]) => value).join(", ") || bracketed(good.name, name)
  const eans = new Set([...(offer.fact?.eans ?? []), ...(alone ? good.eans : [])])
  return {
    ...{ sku: offer.sku, kind: isCertificate(good) ? "certificate" : "goods", name: said(name), eans: [...eans] },
    ...{ regularPriceMinor: prices.regular, cardPriceMinor: prices.card, minPriceMinor: prices.floor },
    label: label && !alone ? said(label) : null,
    attributes: Object.fromEntries(attributes),
    net: netOf(label) ?? netOf(net) ?? netOf(name),
  }
}

/** What variants may differ in: a feed repeats with each of them who made it, too. */
const differs = (name: string): boolean => ["net", undefined].includes(meaningOf(name))

/** «Ботфорты (43, бежевый)» beside «Ботфорты»: what stands after the name they share. */
function bracketed(goodName: string, offerName: string): string {
  const rest = offerName.startsWith(goodName) ? offerName.slice(goodName.length).trim() : ""
  return rest.replace(/^\((.*)\)$/s, "$1").slice(0, VALUE)
}

const isCertificate = ({ requisites }: GoodFact): boolean =>
  [requisites["ТипНоменклатуры"], requisites["ВидНоменклатуры"]].some((kind) => /сертификат/i.test(kind ?? ""))
