import type { EnrolledTill } from "@mila/till-simulator"
import { randomUUID } from "node:crypto"
import type { Chain } from "./chain.ts"
import { type Line, type Wired, wired } from "./wire.ts"

const SHIFT = 9_000 // the demo's own receipts have smaller ones
const LINES = 5

/** What tills of the chain send: receipts of five lines by a card, each once. */
export class Purchases {
  readonly chain: Chain
  #made = 0

  constructor(chain: Chain) {
    this.chain = chain
  }

  /** Confirms, ready to be written to a socket; till after till. */
  receipts(count: number): Wired[] {
    return Array.from({ length: Math.ceil(count) }, () => {
      const till = this.chain.tills[this.#made % this.chain.tills.length]!
      return wired(till, "/receipts", this.sale(till))
    })
  }

  sale({ storeCode, tillNo }: EnrolledTill): object {
    this.#made += 1
    const lines = Array.from({ length: LINES }, (_, place) => {
      const { sku, priceMinor } = any(this.chain.goods)
      return { no: place + 1, sku, quantityMilli: 1_000, priceMinor, amountMinor: priceMinor }
    })
    const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    return {
      ...{ storeCode, tillNo, shift: SHIFT, number: this.#made, soldAt: new Date().toISOString(), purchaseId: randomUUID() },
      ...{ identifier: { type: "card13", value: any(this.chain.cards) }, lines, totalMinor },
      tenders: [{ type: "cash", amountMinor: totalMinor }],
    }
  }

  /** Identify, calculate (both without a key: they may be asked again), confirm, one after the other; answers how many milliseconds the three took. */
  async onePurchase(line: Line): Promise<number> {
    const till = this.chain.tills[this.#made % this.chain.tills.length]!
    const sale = this.sale(till) as { soldAt: string; purchaseId: string; identifier: object; lines: object[] }
    const head = { storeCode: till.storeCode, tillNo: till.tillNo, identifier: sale.identifier, at: sale.soldAt }
    const asked = [
      wired(till, "/identify", head, { key: null }),
      wired(till, "/calculate", { ...head, purchaseId: sale.purchaseId, lines: sale.lines }, { key: null }),
      wired(till, "/receipts", sale),
    ]
    let millis = 0
    for (const request of asked) {
      const told = await line.ask(request)
      if (told.status >= 300) throw new Error(`${told.status} ${told.body}`)
      millis += told.millis
    }
    return millis
  }
}

const any = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(Math.random() * things.length)]!
