import type { Minor, Points } from "@mila/kernel"

export type LineKind = "goods" | "certificate" | "delivery"

export type BasketLine = {
  line: number
  sku: string
  /** path in the catalogue, `face/creams`; null when the catalogue does not know the product */
  category: string | null
  brand: string | null
  kind: LineKind
  /** thousandths: 1000 is one piece, 350 is 0.35 kg */
  quantityMilli: number
  /** a unit, after promotion and card price */
  priceMinor: Minor
  /** the whole line after promotion and card price, before points */
  amountMinor: Minor
  /** the whole line at the shelf price */
  regularMinor: Minor
  /** no discount, points included, brings a unit below it */
  minPriceMinor: Minor | null
  /** the till says that the programme does not apply to this line */
  excluded: boolean
}

export const TENDER_TYPES = ["cash", "card", "installment", "certificate", "erip", "other"] as const
export type TenderType = (typeof TENDER_TYPES)[number]

export const CHANNELS = ["till", "web"] as const
export type Channel = (typeof CHANNELS)[number]

/** `tenders` are what is paid beside points; none at all means that the way of paying is not known yet. */
export type Basket = {
  shop: string
  channel: Channel
  soldAt: Date
  lines: readonly BasketLine[]
  tenders: readonly { type: TenderType; amountMinor: Minor }[]
}

export const EARNER_CARDS = ["virtual", "plastic", "partner"] as const
export type EarnerCard = (typeof EARNER_CARDS)[number]

/** `cardKind` is `partner` when a linked partner card speaks for the member: the better rate counts once. */
export type Earner = {
  memberId: number
  cardKind: EarnerCard
  birthday: { month: number; day: number } | null
  employeeAtOwnTill: boolean
}

/** How surely the card holder is there: a rotating code or a confirmation, the number on the card, a phone number said aloud. */
export const PRESENCES = ["proven", "static", "phone"] as const
export type Presence = (typeof PRESENCES)[number]

/** How many points the member wants to use. */
export type Wish = { mode: "none" } | { mode: "max" } | { mode: "amount"; points: Points }
