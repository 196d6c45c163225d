import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { recordReceipts, type TillIdentity } from "@mila/tills"
import { aSale, aTill } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

let web: Web
let till: TillIdentity
before(async () => {
  web = await aWeb()
  till = await inTransaction(web.own.db, (tx) => aTill(tx))
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let sold = 0

async function sell(uid = `26C0DB0F7A7C4A4B0A0B${String((sold += 1)).padStart(4, "0")}`): Promise<string> {
  const sale = aSale(till, { fiscal: { uid } })
  const at = web.clock.now()
  await inTransaction(web.own.db, (tx) => recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at }))
  return uid
}

test("A23: a forgotten card: the receipt is added without script, once, and says why so many points", async () => {
  const browser = await aMemberAt(web, "+375331112201")
  const uid = await sell()
  const asked = { uid, day: "2026-11-23", sum: "20,00" }
  assert.match(await (await browser.get("/my/receipts")).text(), /href="\/my\/receipts\/missing"/)
  const given = await browser.post("/my/receipts/missing", asked)
  assert.equal(given.status, 200)
  assert.match(await given.text(), /начислено 20.бонусов/)
  const again = await browser.post("/my/receipts/missing", asked)
  assert.equal(again.status, 409)
  assert.match(await again.text(), /уже есть в вашем кабинете/)
  const page = await (await browser.get("/my/receipts")).text()
  const [, receipt] = /href="(\/my\/receipts\/test-till[^"]+)"/.exec(page) ?? []
  assert.match(await (await browser.get(receipt!)).text(), /Почему столько/)

  const stranger = await aMemberAt(web, "+375331112202")
  const second = await stranger.post("/my/receipts/missing", asked)
  assert.equal(second.status, 409)
  assert.match(await second.text(), /Это мой чек/)
  const disputed = await stranger.post("/my/receipts/missing", { ...asked, act: "dispute" })
  assert.match(await disputed.text(), /передан сотруднику[\s\S]*проверяет сотрудник/)
})

test("what is no receipt is told beside its field; what is not there yet is waited for; a bank card number is kept nowhere", async () => {
  const browser = await aMemberAt(web, "+375331112203")
  const uid = await sell()
  const ask = async (given: object) => {
    const answer = await browser.post("/my/receipts/missing", { uid, day: "2026-11-23", sum: "20,00", ...given })
    return [answer.status, await answer.text()] as const
  }
  const wrong = [{ sum: "двадцать" }, { day: "вчера" }, { day: "2026-10-01" }, { uid: "4111 1111 1111 1111" }, { uid: "<b>" }]
  for (const given of wrong) assert.equal((await ask(given))[0] >= 400, true, JSON.stringify(given))
  assert.match((await ask({ day: "2026-10-01" }))[1], /старше 14\u00a0дней/)
  assert.match((await ask({ uid: "АБВ" }))[1], /id="uid-wrong"[^>]*>УИ\u00a0— это 24\u00a0знака/)
  const [status, waits] = await ask({ sum: "20,01" })
  assert.equal(status, 200)
  assert.match(waits, /пока не видим[\s\S]*ищем чек/)
  const page = await (await browser.get("/en/my/receipts/missing")).text()
  assert.match(page, /looking for it/)
  assert.doesNotMatch(page, /4111 ?1111 ?1111/)
})

test("a УИ that begins with the digits of a bank card by chance is a УИ", async () => {
  const browser = await aMemberAt(web, "+375331112204")
  const asked = { uid: await sell("4111111111111111ABCDEF00"), day: "2026-11-23", sum: "20,00" }
  assert.match(await (await browser.post("/my/receipts/missing", asked)).text(), /начислено 20.бонусов/)
})
