import { putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { mergeMembers } from "@mila/members"
import { publishReview, refuseReview, reviewsWaiting } from "@mila/reviews"
import { receiptById } from "@mila/tills"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { buyersAt, TEXT } from "./buyers-testing.ts"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

let web: Web
let page: string
let aBuyer: () => Promise<Visitor>
before(async () => {
  web = await aWeb()
  ;({ page, aBuyer } = await buyersAt(web))
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

const by = "staff:1"
const memberIdOf = (receiptId: string) => inTransaction(web.own.db, async (tx) => (await receiptById(tx, receiptId))!.memberId!)
const waiting = () => inTransaction(web.own.db, (tx) => reviewsWaiting(tx))
const publish = (reviewId: number) => inTransaction(web.own.db, (tx) => publishReview(tx, { reviewId, at: web.clock.now(), by }))

test("a receipt leads to the pages of what was bought, and to where one says how it was; what is hidden is a name alone", async () => {
  const browser = await aBuyer()
  const [, receipt] = /href="(\/my\/receipts\/[^"]+-\d+)"/.exec(await (await browser.get("/my/receipts")).text())!
  const slip = await (await browser.get(receipt!)).text()
  assert.ok(slip.includes(`href="${page}"`) && slip.includes(`href="${page}/reviews"`), slip)
  const shown = async (state: "shown" | "hidden") => {
    const at = web.clock.now()
    await inTransaction(web.own.db, (tx) => putGroups(tx, [aGroup({ code: "lipa", state, variants: [aVariant({ sku: "lipa" })] })], { at }))
  }
  await shown("hidden")
  assert.ok(!(await (await browser.get(receipt!)).text()).includes(`href="${page}`))
  await shown("shown")
})

test("further receipts go on after one from before a merge, too", async () => {
  const [browser, former] = [await aBuyer(), await aBuyer()]
  const [, bought] = /href="\/my\/receipts\/([^"]+-\d+)"/.exec(await (await former.get("/my/receipts")).text())!
  const [from, into] = [
    await memberIdOf(bought!),
    await memberIdOf(/receipts\/([^"]+-\d+)"/.exec(await (await browser.get("/my/receipts")).text())![1]!),
  ]
  await inTransaction(web.own.db, (tx) => mergeMembers(tx, { from, into, at: web.clock.now(), by: "system" }))
  assert.ok((await (await browser.get("/my/receipts")).text()).includes(bought!))
  assert.ok(
    !(await (await browser.get(`/my/receipts?before=${bought!}`)).text()).includes(`/my/receipts/${bought!}"`),
    "it is not shown again",
  )
})

test("a buyer writes a review without script; it shows after a check, on the product's page, with stars for search engines", async () => {
  const browser = await aBuyer()
  assert.match(await (await browser.get(page)).text(), /Отзывов пока нет/)
  const sent = await browser.post(`${page}/reviews`, { act: "written", stars: "4", text: TEXT })
  assert.match(sent.headers.get("location")!, /done=written/)
  assert.doesNotMatch(await (await web.visitor().get(page)).text(), /пахнет липой/)
  const [review] = await waiting()
  await publish(review!.reviewId)
  const shown = await (await web.visitor().get(page)).text()
  assert.match(shown, /Анна П\.[\s\S]*покупка подтверждена чеком[\s\S]*пахнет липой/)
  assert.match(shown, /"aggregateRating":\{"@type":"AggregateRating","ratingValue":"4.0","reviewCount":1\}/)
  assert.doesNotMatch(shown, /Петрова/)
  assert.match(await (await browser.get("/my/reviews")).text(), /опубликован/)

  const other = await aBuyer()
  await other.post(`${page}/reviews`, { act: "voted", review: String(review!.reviewId), helpful: "1" })
  await other.post(`${page}/reviews`, { act: "voted", review: String(review!.reviewId), helpful: "1" })
  assert.match(await (await web.visitor().get(`${page}/reviews?stars=4&sort=new`)).text(), /Полезно · 1/)
  assert.match(await (await web.visitor().get(`${page}/reviews?stars=5`)).text(), /С такой оценкой отзывов нет/)
})

test("A44: who has not bought it is 403, a hundred in a minute are 429, and markup is shown as text", async () => {
  const stranger = await aMemberAt(web, "+375337799001")
  assert.equal((await stranger.post(`${page}/reviews`, { act: "written", stars: "5", text: TEXT })).status, 403)
  const guest = await web.visitor().post(`${page}/reviews`, { act: "written", stars: "5", text: TEXT })
  assert.match(guest.headers.get("location")!, /sign-in/)

  const browser = await aBuyer()
  const script = '<script>alert("липа")</script><img src=x onerror=alert(1)> хороший крем'
  assert.equal((await browser.post(`${page}/reviews`, { act: "written", stars: "5", text: script })).status, 302)
  await publish((await waiting()).at(-1)!.reviewId)
  const read = await browser.get(`${page}/reviews?sort=new`)
  assert.match(
    read.headers.get("content-security-policy") ?? "",
    /default-src 'none'(?!.*unsafe-inline)/,
    "and what came through would not run",
  )
  const shown = await read.text()
  assert.doesNotMatch(shown, /<script>alert|<img src=x/)
  assert.match(shown, /&lt;script&gt;alert/)
  const statuses = []
  for (let nth = 0; nth < 12; nth += 1)
    statuses.push((await browser.post(`${page}/reviews`, { act: "written", stars: "1", text: `${TEXT} ${nth}` })).status)
  assert.equal(statuses.at(-1), 429)
  for (const text of ["Пишите на www.shop.com, дешевле", "Карта 4111 1111 1111 1111 подошла", "Ой"]) {
    const refused = await (await aBuyer()).post(`${page}/reviews`, { act: "written", stars: "5", text })
    assert.equal(refused.status, 422, text)
    assert.doesNotMatch(await refused.text(), /4111 ?1111 ?1111/)
  }
})

test("a refusal is read with its reason and appealed once; one's own words are taken back; others' are not touched", async () => {
  const browser = await aBuyer()
  await browser.post(`${page}/reviews`, { act: "written", stars: "1", text: "Совсем не понравился, сушит." })
  const { reviewId } = (await waiting()).at(-1)!
  await inTransaction(web.own.db, (tx) => refuseReview(tx, { reviewId, reason: "not_about_product", at: web.clock.now(), by }))
  assert.match(await (await browser.get("/my/reviews")).text(), /не опубликован: он не о товаре/)
  web.clock.moveTo(new Date(web.clock.now().getTime() + 60_000))
  const review = String(reviewId)
  const stranger = await aBuyer()
  assert.equal((await stranger.post("/my/reviews", { act: "withdrawn", review })).status, 404)
  const appealed = await browser.post("/my/reviews", { act: "appealed", review, text: "Отзыв именно об этом креме" })
  assert.match(appealed.headers.get("location")!, /done=appealed/)
  assert.ok((await waiting()).some((one) => one.reviewId === reviewId && one.appeal !== null))
  await browser.post("/my/reviews", { act: "withdrawn", review })
  assert.match(await (await browser.get("/my/reviews")).text(), /ещё не писали/)
})
