import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { decideDisowned, disowned, receiptsOf } from "@mila/tills"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { buyersAt } from "./buyers-testing.ts"
import { aWeb, type Visitor, type Web } from "./testing.ts"

// A purchase on the account that its owner did not make.

let web: Web
let shop: Awaited<ReturnType<typeof buyersAt>>
before(async () => {
  web = await aWeb()
  shop = await buyersAt(web)
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

const RECEIPT = /href="\/my\/receipts\/(test-till[^"]+|[^"/?]*-\d+)"/
const mainOf = async (page: Promise<Response>) => /<main[^]*<\/main>/.exec(await (await page).text())![0]
const receiptAt = async (browser: Visitor) => decodeURIComponent(RECEIPT.exec(await mainOf(browser.get("/my/receipts")))?.[1] ?? "")
const open = () => inTransaction(web.own.db, (tx) => disowned(tx, { state: "open", most: 10 }))
const decides = (disownedId: number, isTheirs: boolean) =>
  inTransaction(web.own.db, (tx) => decideDisowned(tx, { disownedId, isTheirs, by: "staff:1", at: web.clock.now() }))

test("a purchase that is not theirs is hidden at once, everywhere but from staff; its points stay; a person's word hides it for good or shows it again", async () => {
  const browser = await shop.aBuyer()
  const receipt = await receiptAt(browser)
  const path = `/my/receipts/${encodeURIComponent(receipt)}`
  assert.match(await mainOf(browser.get(path)), /Это не моя покупка/)
  const points = async () => /Станут доступны<[^]*?<\/dl>/.exec(await mainOf(browser.get("/my/bonuses")))?.[0]
  const before = await points()
  assert.match(before ?? "", /бонусов/)
  assert.equal((await browser.post("/my/receipts", { receipt })).headers.get("location"), "/my/receipts?done=disowned")

  const list = await mainOf(browser.get("/my/receipts?done=disowned"))
  assert.match(list, /Чек скрыт, сотрудник его проверит[^]*Не ваши покупки[^]*проверяет сотрудник/)
  assert.equal(await receiptAt(browser), "")
  assert.equal((await browser.get(path)).status, 404)
  assert.equal(await points(), before, "not a point has moved")
  assert.doesNotMatch(await mainOf(browser.get("/my/bonuses")), /Липа|\/my\/receipts\/test/)
  assert.equal((await browser.post(`${shop.page}/reviews`, { act: "write", stars: "5", text: "Мягкий крем, пахнет липой." })).status, 403)
  const [said] = await open()
  assert.deepEqual([said!.receiptId, said!.state], [receipt, "open"])
  const { memberId, disownedId } = said!
  const seen = (toStaff: boolean) => inTransaction(web.own.db, async (tx) => (await receiptsOf(tx, { memberId, toStaff })).length)
  assert.deepEqual([await seen(false), await seen(true)], [0, 1])

  await decides(disownedId, true)
  assert.equal(await receiptAt(browser), receipt, "a person found that it is theirs")
  assert.match(await mainOf(browser.get("/my/receipts")), /сотрудник проверил: покупка ваша/)
  await browser.post("/my/receipts", { receipt })
  await decides((await open())[0]!.disownedId, false)
  assert.equal(await receiptAt(browser), "")
  assert.match(await mainOf(browser.get("/my/receipts")), /чек остался скрытым/)
})

test("it was theirs after all: taken back by whoever said it, while nobody decided; nobody else says anything of it", async () => {
  const [browser, stranger] = [await shop.aBuyer(), await shop.aBuyer()]
  const receipt = await receiptAt(browser)
  assert.equal(
    (await stranger.post("/my/receipts", { receipt })).headers.get("location"),
    "/my/receipts",
    "somebody else's: as if there were none",
  )
  assert.equal((await open()).length, 0)
  await browser.post("/my/receipts", { receipt })
  await browser.post("/my/receipts", { receipt })
  const [said, ...more] = await open()
  assert.equal(more.length, 0, "said once")
  const named = { disowned: String(said!.disownedId) }
  await stranger.post("/my/receipts", named)
  assert.equal((await open()).length, 1)
  await browser.post("/my/receipts", named)
  assert.equal(await receiptAt(browser), receipt)
  await assert.rejects(decides(said!.disownedId, false), /disowned_decided/)
})
