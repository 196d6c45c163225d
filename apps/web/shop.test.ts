import { putAttributes, putCategories, putGroups, putPromotion, putStock } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import { openShop } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { shows } from "./shows-testing.ts"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

let web: Web
const named = (ru: string, be = ru, en = ru) => ({ ru, be, en })
const drawn = { shape: "jar", colours: ["#f7d9e3", "#9c2f5a", "#c86b93"], brand: "Белита", line: "</text><script>alert(1)</script>" }

before(async () => {
  web = await aWeb()
  const at = web.clock.now()
  const words = named("Акция недели")
  await inTransaction(web.own.db, async (tx) => {
    await openShop(tx, { ...aShop({ code: "0001" }), at })
    await putCategories(tx, [
      { path: "face", name: named("Уход за лицом", "Догляд за тварам", "Face care") },
      { path: "face/creams", name: named("Кремы") },
    ])
    const values = [{ code: "dry", name: named("сухая") }]
    await putAttributes(tx, [{ code: "skin_type", name: named("Тип кожи"), filtered: true, position: 0, values }], { at })
    const cream = aGroup({
      ...{
        name: named("Крем «Лён»", "Крэм «Лён»", "Flax cream"),
        brand: "Белита",
        category: "face/creams",
        pictures: [{ drawn }],
        attributes: { skin_type: ["dry"] },
      },
      ...{ composition: "Aqua, Parfum", description: named("Пишут: <script>alert(1)</script>") },
      variants: [aVariant({ sku: "c-1", label: named("50 мл") }), aVariant({ sku: "c-2", label: named("100 мл") })],
    })
    const composition = "Sodium Palmate, Linalool"
    const soap = aGroup({ name: named("Мыло «Мята»"), category: "face", composition, variants: [aVariant({ sku: "s-1" })] })
    await putGroups(tx, [cream, soap, aGroup({ name: named("Скраб"), state: "hidden" })], { at })
    await putStock(tx, { shop: "0001", counted: [{ sku: "c-1", quantityMilli: 3_000 }], countedAt: at, at })
    const prices = [{ sku: "s-1", priceMinor: minor(900), cardMinor: minor(800) }]
    const until = new Date(at.getTime() + 3 * 86_400_000)
    await putPromotion(tx, { code: "week", name: words, terms: words, look: "rose", startsAt: at, endsAt: until, prices }, { at })
  })
  await shows(web, "/catalog/face", ["Крем «Лён»", "8,00 р.", "2 товара"])
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

async function page(path: string, status = 200): Promise<string> {
  const answer = await web.visitor().get(path)
  assert.equal(answer.status, status, path)
  return (await answer.text()).replaceAll("\u00a0", " ")
}

test("a category shows what is in it and under it, at card prices, in three languages", async () => {
  const shown = await page("/catalog/face")
  for (const words of ["Уход за лицом", "Крем «Лён»", "Мыло «Мята»", "17,90 р.", "8,00 р.", "2 товара"])
    assert.ok(shown.includes(words), words)
  assert.ok((await page("/en/catalog/face")).includes("Flax cream"))
  assert.ok((await page("/be/catalog/face")).includes("Догляд за тварам"))
  await page("/catalog/nothing", 404)
})

test("filters are part of the address and need no script", async () => {
  const count = async (path: string) => /(\d+) товар/.exec(await page(path))?.[1]
  assert.equal(await count("/catalog/face?attr.skin_type=dry"), "1")
  assert.equal(await count("/catalog/face?discounted=1&price_to=8,50"), "1")
  assert.equal(await count("/catalog/face?shop=0001"), "1")
  assert.equal(await count("/catalog/face?without=parfum"), "1")
  assert.equal(await count("/search?q=%D0%BC%D1%8B%D0%BB%D0%B0"), "1")
  assert.ok((await page("/catalog/face?brand=Nobody&price_from=nonsense&page=-4&sort=x")).includes("Ничего не нашли"))
})

test("a thing's page says prices, stock, composition, and tells search engines; what others wrote stays text", async () => {
  const { slug } = (await (await web.visitor().get("/search?q=c-1")).text()).match(/\/p\/(?<slug>[\w-]+)/)!.groups!
  const shown = await page(`/p/${slug}`)
  for (const words of ["19,90 р.", "100 мл", "Есть в 1 магазине", "возможный аллерген", "BreadcrumbList", "InStoreOnly", `rel="canonical"`])
    assert.ok(shown.includes(words), words)
  assert.ok(!shown.includes("<script>alert"))
  assert.equal(shown.match(/<\/script/g)!.length, shown.match(/<script[\s>]/g)!.length, "none ends before its time")
  assert.ok((await page(`/p/${slug}?sku=c-2`)).includes("нет ни в одном магазине"))
  const picture = /src="(\/pictures\/[^"]+)"/.exec(shown)![1]!
  const answer = await web.visitor().get(picture)
  assert.equal(answer.headers.get("content-type"), "image/svg+xml")
  assert.match(answer.headers.get("cache-control") ?? "", /immutable/)
  assert.ok(!(await answer.text()).includes("<script"))
  await page("/p/nobody", 404)
})

