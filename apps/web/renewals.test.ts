import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { consentHistory, defaultTexts, giveConsents, heldBy, publishText, type Purpose } from "@mila/privacy"
import { SOME_OPERATOR } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

let web: Web
let [anna, olga]: Awaited<ReturnType<typeof someone>>[] = []
before(async () => {
  web = await aWeb()
  ;[anna, olga] = [await someone(), await someone()] // who joins later agrees to the newest words
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

const TEXTS = defaultTexts(SOME_OPERATOR)
let lastPhone = 4_100_000

async function someone(): Promise<{ browser: Visitor; memberId: number }> {
  const phone = `+37533${(lastPhone += 1)}`
  const browser = await aMemberAt(web, phone)
  return { browser, memberId: await inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!.memberId) }
}
const publish = (purpose: Purpose, inForceFrom = web.clock.now()) =>
  inTransaction(web.own.db, (tx) => {
    const text = TEXTS[purpose]
    const texts = { ...text, ru: { ...text.ru, term: `${text.ru.term} Редакция от ${inForceFrom.toISOString()}.` } }
    return publishText(tx, { purpose, texts, inForceFrom, at: web.clock.now(), by: "staff:1" })
  })
const page = async (browser: Visitor, path: string) => (await browser.get(path)).text()
const send = (browser: Visitor, form: string) =>
  browser.send("/my/data/renew", form, {
    "content-type": "application/x-www-form-urlencoded",
    ...{ origin: "https://mila.example", "sec-fetch-site": "same-origin" },
  })

test("new rules: a banner, a page with what changed, each answered for itself without script; then it is quiet", async () => {
  const { browser, memberId } = anna!
  await inTransaction(web.own.db, (tx) =>
    giveConsents(tx, {
      ...{ memberId, given: [{ purpose: "ads_sms", version: 1 }], locale: "ru", means: "tick", door: "web" },
      ...{ at: web.clock.now(), by: `member:${memberId}` },
    }),
  )
  assert.doesNotMatch(await page(browser, "/my"), /\/my\/data\/renew/)
  await publish("policy")
  await publish("ads_sms")
  assert.match(await page(browser, "/my"), /Условия программы изменились/)
  assert.match(await page(browser, "/be/my"), /Умовы праграмы змяніліся/)
  assert.match(await page(browser, "/my/data"), /Ждут вашего ответа/)
  const asking = await page(browser, "/my/data/renew")
  assert.match(asking, /<ins>[^<]*Редакция от/)
  for (const [tick] of asking.matchAll(/<input[^>]*type="checkbox"[^>]*>/g)) assert.doesNotMatch(tick, /checked|required/)
  assert.equal([...asking.matchAll(/type="checkbox"/g)].length, 2)

  const outdated = await browser.post("/my/data/renew", { act: "answer", shown: "policy", consent_policy: "1" })
  assert.equal(outdated.status, 422)
  const answered = await send(browser, "act=answer&shown=policy&shown=ads_sms&consent_policy=2")
  assert.equal(answered.status, 302)
  assert.match(await page(browser, answered.headers.get("location")!), /Ответ записан/)
  assert.doesNotMatch(await page(browser, "/my"), /\/my\/data\/renew/)
  const held = await inTransaction(web.own.db, (tx) => heldBy(tx, { memberId, at: web.clock.now() }))
  assert.deepEqual([held.get("policy")?.version, held.get("ads_sms")?.version], [2, 1], "a no to new words leaves the old yes as it was")
})

test("«not now» takes the banner away; the terms are still found under the data, and what begins later is read before", async () => {
  const { browser, memberId } = olga!
  await publish("programme")
  const later = await send(browser, "act=later&shown=programme&shown=policy")
  assert.equal(later.headers.get("location"), "/my")
  assert.doesNotMatch(await page(browser, "/my"), /\/my\/data\/renew/)
  assert.match(await page(browser, "/my/data"), /Ждут вашего ответа/)
  assert.equal(
    (await inTransaction(web.own.db, (tx) => consentHistory(tx, memberId))).length,
    2,
    "nothing was agreed to, and nothing taken",
  )
  await publish("programme", new Date(web.clock.now().getTime() + 30 * 86_400_000))
  const coming = await page(browser, "/my/data/renew")
  assert.match(coming, /Скоро изменится[\s\S]*С 23\u00a0декабря[^<]* действует новая редакция/)
})
