import { putCategories, putGroups, putPrices, putPromotion, putStock, putZone } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import { openShop } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { shows } from "./shows-testing.ts"
import { aWeb, type Visitor, type Web } from "./testing.ts"

let web: Web
const SLUG = "krem-len"
const named = (ru: string) => ({ ru, be: ru, en: ru })

before(async () => {
  web = await aWeb()
  const at = web.clock.now()
  await inTransaction(web.own.db, async (tx) => {
    for (const code of ["0001", "0002"]) await openShop(tx, { ...aShop({ code }), at })
    const variants = [aVariant({ sku: "c-1", label: named("50 мл") }), aVariant({ sku: "c-2", label: named("100 мл") })]
    await putCategories(tx, [{ path: "face", name: named("Лицо") }])
    await putGroups(tx, [aGroup({ name: named("Крем «Лён»"), brand: "Мила", category: "face", variants })], { at })
    await putZone(tx, { shop: "0002", zone: "west", at })
    for (const shop of ["0001", "0002"]) await putStock(tx, { shop, counted: [{ sku: "c-1", quantityMilli: 3_000 }], countedAt: at, at })
    await putPrices(tx, { prices: [{ sku: "c-1", regularMinor: minor(1_850), cardMinor: minor(1_650) }], zone: "west", at })
    const prices = [{ sku: "c-1", priceMinor: minor(9_900), cardMinor: minor(9_900) }] // no lower price of its own: the zone's shows
    const lasts = { startsAt: at, endsAt: new Date(at.getTime() + 86_400_000) }
    await putPromotion(tx, { code: "spring", name: named("Весна"), terms: named("До конца дня"), look: "rose", prices, ...lasts }, { at })
  })
  await shows(web, "/search?q=крем", [SLUG])
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

async function shown(path: string, visitor: Visitor = web.visitor()): Promise<string> {
  const answer = await visitor.get(path)
  assert.equal(answer.status, 200, path)
  return (await answer.text()).replaceAll("\u00a0", " ")
}

test("who comes from a region's feed is shown the region's price, whatever shop is theirs, and keeps it from shade to shade", async () => {
  const ofElsewhere = web.visitor()
  await ofElsewhere.post("/shops/0001", {})
  for (const visitor of [web.visitor(), ofElsewhere]) {
    const page = await shown(`/p/${SLUG}?zone=west`, visitor)
    for (const words of ["18,50 р.", "16,50 р.", "в магазинах региона, указанного в объявлении", `/p/${SLUG}?sku=c-2&amp;zone=west`])
      assert.ok(page.includes(words), words)
    assert.ok(!page.includes("19,90 р."))
  }
  assert.ok((await shown(`/p/${SLUG}`)).includes("19,90 р."), "without the region's address the price is the usual one")
  assert.ok((await shown(`/be/p/${SLUG}?zone=west`)).includes("ў крамах рэгіёна"))
  assert.ok((await shown(`/en/p/${SLUG}?zone=west`)).includes("shops of the region"))
})

test("the region's shops stand first, and search engines keep to the page without a region", async () => {
  const page = await shown(`/p/${SLUG}?zone=west`)
  const stock = /class="panel stock"[^]*?<\/section>/.exec(page)![0]
  assert.ok(stock.indexOf("/shops/0002") < stock.indexOf("/shops/0001"), stock)
  assert.ok(!page.includes('rel="canonical"') && (await shown(`/p/${SLUG}`)).includes('rel="canonical"'))
})

test("a region nobody has is the usual price", async () => {
  for (const nowhere of ["nowhere", "'; drop table", "x".repeat(60)])
    assert.ok((await shown(`/p/${SLUG}?zone=${encodeURIComponent(nowhere)}`)).includes("19,90 р."), nowhere)
})

const USUAL = "19,90 р."
const WEST = "18,50 р."

/** Everywhere goods stand with a price. */
const PRICED = ["/", "/catalog/face", "/search", "/search?q=крем", "/brands/mila", "/promo/spring", `/p/${SLUG}`, "/be/search"]

test("the region stays for the visit wherever prices are shown, and nobody else is shown it", async () => {
  const [west, usual] = [web.visitor(), web.visitor()]
  await shown(`/p/${SLUG}?zone=west`, west)
  for (const path of PRICED) {
    for (const [visitor, is, isNot] of [
      [usual, USUAL, WEST],
      [west, WEST, USUAL],
      [usual, USUAL, WEST],
      [web.visitor(), USUAL, WEST],
    ] as const) {
      const page = await shown(path, visitor)
      assert.ok(page.includes(is) && !page.includes(isNot), `${path}: ${is}`)
    }
  }
  const no = /name="thing" value="(\d+)"/.exec(await shown(`/p/${SLUG}`, west))![1]!
  await west.post("/favorites", { act: "add", thing: no })
  assert.ok((await shown("/favorites", west)).includes(WEST))
})

test("lists say whose prices they are; the visitor's own shop, or the usual prices, are one step away and stay", async () => {
  for (const leave of [
    (visitor: Visitor) => visitor.post("/shops/0001", {}),
    async (visitor: Visitor) => {
      const [, to] = /class="of-zone"[^]*?href="([^"]*zone=main)"/.exec(await shown("/search", visitor))!
      assert.ok(!(await shown(`/search${to!.slice(to!.indexOf("?"))}`, visitor)).includes('class="of-zone"'))
    },
  ]) {
    const visitor = web.visitor()
    await shown(`/p/${SLUG}?zone=west`, visitor)
    assert.ok((await shown("/search", visitor)).includes("магазинах региона, указанного в объявлении"))
    await leave(visitor)
    const page = await shown("/search", visitor)
    assert.ok(page.includes(USUAL) && !page.includes('class="of-zone"'))
    assert.ok(!visitor.cookies.has("__Host-mila-zone"))
  }
})

test("a cookie with a region is a wish like an address: what is no region shows the usual prices", async () => {
  for (const nowhere of ["nowhere", "'; drop table", "x".repeat(60)]) {
    const visitor = web.visitor()
    visitor.cookies.set("__Host-mila-zone", encodeURIComponent(nowhere))
    assert.ok((await shown("/search", visitor)).includes(USUAL), nowhere)
  }
})
