import type { SearchDocument, SearchPrice } from "../document.ts"

const UNKNOWN = -1

/** Prices of documents in one zone: of the cheapest variant. Kopecks; `UNKNOWN` is -1. */
export type ZonePrices = { card: Int32Array; regular: Int32Array; discount: Uint8Array }

type OfProducts = { card: Int32Array; regular: Int32Array; before: Int32Array }

/** What changes all day, price and stock: kept by variant, summed up by document, changed in place. */
export class Goods {
  readonly #documentOf = new Map<number, number>() // number of a product → its place among products
  readonly #owner: Uint32Array // place of a product → document
  readonly #first: Uint32Array // document → its first product's place
  readonly #zones = new Map<string, { products: OfProducts; documents: ZonePrices }>()
  readonly #shops = new Map<string, { products: Uint8Array; documents: Uint8Array }>()
  /** in how many shops there is a piece of a document */
  readonly inShops: Uint16Array

  constructor(documents: readonly SearchDocument[]) {
    this.#first = new Uint32Array(documents.length + 1)
    let place = 0
    documents.forEach(({ products }, document) => {
      for (const product of products) this.#documentOf.set(product, place++)
      this.#first[document + 1] = place
    })
    this.#owner = new Uint32Array(place)
    documents.forEach((_, document) => this.#owner.fill(document, this.#first[document], this.#first[document + 1]))
    this.inShops = new Uint16Array(documents.length)
    this.#zone("main")
  }

  /** The prices of a zone nobody named are the main zone's. */
  pricesIn(zone: string): ZonePrices {
    return (this.#zones.get(zone) ?? this.#zones.get("main")!).documents
  }

  /** 1 for each document the shop has a piece of; undefined for a shop without any stock. */
  stockIn(shop: string): Uint8Array | undefined {
    return this.#shops.get(shop)?.documents
  }

  setPrices(prices: readonly SearchPrice[]): void {
    const touched = new Set<number>()
    for (const { product, zone, regular, card, before } of prices) {
      const place = this.#documentOf.get(product)
      if (place === undefined) continue
      const { products } = this.#zone(zone)
      products.card[place] = card
      products.regular[place] = regular
      products.before[place] = before ?? UNKNOWN
      touched.add(this.#owner[place]!)
    }
    for (const zone of this.#zones.values()) for (const document of touched) this.#sumUp(zone, document)
  }

  setStock(shop: string, stock: readonly { product: number; there: boolean }[], whole: boolean): void {
    const known = this.#shops.get(shop) ?? { products: new Uint8Array(this.#owner.length), documents: new Uint8Array(this.inShops.length) }
    this.#shops.set(shop, known)
    if (whole) this.#empty(known)
    for (const { product, there } of stock) {
      const place = this.#documentOf.get(product)
      if (place === undefined || known.products[place] === (there ? 1 : 0)) continue
      known.products[place] = there ? 1 : 0
      const document = this.#owner[place]!
      const now = there || known.products.subarray(this.#first[document], this.#first[document + 1]).includes(1) ? 1 : 0
      if (known.documents[document] === now) continue
      known.documents[document] = now
      this.inShops[document]! += now === 1 ? 1 : -1
    }
  }

  #empty({ products, documents }: { products: Uint8Array; documents: Uint8Array }): void {
    products.fill(0)
    for (let document = 0; document < documents.length; document += 1) if (documents[document] === 1) this.inShops[document]! -= 1
    documents.fill(0)
  }

  #zone(name: string): { products: OfProducts; documents: ZonePrices } {
    let zone = this.#zones.get(name)
    if (zone) return zone
    const main = this.#zones.get("main")?.documents
    const column = (): Int32Array => new Int32Array(this.#owner.length).fill(UNKNOWN)
    const ofDocuments = (from?: Int32Array): Int32Array => from?.slice() ?? new Int32Array(this.inShops.length).fill(UNKNOWN)
    zone = {
      products: { card: column(), regular: column(), before: column() },
      documents: {
        card: ofDocuments(main?.card),
        regular: ofDocuments(main?.regular),
        discount: main?.discount.slice() ?? new Uint8Array(this.inShops.length),
      },
    }
    this.#zones.set(name, zone)
    return zone
  }

  /** A document costs what its cheapest variant does; a variant without a price in the zone costs the main zone's. */
  #sumUp({ products, documents }: { products: OfProducts; documents: ZonePrices }, document: number): void {
    const main = this.#zones.get("main")!.products
    let [card, regular, before] = [UNKNOWN, UNKNOWN, UNKNOWN]
    for (let place = this.#first[document]!; place < this.#first[document + 1]!; place += 1) {
      const from = products.card[place] === UNKNOWN ? main : products
      const price = from.card[place]!
      if (price === UNKNOWN || (card !== UNKNOWN && price >= card)) continue
      card = price
      regular = from.regular[place]!
      before = from.before[place]!
    }
    documents.card[document] = card
    documents.regular[document] = regular
    const dearest = Math.max(regular, before)
    documents.discount[document] = dearest <= 0 ? 0 : Math.floor(((dearest - card) * 100) / dearest)
  }
}
