import { mulberry32 } from "@mila/kernel"
import type { BenchServer } from "./server.ts"

/** Names' words, brands and roots of categories there are, to ask by. */
type Goods = { name: string; brand: string | null; category: string | null; country: string | null; card: number }

const SORTS = ["relevance", "popular", "cheap", "discount"]

/**
 * So many different questions about the goods there are, the same at every run: one or two words of a name, a third of them with a brand, and two of three
 * with something chosen: a brand, a country, a category, a price, what is discounted, an order.
 */
export async function variedQuestions({ owner }: BenchServer, count: number): Promise<string[]> {
  const { rows: goods } = await owner.query<Goods>(
    `select item.name->>'ru' as name, item.brand, item.category, item.country, min(product.card_price_minor)::int as card
     from catalog.product_group item join catalog.product on product.group_no = item.no
     where item.state = 'shown' group by item.no order by item.no`,
  )
  const dice = mulberry32(11)
  const one = <Thing>(of: readonly Thing[]): Thing => of[Math.floor(dice() * of.length)]!
  const questions = new Set<string>()
  for (let tries = 0; questions.size < count && tries < count * 20; tries += 1) {
    const about = one(goods)
    const words = (about.name.toLowerCase().match(/[а-яё]{3,}/g) ?? []).filter((word) => word !== "для")
    if (words.length === 0) continue
    const typed = [one(words.slice(0, 2)), ...(dice() < 0.5 ? [one(words)] : []), ...(about.brand && dice() < 0.3 ? [about.brand] : [])]
    const asked = new URLSearchParams({ q: [...new Set(typed)].join(" ") })
    const chosen = Math.floor(dice() * 9)
    if (chosen === 0 && about.brand) asked.append("brand", about.brand)
    if (chosen === 1 && about.country) asked.append("country", about.country)
    if (chosen === 2 && about.category) asked.append("category", about.category.split("/")[0]!)
    if (chosen === 3) asked.append("price_to", String(about.card + 500))
    if (chosen === 4) asked.append("discounted", "1")
    if (chosen === 5) asked.append("sort", one(SORTS))
    questions.add(`/api/v1/search?${asked.toString()}`)
  }
  return [...questions]
}
