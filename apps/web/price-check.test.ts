import { putGroups, putPromotion, putStock } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { endMembership } from "@mila/membership"
import { priceClaims, unknownCodes } from "@mila/pricecheck"
import { openShop } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { kopecksIn } from "./pages/price-check/kopecks-rules.ts"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

let web: Web
let ends: number // of the promotion, in seconds
const EAN = "4006381333931"
const UNKNOWN = "4810000000018"
const name = { ru: "Крем «Лён»", be: "Крэм «Лён»", en: "Flax cream" }
const HERE = { origin: "https://mila.example", "sec-fetch-site": "same-origin", "content-type": "application/json" }

before(async () => {
  web = await aWeb()
  const at = web.clock.now()
  await inTransaction(web.own.db, async (tx) => {
    await openShop(tx, { ...aShop({ code: "0001" }), at })
    await putGroups(tx, [aGroup({ name, variants: [aVariant({ sku: "s-1", name, eans: [EAN] })] })], { at })
    await putStock(tx, { shop: "0001", counted: [{ sku: "s-1", quantityMilli: 5_000 }], countedAt: at, at })
    const prices = [{ sku: "s-1", priceMinor: minor(1_500), cardMinor: minor(1_400) }]
    const until = new Date(at.getTime() + 3 * 86_400_000)
    ends = Math.trunc(until.getTime() / 1000)
    await putPromotion(tx, { code: "week", name, terms: name, look: "rose", startsAt: at, endsAt: until, prices }, { at })
  })
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

const textOf = async (answer: Response): Promise<string> => (await answer.text()).replaceAll("\u00a0", " ").replaceAll("<!-- -->", "")
async function page(path: string, visitor = web.visitor()): Promise<string> {
  const answer = await visitor.get(path)
  assert.equal(answer.status, 200, path)
  return textOf(answer)
}
const sealedOn = (shown: string): string => /name="sealed" value="([^"]+)"/.exec(shown)?.[1] ?? ""
const claims = () => inTransaction(web.own.db, (tx) => priceClaims(tx, { most: 100 }))

/** What a phone sends that was without a network. */
async function tell(visitor: Visitor, noted: unknown, headers: Record<string, string> = HERE): Promise<Response> {
  return visitor.send("/price-check/told", JSON.stringify(noted), headers)
}

test("digits tell the price in the shop, with the card, before the promotion, its last day and the stock; without script", async () => {
  const shown = await page(`/price-check?ean=${EAN}&shop=0001`)
  for (const words of ["14,00 р.", "15,00 р.", "19,90 р.", "до 26 ноября включительно", "В этом магазине: несколько", "Крем «Лён»"])
    assert.ok(shown.includes(words), words)
  assert.ok((await page(`/en/price-check?ean=${EAN}&shop=0001`)).includes("Flax cream"))
  assert.ok((await page(`/be/price-check?ean=${EAN}`)).includes("Крама не выбрана"))
  assert.ok((await page("/price-check?ean=4006381333930")).includes("Проверьте цифры"))
  assert.ok((await page("/price-check?ean=2900000000018")).includes("Это внутренний код"))
  assert.ok((await page("/price-check?town=%D0%BC%D0%B8%D0%BD%D1%81%D0%BA")).includes('value="0001"'))
})

test("a barcode on several things asks which of them it is, with names and prices; the one chosen is shown and may be claimed, a kiosk asks too", async () => {
  const shared = "96385074"
  const at = web.clock.now()
  const variants = [
    ["red", "Помада алая", 900],
    ["pink", "Помада розовая", 1_000],
  ] as const
  await inTransaction(web.own.db, (tx) =>
    putGroups(
      tx,
      variants.map(([sku, words, price]) => {
        const called = { ru: words, be: words, en: words }
        const prices = { regularPriceMinor: minor(price), cardPriceMinor: minor(price - 100) }
        return aGroup({ name: called, variants: [aVariant({ sku, name: called, eans: [shared], ...prices })] })
      }),
      { at },
    ),
  )
  const shown = await page(`/price-check?ean=${shared}&shop=0001`)
  for (const words of ["Какой из них?", "Помада алая", "8,00 р.", "9,00 р. без карты", "Помада розовая", "10,00 р. без карты"])
    assert.ok(shown.includes(words), words)
  assert.equal(sealedOn(shown), "")
  assert.ok(shown.includes(`/price-check?ean=${shared}&amp;shop=0001&amp;sku=pink`))
  const chosen = await page(`/price-check?ean=${shared}&shop=0001&sku=pink`)
  assert.ok(chosen.includes("Помада розовая") && !chosen.includes("Помада алая") && chosen.includes("Другой товар с этим штрихкодом"))
  assert.ok(chosen.includes(`/shops?stock=${shared}&amp;sku=pink`))
  assert.ok((await page(`/be/price-check?ean=${shared}`)).includes("Які з іх?"))
  const kiosk = await page(`/price-check?ean=${shared}&kiosk=0001`)
  assert.ok(kiosk.includes("Какой из них?") && kiosk.includes(`/price-check?ean=${shared}&amp;kiosk=0001&amp;sku=red`))
  await web.visitor().post(`/price-check?ean=${shared}&sku=pink`, { act: "claim", sealed: sealedOn(chosen), till_price: "11,00" })
  const claim = (await claims()).find(({ ean }) => ean === shared)
  assert.deepEqual([claim?.shown.sku, claim?.shown.cardMinor], ["pink", 900])
  const kept = { ean: shared, sku: "red", shop: "0001", regularMinor: 900, cardMinor: 800, shownAt: at.toISOString(), tillMinor: 950 }
  assert.equal((await tell(web.visitor(), { codes: [], claims: [{ ...kept, contact: "", words: "" }] })).status, 200)
  assert.deepEqual(
    (await claims()).filter(({ ean, source }) => ean === shared && source === "kept").map(({ shown: { sku, name: of } }) => [sku, of.ru]),
    [["red", "Помада алая"]],
  )
})

