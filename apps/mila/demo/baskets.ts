import type { Line, Tender } from "@mila/tills"
import type { Dice } from "./seeded.ts"
import type { Sold } from "./shelves/put-shelves.ts"

export type DemoBasket = { lines: Line[]; totalMinor: number }

/** What people carry home: the things everybody buys, most bought first, and now and then anything else. */
export type Assortment = { liked: readonly Sold[]; all: readonly Sold[] }

const LIKED = 3_000
const UNEVEN = 2.2 // the higher, the more the best sellers are ahead

/** Sorts what is sold by how much it is bought. */
export function assortmentOf(products: readonly Sold[]): Assortment {
  const liked = products.filter(({ popularity }) => popularity > 0).toSorted((one, other) => other.popularity - one.popularity)
  return { liked: liked.slice(0, LIKED), all: products }
}

/** What somebody carries to the till: a few goods at the card price, now and then a certificate. */
export function demoBasket(dice: Dice, assortment: Assortment): DemoBasket {
  const count = dice.chance(0.25) ? 1 : dice.between(2, 6)
  const products = new Set(Array.from({ length: count }, () => chosen(dice, assortment)))
  const lines = [...products].map((product, place) => lineOf(dice, { no: place + 1, product }))
  return { lines, totalMinor: lines.reduce((before, { amountMinor }) => before + amountMinor, 0) }
}

function chosen(dice: Dice, { liked, all }: Assortment): Sold {
  return dice.chance(0.93) ? liked[Math.floor(liked.length * dice.next() ** UNEVEN)]! : dice.pick(all)
}

function lineOf(dice: Dice, { no, product }: { no: number; product: Sold }): Line {
  const pieces = product.kind === "goods" && dice.chance(0.15) ? dice.between(2, 4) : 1
  const { sku, eans, name, cardPriceMinor: priceMinor, regularPriceMinor } = product
  return {
    ...{
      no,
      sku,
      name: name.ru,
      quantityMilli: pieces * 1_000,
      priceMinor,
      amountMinor: priceMinor * pieces,
      regularMinor: regularPriceMinor * pieces,
    },
    ...(eans[0] === undefined ? {} : { ean: eans[0] }),
  }
}

/** How it is paid: mostly by card, sometimes with an installment card, which earns nothing. */
export function demoTenders(dice: Dice, amountMinor: number): Tender[] {
  const type = dice.chance(0.72) ? "card" : dice.chance(0.85) ? "cash" : "installment"
  return amountMinor === 0 ? [] : [{ type, amountMinor }]
}
