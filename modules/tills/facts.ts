// What a till says, as it crosses the wire: amounts in kopecks, quantities in thousandths, instants as ISO 8601 with an offset.

/** How a person is recognised. `memberRef` is what `identify` gave for this purchase; a phone earns only, unless a code confirmed it. */
export type Identifier = {
  type: "card13" | "rotating" | "phone" | "partner13" | "cardStamp" | "memberRef"
  value: string
}

export type TenderType = "cash" | "card" | "installment" | "certificate" | "erip" | "other"
export type Tender = { type: TenderType; amountMinor: number }

export type Line = {
  no: number
  sku: string
  ean?: string | undefined
  name?: string | undefined
  /** thousandths: one piece is 1000 */
  quantityMilli: number
  /** of one unit */
  priceMinor: number
  /** of the line, after promotions and the card price, before points */
  amountMinor: number
  /** of the line at the shelf price; without it the line is not discounted */
  regularMinor?: number | undefined
  /** a unit must not become cheaper; without it the catalogue's */
  minPriceMinor?: number | undefined
  promo?: boolean | undefined
  /** the till's own reason to leave the line out of the programme */
  excluded?: boolean | undefined
}

type Head = {
  storeCode: string
  tillNo: number
  /** counts the till's facts, so that a missing one is noticed */
  sequence?: number | undefined
  cashier?: string | undefined
}

export type Sale = Head & {
  shift: number
  number: number
  soldAt: string
  purchaseId?: string | undefined
  quoteId?: string | undefined
  authId?: string | undefined
  identifier?: Identifier | null | undefined
  fiscal?: { number?: string | undefined; uid?: string | undefined; date?: string | undefined } | undefined
  lines: readonly Line[]
  tenders: readonly Tender[]
  /** the sum of the lines' amounts */
  totalMinor: number
  redeemed?: { points: number; lines?: readonly { no: number; points: number }[] | undefined } | undefined
  coupons?: readonly string[] | undefined
}

/** The sale that a return takes back, in whichever words the till has. */
export type Original = {
  receiptId?: string | undefined
  fiscalUid?: string | undefined
  purchaseId?: string | undefined
}

export type Return = Head & {
  shift: number
  number: number
  returnedAt: string
  original: Original
  lines: readonly { no: number; quantityMilli: number }[]
  refunds?: readonly Tender[] | undefined
  fiscal?: { number?: string | undefined; uid?: string | undefined; date?: string | undefined } | undefined
  reason?: string | undefined
}

export type Cancellation = Head & { cancelledAt: string; reason?: string | undefined }
export type Voiding = Head & { voidedAt: string; reason?: string | undefined }

/** One thing that happened while the till was alone. */
export type JournalItem =
  | { type: "sale"; sale: Sale }
  | { type: "return"; return: Return }
  | { type: "cancel"; receiptId: string; cancel: Cancellation }
  | { type: "void"; authId: string; void: Voiding }
  /** what could not be read as any of these, word for word, without bank card numbers */
  | {
      type: "unreadable"
      raw: string
      sequence: number | null
      reason: "unreadable" | "bank_card_number" | "not_your_shop" | "fault_of_ours"
    }

/** Who is asking: the till whose signature the request bears. */
export type TillIdentity = { tillId: number; shop: string; till: number }

/** `0412-3-17-9001`: shop, till, shift and number of a receipt; unique for ever. */
export function receiptIdOf({
  storeCode,
  tillNo,
  shift,
  number,
}: {
  storeCode: string
  tillNo: number
  shift: number
  number: number
}): string {
  return `${storeCode}-${tillNo}-${shift}-${number}`
}
