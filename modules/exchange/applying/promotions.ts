import { announcePromotion, type Lowering, loweredPrice, productsBySku, promotionByCode } from "@mila/catalog"
import { type Day, dayIn, type Localized, minor, MINSK, Refusal, statement, type Tx } from "@mila/kernel"
import type { Fault, PromotionFact, Reason } from "../reading/facts.ts"
import { said } from "./words.ts"

type Row = { line: number; fact: PromotionFact }

const next = statement<Row>(
  "exchange.staged_promotion",
  `select line, fact from exchange.staged where import = $1 and pass = 1 and kind = 'promotion' and thing = (
     select min(thing) from exchange.staged where import = $1 and pass = 1 and kind = 'promotion' and thing > $2) order by no`,
)
const TERMS: Localized = { ru: "Скидка уже в цене.", be: "Зніжка ўжо ў цане.", en: "The discount is already in the price." }

/** Announces the next promotion of a sheet after `after`, with all its goods that can be taken. Undefined when there is none left. */
export async function applyPromotion(
  tx: Tx,
  { id, after, at }: { id: number; after: string; at: Date },
): Promise<{ code: string; faults: Fault[]; taken: number } | undefined> {
  const rows = await next(tx, [id, after])
  const [first] = rows
  if (!first) return undefined
  const faults: Fault[] = []
  const goods = await goodsOf(tx, rows, faults)
  const code = first.fact.id
  if (goods.length === 0) return { code, faults, taken: 0 }
  const named = <Key extends "first" | "last">(key: Key): Day | null => rows.find(({ fact }) => fact[key] !== null)?.fact[key] ?? null
  const known = await promotionByCode(tx, code)
  const words = known ?? { name: said(first.fact.title ?? code), terms: TERMS, look: "rose" }
  const firstDay = named("first") ?? (known ? dayIn(MINSK, known.startsAt) : null)
  const lastDay = named("last") ?? (known?.endsAt ? dayIn(MINSK, new Date(known.endsAt.getTime() - 1)) : null)
  const refused = (reason: Reason, field: string): { code: string; faults: Fault[]; taken: number } => {
    faults.push({ line: first.line, field, reason, thing: code, value: [firstDay, lastDay].filter(Boolean).join(" – ") || null })
    return { code, faults, taken: 0 }
  }
  if (firstDay === null || lastDay === null) return refused("date_invalid", firstDay === null ? "Начало акции" : "Окончание акции")
  try {
    const { name, terms, look } = words
    await announcePromotion(tx, { code, name, terms, look, firstDay, lastDay, goods }, { at })
  } catch (error) {
    if (error instanceof Refusal && error.code === "promotion_period_invalid") return refused("promotion_period_invalid", "Окончание акции")
    throw error
  }
  return { code, faults, taken: goods.length }
}

const REASONS: Readonly<Record<string, Reason>> = {
  card_price_above_regular: "card_price_above_regular",
  promotion_lowers_nothing: "promotion_lowers_nothing",
  promotion_below_lowest: "promotion_below_lowest",
}

/** The goods that lower something; the last row of a product counts. */
async function goodsOf(tx: Tx, rows: readonly Row[], faults: Fault[]): Promise<Lowering[]> {
  const once = new Map(rows.map((row) => [row.fact.sku, row]))
  const known = await productsBySku(tx, [...once.keys()])
  return Array.from(once.values()).flatMap(({ line, fact }) => {
    const lowering = loweringOf(fact)
    const product = known.get(fact.sku)
    try {
      if (product) return (loweredPrice(lowering, product), [lowering])
      faults.push({ line, field: "Код", reason: "good_unknown", thing: fact.sku, value: fact.sku })
    } catch (error) {
      const reason = error instanceof Refusal ? REASONS[error.code] : undefined
      if (reason === undefined) throw error
      faults.push({ line, field: "Цена", reason, thing: fact.sku, value: null })
    }
    return []
  })
}

function loweringOf({ sku, percent, price, card }: PromotionFact): Lowering {
  if (percent !== null) return { sku, percent }
  return { sku, ...(price === null ? {} : { priceMinor: minor(price) }), ...(card === null ? {} : { cardMinor: minor(card) }) }
}
