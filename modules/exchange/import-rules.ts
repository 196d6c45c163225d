/** What the operator says about imports. */
export type ImportRules = {
  /** names of the one currency prices are taken in, in small letters */
  currencies: readonly string[]
  /** what a new variant's sku is made from: the source's id, or its article where it has one */
  sku: "id" | "article"
  brakes: BrakeRules
  /** hosts pictures are fetched from, by source: `cdn.example.by`, `*.example.by` for all below it */
  pictureHosts: Readonly<Record<string, readonly string[]>>
  /** bytes of one file */
  mostFileBytes: number
}

export type BrakeRules = {
  /** an import that takes more than this share of goods out of the window waits for a person, percent */
  vanishPercent: number
  /** a price that becomes so many times higher or lower has jumped */
  jumpTimes: number
  /** and with more than this share of them the import waits, percent */
  jumpPercent: number
  /** with more than this share of rows refused the import waits, percent */
  refusedPercent: number
}

export const USUAL_RULES: ImportRules = {
  currencies: ["byn", "933", "руб"],
  sku: "id",
  brakes: { vanishPercent: 20, jumpTimes: 3, jumpPercent: 20, refusedPercent: 50 },
  pictureHosts: {},
  mostFileBytes: 2 * 1024 ** 3,
}

export type Brake = "goods_vanish" | "prices_jump" | "most_refused"

/** What an import would do, counted. */
export type Diff = {
  goods: { new: number; changed: number; same: number; hidden: number; shown: number }
  /** of types that mean something here; `emptied`: there was one, and now there is none, or what people pay is told as zero. Those and what changed many times are `jumped` */
  prices: { new: number; up: number; down: number; same: number; emptied: number; jumped: number }
  /** shades and sizes that stay with nothing while their good stays */
  variants: { hidden: number; shown: number }
  stock: { counts: number; warehouses: number; unknownWarehouses: number }
  rows: { taken: number; refused: number }
  /** the first of each kind, for a person to look at */
  examples: readonly Example[]
}

export type Example = {
  what: "new" | "changed" | "hidden" | "price"
  thing: string
  name: string | null
  was: number | null
  becomes: number | null
}

/** Fewer than that many are a shop's everyday work, whatever share they are. */
const FEW = 10

/** Whether a part is more than a shop's everyday work, and more than this share of the whole. */
export const isMost = (part: number, whole: number, percent: number): boolean => part >= FEW && part * 100 > whole * percent

/** What makes an import wait for a person (A48); none: it may go on. */
export function brakesOf({ goods, variants, prices, rows }: Omit<Diff, "examples" | "stock">, rules: BrakeRules): Brake[] {
  const told = prices.new + prices.up + prices.down + prices.same + prices.emptied
  const vanish = isMost(goods.hidden, goods.shown, rules.vanishPercent) || isMost(variants.hidden, variants.shown, rules.vanishPercent)
  return [
    ...(vanish ? (["goods_vanish"] as const) : []),
    ...(isMost(prices.jumped, told, rules.jumpPercent) ? (["prices_jump"] as const) : []),
    ...(isMost(rows.refused, rows.taken + rows.refused, rules.refusedPercent) ? (["most_refused"] as const) : []),
  ]
}
