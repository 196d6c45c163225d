import type { Collector } from "./collect.ts"
import { characteristicsOf, goodOf, isDeleted, requisitesOf } from "./commerceml-good.ts"
import { milliOf } from "./number-rules.ts"
import { refuse } from "../refusals.ts"
import { child, childrenOf, type Element, textOf, type XmlHandler } from "./xml.ts"

/** By the element they stand in, so that a file without its usual root is read too. */
const RECORDS: Readonly<Record<string, string>> = {
  Группа: "Группы",
  Свойство: "Свойства",
  СвойствоНоменклатуры: "Свойства",
  ТипЦены: "ТипыЦен",
  Склад: "Склады",
  Товар: "Товары",
  Предложение: "Предложения",
  Документ: "",
  Контрагент: "Контрагенты",
}

/** What holds offers: all there are, where it says that it has not changes alone. */
const PACKAGES = new Set(["ПакетПредложений", "ИзмененияПакетаПредложений"])

/** CommerceML 2.03–2.10 and 3.1, told to `to` record by record. Errors: version_unsupported. */
export function commerceMl(to: Collector): XmlHandler {
  return {
    isRecord(path) {
      const name = path.at(-1)!
      const within = RECORDS[name]
      return within !== undefined && (within === "" ? path.length === 2 : path.at(-2) === within)
    },
    opened(path, attributes, line) {
      if (path.at(-1) === "Каталог" && "Идентификатор" in attributes)
        refuse("version_unsupported", { version: "1", line, field: path.join("/") })
      if (PACKAGES.has(path.at(-1)!)) to.isWhole = attributes["СодержитТолькоИзменения"] === "false"
      const version = path.length === 1 ? attributes["ВерсияСхемы"] : undefined
      if (version !== undefined && !/^(?:2(?:\.\d{1,2}){1,2}|3\.\d{1,2})$/.test(version))
        refuse("version_unsupported", { version, line, field: `${path.join("/")}/@ВерсияСхемы` })
    },
    record(element, path) {
      to.next()
      READERS[element.name]!(to, element, path)
    },
  }
}

const READERS: Readonly<Record<string, (to: Collector, element: Element, path: readonly string[]) => void>> = {
  Группа: (to, element) => readCategory(to, element, null),
  Свойство: readProperty,
  СвойствоНоменклатуры: readProperty,
  ТипЦены: readPriceType,
  Склад: readWarehouse,
  Товар(to, element) {
    const good = goodOf(to, element)
    if (good) to.say(element.line, good)
  },
  Предложение: readOffer,
  Документ: (to, element) =>
    to.fault(element.line, "Документ", "order_unknown", { thing: textOf(element, "Ид") ?? null, value: textOf(element, "Номер") ?? null }),
  Контрагент: (to, element) => to.fault(element.line, "Контрагент", "contents_unknown", { thing: textOf(element, "Ид") ?? null }),
}

function readCategory(to: Collector, element: Element, parent: string | null): void {
  const id = to.id(element.line, "Группа/Ид", textOf(element, "Ид"))
  if (id === undefined) return
  const name = textOf(element, "Наименование")
  if (name === undefined) to.fault(element.line, "Группа/Наименование", "name_missing", { thing: id })
  else to.say(element.line, { kind: "category", id, parent, name })
  for (const group of childrenOf(child(element, "Группы") ?? NOTHING, "Группа")) readCategory(to, group, id)
}

const NOTHING: Element = { name: "", line: 0, attributes: {}, text: "", children: [] }

