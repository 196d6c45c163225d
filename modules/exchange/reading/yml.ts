import type { Collector } from "./collect.ts"
import type { GoodFact } from "./facts.ts"
import { milliOf } from "./number-rules.ts"
import { REGULAR, withOldPrice } from "./price-names.ts"
import { child, childrenOf, type Element, textOf, type XmlHandler } from "./xml.ts"

const RECORDS = new Set(["categories/category", "currencies/currency", "offers/offer"])
const NOTHING: Element = { name: "", line: 0, attributes: {}, text: "", children: [] }

/**
 * A YML feed: categories and offers; offers of one `group_id` are variants of one thing, `param` its properties, `outlets` its stock.
 * The price is what is asked now, the `oldprice` what it costs otherwise. A feed of prices and stock alone brings what is known up to date.
 */
export function yml(to: Collector): XmlHandler {
  const feed = { to, params: new Set<string>(), outlets: new Set<string>(), begun: false }
  return {
    isRecord: (path) => RECORDS.has(path.slice(-2).join("/")),
    opened: () => undefined,
    record(element) {
      to.next()
      if (!feed.begun) beginFeed(feed, element.line)
      if (element.name === "category") readCategory(to, element)
      else if (element.name === "offer") readOffer(feed, element)
    },
  }
}

type Feed = { to: Collector; params: Set<string>; outlets: Set<string>; begun: boolean }

function beginFeed(feed: Feed, line: number): void {
  feed.begun = true
  feed.to.say(line, { kind: "price_type", id: REGULAR, name: "Розничная", currency: null })
}

function readCategory(to: Collector, { line, attributes, text }: Element): void {
  const id = to.id(line, "category/@id", attributes["id"])
  if (id === undefined) return
  const name = text.trim()
  if (name === "") to.fault(line, "category", "name_missing", { thing: id })
  else to.say(line, { kind: "category", id, parent: attributes["parentId"]?.trim() || null, name })
}

function readOffer(feed: Feed, element: Element): void {
  const { to } = feed
  const { line, attributes } = element
  const id = to.id(line, "offer/@id", attributes["id"])
  if (id === undefined) return
  const name = nameOf(element)
  const group = attributes["group_id"]?.trim() || null
  const good = group ?? id
  const params = childrenOf(element, "param").flatMap((param) => {
    const called = param.attributes["name"]?.trim()
    const value = [param.text.trim(), param.attributes["unit"]?.trim()].filter(Boolean).join(" ")
    return called && value ? [[called, value] as [string, string]] : []
  })
  const text = textOf(element, "price") ?? ""
  const at = child(element, "price")?.line ?? line
  const kopecks = to.price(at, "offer/price", { text, currency: textOf(element, "currencyId") ?? null, thing: id })
  const oldAt = child(element, "oldprice")?.line ?? line
  const old = { text: textOf(element, "oldprice") ?? null, currency: null }
  const prices = withOldPrice(to, { price: kopecks, old, at: oldAt, field: "offer/oldprice", thing: id })
  const eans = childrenOf(element, "barcode").flatMap((code) => code.text.trim() || [])
  if (name !== undefined) {
    tellParams(feed, line, params)
    to.say(line, goodFrom(element, { id: good, name, params, eans: group === null ? eans : [] }))
  }
  const characteristics = group === null ? [] : params
  const said = name === undefined ? null : { name, article: textOf(element, "vendorCode") ?? null, eans, characteristics }
  to.say(line, { kind: "offer", id, good, said, prices })
  to.count(id, countsOf(feed, element, id))
}

/** Simple offers have a name; «произвольный» ones a kind, a vendor and a model. */
function nameOf(element: Element): string | undefined {
  const made = [textOf(element, "typePrefix"), textOf(element, "vendor"), textOf(element, "model")].filter(Boolean).join(" ")
  return textOf(element, "name") ?? (made || undefined)
}

function goodFrom(
  element: Element,
  { id, name, params, eans }: { id: string; name: string; params: readonly (readonly [string, string])[]; eans: readonly string[] },
): GoodFact {
  const values = new Map<string, string[]>()
  for (const [called, value] of params) values.set(called, [...(values.get(called) ?? []), value])
  return {
    ...{ kind: "good", id, name, eans, requisites: {}, properties: Object.fromEntries(values), maker: null },
    article: textOf(element, "vendorCode") ?? null,
    category: textOf(element, "categoryId") ?? null,
    description: textOf(element, "description") ?? null,
    brand: textOf(element, "vendor") ?? null,
    country: textOf(element, "country_of_origin") ?? null,
    pictures: childrenOf(element, "picture").flatMap(({ text }) => text.trim() || []),
    deleted: false,
  }
}

function tellParams({ to, params: told }: Feed, line: number, params: readonly (readonly [string, string])[]): void {
  for (const [name] of params) {
    if (told.has(name) || name.length > 100) continue
    told.add(name)
    to.say(line, { kind: "property", id: name, name, closed: false, values: {} })
  }
}

function countsOf({ to, outlets }: Feed, element: Element, thing: string): [string, number][] {
  return childrenOf(child(element, "outlets") ?? NOTHING, "outlet").flatMap(({ line, attributes }) => {
    const id = to.id(line, "outlet/@id", attributes["id"] ?? attributes["warehouse_name"])
    if (id === undefined) return []
    const milli = milliOf(attributes["instock"] ?? "")
    if (milli === undefined)
      return (to.fault(line, "outlet/@instock", "number_invalid", { thing, value: attributes["instock"] ?? null }), [])
    if (!outlets.has(id)) to.say(line, { kind: "warehouse", id, name: attributes["warehouse_name"] ?? id })
    outlets.add(id)
    return [[id, milli] as [string, number]]
  })
}
