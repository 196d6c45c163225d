import type { NetUnit } from "@mila/catalog"

/** What lines are called by. */
export type LinePalette = "botanical" | "fresh" | "series" | "scent" | "plain" | "playful"
/** What sets the variants of one line apart, beside the size. */
export type ShadePalette = "lips" | "eyes" | "skin" | "nails" | "hair" | "socks" | "clothes-size"
/** Which attributes goods of this kind have. */
export type Traits = "face" | "body" | "hair" | "sun" | "makeup" | "scent" | "kids" | "home" | "legs" | "things" | "hygiene"

export type Size = { amount: number; unit: NetUnit; priceMinor: number }

/** A kind of goods: its name in three languages, how it is packed, what is in it, and how its variants differ. Prices in kopecks. */
export type Family = {
  category: string
  name: readonly [ru: string, be: string, en: string]
  lines: LinePalette
  shades: ShadePalette | null
  shape: string
  /** key of its composition; null: nothing is printed */
  base: string | null
  traits: Traits
  sizes: readonly Size[]
}

export const ml = (amount: number, priceMinor: number): Size => ({ amount, unit: "ml", priceMinor })
export const g = (amount: number, priceMinor: number): Size => ({ amount, unit: "g", priceMinor })
export const pcs = (amount: number, priceMinor: number): Size => ({ amount, unit: "pcs", priceMinor })

type Look = { lines: LinePalette; shades?: ShadePalette; shape: string; base: string | null; traits: Traits }

/** `names` are Russian | Belarusian | English. */
export function family(category: string, names: string, { lines, shades, shape, base, traits }: Look, ...sizes: Size[]): Family {
  const [ru = "", be = "", en = ""] = names.split(" | ")
  return { category, name: [ru, be, en], lines, shades: shades ?? null, shape, base, traits, sizes }
}