function readProperty(to: Collector, element: Element): void {
  const id = to.id(element.line, "Свойство/Ид", textOf(element, "Ид"))
  if (id === undefined) return
  const name = textOf(element, "Наименование")
  if (name === undefined) return to.fault(element.line, "Свойство/Наименование", "name_missing", { thing: id })
  const directory = childrenOf(child(element, "ВариантыЗначений") ?? NOTHING, "Справочник")
  const older = childrenOf(child(child(element, "ТипыЗначений") ?? NOTHING, "ТипЗначений") ?? NOTHING, "ВариантыЗначений") // 2.04
  const variants = [...directory, ...older.flatMap((list) => childrenOf(list, "ВариантЗначения"))]
  const values = variants.flatMap((variant) => {
    const value = textOf(variant, "Значение")
    return value === undefined ? [] : [[textOf(variant, "ИдЗначения") ?? textOf(variant, "Ид") ?? value, value] as const]
  })
  const closed = textOf(element, "ТипЗначений") === "Справочник" || values.length > 0
  to.say(element.line, { kind: "property", id, name, closed, values: Object.fromEntries(values) })
}

function readPriceType(to: Collector, element: Element): void {
  const id = to.id(element.line, "ТипЦены/Ид", textOf(element, "Ид"))
  const name = textOf(element, "Наименование")
  if (id !== undefined) to.say(element.line, { kind: "price_type", id, name: name ?? id, currency: textOf(element, "Валюта") ?? null })
}

function readWarehouse(to: Collector, element: Element): void {
  const id = to.id(element.line, "Склад/Ид", textOf(element, "Ид"))
  if (id !== undefined) to.say(element.line, { kind: "warehouse", id, name: textOf(element, "Наименование") ?? id })
}

function readOffer(to: Collector, element: Element): void {
  const { line } = element
  const id = to.id(line, "Предложение/Ид", textOf(element, "Ид"))
  if (id === undefined) return
  const name = textOf(element, "Наименование") ?? null
  const characteristics = characteristicsOf(element)
  const eans = childrenOf(element, "Штрихкод").flatMap(({ text }) => text.trim() || [])
  const article = textOf(element, "Артикул") ?? requisitesOf(element)["Артикул"] ?? null
  const said = name !== null || eans.length > 0 || characteristics.length > 0 ? { name, article, eans, characteristics } : null
  const good = id.split("#", 1)[0]! || id
  const prices = pricesOf(to, element, id)
  to.say(line, {
    kind: "offer",
    id,
    good,
    said,
    prices,
    replaces: to.isWhole && Object.keys(prices).length > 0,
    deleted: isDeleted(element),
  })
  to.count(id, countsOf(to, element, id))
}

function pricesOf(to: Collector, element: Element, thing: string): Record<string, number | null> {
  const prices = childrenOf(child(element, "Цены") ?? NOTHING, "Цена").flatMap((price) => {
    const type = to.id(price.line, "Цена/ИдТипаЦены", textOf(price, "ИдТипаЦены"))
    const text = textOf(price, "ЦенаЗаЕдиницу") ?? ""
    if (type === undefined) return []
    const kopecks = to.price(price.line, "Цена/ЦенаЗаЕдиницу", { text, currency: textOf(price, "Валюта") ?? null, thing })
    return kopecks === undefined ? [] : [[type, kopecks] as const]
  })
  return Object.fromEntries(prices)
}

/** 2.05 on: attributes of «Склад»; 3.1: «Остатки/Остаток/Склад». A count without a shop says nothing about any shop. */
function countsOf(to: Collector, element: Element, thing: string): [string, number][] {
  const older = childrenOf(element, "Склад").map((at) => ({ at, id: at.attributes["ИдСклада"], text: at.attributes["КоличествоНаСкладе"] }))
  const newer = childrenOf(child(element, "Остатки") ?? NOTHING, "Остаток").flatMap((rest) =>
    childrenOf(rest, "Склад").map((at) => ({ at, id: textOf(at, "Ид"), text: textOf(at, "Количество") })),
  )
  return [...older, ...newer].flatMap(({ at, id, text = "" }) => {
    const warehouse = to.id(at.line, "Склад/Ид", id)
    if (warehouse === undefined) return []
    const milli = milliOf(text)
    if (milli === undefined) return (to.fault(at.line, "Склад/Количество", "number_invalid", { thing, value: text }), [])
    return [[warehouse, milli] as [string, number]]
  })
}
