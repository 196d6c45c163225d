/** What a property of a source is here, by its name; anything else is an attribute. */
export type Meaning =
  | ("brand" | "composition" | "application" | "country" | "maker" | "maker_address" | "importer" | "importer_address")
  | ("shelf_life" | "opened" | "net" | "returns" | "contents")

const MEANINGS: readonly (readonly [Meaning, RegExp])[] = [
  ["brand", /^(?:бренд|торговая марка|марка|производитель \(бренд\)|brand)$/i],
  ["composition", /^(?:состав|ингредиенты|inci|composition)$/i],
  ["application", /^(?:способ применения|применение|как использовать)$/i],
  ["country", /^(?:страна(?: производства| изготовления| производитель| происхождения)?|country)$/i],
  ["maker", /^(?:(?:наименование и адрес )?(?:изготовителя|производителя)|(?:изготовитель|производитель)(?: и адрес|, адрес)?)$/i],
  ["maker_address", /^(?:юридический )?адрес (?:изготовителя|производителя)$/i],
  [
    "importer",
    /^(?:(?:наименование и адрес |информация об )импорт[её]р[ае]|имп[оo]рт[её]р(?: и адрес|, адрес)?(?: в (?:рб|республик[уе] беларусь|еаэс))?)$/i,
  ],
  ["importer_address", /^(?:юридический )?адрес импорт[её]ра$/i],
  ["opened", /^(?:(?:срок (?:годности|использования|хранения)|использовать|годен) )?после (?:вскрытия|открытия)(?:[ ,(].*)?$|^pao$/i],
  ["shelf_life", /^срок годности/i],
  [
    "returns",
    /^(?:(?:условия |возможность )?возврата?(?: и обмена?)?|обмен и возврат|возврат\/обмен|(?:не )?подлежит (?:возврату|обмену)(?: и (?:возврату|обмену))?|невозвратный(?: товар)?)$/i,
  ],
  ["contents", /^(?:комплектация|комплектность|состав набора|состав комплекта|в наборе)$/i],
  ["net", /^(?:объ[её]м|масса(?: нетто)?|вес(?: нетто)?)(?:,.*)?$/i],
]

export const meaningOf = (name: string): Meaning | undefined => MEANINGS.find(([, form]) => form.test(name.trim()))?.[0]

/** What a type of price is for, by its name; a person may say otherwise. */
export function priceMeaning(name: string): "regular" | "card" | "floor" | "nothing" {
  if (/карт|клубн|card/i.test(name)) return "card"
  if (/минимал/i.test(name)) return "floor"
  if (/закуп|опт|себестоим|учетн|учётн|плановая/i.test(name)) return "nothing"
  return /розн|базов|интернет|сайт|base|retail/i.test(name) ? "regular" : "nothing"
}

type Meant = { id: string; name: string; means: ReturnType<typeof priceMeaning>; zone: string; chosen: boolean }

/** What types of price mean once a file has named its own: what a person chose stays, and where none is what people pay, the first that means nothing is. */
export function typesMeant(known: readonly Meant[], named: readonly { id: string; name: string }[]): Meant[] {
  const types = new Map(known.map((type) => [type.id, type]))
  for (const { id, name } of named) {
    const before = types.get(id)
    const stays = before !== undefined && (before.chosen || before.name === name)
    types.set(id, {
      id,
      name,
      means: stays ? before.means : priceMeaning(name),
      zone: before?.zone ?? "main",
      chosen: before?.chosen ?? false,
    })
  }
  const all = [...types.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1))
  if (all.some(({ means }) => means === "regular")) return all
  const first = all.find(({ means, chosen }) => means === "nothing" && !chosen)
  return all.map((type) => (type === first ? { ...type, means: "regular" } : type))
}

const UNITS: Readonly<Record<string, readonly [unit: "ml" | "g" | "pcs" | "m", times: number]>> = {
  ...{
    мл: ["ml", 1],
    ml: ["ml", 1],
    л: ["ml", 1000],
    l: ["ml", 1000],
    г: ["g", 1],
    гр: ["g", 1],
    g: ["g", 1],
    кг: ["g", 1000],
    kg: ["g", 1000],
  },
  ...{ шт: ["pcs", 1], pcs: ["pcs", 1], м: ["m", 1] },
}
const NET = /(?:^|[\s,(])(\d{1,5}(?:[.,]\d{1,3})?)\s*(мл|ml|л|l|гр|г|g|кг|kg|шт|pcs|м)(?=[\s.,)]|$)/i

/** «Крем для рук, 75 мл» holds 75 ml; null where nothing is said. */
export function netOf(text: string): { amount: number; unit: "ml" | "g" | "pcs" | "m" } | null {
  const found = NET.exec(text)
  const unit = UNITS[found?.[2]?.toLowerCase() ?? ""]
  const amount = Number((found?.[1] ?? "0").replace(",", ".")) * (unit?.[1] ?? 0)
  return unit && amount > 0 ? { amount, unit: unit[0] } : null
}

/** «24 мес.», «2 года», «90 дней»; a bare number is months. */
export function monthsOf(text: string): number | null {
  const [, count, unit = ""] = /^\s*(\d{1,3})\s*([а-яa-z]*)/i.exec(text) ?? []
  if (count === undefined) return null
  const isDays = /^(?:д|сут|day)/i.test(unit)
  const months = isDays ? Math.trunc(Number(count) / 30) : Number(count) * (/^(?:г|лет|y)/i.test(unit) ? 12 : 1)
  return months > 0 && months <= 600 ? months : null
}

const COUNTRIES: ReadonlyMap<string, string> = countryNames()

function countryNames(): Map<string, string> {
  const names = new Map<string, string>()
  const letters = Array.from({ length: 26 }, (_, place) => String.fromCharCode(65 + place))
  for (const locale of ["ru", "be", "en"]) {
    const said = new Intl.DisplayNames([locale], { type: "region", fallback: "none" })
    for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
      const name = said.of(code)
      if (name && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), code)
    }
  }
  const also = {
    ...{ "республика беларусь": "BY", рб: "BY", белоруссия: "BY", беларусь: "BY", рф: "RU", "российская федерация": "RU", россия: "RU" },
    ...{ корея: "KR", "корея, республика": "KR", "республика корея": "KR", "южная корея": "KR", кнр: "CN", китай: "CN", сша: "US" },
    ...{ великобритания: "GB", англия: "GB", чехия: "CZ", "чешская республика": "CZ", турция: "TR", оаэ: "AE", тайвань: "TW" },
  }
  for (const [name, code] of Object.entries(also)) names.set(name, code)
  return names
}

/** ISO 3166-1 of a country as papers name it; null when nobody knows it. */
export function countryOf(name: string | null): string | null {
  const said = name?.trim().toLowerCase() ?? ""
  return (
    COUNTRIES.get(said) ?? (/^[a-z]{2}$/.test(said) && [...COUNTRIES.values()].includes(said.toUpperCase()) ? said.toUpperCase() : null)
  )
}