test("a shop is chosen and remembered; one that is not there is 404", async () => {
  const visitor = web.visitor()
  const chosen = await visitor.post("/price-check", { act: "shop", shop: "0001", ean: EAN })
  assert.deepEqual([chosen.status, chosen.headers.get("location")], [302, `/price-check?ean=${EAN}`])
  assert.ok((await page(`/price-check?ean=${EAN}`, visitor)).includes("В этом магазине"))
  assert.equal((await visitor.post("/price-check", { act: "shop", shop: "nowhere" })).status, 404)
})

test("a member sees the points this thing brings them; a guest does not", async () => {
  const member = await aMemberAt(web, "+375331000001")
  assert.match(await page(`/price-check?ean=${EAN}&shop=0001`, member), /\+\d+ бонус\S* вам за покупку|\+\d+ бонус\S* за покупку/)
  assert.ok(!/\+\d+ бонус/.test(await page(`/price-check?ean=${EAN}&shop=0001`)))
})

test("a code nobody knows is written down with one press, or by what the phone noted", async () => {
  const visitor = web.visitor()
  assert.ok((await page(`/price-check?ean=${UNKNOWN}&shop=0001`, visitor)).includes("Сообщить нам о нём"))
  assert.ok(
    (await textOf(await visitor.post(`/price-check?ean=${UNKNOWN}&shop=0001`, { act: "unknown", ean: UNKNOWN, shop: "0001" }))).includes(
      "Записали",
    ),
  )
  await tell(visitor, { codes: [{ code: UNKNOWN, shop: "0001", seenAt: "2026-11-22T09:00:00Z" }], claims: [] })
  const [code] = await inTransaction(web.own.db, (tx) => unknownCodes(tx, { most: 10 }))
  assert.deepEqual([code!.code, code!.shop, code!.times, code!.firstSeenAt], [UNKNOWN, "0001", 2, new Date("2026-11-22T09:00:00Z")])
})

test("«на кассе другая цена»: what was shown, where and when is kept, and the guest finds it again in this browser alone", async () => {
  const visitor = web.visitor()
  const sealed = sealedOn(await page(`/price-check?ean=${EAN}&shop=0001`, visitor))
  const form = { act: "claim", sealed, till_price: "19,90", contact: "+375 29 111-22-33", words: "Касса 2" }
  const made = await visitor.post(`/price-check?ean=${EAN}&shop=0001`, form)
  assert.match(made.headers.get("location") ?? "", /^\/price-check\/claims\?made=\d+$/)
  const mine = await page(made.headers.get("location")!, visitor)
  for (const words of ["и по оставленному контакту", "показано 14,00 р., на кассе 19,90 р.", "Минск", "Проверяем"])
    assert.ok(mine.includes(words), words)
  assert.ok((await page("/price-check/claims")).includes("Обращений пока нет"))
  const claim = (await claims()).at(-1)!
  assert.deepEqual(
    [claim.shop, claim.tillMinor, claim.contact, claim.words, claim.source],
    ["0001", 1_990, "+375291112233", "Касса 2", "live"],
  )
})

test("A38: a claim cannot say what was never shown, nor what is no price, nor carry a bank card number", async () => {
  const visitor = web.visitor()
  const sealed = sealedOn(await page(`/price-check?ean=${EAN}&shop=0001`, visitor))
  const before = (await claims()).length
  const wrong: Record<string, string>[] = [
    { sealed: `${sealed.slice(0, 9)}${sealed[9] === "A" ? "B" : "A"}${sealed.slice(10)}`, till_price: "19,90" },
    { sealed: "", till_price: "19,90" },
    { sealed, till_price: "бесплатно" },
    { sealed, till_price: "0" },
    { sealed, till_price: "19,90", contact: "позвоните мне" },
    { sealed, till_price: "19,90", words: "карта 4111 1111 1111 1111" },
  ]
  for (const form of wrong)
    assert.equal((await visitor.post("/price-check", { act: "claim", ...form })).status, 422, JSON.stringify(form).slice(0, 80))
  assert.equal((await claims()).length, before)
})

