import { createHash } from "node:crypto"
import type { Mila, Till } from "./adapter.ts"
import { firstOf } from "./own-numbers.ts"

/** A till of a shop, for journeys in which somebody buys. */
export type Seller = {
  /** One thing for so many kopecks, shown with a card or without; answers the receipt's УИ. */
  sells(sold: { card?: string; partner?: string; kopecks: number; name?: string }): Promise<{ uid: string; earned: number }>
  /** A card is held under the scanner: in which state the till is told it is. */
  meets(card: string): Promise<string>
}

/** Tills given out by this process, from one on that no journey names itself: two sellers at one till would give two receipts one name. */
let lastTill = 99

const run = firstOf(0, 1e9) // a system that runs on has receipts of former runs

/** Enrols a till nobody uses yet. */
export async function aSeller(mila: Mila): Promise<Seller> {
  lastTill += 1
  const till: Till = await mila.enrolTill(lastTill)
  let number = 0
  return {
    async meets(card) {
      const { body } = await mila.till(till, "/identify", { at: mila.now().toISOString(), identifier: { type: "card13", value: card } })
      return body.card.state
    },
    async sells({ card, partner, kopecks, name = "Крем для рук" }) {
      number += 1
      const uid = createHash("sha256").update(`${till.tillId} ${number} ${run}`).digest("hex").slice(0, 24).toUpperCase()
      const receipt = {
        ...{ shift: 1, number, soldAt: mila.now().toISOString(), fiscal: { uid }, totalMinor: kopecks },
        lines: [{ no: 1, sku: "100001", name, quantityMilli: 1_000, priceMinor: kopecks, amountMinor: kopecks }],
        tenders: [{ type: "card", amountMinor: kopecks }],
        ...(card === undefined ? {} : { identifier: { type: "card13", value: card } }),
        ...(partner === undefined ? {} : { identifier: { type: "partner13", value: partner } }),
      }
      const { status, body, text } = await mila.till(till, "/receipts", receipt)
      if (status !== 201) throw new Error(`a receipt was not taken: ${text}`)
      return { uid, earned: body.earned }
    },
  }
}
