import type { ProductGroup, Variant } from "@mila/catalog"
import { addDays, checkDigit, type Day, minor } from "@mila/kernel"
import { type Dice, seeded } from "../seeded.ts"
import { DEMO_BRANDS, type DemoBrand } from "./brands.ts"
import { COMPOSITIONS } from "./compositions.ts"
import { FAMILIES } from "./families.ts"
import type { Family, Size, Traits } from "./family.ts"
import { type Line, LINES } from "./lines.ts"
import { packshotOf } from "./packshots.ts"
import { type Shade, SHADES } from "./shades.ts"
import { ATTRIBUTES, TRAITS } from "./traits.ts"
import { applicationOf, descriptionOf, importerOf, makerOf, sizeText } from "./words.ts"

/** `traits`: what kind of thing it is, for what is said of it; null for certificates and sets. */
export type DemoGroup = ProductGroup & { popularity: number; traits: Traits | null }

export const GOODS = 20_000

type Kind = { family: Family; brand: DemoBrand; line: Line }

/** The goods of the demo chain, twenty thousand things in their variants. Names of brands belong to their owners, the goods under them are made up. */
export function demoGoods({ goods, today }: { goods: number; today: Day }): DemoGroup[] {
  const dice = seeded(20_000)
  const kinds = shuffled(dice, FAMILIES.flatMap(kindsOf)).slice(0, goods)
  return kinds.map((kind, place) => groupOf(dice, kind, { place, today }))
}

function kindsOf(family: Family): Kind[] {
  const makers = DEMO_BRANDS.filter(({ sells }) => sells.some((root) => family.category === root || family.category.startsWith(`${root}/`)))
  return makers.flatMap((brand) => LINES[family.lines].map((line) => ({ family, brand, line })))
}

function groupOf(dice: Dice, kind: Kind, { place, today }: { place: number; today: Day }): DemoGroup {
  const { family, brand, line } = kind
  const [ru, be, en] = family.name
  const level = brand.level * (0.9 + dice.next() * 0.3)
  const discount = dice.chance(0.6) ? dice.pick([0.05, 0.07, 0.1, 0.12, 0.15, 0.25]) : 0
  const traits = traitsOf(dice, family)
  const picture = packshotOf(dice, kind)
  const name = {
    ru: `${ru} ${brand.name} «${line.name[0]}»`,
    be: `${be} ${brand.name} «${line.name[1]}»`,
    en: `${brand.name} ${en} “${line.name[2]}”`,
  }
  const wanted = { level, discount, name, picture }
  return {
    ...{ code: `demo-${place + 1}`, name, brand: brand.name, category: family.category, attributes: traits },
    description: descriptionOf(kind, traits),
    application: applicationOf(family),
    composition: family.base === null ? null : (COMPOSITIONS[family.base] ?? "").replace("{extract}", line.extract ?? "Panthenol"),
    traits: family.traits,
    ...{ maker: makerOf(brand), importer: importerOf(brand), country: brand.country },
    ...{
      shelfLifeMonths: family.base === null ? null : dice.pick([24, 30, 36]),
      openedMonths: family.base === null ? null : dice.pick([6, 12]),
    },
    returns: family.category.startsWith("house/stationery") ? "standard" : "sealed_only",
    ...{ pictures: [{ drawn: picture }], madeOf: [], state: "shown" },
    novelSince: dice.chance(0.05) ? addDays(today, -dice.between(0, 45)) : addDays(today, -dice.between(60, 700)),
    popularity: Math.floor(6_000 * dice.next() ** 6),
    variants: choices(dice, family).map(([size, shade], no) =>
      variantOf(dice, { size, shade, no, place, alone: family.sizes.length === 1, ...wanted }),
    ),
  }
}

/** Each size alone, or one size in four to ten shades. */
function choices(dice: Dice, { sizes, shades }: Family): [Size, Shade | null][] {
  if (shades === null) return sizes.map((size) => [size, null])
  const all = SHADES[shades]
  const some = all.length <= 4 ? all : shuffled(dice, all).slice(0, dice.between(4, Math.min(10, all.length)))
  return some.toSorted((one, other) => (one.code < other.code ? -1 : 1)).map((shade) => [sizes[0]!, shade])
}

type Wanted = {
  size: Size
  shade: Shade | null
  no: number
  place: number
  alone: boolean
  level: number
  discount: number
  name: ProductGroup["name"]
  picture: ReturnType<typeof packshotOf>
}

function variantOf(dice: Dice, { size, shade, no, place, alone, level, discount, name, picture }: Wanted): Variant {
  const regular = shelfPrice(size.priceMinor * level)
  const card = Math.min(regular, discount === 0 ? regular : shelfPrice(regular * (1 - discount)))
  const of = sizeText(size)
  const named = (locale: "ru" | "be" | "en", at: 0 | 1 | 2): string =>
    [name[locale], shade?.name[at], size.unit === "pcs" && size.amount === 1 ? undefined : of[locale]].filter(Boolean).join(", ")
  const label = shade ? { ru: shade.name[0], be: shade.name[1], en: shade.name[2] } : alone ? null : of
  return {
    ...{ sku: String(100_001 + place * 12 + no), kind: "goods" },
    name: { ru: named("ru", 0), be: named("be", 1), en: named("en", 2) },
    eans: [barcode(place * 12 + no)],
    regularPriceMinor: minor(regular),
    cardPriceMinor: minor(card),
    minPriceMinor: dice.chance(0.15) ? minor(shelfPrice(card * 0.7)) : null,
    ...{ label, attributes: shade ? { shade: [shade.code] } : {}, net: { amount: size.amount, unit: size.unit } },
    picture: shade?.swatch ? { drawn: { ...picture, colours: [shade.swatch, ...picture.colours.slice(1)] } } : null,
  }
}

function traitsOf(dice: Dice, { traits, name: [ru] }: Family): Record<string, string[]> {
  const chosen = TRAITS[traits].of.flatMap((code): [string, string[]][] => {
    const values = ATTRIBUTES.find((attribute) => attribute.code === code)!.values.map((value) => value.code)
    if (code === "spf") return [[code, [/SPF (\d+)/.exec(ru)?.[1] ?? "15"]]]
    if (code === "good" && dice.chance(0.4)) return []
    const first = dice.pick(values)
    return [[code, dice.chance(0.35) ? [...new Set([first, dice.pick(values)])] : [first]]]
  })
  return Object.fromEntries(chosen)
}

/** Prices end in nine kopecks, as they do. */
export const shelfPrice = (kopecks: number): number => Math.max(19, Math.floor(kopecks / 10) * 10 + 9)

/** A barcode of the range that GS1 keeps for use inside a company: it is no maker's. */
export function barcode(serial: number): string {
  const digits = `22${String(serial).padStart(10, "0")}`
  return `${digits}${checkDigit(digits)}`
}

function shuffled<Thing>(dice: Dice, things: readonly Thing[]): Thing[] {
  const order = [...things]
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = dice.between(0, place)
    ;[order[place], order[other]] = [order[other]!, order[place]!]
  }
  return order
}
