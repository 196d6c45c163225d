import { type GroupPage, type NetUnit, pictureUrl, type ShownVariant, variantPictureUrl } from "@mila/catalog"
import type { Minor } from "@mila/kernel"
import { createHash } from "node:crypto"

export type Shop = { name: string; publicUrl: string }

export type Telling = {
  shop: Shop
  /** whose prices are told */
  zone: string
  /** paths of those the feed names */
  categories: ReadonlySet<string>
  params: ReadonlyMap<string, { name: string; values: ReadonlyMap<string, string> }>
  /** whether some shop of the zone has it */
  isThere: boolean
}

// what the format allows; longer texts are cut at a word
const NAME = 150
const DESCRIPTION = 3_000
const PICTURES = 20
/** EAN-13, EAN-8, UPC-A: the codes of boxes (14 digits) are no barcode of a thing here */
const BARCODE = /^(?:\d{8}|\d{12,13})$/

/**
 * One variant as an offer, its elements in the order the format names them; nothing for what costs nothing. Variants of one thing share a `group_id`, have an address each
 * and differ in a parameter; a zone's address opens at the zone's prices. Goods are sold in shops alone, so neither delivered nor handed out by order.
 */
export function offerOf(group: GroupPage, variant: ShownVariant, { shop, zone, categories, params, isThere }: Telling): string {
  const { price } = variant
  if (price.regularMinor <= 0) return ""
  const several = group.variants.length > 1
  const label = several ? (variant.label?.ru ?? variant.sku) : ""
  const asked = new URLSearchParams({
    ...(variant === group.variants[0] ? {} : { sku: variant.sku }),
    ...(zone === "main" ? {} : { zone }),
  })
  const address = `${shop.publicUrl}/p/${group.slug}${asked.size > 0 ? `?${asked.toString()}` : ""}`
  return [
    `<offer id="${variant.no}" available="${isThere}"${several ? ` group_id="${group.no}"` : ""}>\n`,
    element("name", label ? `${cut(group.name.ru, NAME - 2 - label.length)}, ${label}`.slice(0, NAME) : cut(group.name.ru, NAME)),
    element("vendor", group.brand?.name),
    element("vendorCode", variant.sku),
    element("url", address),
    element("price", roubles(price.regularMinor)),
    element("oldprice", price.beforeMinor !== null && price.beforeMinor > price.regularMinor ? roubles(price.beforeMinor) : undefined),
    "<currencyId>BYN</currencyId>\n",
    element("categoryId", categoryNumber(group.category !== null && categories.has(group.category) ? group.category : "")),
    ...picturesOf(group, variant).map((url) => element("picture", shop.publicUrl + url)),
    "<store>true</store>\n<pickup>false</pickup>\n<delivery>false</delivery>\n",
    element("description", group.description ? cut(group.description.ru, DESCRIPTION) : undefined),
    ...variant.eans.filter((ean) => BARCODE.test(ean)).map((ean) => element("barcode", ean)),
    element("country_of_origin", group.country === null ? undefined : countryName(group.country)),
    ...paramsOf(group, variant, params).map(param),
    "</offer>\n",
  ].join("")
}

/** A number of up to fifteen digits that a category has for ever, whatever others come and go; a path is all there is to know it by. */
export const categoryNumber = (path: string): string =>
  String(1 + (Number.parseInt(createHash("sha256").update(path).digest("hex").slice(0, 12), 16) % 999_999_999_999_999))

/** Drawn packshots are no photographs and stay at home. */
function picturesOf(group: GroupPage, variant: ShownVariant): string[] {
  const own = variant.picture && "kept" in variant.picture ? [variantPictureUrl(group.no, variant.sku, variant.picture)] : []
  const all = group.pictures.flatMap((picture, place) => ("kept" in picture ? [pictureUrl(group.no, place, picture)] : []))
  return [...own, ...all].slice(0, PICTURES)
}

type Param = { name: string; unit?: string; value: string }

const NET: Readonly<Record<NetUnit, { name: string; unit: string }>> = {
  ml: { name: "Объём", unit: "мл" },
  g: { name: "Вес", unit: "г" },
  pcs: { name: "Количество в упаковке", unit: "шт." },
  m: { name: "Длина", unit: "м" },
}
const MOST_PARAMS = 100

function paramsOf(group: GroupPage, { attributes, net, label, sku }: ShownVariant, known: Telling["params"]): Param[] {
  const said = Object.entries({ ...group.attributes, ...attributes }).flatMap(([code, values]) => {
    const word = known.get(code)
    return word ? values.map((value) => ({ name: word.name, value: word.values.get(value) ?? value })) : []
  })
  const isSaid = net !== null && said.some(({ name }) => name.toLowerCase() === NET[net.unit].name.toLowerCase())
  const amount: Param[] = net === null || isSaid ? [] : [{ ...NET[net.unit], value: String(net.amount) }]
  const own: Param[] =
    group.variants.length > 1 && Object.keys(attributes).length === 0 ? [{ name: "Вариант", value: label?.ru ?? sku }] : []
  return [...own, ...amount, ...said].slice(0, MOST_PARAMS)
}

const param = ({ name, unit, value }: Param): string =>
  value.trim() === ""
    ? ""
    : `<param name="${escaped(name.trim())}"${unit ? ` unit="${escaped(unit)}"` : ""}>${escaped(value.trim())}</param>\n`

const countries = new Intl.DisplayNames(["ru"], { type: "region", style: "short" })
/** As the market's list has them, where it says otherwise than Unicode. */
const CALLED: Readonly<Record<string, string>> = {
  KR: "Южная Корея",
  KP: "Северная Корея",
  HK: "Гонконг",
  MO: "Макао",
  US: "США",
  GB: "Великобритания",
}

const countryName = (code: string): string | undefined => CALLED[code] ?? countries.of(code)

/** An element with text in it; none without. */
export function element(name: string, text: string | undefined): string {
  const said = text?.trim()
  return said ? `<${name}>${escaped(said)}</${name}>\n` : ""
}

/** At most so many signs, whole words of them. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const short = text.slice(0, most + 1)
  const end = short.lastIndexOf(" ")
  return (end > most / 2 ? short.slice(0, end) : short.slice(0, most)).replace(/[\ud800-\udbff]$/, "").trimEnd()
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" }

/** Text as XML 1.0 may hold it: its five signs written out, control signs left out. */
export const escaped = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/[&<>"']/g, (sign) => ESCAPES[sign]!)

const roubles = (kopecks: Minor): string => `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, "0")}`
