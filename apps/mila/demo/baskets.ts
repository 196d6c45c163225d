import type { Line, Tender } from "@mila/tills"
import type { Dice } from "./seeded.ts"
import type { Sold } from "./shelves/put-shelves.ts"

export type DemoBasket = { lines: Line[]; totalMinor: number }

/** What somebody carries to the till: a few goods at the card price, now and then a certificate. */
export function demoBasket(dice: Dice, products: readonly Sold[]): DemoBasket {
  const count = dice.chance(0.3) ? 1 : dice.between(2, 7)
  const lines = Array.from({ length: count }, (_, place) => lineOf(dice, { no: place + 1, product: dice.pick(products) }))
  return { lines, totalMinor: lines.reduce((before, { amountMinor }) => before + amountMinor, 0) }
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
