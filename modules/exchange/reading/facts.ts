import type { Day } from "@mila/kernel"

/** A thing a file says, in the words of its source; line by line the same from CommerceML, YML and sheets. */
export type Fact = CategoryFact | PropertyFact | PriceTypeFact | WarehouseFact | PromotionFact | GoodFact | OfferFact

export type CategoryFact = { kind: "category"; id: string; parent: string | null; name: string }
/** `closed`: a directory («Справочник») whose values have ids */
export type PropertyFact = { kind: "property"; id: string; name: string; closed: boolean; values: Readonly<Record<string, string>> }
export type PriceTypeFact = { kind: "price_type"; id: string; name: string; currency: string | null }
export type WarehouseFact = { kind: "warehouse"; id: string; name: string }
export type GoodFact = {
  kind: "good"
  id: string
  name: string
  article: string | null
  eans: readonly string[]
  category: string | null
  description: string | null
  brand: string | null
  maker: string | null
  country: string | null
  pictures: readonly string[]
  /** by id of property: ids of values, or what stands there */
  properties: Readonly<Record<string, readonly string[]>>
  /** «ЗначенияРеквизитов», by name */
  requisites: Readonly<Record<string, string>>
  deleted: boolean
  /** only where the source tells them apart */
  makerAddress?: string
  /** what a set is made of, by id */
  parts?: readonly { id: string; pieces: number }[]
}
/** One product in a promotion, by its sku: with percents off, or with a price, a card price, or both, in kopecks. `id`: the promotion's code. */
export type PromotionFact = {
  kind: "promotion"
  id: string
  title: string | null
  first: Day | null
  last: Day | null
  sku: string
  percent: number | null
  price: number | null
  card: number | null
}
export type OfferFact = {
  kind: "offer"
  /** the good, or `good#characteristic` */
  id: string
  good: string
  /** null: only a price or a count was told */
  said: OfferSaid | null
  /** kopecks by type of price; null: zero, which is no price */
  prices: Readonly<Record<string, number | null>>
  /** it has no other prices than these: told by a package that is not of changes alone */
  replaces?: boolean
  /** its source sells it no more */
  deleted?: boolean
}
export type OfferSaid = {
  name: string | null
  article: string | null
  eans: readonly string[]
  /** «Цвет»: «алый» */
  characteristics: readonly (readonly [name: string, value: string])[]
}

/** Why a row, or a field of it, was not taken. */
export type Reason =
  | "id_missing"
  | "id_too_long"
  | "name_missing"
  | "number_invalid"
  | "formula_failed"
  | "price_zero"
  | "price_too_high"
  | "date_invalid"
  | "promotion_period_invalid"
  | "promotion_lowers_nothing"
  | "promotion_below_lowest"
  | "old_price_below"
  | "currency_unfit"
  | "barcode_invalid"
  | "barcode_shared"
  | "sku_taken"
  | "card_price_above_regular"
  | "good_unknown"
  | "offer_unknown"
  | "warehouse_unknown"
  | "stock_kept"
  | "order_unknown"
  | "contents_unknown"
  | "row_refused"
  | "picture_not_sent"
  | "picture_not_allowed"
  | "picture_not_fetched"
  | "picture_unfit"
  | "bank_card_number"

export type Fault = { line: number | null; field: string; reason: Reason; thing: string | null; value: string | null }

/** Counts of an offer by warehouse, in thousandths of a piece. */
export type Counts = { record: number; offer: string; counts: readonly (readonly [warehouse: string, milli: number])[] }

/** What one stretch of a file says. `record`: how many records the file had up to its end. */
export type Batch = {
  record: number
  facts: readonly { record: number; line: number; fact: Fact }[]
  stock: readonly Counts[]
  faults: readonly (Fault & { record: number })[]
  /** a package of offers in it says that it is not of changes alone */
  whole: boolean
}

/** What a reader has to know of the shop. */
export type ReadingRules = {
  /** names of the one currency prices are taken in */
  currencies: readonly string[]
}