test("who leaves is forgotten in their claims; the fact about the price stays", async () => {
  const phone = "+375331000003"
  const member = await aMemberAt(web, phone)
  const sealed = sealedOn(await page(`/price-check?ean=${EAN}&shop=0001`, member))
  await member.post("/price-check", { act: "claim", sealed, till_price: "19,90", words: "Анна просит ответить" })
  const { memberId } = (await inTransaction(web.own.db, (tx) => memberByPhone(tx, phone)))!
  assert.deepEqual([(await claims()).at(-1)!.memberId, (await claims()).at(-1)!.contact], [memberId, null])
  const at = web.clock.now()
  await inTransaction(web.own.db, (tx) => endMembership(tx, { memberId, givesUp: 0, door: "web", at, by: `member:${memberId}` }))
  const left = (await claims()).at(-1)!
  assert.deepEqual([left.memberId, left.words, left.tillMinor], [null, null, 1_990])
})

test("A08: what a phone noted is taken from our own pages only, and only in its form", async () => {
  const noted = { codes: [], claims: [] }
  assert.equal((await tell(web.visitor(), noted, { ...HERE, origin: "https://evil.example" })).status, 403)
  for (const wrong of ["x", null, {}, { codes: 1, claims: [] }])
    assert.equal((await tell(web.visitor(), wrong)).status, 400, JSON.stringify(wrong))
  assert.deepEqual(await (await tell(web.visitor(), noted)).json(), { claims: 0, left: noted })
  assert.equal((await web.visitor().get("/price-check/told")).status, 405)
})

test("claims of a phone without a network are taken with their age; what cannot be true is dropped, the rest is not", async () => {
  const kept = {
    ean: EAN,
    shop: "0001",
    regularMinor: 1_890,
    cardMinor: 1_690,
    shownAt: "2026-11-23T07:00:00Z",
    tillMinor: 2_100,
    contact: "",
    words: "",
  }
  const before = (await claims()).length
  const answer = await tell(web.visitor(), { codes: [], claims: [kept, { ...kept, shop: "nowhere" }, { ...kept, shownAt: "yesterday" }] })
  assert.deepEqual(await answer.json(), { claims: 1, left: { codes: [], claims: [] } })
  const made = (await claims()).slice(before)
  assert.deepEqual(
    [made.length, made[0]!.source, made[0]!.shown.cardMinor, made[0]!.shownAt],
    [1, "kept", 1_690, new Date("2026-11-23T07:00:00Z")],
  )
})

test("A51: past a day's limit a network's notes stay with the phone, whichever address of it they come from", async () => {
  const codes = Array.from({ length: 100 }, () => ({ code: UNKNOWN, shop: null, seenAt: "2026-11-23T08:00:00Z" }))
  const from = (host: number) => web.visitor(`198.51.100.${host}`)
  for (let round = 1; round <= 5; round += 1) await tell(from(round), { codes, claims: [] })
  const { left } = (await (await tell(from(99), { codes: codes.slice(0, 2), claims: [] })).json()) as { left: { codes: unknown[] } }
  assert.equal(left.codes.length, 2)
})

test("the prices a phone carries are of the shop, and say nothing of who asks", async () => {
  const answer = await web.visitor().get("/price-check/prices?shop=0001")
  const pack = (await answer.json()) as { shop: string; shopName: string; prices: unknown[][] }
  assert.deepEqual(pack.prices[0], [EAN, "Крем «Лён»", 1_400, 1_500, 1_990, ends, 5_000, "s-1"])
  assert.equal(answer.headers.get("cache-control"), "public, max-age=300")
  assert.equal((await web.visitor().get("/price-check/prices?shop=nowhere")).status, 404)
})

test("a kiosk knows nobody and leads nowhere: no account, no points, no claim, no link but its languages", async () => {
  const member = await aMemberAt(web, "+375331000002")
  const shown = await page(`/price-check?kiosk=0001&ean=${EAN}`, member)
  assert.ok(shown.includes("14,00 р."))
  for (const word of ["бонус", "кабинет", "sealed", "contact", 'class="masthead"', 'class="foot"', "/my"])
    assert.ok(!shown.split("<script")[0]!.includes(word), word)
  const links = [...shown.split("<script")[0]!.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href]) => href)
  assert.deepEqual(links, ["/price-check?kiosk=0001", "/be/price-check?kiosk=0001", "/en/price-check?kiosk=0001"])
  assert.match(shown, /http-equiv="refresh" content="25;url=\/price-check\?kiosk=0001"/i)
  assert.equal((await web.visitor().get("/price-check?kiosk=nowhere")).status, 404)
})

test("a price is read as people write it, by its digits", () => {
  const read: [string, number][] = [
    ["21,90", 2_190],
    ["21.9", 2_190],
    ["21", 2_100],
    ["21 р.", 2_100],
    ["1 234,05 руб.", 123_405],
    ["21 руб. 90 коп.", 2_190],
    ["0,07", 7],
  ]
  for (const [text, kopecks] of read) assert.equal(kopecksIn(text), kopecks, text)
  for (const text of ["", "дорого", "-5", "1,999", "12345678", "1e5"]) assert.ok(Number.isNaN(kopecksIn(text)), text)
})
