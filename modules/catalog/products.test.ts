import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { minor, Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { isBarcode } from "./barcode-rules.ts"
import {
  catalogVersion,
  categories,
  listProducts,
  productByEan,
  productFacts,
  productsBySku,
  productsChangedSince,
  putCategories,
  putProducts,
} from "./index.ts"
import { aProduct } from "./testing.ts"

after(closeTestDatabases)

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const at = new Date("2026-11-02T09:00:00Z")
const hands = { path: "body/hands", name: { ru: "Для рук", be: "Для рук", en: "Hands" } }

test("facts come for all known skus at once, and unknown ones are simply missing", () =>
  rolledBack(async (tx) => {
    await putCategories(tx, [hands])
    const cream = aProduct({ category: "body/hands", minPriceMinor: minor(990) })
    const certificate = aProduct({ kind: "certificate", brand: null })
    await putProducts(tx, [cream, certificate], { at })
    const facts = await productFacts(tx, [cream.sku, certificate.sku, "unknown", cream.sku])
    assert.deepEqual(facts.get(cream.sku), { sku: cream.sku, category: "body/hands", brand: "Лён", minPriceMinor: 990, kind: "goods" })
    assert.equal(facts.get(certificate.sku)?.kind, "certificate")
    assert.equal(facts.size, 2)
  }))

test("putting the same products again changes none of them", () =>
  rolledBack(async (tx) => {
    const products = [aProduct(), aProduct()]
    assert.equal((await putProducts(tx, products, { at })).changed, 2)
    const again = await putProducts(tx, products, { at })
    assert.equal(again.changed, 0)
    assert.equal(await catalogVersion(tx), again.version)
  }))

test("a till that knows version n asks only for what changed since", () =>
  rolledBack(async (tx) => {
    const [cream, soap] = [aProduct(), aProduct()]
    const { version } = await putProducts(tx, [cream, soap], { at })
    await putProducts(tx, [cream, { ...soap, cardPriceMinor: minor(1500) }], { at })
    const changed = await productsChangedSince(tx, { version, most: 10 })
    assert.deepEqual(
      changed.map(({ sku, cardPriceMinor }) => [sku, cardPriceMinor]),
      [[soap.sku, 1500]],
    )
  }))

test("a barcode finds its product and moves with it; on several products it is told of each, and finds the first", () =>
  rolledBack(async (tx) => {
    const cream = aProduct()
    await putProducts(tx, [cream], { at })
    assert.equal((await productByEan(tx, cream.eans[0]!))?.sku, cream.sku)
    const [ean = ""] = cream.eans
    const other = aProduct({ eans: [ean, "4006381333931"] })
    assert.deepEqual((await putProducts(tx, [other], { at })).shared, [{ ean, sku: other.sku, others: [cream.sku] }])
    assert.equal((await productByEan(tx, ean))?.sku, cream.sku)
    assert.deepEqual((await putProducts(tx, [{ ...cream, eans: [] }], { at })).shared, [])
    assert.deepEqual([(await productByEan(tx, ean))?.sku, (await productByEan(tx, "4006381333931"))?.sku], [other.sku, other.sku])
    await putProducts(tx, [{ ...other, eans: [] }], { at })
    assert.equal(await productByEan(tx, ean), undefined)
  }))

test("what a product says wrongly is refused before anything is written", () =>
  rolledBack(async (tx) => {
    await assert.rejects(putProducts(tx, [aProduct({ eans: ["4600000000001"] })], { at }), refused("barcode_invalid"))
    await assert.rejects(putProducts(tx, [aProduct({ category: "no/where" })], { at }), refused("category_not_found"))
    await assert.rejects(putProducts(tx, [aProduct({ cardPriceMinor: minor(99_999) })], { at }), refused("card_price_above_regular"))
    assert.deepEqual(await listProducts(tx), [])
  }))

test("categories are renamed, not doubled, and products come in pages", () =>
  rolledBack(async (tx) => {
    await putCategories(tx, [hands, { ...hands, path: "body" }])
    await putCategories(tx, [{ ...hands, name: { ru: "Руки", be: "Рукі", en: "Hands" } }])
    assert.deepEqual(
      (await categories(tx)).map(({ path, name }) => [path, name.ru]),
      [
        ["body", "Для рук"],
        ["body/hands", "Руки"],
      ],
    )
    const [one, two] = [aProduct(), aProduct()]
    await putProducts(tx, [one, two], { at })
    assert.deepEqual(
      (await listProducts(tx, { after: one.sku })).map(({ sku }) => sku),
      [two.sku],
    )
    assert.deepEqual((await productsBySku(tx, [one.sku])).get(one.sku)?.eans, one.eans)
  }))

test("check digits are those of GS1", () => {
  for (const good of ["4006381333931", "96385074", "036000291452", "10614141000415"]) assert.ok(isBarcode(good), good)
  for (const bad of ["4006381333932", "123", "40063813339310", "400638133393x"]) assert.ok(!isBarcode(bad), bad)
})
