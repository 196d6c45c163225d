import { putGroups, putStock } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { day, inTransaction } from "@mila/kernel"
import { closeShop, openShop, putSpecialHours, setShopDetails, type WeekHours } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aWeb, type Web } from "./testing.ts"

let web: Web
const EAN = "4006381333931"
const WEEK: WeekHours = ["09:00-21:00", "09:00-21:00", "09:00-21:00", "09:00-21:00", "09:00-21:00", "10:00-20:00", "closed"]
const NIGHT = WEEK.map(() => "20:00-04:00") as unknown as WeekHours
const REPAIRS = { ru: "Ремонт <зала>", be: "Рамонт", en: "Repairs" }

before(async () => {
  web = await aWeb({ tiles: { url: "https://tiles.example/{z}/{x}/{y}.png", credit: "© Tiles" } })
  const at = web.clock.now()
  const brest = { city: { ru: "Брест", be: "Брэст", en: "Brest" }, latitude: 52.094, longitude: 23.685 }
  await inTransaction(web.own.db, async (tx) => {
    await openShop(tx, { ...aShop({ code: "m-1" }), at })
    await setShopDetails(tx, { code: "m-1", week: WEEK, holiday: "10:00-18:00", services: ["parking"], phone: "+375170000001" })
    await openShop(tx, { ...aShop({ code: "b-1", ...brest }), at })
    await setShopDetails(tx, { code: "b-1", week: NIGHT })
    await openShop(tx, { ...aShop({ code: "b-2", ...brest }), at })
    const closing = { shop: "b-2", fromDay: day("2026-11-20"), toDay: day("2026-11-25"), hours: "closed" as const, reason: REPAIRS }
    await putSpecialHours(tx, { ...closing, at, by: "system" })
    await putGroups(tx, [aGroup({ variants: [aVariant({ sku: "s-1", eans: [EAN] })] })], { at })
    await putStock(tx, { shop: "b-1", counted: [{ sku: "s-1", quantityMilli: 9_000 }], countedAt: at, at })
  })
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

async function page(path: string): Promise<string> {
  const answer = await web.visitor().get(path)
  assert.equal(answer.status, 200, path)
  return (await answer.text()).replaceAll("\u00a0", " ").replaceAll("<!-- -->", "")
}
const listed = async (query: string): Promise<string[]> =>
  [...(await page(`/shops?${query}`)).matchAll(/<a[^>]*href="\/shops\/([mb]-\d)"/g)].map(([, code]) => code!)

test("shops are found without script: by town, by being open, by service, by the stock of a thing", async () => {
  assert.deepEqual(await listed(""), ["b-1", "b-2", "m-1"])
  assert.deepEqual(await listed("q=%D0%B1%D1%80%D0%B5%D1%81%D1%82"), ["b-1", "b-2"])
  assert.deepEqual(await listed("open=1"), ["m-1"])
  assert.deepEqual(await listed("service=parking"), ["m-1"])
  assert.deepEqual(await listed(`stock=${EAN}`), ["b-1"])
  assert.ok((await page(`/shops?stock=${EAN}`)).includes("много"))
  assert.deepEqual(await listed("q=%D0%9A%D0%BE%D0%B1%D1%80%D0%B8%D0%BD"), ["b-1", "b-2", "m-1"], "around Кобрин, the nearest first")
  assert.ok((await page("/be/shops?q=%D0%9A%D0%BE%D0%B1%D1%80%D1%8B%D0%BD")).includes("У горадзе Кобрын крамы пакуль няма"))
})

test("a list says until when a shop is open, or when it opens, and why it is closed, in three languages", async () => {
  const shown = await page("/shops")
  for (const words of ["Открыт до 21:00", "Закрыт, откроется в 20:00", "3 магазина"]) assert.ok(shown.includes(words), words)
  assert.ok((await page("/en/shops")).includes("Open until 21:00"))
  assert.ok((await page("/be/shops")).includes("Адчынена да 21:00"))
})

test("a shop's page tells its week with today, services, special days, phone and what is near; what staff wrote stays text", async () => {
  const shown = await page("/shops/m-1")
  for (const words of ["понедельник", "выходной", "Парковка", "+375 17 000-00-01", "25 декабря", "Рождество (католическое)", "10:00–18:00"])
    assert.ok(shown.includes(words), words)
  assert.match(shown, /<tr class="today"><th scope="row">понедельник/)
  assert.ok(shown.includes("/shops/b-1"), "nearby")
  const closed = await page("/shops/b-2")
  assert.ok(closed.includes("Закрыт. Ремонт &lt;зала&gt;") && !closed.includes("<зала>"))
})

test("a shop that is closed for good says so, and offers neither hours nor goods nor to be one's own", async () => {
  const at = web.clock.now()
  await inTransaction(web.own.db, async (tx) => {
    await openShop(tx, { ...aShop({ code: "g-1" }), at })
    await setShopDetails(tx, { code: "g-1", week: WEEK, services: ["parking"], phone: "+375170000009" })
  })
  const offers = ["Это мой магазин", "понедельник", "Парковка", "/search?shop=g-1", "/price-check?shop=g-1", "tel:+375170000009"]
  const seen = async () => (await page("/shops/g-1")).replaceAll(/<script[^]*?<\/script>/g, "")
  const open = await seen()
  assert.deepEqual(
    offers.filter((words) => !open.includes(words)),
    [],
  )
  await inTransaction(web.own.db, (tx) => closeShop(tx, { code: "g-1", at }))
  const closed = await seen()
  assert.ok(closed.includes("Этот магазин закрыт"))
  assert.deepEqual(
    offers.filter((words) => closed.includes(words)),
    [],
  )
  assert.ok(closed.includes("/shops/m-1"), "one that is open, nearby")
})

test("search engines are told the hours: the week, holidays, and days that differ", async () => {
  const [, json = ""] = /<script[^>]*type="application\/ld\+json"[^>]*>(\{[^<]*"Store"[^<]*)<\/script>/.exec(await page("/shops/m-1")) ?? []
  const store = JSON.parse(json)
  assert.deepEqual([store["@type"], store.geo.latitude, store.address.addressCountry], ["Store", 53.9, "BY"])
  assert.deepEqual(
    [store.openingHoursSpecification.length, store.openingHoursSpecification[0]],
    [7, { "@type": "OpeningHoursSpecification", dayOfWeek: "Monday", opens: "09:00", closes: "21:00" }],
  )
  assert.deepEqual(store.openingHoursSpecification[6].opens, store.openingHoursSpecification[6].closes, "closed on Sundays")
  const special = store.specialOpeningHoursSpecification
  assert.deepEqual([special[0].validFrom, special[0].opens, special[0].closes], ["2026-12-25", "10:00", "18:00"])
})

test("what a phone keeps of the shops says nothing of who asks, and pictures come from the chain's tiles alone", async () => {
  const answer = await web.visitor().get("/shops/points")
  const points = (await answer.json()) as { from: string; weeks: string[][]; shops: [string, string, string, number, number, number][] }
  const shop = points.shops.find(([code]) => code === "m-1")!
  assert.deepEqual([points.from, points.shops.length, shop[1]], ["2026-11-22", 3, "Минск"])
  assert.deepEqual(points.weeks[shop[5]]!.slice(0, 2), ["closed", "09:00-21:00"])
  assert.equal(answer.headers.get("cache-control"), "public, max-age=300")
  const policy = (await web.visitor().get("/shops")).headers.get("content-security-policy") ?? ""
  assert.match(policy, /img-src 'self' data: blob: https:\/\/tiles\.example;/)
  assert.ok(!policy.replace("img-src 'self' data: blob: https://tiles.example", "").includes("tiles.example"))
})
