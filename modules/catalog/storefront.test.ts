import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { minor, Refusal, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  catalogWords,
  changesSince,
  checkPrice,
  groupByCode,
  groupBySlug,
  groupsInPromotion,
  groupsToIndex,
  hideGroups,
  placesToIndex,
  priceHistory,
  pricesToIndex,
  productsRepriced,
  promotionsAt,
  putGroups,
  putPrices,
  putPromotion,
  putStock,
  putZone,
  rateGroup,
  shownVersion,
  stockInShop,
  stockOfGroup,
  stockToIndex,
  tilesOf,
} from "./index.ts"
import { aGroup, aVariant } from "./testing.ts"

after(closeTestDatabases)

const at = new Date("2026-11-02T09:00:00Z")
const hours = (count: number) => new Date(at.getTime() + count * 3_600_000)
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

async function shown(tx: Tx, wishes: Parameters<typeof aGroup>[0] = {}) {
  const group = aGroup(wishes)
  await putGroups(tx, [group], { at })
  return (await groupByCode(tx, { code: group.code, at }))!
}

test("a thing is put in with its variants, and its page shows all of them in order with their prices", () =>
  rolledBack(async (tx) => {
    const light = aVariant({ label: { ru: "тон 01", be: "тон 01", en: "shade 01" }, attributes: { shade: ["01"] } })
    const dark = aVariant({ label: { ru: "тон 02", be: "тон 02", en: "shade 02" }, cardPriceMinor: minor(1500) })
    const page = await shown(tx, { variants: [light, dark] })
    assert.deepEqual(
      page.variants.map(({ sku, label, price }) => [sku, label?.ru, price.regularMinor, price.cardMinor, price.beforeMinor]),
      [
        [light.sku, "тон 01", 1990, 1790, null],
        [dark.sku, "тон 02", 1990, 1500, null],
      ],
    )
    assert.deepEqual((await groupBySlug(tx, { slug: page.slug, at }))?.no, page.no)
    const [tile] = await tilesOf(tx, { numbers: [page.no], at })
    assert.deepEqual([tile?.sku, tile?.price.cardMinor, tile?.price.from, tile?.variants], [dark.sku, 1500, true, 2])
  }))

test("an address stays when the name changes, and two of one name have two addresses", () =>
  rolledBack(async (tx) => {
    const cream = aGroup({ name: { ru: "Крем «Ёлочка»", be: "Крэм «Ёлачка»", en: "Fir cream" } })
    const twin = aGroup({ name: cream.name })
    await putGroups(tx, [cream, twin], { at })
    const before = (await groupByCode(tx, { code: cream.code, at }))!
    const other = (await groupByCode(tx, { code: twin.code, at }))!
    assert.ok(before.slug.startsWith("krem-elochka"), before.slug)
    assert.notEqual(before.slug, other.slug)
    await putGroups(tx, [{ ...cream, name: { ...cream.name, ru: "Бальзам" } }], { at: hours(1) })
    const renamed = await groupByCode(tx, { code: cream.code, at })
    assert.deepEqual([renamed?.slug, renamed?.name.ru], [before.slug, "Бальзам"])
  }))

test("a brand nobody named yet is added, and is spoken of in the catalogue's words", () =>
  rolledBack(async (tx) => {
    await shown(tx, { brand: "Лён & Мёд" })
    const { brands } = await catalogWords(tx)
    assert.deepEqual(
      brands.map(({ name, slug }) => [name, slug]),
      [["Лён & Мёд", "len-med"]],
    )
  }))

test("the lowest running promotion is the price, and only while it runs", () =>
  rolledBack(async (tx) => {
    const page = await shown(tx)
    const { sku } = page.variants[0]!
    const words = { ru: "Чёрная пятница", be: "Чорная пятніца", en: "Black Friday" }
    const sale = { name: words, terms: words, look: "rose", startsAt: hours(1), endsAt: hours(3) }
    await putPromotion(tx, { ...sale, code: "friday", prices: [{ sku, priceMinor: minor(1700), cardMinor: minor(1600) }] }, { at })
    await putPromotion(tx, { ...sale, code: "dearer", prices: [{ sku, priceMinor: minor(5000), cardMinor: minor(5000) }] }, { at })
    const priceAt = async (hour: number) => (await groupByCode(tx, { code: page.code, at: hours(hour) }))!.variants[0]!.price
    assert.deepEqual(await priceAt(0), { regularMinor: 1990, cardMinor: 1790, beforeMinor: null, promotion: null, endsAt: null })
    assert.deepEqual(await priceAt(1), { regularMinor: 1700, cardMinor: 1600, beforeMinor: 1990, promotion: "friday", endsAt: hours(3) })
    assert.equal((await priceAt(3)).promotion, null)
    assert.deepEqual(
      (await promotionsAt(tx, hours(2))).map(({ code }) => code),
      ["dearer", "friday"],
    )
    assert.deepEqual(await groupsInPromotion(tx, "friday"), [page.no])
    assert.deepEqual(await productsRepriced(tx, { from: at, to: hours(1) }), [page.variants[0]!.no])
    assert.deepEqual(await productsRepriced(tx, { from: hours(1), to: hours(2) }), [])
  }))