test("a member is told what a purchase earns, a guest what a card is good for", async () => {
  const member = await aMemberAt(web, "+375291112233")
  const { slug } = (await (await member.get("/search?q=c-1")).text()).match(/\/p\/(?<slug>[\w-]+)/)!.groups!
  assert.match((await (await member.get(`/p/${slug}`)).text()).replaceAll("\u00a0", " "), /\+\d+ бонус/)
  assert.ok((await page(`/p/${slug}`)).includes("Получить карту"))
})

test("a certificate lies in no shop: its page says where it is bought, not that it is nowhere, and promises no points for it", async () => {
  const at = web.clock.now()
  const priced = { regularPriceMinor: minor(2_000), cardPriceMinor: minor(2_000), eans: [] }
  const certificate = aVariant({ sku: "cert-20", kind: "certificate", ...priced })
  await inTransaction(web.own.db, (tx) =>
    putGroups(tx, [aGroup({ name: named("Подарочный сертификат"), variants: [certificate] })], { at }),
  )
  const shown = await page("/p/podarochnyj-sertifikat")
  assert.ok(shown.includes("<p>В любом магазине «Милы»") && shown.includes("20,00 р."))
  assert.ok(!shown.includes("<b>Сейчас нет ни в одном магазине"))
  assert.doesNotMatch(/class="buy"[^]*?<\/div>/.exec(shown)![0], /карт/)
})

test("a promotion has a page while it runs, and the front page leads to it", async () => {
  assert.ok((await page("/promo/week")).includes("Мыло «Мята»"))
  assert.ok((await page("/")).includes("/promo/week"))
  await page("/promo/none", 404)
})

test("search engines get every page that is to be found, and none that is hidden", async () => {
  assert.ok((await page("/sitemap.xml")).includes("sitemap-goods-1.xml"))
  assert.ok((await page("/sitemap-pages.xml")).includes("https://mila.example/be/catalog/face/creams"))
  const goods = await page("/sitemap-goods-1.xml")
  assert.ok(goods.includes("/p/krem-len") && !goods.includes("/p/skrab"))
  await page("/sitemap-goods-2.xml", 404)
  assert.ok((await page("/robots.txt")).includes("Sitemap: https://mila.example/sitemap.xml"))
})

test("a shop is made one's own, and then its prices and stock are shown", async () => {
  const guest = web.visitor()
  const shown = async (path: string) => (await (await guest.get(path)).text()).replaceAll("\u00a0", " ")
  assert.ok((await shown("/shops/0001")).includes("Это мой магазин"))
  assert.equal((await guest.post("/shops/0001", {})).status, 302)
  assert.ok([...guest.cookies.values()].includes("0001"), [...guest.cookies].join(" "))
  assert.ok((await shown("/shops/0001")).includes("Больше не мой магазин"))
  assert.ok((await shown("/catalog/face")).includes("Есть в магазине"))
  await page("/shops/none", 404)
})

test("while somebody types, words, brands, sections and things with prices are offered; nothing breaks it", async () => {
  const browser = web.visitor()
  const ask = async (q: string) =>
    (await (await browser.get(`/search/suggest?q=${encodeURIComponent(q)}`)).json()) as {
      offers: { kind: string; says: string; to: string; price?: string }[]
    }
  const { offers } = await ask("кре")
  assert.ok(
    offers.some(({ kind, says }) => kind === "words" && says.startsWith("крем")),
    JSON.stringify(offers),
  )
  assert.match(offers.find(({ kind }) => kind === "thing")?.price ?? "", /р\./)
  assert.ok((await ask("бел")).offers.some(({ kind, says }) => kind === "brand" && says === "Белита"))
  for (const q of ["", "\u0000", "<script>", "а".repeat(5_000)]) assert.ok(Array.isArray((await ask(q)).offers))
})

