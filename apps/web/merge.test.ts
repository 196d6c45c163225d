import { groupByCode, putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, points } from "@mila/kernel"
import { adjust, balancesOf, openPurses } from "@mila/ledger"
import { memberByPhone } from "@mila/members"
import { publishReview, reviewsWaiting } from "@mila/reviews"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { buyersAt, TEXT } from "./buyers-testing.ts"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 3_300_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const memberOf = (phone: string) => inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!.memberId)
const available = async (phone: string) => {
  const memberId = await memberOf(phone)
  return inTransaction(web.own.db, async (tx) => (await balancesOf(tx, [memberId])).get(memberId)?.available ?? 0)
}

/** A member with so many points, signed in. */
async function aHolder(count: number): Promise<{ phone: string; browser: Visitor }> {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone, `203.0.113.${lastPhone % 200}`)
  const memberId = await memberOf(phone)
  const at = web.clock.now()
  await inTransaction(web.own.db, async (tx) => {
    await openPurses(tx, { memberIds: [memberId] })
    const given = { reference: `test:${memberId}/given` as const, memberId, points: points(count), at, occurredAt: at }
    await adjust(tx, { ...given, expiresOn: "2027-11-01" as never, shortage: "refuse" })
  })
  web.clock.moveTo(new Date(at.getTime() + 120_000)) // the next code to this phone may be asked for
  return { phone, browser }
}

const PAGE = "/my/data/merge"

test("A27: a person joins their second account by a code sent to its phone, sees before what it will be, and takes it back", async () => {
  const [one, other] = [await aHolder(40), await aHolder(25)]
  const { browser } = one
  assert.equal((await browser.post(PAGE, { step: "send", phone: other.phone })).status, 302)
  const code = await web.lastCode()
  assert.equal((await browser.post(PAGE, { step: "code", code: code === "000000" ? "111111" : "000000" })).status, 400)
  assert.equal((await browser.post(PAGE, { step: "code", code })).status, 302)
  const preview = await (await browser.get(PAGE)).text()
  assert.match(preview, /Анна П\.[\s\S]*Доступно[\s\S]*25[\s\S]*40[\s\S]*65/)
  assert.equal((await browser.post(PAGE, { step: "merge" })).status, 400, "nothing happens without the tick")
  const done = await browser.post(PAGE, { step: "merge", sure: "on" })
  assert.match(done.headers.get("location")!, /done=merged/)
  assert.equal(await available(one.phone), 65)
  assert.equal(await memberOf(other.phone), await memberOf(one.phone))
  assert.equal((await other.browser.get("/my")).status, 302, "the second account is signed out")
  assert.equal((await browser.post(PAGE, { step: "merge", sure: "on" })).headers.get("location"), PAGE, "twice is once")

  const [, mergeId] = /name="merge" value="(\d+)"/.exec(await (await browser.get(PAGE)).text())!
  const stranger = await aHolder(1)
  assert.equal((await stranger.browser.post(PAGE, { step: "undo", merge: mergeId! })).status, 422)
  assert.match((await browser.post(PAGE, { step: "undo", merge: mergeId! })).headers.get("location")!, /done=undone/)
  assert.deepEqual([await available(one.phone), await available(other.phone)], [40, 25])
  assert.match(await (await browser.get(PAGE)).text(), /отменено/)
})

