import { slugOf } from "@mila/catalog"
import { type Day, day } from "@mila/kernel"
import type { Collector } from "./collect.ts"
import type { PromotionFact } from "./facts.ts"

/** «Код акции» makes a sheet one of promotions. A column «Акция» alone does not: price lists say yes and no in it. */
export const PROMOTION_COLUMNS = {
  promotion: ["код акции", "promotion code"],
  title: ["название акции", "акция", "promotion"],
  first: ["начало акции", "начало", "дата начала", "действует с", "first day"],
  last: ["окончание акции", "окончание", "дата окончания", "действует по", "last day"],
  percent: ["скидка, %", "скидка %", "percent"],
} as const

type Cells = (column: keyof typeof PROMOTION_COLUMNS | "id" | "price" | "card") => string | null

/** A row of a sheet of promotions: one product in one promotion. What is wrong in it is laid aside with its field, and the row with it. */
export function promotionOf(to: Collector, line: number, cell: Cells): PromotionFact | undefined {
  const sku = to.id(line, "Код", cell("id") ?? undefined)
  const told = cell("promotion")
  const id = slugOf(told ?? "", 100)
  if (sku === undefined) return undefined
  if (id === "") return (to.fault(line, "Код акции", "id_missing", { thing: sku, value: told }), undefined)
  const lowering = loweringOf(to, { line, sku, cell })
  const first = dayIn(to, { line, sku, field: "Начало акции", text: cell("first") })
  const last = dayIn(to, { line, sku, field: "Окончание акции", text: cell("last") })
  if (lowering === undefined || first === undefined || last === undefined) return undefined
  return { kind: "promotion", id, title: cell("title") ?? told, first, last, sku, ...lowering }
}

type Lowering = Pick<PromotionFact, "percent" | "price" | "card">

function loweringOf(to: Collector, { line, sku, cell }: { line: number; sku: string; cell: Cells }): Lowering | undefined {
  const read = (field: string, text: string | null): number | null | undefined =>
    text === null ? null : to.price(line, field, { text, currency: null, thing: sku })
  const [price, card, share] = [read("Цена", cell("price")), read("Цена по карте", cell("card")), cell("percent")]
  if (price === undefined || card === undefined) return undefined
  if (share === null) return { percent: null, price, card }
  const percent = Number(/^\s*(\d{1,2})\s*%?\s*$/.exec(share)?.[1] ?? 0)
  if (percent === 0 || price !== null || card !== null)
    return (to.fault(line, "Скидка, %", percent === 0 ? "number_invalid" : "row_refused", { thing: sku, value: share }), undefined)
  return { percent, price, card }
}

/** «27.11.2026» or `2026-11-27`; null where none stands, undefined, and a fault, for what is no day. */
function dayIn(
  to: Collector,
  { line, sku, field, text }: { line: number; sku: string; field: string; text: string | null },
): Day | null | undefined {
  if (text === null) return null
  const [, date = "", month = "", year = ""] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? []
  const written = year === "" ? text : `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`
  const at = new Date(`${written}T00:00:00Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(written) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written)
  return isDay ? day(written) : (to.fault(line, field, "date_invalid", { thing: sku, value: text }), undefined)
}
