import { setTimeout as wait } from "node:timers/promises"
import { rotatingCode } from "../rotating-code.ts"
import { SteadyTill } from "../steady-till.ts"
import type { EnrolledTill } from "../till-client.ts"
import type { Need } from "./case.ts"

export type Phone = { number: string; deviceNo: number; secret: string }

/** What the kit was given to work with. */
export type Supplies = {
  enrolled: EnrolledTill
  /** goods every server must know; `certificate` sells a gift certificate */
  sku: string
  card: string | null
  phone: Phone | null
  blockedCard: string | null
  /** the member of `card` has points to use */
  hasPoints: boolean
}

export type GoldenLine = {
  amountMinor: number
  quantityMilli?: number
  priceMinor?: number
  regularMinor?: number
  name?: string
  excluded?: boolean
}

export type SaleWishes = { identifier?: object | null; tenders?: object[] } & Record<string, unknown>

const STEP_MS = 30_000

/** A till under certification and what it has at hand: people, goods, numbers for its receipts. */
export class Kit {
  readonly till: SteadyTill
  readonly supplies: Supplies
  referenceProgramme = false
  readonly #shift: number
  #number = 0
  #lastStep = 0

  constructor(supplies: Supplies) {
    this.supplies = supplies
    this.till = new SteadyTill(supplies.enrolled)
    this.#shift = Math.floor(Date.now() / 1_000) % 10_000_000 // a shift of its own, so that yesterday's receipts are not in the way
  }

  has(need: Need): boolean {
    const { card, phone, blockedCard, hasPoints } = this.supplies
    const there: Record<Need, boolean> = {
      card: card !== null,
      proof: phone !== null,
      points: hasPoints,
      blockedCard: blockedCard !== null,
      referenceProgramme: this.referenceProgramme,
    }
    return there[need]
  }

  get card(): { type: "card13"; value: string } {
    return { type: "card13", value: this.supplies.card! }
  }

  now = (): string => this.till.now().toISOString()

  numbered(): { shift: number; number: number } {
    this.#number += 1
    return { shift: this.#shift, number: this.#number }
  }

  purchase = (): string => `certify-${this.#shift}-${this.#number + 1}`

  receiptId({ shift, number }: { shift: number; number: number }): string {
    const { storeCode, tillNo } = this.till.enrolled
    return `${storeCode}-${tillNo}-${shift}-${number}`
  }

  lines(golden: readonly GoldenLine[]): object[] {
    return golden.map(({ amountMinor, quantityMilli = 1_000, priceMinor = amountMinor, ...line }, place) => ({
      ...{ no: place + 1, sku: this.supplies.sku, quantityMilli, priceMinor, amountMinor },
      ...line,
    }))
  }

  /** A sale as a till confirms it, with a number of its own. */
  sale(golden: readonly GoldenLine[], { identifier = this.card, tenders, ...more }: SaleWishes = {}) {
    const totalMinor = golden.reduce((before, { amountMinor }) => before + amountMinor, 0)
    return {
      ...{ ...this.numbered(), soldAt: this.now(), identifier, lines: this.lines(golden), totalMinor },
      ...{ tenders: tenders ?? [{ type: "card", amountMinor: totalMinor }] },
      ...more,
    }
  }

  calculate(golden: readonly GoldenLine[], more: object = {}) {
    return this.till.post("/calculate", {
      purchaseId: this.purchase(),
      identifier: this.card,
      at: this.now(),
      lines: this.lines(golden),
      ...more,
    })
  }

  /** A rotating code nobody used yet. The server takes the step before and the one after as well; when those are used up, it takes half a minute. */
  async proof(): Promise<{ type: "rotating"; value: string }> {
    for (;;) {
      const current = Math.floor(this.till.now().getTime() / STEP_MS)
      const step = Math.max(current - 1, this.#lastStep + 1)
      if (step <= current + 1) {
        this.#lastStep = step
        return { type: "rotating", value: rotatingCode({ ...this.supplies.phone!, at: new Date(step * STEP_MS) }) }
      }
      await wait(1_000)
    }
  }
}
