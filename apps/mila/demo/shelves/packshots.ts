import type { Packshot } from "@mila/catalog"
import type { Dice } from "../seeded.ts"
import type { DemoBrand } from "./brands.ts"
import type { Family } from "./family.ts"
import type { Line } from "./lines.ts"

/** Body, cap and accent that go together. */
const SCHEMES: readonly (readonly [body: string, cap: string, accent: string])[] = [
  ["#f7d9e3", "#9c2f5a", "#c86b93"],
  ["#e6efe2", "#4f7a4c", "#8fb27f"],
  ["#fbeedb", "#b9783c", "#e0a86a"],
  ["#e3eaf6", "#33507f", "#7f9fce"],
  ["#f3e7f7", "#6a3f86", "#a97cc4"],
  ["#fde6df", "#c24a38", "#ee8d77"],
  ["#e2f3f1", "#20706b", "#69b3ab"],
  ["#fff6e0", "#8a6a1f", "#d6b25a"],
  ["#2c2430", "#c9a14a", "#6b5a70"],
  ["#ffffff", "#b31237", "#e36f8a"],
  ["#f4f1ec", "#3b3836", "#a79f93"],
  ["#fce4ec", "#ad1457", "#f48fb1"],
]

/** How a thing's package looks: brands keep to two schemes of their own, so that a shelf of theirs is theirs. */
export function packshotOf(dice: Dice, { family, brand, line }: { family: Family; brand: DemoBrand; line: Line }): Packshot {
  const own = Array.from(brand.name).reduce((before, sign) => (before * 31 + sign.codePointAt(0)!) % 9973, 7)
  const scheme = SCHEMES[(own + (dice.chance(0.5) ? 0 : 5)) % SCHEMES.length]!
  return { shape: family.shape, colours: [...scheme], brand: brand.name, line: line.name[0] }
}
