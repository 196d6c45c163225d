import { minor, checkDigit } from "@mila/kernel"
import type { ProductGroup, Variant } from "./put-groups.ts"
import type { Product } from "./put-products.ts"

let made = 0

/** A cream at 19.90 (card price 17.90) with a sku and a barcode of its own; say only what matters. Its category is none. */
export function aProduct(wishes: Partial<Product> = {}): Product {
  made += 1
  const digits = `29${String(made).padStart(10, "0")}`
  return {
    sku: `T-${String(made).padStart(6, "0")}`,
    kind: "goods",
    name: { ru: "Крем для рук «Лён», 75 мл", be: "Крэм для рук «Лён», 75 мл", en: "Flax hand cream, 75 ml" },
    brand: "Лён",
    category: null,
    eans: [`${digits}${checkDigit(digits)}`],
    regularPriceMinor: minor(1990),
    cardPriceMinor: minor(1790),
    minPriceMinor: null,
    ...wishes,
  }
}

/** A variant as `aProduct` makes products. */
export function aVariant(wishes: Partial<Variant> = {}): Variant {
  const { brand: _, category: __, ...product } = aProduct()
  return { ...product, label: null, attributes: {}, net: { amount: 75, unit: "ml" }, ...wishes }
}

/** A cream with one variant; say only what matters. Its category is none. */
export function aGroup(wishes: Partial<ProductGroup> = {}): ProductGroup {
  made += 1
  return {
    code: `group-${made}`,
    name: { ru: `Крем для рук «Лён» № ${made}`, be: `Крэм для рук «Лён» № ${made}`, en: `Flax hand cream no. ${made}` },
    ...{ brand: null, category: null, description: null, application: null, composition: null, maker: null, importer: null, country: null },
    ...{ shelfLifeMonths: null, openedMonths: null, returns: "sealed_only", attributes: {}, pictures: [], madeOf: [], state: "shown" },
    novelSince: null,
    variants: [aVariant()],
    ...wishes,
  }
}
