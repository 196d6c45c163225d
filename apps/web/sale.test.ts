import { putGroups, putSale } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aWeb, type Web } from "./testing.ts"

let web: Web
before(async () => void (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

async function page(path: string): Promise<string> {
  const answer = await web.visitor().get(path)
  assert.equal(answer.status, 200, path)
  return (await answer.text()).replaceAll("<!-- -->", "")
}

test("a source's own discounts have a page without a last day, and the front page leads to it for as long as there are any", async () => {
  const at = web.clock.now()
  const words = { ru: "Товары со скидкой", be: "Тавары са зніжкай", en: "Discounted goods" }
  const sale = { code: "sale-feed", name: words, terms: words }
  await inTransaction(web.own.db, async (tx) => {
    await putGroups(tx, [aGroup({ variants: [aVariant({ sku: "c-2" })] })], { at })
    await putSale(tx, { ...sale, lowered: [{ sku: "c-2", priceMinor: minor(1500) }], usual: [] }, { at })
  })
  assert.match(await page("/promo/sale-feed"), /<b>Действует сейчас\.<\/b>/)
  assert.match(await page("/"), /\/promo\/sale-feed/)
  await inTransaction(web.own.db, (tx) => putSale(tx, { ...sale, lowered: [], usual: ["c-2"] }, { at }))
  assert.doesNotMatch(await page("/"), /\/promo\/sale-feed/)
})