test("favourites, reviews, claims and applications of both are one person's, as the preview says; taken back, each has their own again", async () => {
  const { page, aBuyer } = await buyersAt(web)
  const second = aPhone()
  const [one, other] = [await aBuyer(), await aBuyer(second)]
  const at = web.clock.now()
  const soap = await inTransaction(web.own.db, async (tx) => {
    await putGroups(tx, [aGroup({ code: "soap", variants: [aVariant({ sku: "soap" })] })], { at })
    return groupByCode(tx, { code: "soap", at })
  })
  const things = [page, `/p/${soap!.slug}`]
  const numberOf = async (path: string) => /name="thing" value="(\d+)"/.exec(await (await one.get(path)).text())![1]!
  await one.post("/favorites", { act: "add", thing: await numberOf(things[0]!) })
  for (const path of things) await other.post("/favorites", { act: "add", thing: await numberOf(path) })
  for (const [browser, text] of [
    [one, TEXT],
    [other, "Липа как липа, но руки мягкие."],
  ] as const)
    assert.equal((await browser.post(`${page}/reviews`, { act: "written", stars: "5", text })).status, 302)
  const waits = await inTransaction(web.own.db, (tx) => reviewsWaiting(tx))
  for (const { reviewId } of waits)
    await inTransaction(web.own.db, (tx) => publishReview(tx, { reviewId, at: web.clock.now(), by: "staff:1" }))
  await other.post("/my/receipts/missing", { uid: "26C0DB0F7A7C4A4B0A0B7777", day: "2026-11-23", sum: "20,00" })
  await other.post("/my/data", { kind: "correction", essence: "Моё имя пишется иначе." })

  web.clock.moveTo(new Date(web.clock.now().getTime() + 120_000))
  await one.post(PAGE, { step: "send", phone: second })
  await one.post(PAGE, { step: "code", code: await web.lastCode() })
  const preview = await (await one.get(PAGE)).text()
  assert.match(preview, /Избранное<\/th>\D+2\D+1\D+2<[\s\S]*Отзывы<\/th>\D+1\D+1\D+1<[\s\S]*с обоих счетов есть на 1\u00a0товар:/)
  assert.match(await (await one.get(`/en${PAGE}`)).text(), /Favourites<[\s\S]*review of 1\u00a0product:/)
  await one.post(PAGE, { step: "merge", sure: "on" })
  const liked = async (browser: Visitor) => {
    const html = await (await browser.get("/favorites")).text()
    return things.map((path) => html.split(`href="${path}"`).length > 1)
  }
  assert.deepEqual(await liked(one), [true, true])
  const mine = await (await one.get("/my/reviews")).text()
  assert.ok(mine.includes("Липа как липа") && !mine.includes(TEXT), "the newer of the two is read")
  assert.match(await (await one.get("/my/receipts/missing")).text(), />Что вы уже добавляли<[\s\S]*>[^<"]*ищем чек/)
  const again = await one.post("/my/data", { kind: "correction", essence: "Ещё раз" })
  assert.equal(again.status, 409, "what the other asked is asked")

  const [, mergeId] = /name="merge" value="(\d+)"/.exec(await (await one.get(PAGE)).text())!
  await one.post(PAGE, { step: "undo", merge: mergeId! })
  assert.deepEqual(await liked(one), [true, false])
  assert.ok((await (await one.get("/my/reviews")).text()).includes(TEXT))
  assert.doesNotMatch(await (await one.get("/my/receipts/missing")).text(), />Что вы уже добавляли</)
})

test("A27: without proof of both phones nothing is joined", async () => {
  const [one, other] = [await aHolder(1), await aHolder(2)]
  assert.equal((await one.browser.post(PAGE, { step: "merge", sure: "on" })).headers.get("location"), PAGE)
  await one.browser.post(PAGE, { step: "send", phone: other.phone })
  await one.browser.post(PAGE, { step: "merge", sure: "on" })
  assert.equal(await available(one.phone), 1, "a code that was sent is not a code that was typed")
  web.clock.moveTo(new Date(web.clock.now().getTime() + 86_400_000))
  const late = await one.browser.post(PAGE, { step: "send", phone: other.phone })
  assert.equal(late.status, 401, "whoever finds a phone unlocked joins nothing")
})

test("a number without an account, and one's own, are said so after the code, not before", async () => {
  const { browser, phone } = await aHolder(1)
  for (const [number, says] of [
    [aPhone(), /счёта нет/],
    [phone, /этого же кабинета/],
  ] as const) {
    assert.equal((await browser.post(PAGE, { step: "send", phone: number })).status, 302)
    await browser.post(PAGE, { step: "code", code: await web.lastCode() })
    assert.match(await (await browser.get(PAGE)).text(), says)
    await browser.post(PAGE, { step: "other" })
    web.clock.moveTo(new Date(web.clock.now().getTime() + 120_000))
  }
})
