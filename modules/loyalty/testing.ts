import { minor, points } from "@mila/kernel"
import type { Basket, BasketLine, Earner } from "./basket.ts"
import { calculate, type Calculation, type ToCalculate } from "./calculate-rules.ts"
import { DEFAULT_PROGRAMME } from "./default-programme.ts"
import type { Campaign, Programme } from "./programme.ts"
import type { ReceiptToSettle } from "./settle.ts"

const SOLD_AT = new Date("2026-11-23T09:00:00Z") // a Monday noon in Minsk

let nextReceipt = 1

/** A line of goods for 20 BYN; the builder fills in what the test doesn't care about. */
export function aLine({
  amount = 2_000,
  regular = amount,
  floor = null,
  ...given
}: Partial<BasketLine> & { amount?: number; regular?: number; floor?: number | null } = {}): BasketLine {
  return {
    ...{ line: 1, sku: "cream", category: "face/creams", brand: "Лён", kind: "goods", quantityMilli: 1_000, excluded: false },
    ...{
      priceMinor: minor(amount),
      amountMinor: minor(amount),
      regularMinor: minor(regular),
      minPriceMinor: floor === null ? null : minor(floor),
    },
    ...given,
  }
}

/** A till receipt with these lines, numbered from 1, paid in cash. */
export function aBasket(lines: readonly BasketLine[] = [aLine()], given: Partial<Omit<Basket, "lines">> = {}): Basket {
  const total = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return {
    ...{ shop: "0412", channel: "till", soldAt: SOLD_AT, tenders: [{ type: "cash", amountMinor: minor(total) }] },
    ...given,
    lines: lines.map((line, place) => ({ ...line, line: place + 1 })),
  }
}

export function anEarner(given: Partial<Earner> = {}): Earner {
  return { memberId: 42, cardKind: "virtual", birthday: null, employeeAtOwnTill: false, ...given }
}

/** The default programme with parts of it changed. */
export function aProgramme(given: Partial<Programme> = {}): Programme {
  return { ...DEFAULT_PROGRAMME, ...given }
}

/** A campaign of November 2026 that doubles everything, unless the test says otherwise. */
export function aCampaign(given: Partial<Campaign> & { id: string }): Campaign {
  const name = `Акция ${given.id}`
  return {
    name: { ru: name, be: name.replace("Акция", "Акцыя"), en: name.replace("Акция", "Campaign") },
    ...{ from: "2026-11-01", to: "2026-11-30", when: {}, birthday: null, group: null, budgetPoints: null, expiryDays: null },
    effect: { kind: "multiplier", timesBps: 20_000 },
    ...given,
  }
}

/** What the default programme says about a receipt that redeemed nothing, unless the test says otherwise. */
export function aCalculation(given: Partial<ToCalculate> = {}): Calculation {
  return calculate({
    ...{ basket: aBasket(), earner: anEarner(), tier: "base", version: 1, programme: DEFAULT_PROGRAMME, budgets: null },
    redeem: { happened: points(0), perLine: null },
    ...given,
  })
}

export function aReceipt(
  given: Partial<Omit<ReceiptToSettle, "redeem">> & { memberId: number; redeem?: Partial<ReceiptToSettle["redeem"]> },
): ReceiptToSettle {
  const { memberId, redeem, ...rest } = given
  return {
    ...{ receipt: `test-${(nextReceipt += 1)}`, earner: anEarner({ memberId }), basket: aBasket() },
    redeem: { points: points(0), perLine: null, holdId: null, shortage: "debt", ...redeem },
    ...rest,
  }
}
