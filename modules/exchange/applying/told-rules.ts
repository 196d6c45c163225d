import type { Company, ProductGroup } from "@mila/catalog"

const NAME = 300
const ADDRESS = /[\s,.;]*(?:юридический\s+)?адрес\s*:\s*/i

/** Who makes a good or brings it in, with the address: told by itself, or behind the name («ESTER SAS, адрес: 5 avenue du Gén. de Gaulle»). */
export function companyOf(said: string | null | undefined, address: string | undefined): Company | null {
  if (!said) return null
  const [name = "", behind = ""] = said.split(ADDRESS, 2)
  return { name: (name || said).slice(0, NAME), address: (address ?? behind).trim().slice(0, NAME) }
}

/**
 * Whether a good may be brought back, by what a source says under a name of its own («Возврат: в невскрытой упаковке», «Не подлежит возврату: да»). Whatever isn't understood
 * is the usual: while it is sealed.
 */
export function returnsOf(said: string | undefined): ProductGroup["returns"] {
  if (said === undefined) return "sealed_only"
  const [name = "", value = ""] = said.split("\n", 2)
  if (/вскры|упаков|пломб|sealed/i.test(value)) return "sealed_only"
  const isNo = /^(?:нет|no|false|0|-)$/i.test(value.trim())
  const isYes = /^(?:да|yes|true|1|\+)$/i.test(value.trim())
  if (/^не\s?(?:подлежит|возврат)/i.test(name)) return isYes ? "never" : "sealed_only"
  if (isNo || /не\s+(?:подлеж|возвра|приним|обмен)|невозврат|без возврата|запрещ|невозмож/i.test(value)) return "never"
  return isYes || /подлежит|возмож|\d+\s*дн/i.test(value) ? "standard" : "sealed_only"
}

const PART = /^([^\s×*]{1,64})(?:(?:\s+[xх]|\s*[×*])\s*(\d{1,3}))?(?:\s*шт\.?)?$/i

/** «M100 × 2; M200»: parts of a set by the ids or skus they have; undefined for any other text. */
export function partsIn(text: string): { id: string; pieces: number }[] | undefined {
  const parts = text
    .split(/[;,\n]+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => PART.exec(part))
  return parts.every((part) => part !== null)
    ? parts.flatMap(([, id = "", pieces = "1"]) => (Number(pieces) > 0 ? [{ id, pieces: Number(pieces) }] : []))
    : undefined
}

/** What a set is made of, by sku; nothing while one of its parts is not known: a set shown with less than it holds would be another. */
export function madeOf(parts: readonly { id: string; pieces: number }[], skus: ReadonlyMap<string, string>): ProductGroup["madeOf"] {
  const known = parts.flatMap(({ id, pieces }) => (skus.has(id) ? [{ sku: skus.get(id)!, pieces }] : []))
  return known.length === parts.length ? known : []
}