test("a zone has prices of its own, and every change of a price stands in the history", () =>
  rolledBack(async (tx) => {
    const page = await shown(tx)
    const { sku, no, eans } = page.variants[0]!
    const price = (regular: number, card: number) => ({ sku, regularMinor: minor(regular), cardMinor: minor(card) })
    assert.deepEqual(await putPrices(tx, { prices: [price(2500, 2400), { ...price(1, 1), sku: "nobody" }], zone: "east", at: hours(1) }), {
      changed: 1,
      unknown: ["nobody"],
    })
    assert.equal((await putPrices(tx, { prices: [price(2500, 2400)], zone: "east", at: hours(2) })).changed, 0)
    await putPrices(tx, { prices: [price(1890, 1690)], at: hours(3) })
    await assert.rejects(putPrices(tx, { prices: [price(1, 2)], at }), refused("card_price_above_regular"))
    await putZone(tx, { shop: "0007", zone: "east", at })
    assert.equal((await checkPrice(tx, { ean: eans[0]!, shop: "0007", at: hours(4) }))?.price.cardMinor, 2400)
    assert.equal((await checkPrice(tx, { ean: eans[0]!, at: hours(4) }))?.price.cardMinor, 1690)
    assert.deepEqual(
      (await priceHistory(tx, { sku, from: hours(1), to: hours(5) })).map(({ since, cardMinor }) => [since, cardMinor]),
      [
        [at, 1790],
        [hours(3), 1690],
      ],
    )
    assert.deepEqual(
      (await pricesToIndex(tx, { after: 0, upTo: no, at: hours(4) })).map(({ zone, card }) => `${zone} ${card}`).toSorted(),
      ["east 2400", "main 1690"],
    )
  }))

test("stock is counted by shop; an older count never replaces a newer one, and a whole count empties what it does not name", () =>
  rolledBack(async (tx) => {
    const [one, two] = [aVariant(), aVariant()]
    const page = await shown(tx, { variants: [one, two] })
    const count = (quantity: number, sku = one.sku) => [{ sku, quantityMilli: quantity * 1000 }]
    assert.deepEqual(await putStock(tx, { shop: "0001", counted: [...count(5), ...count(1, "nobody")], countedAt: hours(2), at }), {
      changed: 1,
      unknown: ["nobody"],
    })
    assert.equal((await putStock(tx, { shop: "0001", counted: count(9), countedAt: hours(1), at })).changed, 0)
    await putStock(tx, { shop: "0002", counted: [...count(3), ...count(4, two.sku)], countedAt: hours(2), at })
    await putStock(tx, { shop: "0002", counted: count(2), countedAt: hours(3), whole: true, at })
    assert.deepEqual(
      (await stockOfGroup(tx, page.no)).map(({ shop, sku, quantityMilli }) => [shop, sku, quantityMilli]),
      [
        ["0001", one.sku, 5000],
        ["0002", one.sku, 2000],
      ],
    )
    assert.equal((await stockInShop(tx, { shop: "0002", skus: [one.sku, two.sku] })).get(two.sku)?.quantityMilli, 0)
    const [first] = await placesToIndex(tx)
    assert.deepEqual(await stockToIndex(tx, { place: first!.no, numbers: null }), [{ product: page.variants[0]!.no, quantityMilli: 5000 }])
  }))

test("a barcode is checked in a shop with its price and stock, and an American one is found by both of its lengths", () =>
  rolledBack(async (tx) => {
    const page = await shown(tx, { variants: [aVariant({ eans: ["036000291452"] })] })
    await putStock(tx, { shop: "0003", counted: [{ sku: page.variants[0]!.sku, quantityMilli: 2000 }], countedAt: at, at })
    const checked = await checkPrice(tx, { ean: "0036000291452", shop: "0003", at })
    assert.deepEqual(
      [checked?.sku, checked?.slug, checked?.stock],
      [page.variants[0]!.sku, page.slug, { quantityMilli: 2000, countedAt: at }],
    )
    assert.equal(await checkPrice(tx, { ean: "4006381333931", at }), undefined)
  }))

