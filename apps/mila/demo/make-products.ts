import type { Product } from "@mila/catalog"
import { minor } from "@mila/kernel"
import { BRANDS } from "./brands.ts"
import { FAMILIES, type Family } from "./families.ts"
import { PALETTES } from "./palettes.ts"
import { type Dice, seeded } from "./seeded.ts"

const PRODUCTS = 2_000

/** The shelves of the demo chain: two thousand products, gift certificates and delivery among them. Brands and goods are nobody's. */
export function demoProducts(): Product[] {
  const dice = seeded(2_000)
  const services = servicesOf()
  const goods = shuffled(dice, FAMILIES.flatMap(variantsOf)).slice(0, PRODUCTS - services.length)
  return [...services, ...goods.map((variant, place) => productOf(dice, { variant, place }))]
}

type Variant = {
  family: Family
  brand: (typeof BRANDS)[number]
  name: readonly [string, string, string]
  no: number
  size: Family["sizes"][number]
}

function variantsOf(family: Family): Variant[] {
  const makers = BRANDS.filter(({ sells }) => sells.some((root) => family.category === root || family.category.startsWith(`${root}/`)))
  return makers.flatMap((brand) =>
    PALETTES[family.palette].flatMap((name, place) => family.sizes.map((size) => ({ family, brand, name, no: place + 1, size }))),
  )
}

function productOf(dice: Dice, { variant: { family, brand, name, no, size }, place }: { variant: Variant; place: number }): Product {
  const { ru, be, en } = family
  const shade = String(no).padStart(2, "0")
  const [shadeRu, shadeEn] = family.palette === "shade" ? [`, тон ${shade}`, `, shade ${shade}`] : ["", ""]
  const regular = shelfPrice(size[3] * brand.level * (0.9 + dice.next() * 0.3))
  const card = dice.chance(0.6) ? shelfPrice(regular * (1 - dice.pick([0.05, 0.07, 0.1, 0.12, 0.15, 0.25]))) : regular
  return {
    sku: String(100_001 + place),
    kind: "goods",
    name: {
      ru: `${ru} ${brand.name}${shadeRu} «${name[0]}», ${size[0]}`,
      be: `${be} ${brand.name}${shadeRu} «${name[1]}», ${size[1]}`,
      en: `${brand.name} ${en}${shadeEn} “${name[2]}”, ${size[2]}`,
    },
    brand: brand.name,
    category: family.category,
    eans: [barcode(1 + place)],
    regularPriceMinor: minor(regular),
    cardPriceMinor: minor(Math.min(card, regular)),
    minPriceMinor: dice.chance(0.15) ? minor(shelfPrice(card * 0.7)) : null,
  }
}

function servicesOf(): Product[] {
  const certificates = [2_000, 3_000, 5_000, 10_000, 20_000].map((priceMinor, place): Product => {
    const rubles = priceMinor / 100
    const name = {
      ru: `Подарочный сертификат, ${rubles} руб.`,
      be: `Падарункавы сертыфікат, ${rubles} руб.`,
      en: `Gift certificate, ${rubles} BYN`,
    }
    return service({ sku: `C-${place + 1}`, kind: "certificate", name, priceMinor })
  })
  const courier = { ru: "Доставка курьером", be: "Дастаўка кур'ерам", en: "Delivery by courier" }
  const post = { ru: "Доставка почтой", be: "Дастаўка поштай", en: "Delivery by post" }
  return [
    ...certificates,
    service({ sku: "D-1", kind: "delivery", name: courier, priceMinor: 690 }),
    service({ sku: "D-2", kind: "delivery", name: post, priceMinor: 450 }),
  ]
}

function service({
  sku,
  kind,
  name,
  priceMinor,
}: {
  sku: string
  kind: "certificate" | "delivery"
  name: Product["name"]
  priceMinor: number
}): Product {
  const price = minor(priceMinor)
  return {
    sku,
    kind,
    name,
    brand: null,
    category: "services",
    eans: [],
    regularPriceMinor: price,
    cardPriceMinor: price,
    minPriceMinor: null,
  }
}

/** Prices end in nine kopecks, as they do. */
const shelfPrice = (kopecks: number): number => Math.max(19, Math.floor(kopecks / 10) * 10 + 9)

/** A barcode of the range that GS1 keeps for use inside a company: it is no maker's. */
function barcode(serial: number): string {
  const digits = `21${String(serial).padStart(10, "0")}`
  const sum = Array.from(digits, Number).reduce((before, digit, place) => before + digit * (place % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

function shuffled<Thing>(dice: Dice, things: readonly Thing[]): Thing[] {
  const order = [...things]
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = dice.between(0, place)
    ;[order[place], order[other]] = [order[other]!, order[place]!]
  }
  return order
}