test("what a browser looked at is shown to it again, the latest first, and to nobody else", async () => {
  const browser = web.visitor()
  const list = await (await browser.get("/search")).text()
  const [first, second] = [...new Set([...list.matchAll(/href="(\/p\/[^"?]+)"/g)].map(([, path]) => path!))]
  await browser.get(first!)
  const page = await (await browser.get(second!)).text()
  assert.match(page.slice(page.indexOf("<h2>Вы смотрели")), new RegExp(`href="${first}"`))
  const home = await (await browser.get("/")).text()
  assert.match(home, /<h2>Вы смотрели/)
  assert.doesNotMatch(await (await web.visitor().get("/")).text(), /<h2>Вы смотрели/)
  browser.cookies.set("__Host-mila-seen", "x.-1.999999999999999999999.'; drop table")
  assert.equal((await browser.get("/")).status, 200)
})

test("a brand has a page of its own with its goods, and stands in the list of brands, on a thing's page and in the sitemap", async () => {
  const list = await page("/brands")
  assert.ok(list.includes("Мировые бренды"))
  const [, to] = /href="(\/brands\/[\w-]+)"[^>]*>Белита</.exec(list)!
  const shown = await page(to!)
  assert.ok(shown.includes("Крем «Лён»") && !shown.includes("Мыло «Мята»") && shown.includes("1 товар"))
  assert.ok(
    shown.includes('rel="canonical"') &&
      shown.includes('hrefLang="be"') &&
      shown.includes('property="og:url"') &&
      shown.includes("BreadcrumbList"),
  )
  assert.ok((await page("/en/brands")).includes("International brands"))
  assert.ok((await page(await thingPath("Крем «Лён»"))).includes(`href="${to}"`))
  assert.ok((await page("/sitemap-pages.xml")).includes(`${to}</loc>`))
  await page("/brands/nobody", 404)
})

test("a set says what is in it, and a thing says which sets it is in", async () => {
  const at = web.clock.now()
  const madeOf = [
    { sku: "c-2", pieces: 2 },
    { sku: "s-1", pieces: 1 },
  ]
  await inTransaction(web.own.db, (tx) =>
    putGroups(tx, [aGroup({ name: named("Набор «Утро»"), category: "face", madeOf, variants: [aVariant({ sku: "set-1" })] })], { at }),
  )
  await shows(web, "/catalog/face", ["Набор «Утро»"])
  const set = await page(await thingPath("Набор «Утро»"))
  assert.ok(set.includes(">Что в наборе<") && set.includes("× 2"))
  const cream = await page(await thingPath("Крем «Лён»"))
  assert.ok(cream.includes(">В подарочных наборах<") && cream.includes("Набор «Утро»"))
  assert.ok(!(await page(await thingPath("Набор «Утро»"))).includes(">В подарочных наборах<"))
})

test("an empty list says why and shows the nearest there is", async () => {
  const filtered = await page("/catalog/face?price_from=5000")
  assert.ok(filtered.includes("Под все эти условия сразу не подходит ни один товар"))
  assert.ok(filtered.includes(">Самое близкое без фильтров<") && filtered.includes("Крем «Лён»"))
  const unknown = await page("/search?q=zzzzqqqq")
  assert.ok(unknown.includes(">Посмотрите популярное<") && unknown.includes("Мыло «Мята»"))
})

test("every page names its seller as the law wants it, and one page says what is done with people's data", async () => {
  for (const path of ["/", "/catalog", "/search?q=zzzz", "/favorites"]) {
    const html = await page(path)
    for (const said of [
      "ООО «Мила», г. Минск, ул. Лесная, 1",
      "УНП 190000000",
      "№ 123456 от 03.04.2020",
      "9:00–21:00",
      'href="/about#privacy"',
    ])
      assert.ok(html.includes(said), `${path}: ${said}`)
  }
  const about = await page("/be/about")
  assert.ok(about.includes("Гандлёвы рэестр") && about.includes("Персанальныя даныя") && about.includes("<code>session</code>"))
})

test("a page that is not there stands in the frame all the same, in the language it was asked for", async () => {
  for (const [path, says] of [
    ["/nowhere", "Такой страницы нет"],
    ["/be/p/none", "Такой старонкі няма"],
    ["/be/nowhere/at/all", "Такой старонкі няма"],
    ["/en/catalog/none", "Page not found"],
  ] as const) {
    const html = await page(path, 404)
    assert.ok(html.includes(says) && html.includes('class="masthead"') && html.includes('class="foot"'), path)
  }
})

/** Where a thing's page is, by its name on a tile. */
async function thingPath(name: string): Promise<string> {
  const list = await page("/catalog/face")
  const tile = list.slice(0, list.indexOf(name)).lastIndexOf('href="/p/')
  return /href="([^"]+)"/.exec(list.slice(tile))![1]!
}