test("who keeps a copy learns what changed since, and that it is too far behind", () =>
  rolledBack(async (tx) => {
    const page = await shown(tx)
    const version = await shownVersion(tx)
    await rateGroup(tx, { no: page.no, sum: 9, count: 2, at })
    await putStock(tx, { shop: "0004", counted: [{ sku: page.variants[0]!.sku, quantityMilli: 1000 }], countedAt: at, at })
    const changes = await changesSince(tx, { version, most: 10 })
    assert.deepEqual(
      changes?.map(({ what, numbers }) => [what, numbers]),
      [
        ["groups", [page.no]],
        ["stock", [page.variants[0]!.no]],
      ],
    )
    assert.deepEqual(await changesSince(tx, { version: version + 2, most: 10 }), [])
    assert.equal(await changesSince(tx, { version: -5, most: 10 }), undefined)
    assert.deepEqual(
      (await groupsToIndex(tx, { after: 0, most: 10 })).map(({ stars }) => stars),
      [{ sum: 9, count: 2 }],
    )
  }))

test("what is counted again and found the same has a younger count, and is no news to who keeps a copy", () =>
  rolledBack(async (tx) => {
    const page = await shown(tx, { variants: [aVariant(), aVariant()] })
    const [one, two] = [page.variants[0]!, page.variants[1]!]
    const count = (quantities: readonly [number, number], countedAt: Date) =>
      putStock(tx, {
        shop: "0005",
        counted: [one, two].map(({ sku }, no) => ({ sku, quantityMilli: quantities[no]! * 1000 })),
        countedAt,
        at,
      })
    await count([3, 4], hours(1))
    const version = await shownVersion(tx)
    await count([3, 4], hours(2))
    assert.deepEqual(await changesSince(tx, { version, most: 10 }), [])
    assert.deepEqual((await stockInShop(tx, { shop: "0005", skus: [one.sku] })).get(one.sku)?.countedAt, hours(2))
    await count([3, 5], hours(3))
    assert.deepEqual(
      (await changesSince(tx, { version, most: 10 }))?.map(({ what, numbers }) => [what, numbers]),
      [["stock", [two.no]]],
    )
  }))

test("what a source names no more is hidden, never deleted", () =>
  rolledBack(async (tx) => {
    const [old, fresh] = [await shown(tx), await shown(tx)]
    assert.equal(await hideGroups(tx, { codes: [old.code, "nobody"], at: hours(2) }), 1)
    assert.deepEqual(await Promise.all([old, fresh].map(async ({ slug }) => (await groupBySlug(tx, { slug, at }))?.state)), [
      "hidden",
      "shown",
    ])
    assert.deepEqual(await tilesOf(tx, { numbers: [old.no], at }), [])
  }))

test("things put in again as they are are no news; a new price is one of prices, a name, a shade or a barcode is one of the thing", () =>
  rolledBack(async (tx) => {
    const variant = aVariant()
    const group = aGroup({ variants: [variant], description: { ru: "Мягкий", be: "Мяккі", en: "Soft" }, attributes: { skin: ["dry"] } })
    await putGroups(tx, [group], { at })
    const { no } = (await groupByCode(tx, { code: group.code, at }))!
    const news = async (wishes: Partial<typeof group>) => {
      const version = await shownVersion(tx)
      await putGroups(tx, [{ ...group, ...wishes }], { at: hours(1) })
      return (await changesSince(tx, { version, most: 10 }))?.map(({ what, numbers }) => (what === "groups" ? [what, numbers] : what))
    }
    assert.deepEqual(await news({}), [])
    const dearer = { ...variant, regularPriceMinor: minor(variant.regularPriceMinor + 100) }
    assert.deepEqual(await news({ variants: [dearer] }), ["prices"])
    assert.deepEqual(await news({ variants: [dearer], description: null }), [["groups", [no]]])
    for (const other of [{ label: { ru: "Тон 1", be: "Тон 1", en: "Shade 1" } }, { eans: ["4006381333931"] }]) {
      const told = await news({ variants: [{ ...dearer, ...other }], description: null })
      assert.deepEqual(told?.at(-1), ["groups", [no]])
    }
    const renamed = { ...dearer, name: { ru: "Иной", be: "Іншы", en: "Another" } }
    assert.deepEqual((await news({ variants: [renamed], description: null }))?.at(-1), ["groups", [no]])
  }))
