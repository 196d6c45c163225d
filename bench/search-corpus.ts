import type { IndexData, SearchDocument } from "@mila/search"
import { existsSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { gunzipSync } from "node:zlib"

const FOLDER = process.env["MILA_SHARED_DATA"] ?? resolve(import.meta.dirname, "../../shared/data")

/** Real Russian names of goods, 20,000 of them as in a shop, or the first `count` of the 230,208 there are. Undefined when the folder is not there. */
export function realNames(count: number): IndexData | undefined {
  const file = resolve(FOLDER, count <= 20_000 ? "catalog/shop-20k.jsonl.gz" : "catalog/uhtt-beauty-household-ru.tsv.gz")
  if (!existsSync(file)) return undefined
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n")
  const rows = count <= 20_000 ? lines.slice(0, count).map(shopRow) : lines.slice(1, count + 1).map(referenceRow)
  return indexDataOf(rows)
}

type Row = {
  name: string
  brand: string
  category: string
  ean: string
  country: string
  price: number
  stock: number
  popularity: number
  traits: number[]
}

function shopRow(line: string): Row {
  const { name, brand, cats, barcode, country, price, stock, pop, attrs } = JSON.parse(line)
  return { name, brand, category: cats.join("/"), ean: barcode, country, price, stock, popularity: pop, traits: attrs }
}

function referenceRow(line: string, place: number): Row {
  const [, ean = "", name = "", , category = "", , brand = ""] = line.split("\t")
  return {
    name,
    brand,
    category,
    ean,
    country: ean.slice(0, 3),
    price: 100 + ((place * 7919) % 9_000),
    stock: (place * 31) % 40,
    popularity: (place * 104_729) % 6_000,
    traits: [place % 12],
  }
}

function indexDataOf(rows: readonly Row[]): IndexData {
  const documents = rows.map((row, place): SearchDocument => {
    const { name, brand, category, ean, country, popularity, traits } = row
    return {
      ...{ no: place + 1, name: { ru: name, be: name, en: name }, brand: brand || null, category: category || null, country, popularity },
      ...{ attributes: { trait: traits.map(String) }, labels: [], eans: [ean], skus: [], ingredients: [] },
      ...{ novelDay: 20_000 - (place % 900), stars: { sum: 0, count: 0 }, products: [place + 1] },
    }
  })
  const named = (name: string) => ({ ru: name, be: name, en: name })
  const paths = new Set(rows.map(({ category }) => category).filter(Boolean))
  return {
    documents,
    words: {
      categories: [...paths].map((path) => ({ path, name: named(path.split("/").at(-1) ?? path) })),
      brands: [...new Set(rows.map(({ brand }) => brand).filter(Boolean))].map((name) => ({ name, spoken: [] })),
      attributes: [
        {
          code: "trait",
          filtered: true,
          values: Array.from({ length: 40 }, (_, code) => ({ code: String(code), name: named(`признак ${code}`) })),
        },
      ],
    },
    prices: rows.map(({ price }, place) => ({ product: place + 1, zone: "main", regular: price, card: price, before: null })),
    stock: new Map([["0001", rows.flatMap(({ stock }, place) => (stock > 10 ? [place + 1] : []))]]),
    version: 1,
  }
}

/** The lines of a file of the shared data; undefined when it is not there. */
export function sharedLines(name: string): string[] | undefined {
  const file = resolve(FOLDER, name)
  if (!existsSync(file)) return undefined
  const bytes = readFileSync(file)
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trim().split("\n")
}
