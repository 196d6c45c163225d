import { share } from "@mila/kernel"
import type { NewShop } from "@mila/shops"
import { seeded } from "./seeded.ts"
import { STREETS } from "./streets.ts"
import { TOWNS } from "./towns.ts"

export const SHOPS = 550

/** The chain's shops, `0001` to `0550`: every town has one, the others are spread by population. */
export function demoShops(): NewShop[] {
  const dice = seeded(550)
  const shopsByTown = share(
    SHOPS - TOWNS.length,
    TOWNS.map(([, , , thousands]) => thousands),
  )
  const shops: NewShop[] = []
  TOWNS.forEach(([ru, be, en, thousands, latitude, longitude], town) => {
    const spread = 0.016 * Math.sqrt(Math.min(thousands, 900) / 30) // degrees: larger towns reach further
    const taken = new Set<string>()
    for (let left = shopsByTown[town]! + 1; left > 0; left -= 1) {
      const [streetRu, streetBe, streetEn, house] = freeAddress(dice, taken)
      shops.push({
        code: String(shops.length + 1).padStart(4, "0"),
        name: { ru: `«Мила», ${streetRu}, ${house}`, be: `«Міла», ${streetBe}, ${house}`, en: `Mila, ${house} ${streetEn}` },
        city: { ru, be, en },
        address: { ru: `${streetRu}, ${house}`, be: `${streetBe}, ${house}`, en: `${house} ${streetEn}` },
        latitude: round(latitude + (dice.next() - 0.5) * spread),
        longitude: round(longitude + (dice.next() - 0.5) * spread * 1.7),
      })
    }
  })
  return shops
}

function freeAddress(dice: ReturnType<typeof seeded>, taken: Set<string>): readonly [string, string, string, number] {
  for (;;) {
    const street = dice.pick(STREETS)
    const house = dice.between(1, 140)
    const address = `${street[0]} ${house}`
    if (taken.has(address)) continue
    taken.add(address)
    return [...street, house] as const
  }
}

const round = (degrees: number): number => Math.round(degrees * 100_000) / 100_000
