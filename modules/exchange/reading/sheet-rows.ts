import { meaningOf } from "../applying/meaning-rules.ts"
import type { Collector } from "./collect.ts"
import { refuse } from "../refusals.ts"
import { crossOutCells } from "./crossed-out.ts"
import { milliOf } from "./number-rules.ts"
import { beneath, isBeneath, unquoted } from "./sheet-head-rules.ts"
import { PROMOTION_COLUMNS, promotionOf } from "./promotion-row.ts"
import { CARD, REGULAR, withOldPrice } from "./price-names.ts"

/** What a column may be called, in any letter case. `Свойство: Тон` is a property, `Остаток: 0101` the stock of a shop; «Изготовитель», «Состав» and the like are known as they are. */
const COLUMNS = {
  id: ["код", "ид", "id", "sku"],
  group: ["код группы", "код модели", "group", "group_id"],
  name: ["наименование", "название", "name"],
  article: ["артикул", "article", "vendorcode"],
  ean: ["штрихкод", "штрих-код", "barcode", "ean"],
  category: ["раздел", "категория", "category"],
  brand: ["бренд", "марка", "brand", "vendor"],
  price: ["цена", "розничная цена", "цена, руб.", "цена, byn", "price"],
  old: ["старая цена", "цена до скидки", "oldprice", "old price", "old_price"],
  card: ["цена по карте", "card price", "card_price"],
  description: ["описание", "description"],
  country: ["страна", "country"],
  picture: ["картинка", "фото", "picture"],
  ...PROMOTION_COLUMNS,
} as const
type Column = keyof typeof COLUMNS
const PROPERTY = /^(?:свойство|property):\s*(.+)$/i
const STOCK = /^(?:остаток|остатки|stock):\s*(.+)$/i
/** A price list begins with its name, a date, a logo: so many rows are passed over until one is its heads. */
const MOST_BEFORE_HEADS = 30

type Heads = { names: readonly string[]; columns: Map<Column, number>; properties: [string, number][]; stock: [string, number][] }
type Lines = { line: number; cells: readonly string[] }

/**
 * Rows of a sheet: perhaps some that name it, then its heads, in one row or in two («Остатки» over the shops). Needed are a code, and a name, a price or a count; a path of
 * categories is written «Лицо / Кремы». A sheet with a column «Код акции» is one of promotions. Errors: column_missing, when the sheet ends too.
 */
export function sheetRows(to: Collector): { row(line: number, cells: readonly string[]): void; end(): void } {
  const categories = new Set<string>()
  let heads: Heads | undefined
  let above: Lines | undefined
  let first: Lines | undefined
  let passed = 0
  const begin = (row: Lines): void => {
    heads = beginSheet(to, row)
    above = undefined
  }
  const missing = (): never => {
    const { line, cells } = first!
    return refuse("column_missing", { field: columnsOf(cells).has("id") ? "Наименование" : "Код", line })
  }
  const row = (line: number, given: readonly string[]): void => {
    const told = given.map(unquoted)
    if (told.every((cell) => cell === "")) return
    to.next()
    const cells = crossOutCells(to, { line, cells: told, heads: heads?.names ?? above?.cells ?? [] })
    if (heads) return readRow(to, { line, cells, heads, categories })
    if (above) {
      const two = isBeneath(above.cells, cells) ? beneath(above.cells, cells) : undefined
      if (two) return begin({ line, cells: two })
      begin(above)
      return readRow(to, { line, cells, heads: heads!, categories })
    }
    const columns = columnsOf(cells)
    if (!first || (columns.has("id") && !columnsOf(first.cells).has("id"))) first = { line, cells }
    if (columns.has("id") && cells.filter((cell) => cell !== "").length > 1) above = { line, cells }
    else if ((passed += 1) >= MOST_BEFORE_HEADS) missing()
  }
  return { row, end: () => void (above ? begin(above) : !heads && first && missing()) }
}

/** Whether these may be heads: one of them is a code's. */
export const mayBeHeads = (cells: readonly string[]): boolean => columnsOf(cells.map(unquoted)).has("id")

function columnsOf(cells: readonly string[]): Map<Column, number> {
  const lower = cells.map((cell) => cell.toLowerCase())
  const columns = new Map<Column, number>()
  for (const [column, names] of Object.entries(COLUMNS) as [Column, readonly string[]][]) {
    const place = lower.findIndex((name) => names.includes(name))
    if (place >= 0) columns.set(column, place)
  }
  return columns
}

