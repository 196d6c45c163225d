import { createReadStream } from "node:fs"
import { join, resolve } from "node:path"
import { createInterface } from "node:readline"
import { createGunzip } from "node:zlib"

/** One purchase of somebody, as it happened; amounts in the source's hundredths, taken for kopecks. */
export type Purchase = {
  holder: string
  store: string
  at: Date
  lines: { product: string; quantity: number; amountMinor: number; regularMinor: number }[]
  /** the points its holder really used then */
  wished: number
}

/** Where public data lies that is too large for the project. */
export const sharedData = (): string => resolve(process.env["MILA_SHARED_DATA"] ?? join(import.meta.dirname, "../../shared/data"))

/** A set of receipts: its name on the command line, its file below the shared data, and the first till of the demo chain that is free for it. */
export type ReceiptSet = { name: string; title: string; file: string; firstTill: number; read(file: string): Promise<Purchase[]> }

export const SETS: readonly ReceiptSet[] = [
  { name: "x5", title: "X5 RetailHero", file: "loyalty/x5-retailhero-check-queries.jsonl.gz", firstTill: 10, read: x5 },
  {
    ...{ name: "complete-journey", title: "Complete Journey", file: "loyalty/completejourney-transactions_sample.csv.gz" },
    ...{ firstTill: 400, read: completeJourney },
  },
]

/** X5 RetailHero: receipts know their sum and their goods, not the price of each; the sum is shared by quantity. */
async function x5(file: string): Promise<Purchase[]> {
  const purchases: Purchase[] = []
  for await (const text of lines(file)) {
    const { client_id, transaction_history } = JSON.parse(text)
    for (const { datetime, store_id, purchase_sum, regular_points_spent, products } of transaction_history) {
      const pieces = products.map(({ quantity }: { quantity: number }) => Math.max(1, Math.round(quantity)))
      const all = pieces.reduce((sum: number, piece: number) => sum + piece, 0)
      let left = Math.round(purchase_sum * 100)
      let piecesLeft = all
      const priced = products.map(({ product_id }: { product_id: string }, place: number) => {
        const amountMinor = piecesLeft === 0 ? 0 : Math.floor((left * pieces[place]) / piecesLeft)
        left -= amountMinor
        piecesLeft -= pieces[place]
        return { product: `x5-${product_id}`, quantity: pieces[place], amountMinor, regularMinor: amountMinor }
      })
      purchases.push({
        holder: `x5-${client_id}`,
        store: `x5-${store_id}`,
        at: new Date(`${datetime}+03:00`),
        lines: priced,
        wished: Math.round(Math.abs(regular_points_spent) * 100),
      })
    }
  }
  return purchases
}

/** Complete Journey 2.0: lines grouped into baskets; coupons and retail discounts make the regular price. */
async function completeJourney(file: string): Promise<Purchase[]> {
  const baskets = new Map<string, Purchase>()
  let header = true
  for await (const text of lines(file)) {
    if (header) {
      header = false
      continue
    }
    const [household, store, basket, product, quantity, value, retail, coupon, , , moment] = text.replaceAll('"', "").split(",")
    const key = `${household}/${basket}`
    let purchase = baskets.get(key)
    if (!purchase) {
      const at = new Date(`${moment!.replace(" ", "T")}${moment!.length === 10 ? "T12:00:00" : ""}Z`)
      baskets.set(key, (purchase = { holder: `cj-${household}`, store: `cj-${store}`, at, lines: [], wished: 0 }))
    }
    const amountMinor = Math.round(Number(value) * 100)
    const off = Math.round((Number(retail) + Number(coupon)) * 100)
    purchase.lines.push({
      product: `cj-${product}`,
      quantity: Math.max(1, Math.round(Number(quantity))),
      amountMinor,
      regularMinor: amountMinor + Math.max(0, off),
    })
  }
  return [...baskets.values()]
}

function lines(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity })
}
