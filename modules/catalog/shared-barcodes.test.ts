import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { checkPrice, checkPrices, pricesToCarry, putGroups, putStock, stockOfEan } from "./index.ts"
import { aGroup, aVariant } from "./testing.ts"

after(closeTestDatabases)

const at = new Date("2026-11-02T09:00:00Z")

test("a barcode that stands on several things is checked of each: what the site shows first, of those what the shop has; one may be named", () =>
  rolledBack(async (tx) => {
    const ean = "4006381333931"
    const [hidden, away, here] = ["hidden", "away", "here"].map((sku) =>
      aVariant({ sku, eans: sku === "here" ? [ean, "96385074"] : [ean] }),
    )
    const groups = [aGroup({ variants: [hidden!], state: "hidden" }), aGroup({ variants: [away!] }), aGroup({ variants: [here!] })]
    await putGroups(tx, groups, { at })
    await putStock(tx, { shop: "0003", counted: [{ sku: "here", quantityMilli: 2000 }], countedAt: at, at })
    const skus = async (shop: string | null) => (await checkPrices(tx, { ean, shop, at })).map(({ sku }) => sku)
    assert.deepEqual(
      [await skus(null), await skus("0003")],
      [
        ["away", "here"],
        ["here", "away"],
      ],
    )
    await putStock(tx, { shop: "0004", counted: [{ sku: "hidden", quantityMilli: 1000 }], countedAt: at, at })
    assert.deepEqual(await skus("0004"), ["away", "here", "hidden"], "the site does not show it, and the shop has it")
    assert.equal((await checkPrice(tx, { ean, at }))?.sku, "away")
    assert.equal((await checkPrice(tx, { ean, sku: "here", at }))?.sku, "here")
    assert.equal((await checkPrice(tx, { ean: "96385074", sku: "away", at }))?.sku, "here")
    assert.deepEqual((await stockOfEan(tx, { ean, sku: "away" })).length, 0)
    assert.deepEqual(
      (await pricesToCarry(tx, { shop: null, most: 1, at })).map(({ ean: code }) => code),
      [ean, ean, ean],
      "what shares a barcode with it comes along",
    )
  }))