function beginSheet(to: Collector, { line, cells }: Lines): Heads {
  const columns = columnsOf(cells)
  const matching = (form: RegExp) =>
    cells.flatMap((name, place) => {
      const found = form.exec(name)?.[1]?.trim()
      return found ? [[found, place] as [string, number]] : []
    })
  const plain = cells.flatMap((name, place) =>
    meaningOf(name) !== undefined && ![...columns.values()].includes(place) ? [[name, place] as [string, number]] : [],
  )
  const heads = { names: cells, columns, properties: [...matching(PROPERTY), ...plain], stock: matching(STOCK) }
  if (columns.has("promotion")) return heads
  if (!columns.has("name") && !columns.has("price") && heads.stock.length === 0) refuse("column_missing", { field: "Наименование", line })
  if (columns.has("price")) to.say(line, { kind: "price_type", id: REGULAR, name: "Розничная", currency: null })
  if (columns.has("card")) to.say(line, { kind: "price_type", id: CARD, name: "По карте", currency: null })
  for (const [name] of heads.properties) to.say(line, { kind: "property", id: name, name, closed: false, values: {} })
  for (const [name] of heads.stock) to.say(line, { kind: "warehouse", id: name, name })
  return heads
}

const headOf = (column: Column): string => COLUMNS[column][0][0]!.toUpperCase() + COLUMNS[column][0].slice(1)

/** What a formula says that came to nothing. */
const FAILED = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|Н\/Д|ССЫЛКА!|ЗНАЧ!|ДЕЛ\/0!|ИМЯ\?|ПУСТО!|ЧИСЛО!)$/i

type Row = { line: number; cells: readonly string[]; heads: Heads; categories: Set<string> }

function readRow(to: Collector, { line, cells, heads, categories }: Row): void {
  const cell = (column: Column): string | null => {
    const said = cells[heads.columns.get(column) ?? -1] || null
    if (said === null || !FAILED.test(said)) return said
    to.fault(line, headOf(column), "formula_failed", { value: said })
    return null
  }
  if (heads.columns.has("promotion")) {
    const promotion = promotionOf(to, line, cell)
    return promotion && to.say(line, promotion)
  }
  const id = to.id(line, "Код", cell("id") ?? undefined)
  if (id === undefined) return
  const name = cell("name")
  const group = cell("group")
  const good = group ?? id
  const eans = (cell("ean") ?? "").split(/[\s,;]+/).filter(Boolean)
  const properties = heads.properties.flatMap(([called, place]) => {
    const value = cells[place]?.trim()
    return value ? [[called, value] as const] : []
  })
  if (name !== null) {
    const { country, brand, article, description } = {
      ...{ country: cell("country"), brand: cell("brand"), article: cell("article"), description: cell("description") },
    }
    to.say(line, {
      ...{ kind: "good", id: good, name, article, brand, country, description, maker: null, requisites: {}, deleted: false },
      eans: group === null ? eans : [],
      category: tellCategories(to, line, { path: cell("category"), told: categories }),
      pictures: (cell("picture") ?? "").split(/(?:[\s|;]|,(?=\s|https?:))+/).filter(Boolean),
      properties: Object.fromEntries(properties.map(([called, value]) => [called, value.split(/\s*\|\s*/)])),
    })
  } else if (heads.columns.has("name")) {
    if (!cells[heads.columns.get("name")!]) to.fault(line, "Наименование", "name_missing", { thing: id })
    return
  }
  const characteristics = group === null ? [] : properties
  const said = name === null ? null : { name, article: cell("article"), eans, characteristics }
  to.say(line, {
    kind: "offer",
    id,
    good,
    said,
    prices: pricesOf(to, { line, id, now: cell("price"), old: cell("old"), card: cell("card") }),
  })
  to.count(id, countsOf(to, { line, cells, heads, id }))
}

type Priced = { line: number; id: string; now: string | null; old: string | null; card: string | null }

function pricesOf(to: Collector, { line, id, now, old, card }: Priced): Record<string, number | null> {
  const read = (field: string, text: string | null) =>
    text === null ? undefined : to.price(line, field, { text, currency: null, thing: id })
  const price = read("Цена", now)
  const withCard = read("Цена по карте", card)
  const told = withOldPrice(to, { price, old: { text: old, currency: null }, at: line, field: "Старая цена", thing: id })
  return withCard === undefined ? told : { ...told, [CARD]: withCard }
}

function countsOf(to: Collector, { line, cells, heads, id }: { line: number; cells: readonly string[]; heads: Heads; id: string }) {
  return heads.stock.flatMap(([shop, place]) => {
    const text = cells[place]?.trim()
    if (!text) return []
    const milli = milliOf(text)
    if (milli === undefined) return (to.fault(line, `Остаток: ${shop}`, "number_invalid", { thing: id, value: text }), [])
    return [[shop, milli] as [string, number]]
  })
}

/** Names every category on the way and answers the last one's id, which is its path. */
function tellCategories(to: Collector, line: number, { path, told }: { path: string | null; told: Set<string> }): string | null {
  let parent: string | null = null
  for (const name of (path ?? "").split(/\s*[/>]\s*/).filter(Boolean)) {
    const id: string = parent === null ? name : `${parent}/${name}`
    if (!told.has(id)) to.say(line, { kind: "category", id, parent, name })
    told.add(id)
    parent = id
  }
  return parent
}
