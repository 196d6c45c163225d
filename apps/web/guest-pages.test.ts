import { putGroups, putPrices } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { after, before, test } from "node:test"
import { brotliDecompressSync } from "node:zlib"
import { shows } from "./shows-testing.ts"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

let web: Web
let thing: string
before(async () => {
  web = await aWeb()
  const at = web.clock.now()
  const name = { ru: "Крем «Мак»", be: "Крэм «Мак»", en: "Poppy cream" }
  await inTransaction(web.own.db, (tx) => putGroups(tx, [aGroup({ name, variants: [aVariant({ sku: "k-1" })] })], { at }))
  await shows(web, "/search", ["Крем «Мак»"])
  thing = /href="(\/p\/[^"?]+)"/.exec(await textOf(web.visitor(), "/search"))![1]!
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

const textOf = async (visitor: Visitor, path: string) => (await (await visitor.get(path)).text()).replaceAll("\u00a0", " ")

/** Every making of a page has a nonce of its own: the same one tells that it was made once. */
const nonceOf = (page: string) => /nonce="([^"]+)"/.exec(page)![1]!

test("guests who ask at the same moment get a page that was made once, each with a browser's name of their own", async () => {
  const pages = await Promise.all([1, 2, 3].map(() => web.visitor().get("/search?sort=new")))
  const names = pages.map(({ headers }) => headers.getSetCookie().find((cookie) => cookie.includes("-device=")))
  assert.equal(new Set(names).size, 3)
  assert.equal(new Set(await Promise.all(pages.map((page) => page.text()))).size, 1)
})

test("a page that is kept runs the scripts that stand in it by their digests, and no other", async () => {
  const page = await web.visitor().get(thing)
  const policy = page.headers.get("content-security-policy")!
  const text = await page.text()
  assert.ok(!policy.includes("'nonce-"), policy)
  const scripts = [...text.matchAll(/<script\b(?![^>]*(?:\bsrc=|ld\+json))[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script!)
  assert.ok(scripts.length >= 3)
  for (const script of scripts)
    assert.ok(policy.includes(`'sha256-${createHash("sha256").update(script).digest("base64")}'`), script.slice(0, 80))
})

test("a new price is on the page with the next request", async () => {
  const at = web.clock.now()
  for (const [cardMinor, told] of [
    [1_234, "12,34 р."],
    [1_111, "11,11 р."],
  ] as const) {
    const prices = [{ sku: "k-1", regularMinor: minor(1_500), cardMinor: minor(cardMinor) }]
    await inTransaction(web.own.db, (tx) => putPrices(tx, { prices, at }))
    assert.ok((await textOf(web.visitor(), thing)).includes(told), told)
    assert.ok((await textOf(web.visitor(), "/search")).includes(told), told)
  }
})

test("what is somebody's own is never kept: a member, what was looked at, a heart, a shop, the large view", async () => {
  const kept = nonceOf(await textOf(web.visitor(), thing))
  assert.equal(nonceOf(await textOf(web.visitor(), thing)), kept)
  const member = await aMemberAt(web, "+375291112299")
  const shown = await textOf(member, thing)
  assert.notEqual(nonceOf(shown), kept)
  assert.match(shown, /\+\d+ бонус/)
  const guest = web.visitor()
  await guest.get(thing)
  const home = await textOf(guest, "/")
  assert.match(home, /<h2>Вы смотрели/)
  assert.doesNotMatch(await textOf(web.visitor(), "/"), /<h2>Вы смотрели/)
  const no = /name="thing" value="(\d+)"/.exec(await textOf(guest, thing))![1]!
  await guest.post("/favorites", { act: "add", thing: no })
  guest.cookies.delete("__Host-mila-seen") // the browser's name alone tells of the heart
  assert.match(await textOf(guest, thing), /<button[^>]* value="remove"/)
  assert.doesNotMatch(await textOf(web.visitor(), thing), /<button[^>]* value="remove"/)
  const large = web.visitor()
  large.cookies.set("__Host-mila-view", "large")
  assert.match(await textOf(large, thing), /<html[^>]* class="large"/)
  assert.doesNotMatch(await textOf(web.visitor(), thing), /<html[^>]* class="large"/)
})

test("a page that was made while the search was away has empty shelves, and is kept for nobody; nor is what was suggested", async () => {
  const path = "/en"
  const prices = [{ sku: "k-1", regularMinor: minor(1_500), cardMinor: minor(1_100) }]
  await inTransaction(web.own.db, (tx) => putPrices(tx, { prices, at: web.clock.now() })) // nothing that was found before holds
  web.search.isAway = true
  assert.doesNotMatch(await textOf(web.visitor(), path), /Poppy cream/, "the page comes, without its shelves")
  assert.equal((await web.visitor().get("/search?sort=name")).status, 503, "a list has nothing else to show")
  assert.equal((await web.visitor().get("/search/suggest?q=po")).headers.get("cache-control"), "no-store")
  web.search.isAway = false
  assert.match(await textOf(web.visitor(), path), /Poppy cream/)
  const kept = nonceOf(await textOf(web.visitor(), path))
  assert.equal(nonceOf(await textOf(web.visitor(), path)), kept)
})

test("a page that is kept remembers in the browser what it looked at, too", async () => {
  for (const guest of [web.visitor(), web.visitor()]) {
    await guest.get(thing)
    assert.match(guest.cookies.get("__Host-mila-seen") ?? "", /^\d+$/)
  }
})

test("it comes packed or plain as the browser takes it; where the shop is told and another site sent the person, plain", async () => {
  const packed = await web.visitor().get(thing, { "accept-encoding": "br", "sec-fetch-site": "cross-site" })
  assert.equal(packed.headers.get("content-encoding"), "br")
  assert.equal(brotliDecompressSync(Buffer.from(await packed.arrayBuffer())).toString(), await (await web.visitor().get(thing)).text())
  const settled = web.visitor()
  settled.cookies.set("__Host-mila-shop", "0001")
  const plain = await settled.get(thing, { "accept-encoding": "br", "sec-fetch-site": "cross-site" })
  assert.equal(plain.headers.get("content-encoding"), null)
})

test("the account, doors of signing in and addresses that are not found are never kept", async () => {
  for (const path of ["/sign-in", "/price-check", "/favorites"]) {
    const [one, other] = [await textOf(web.visitor(), path), await textOf(web.visitor(), path)]
    assert.notEqual(nonceOf(one), nonceOf(other), path)
  }
  assert.equal((await web.visitor().get("/catalog/none")).status, 404)
  assert.equal((await web.visitor().get("/catalog/none")).status, 404)
})
