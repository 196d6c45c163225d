import { inTransaction } from "@mila/kernel"
import { childOf, personOf } from "@mila/members"
import { consentHistory } from "@mila/privacy"
import assert from "node:assert/strict"
import { test } from "node:test"
import { aPhone, aWebOfFamilies, seen } from "./children-testing.ts"

// What a child may not do, what their representative may, and what happens at sixteen.

const { web, at } = await aWebOfFamilies()

test("a child agrees to no advertising, says no to it, and reads who agreed and when; no partner's card is offered", async () => {
  const { browser, memberId } = await at.aChildMember()
  const data = await seen(browser.get("/my/data"))
  assert.match(data, /Согласие представителя[\s\S]*Ольга С\., родитель, телефон[\s\S]*действует до 16-летия, 3 мая 2028/)
  assert.match(data, /не дано, включает представитель/)
  for (const [path, form] of [
    ["/my/data", { act: "give", purpose: "ads_sms", version: "1" }],
    ["/my/data", { act: "give", purpose: "partner_card", version: "1" }],
    ["/my/data", { act: "withdraw", purpose: "child" }],
  ] as const)
    assert.ok((await browser.post(path, form)).status >= 400, JSON.stringify(form))
  const refused = await browser.post("/my/data", { act: "give", purpose: "profiling", version: "1" })
  assert.match(await seen(refused), /согласие на рекламу и личные предложения даёт представитель/)
  const subscriptions = await browser.post("/my/subscriptions", { act: "on", purpose: "ads_email", version: "1" })
  assert.ok(subscriptions.status >= 400)
  assert.deepEqual(await at.heldNow(memberId), ["child", "policy", "programme"])
  assert.doesNotMatch(await seen(browser.get("/my/card")), /Моцная/)
  const card = await browser.post("/my/card", { act: "linked", number: "9968120000019", consent_partner_card: "1" })
  assert.ok(card.status >= 400)
  assert.match(await seen(browser.get("/my/data/consent/child")), /дано · код · представитель · /)
})

test("the representative sees whom they agreed for and nothing of what they buy, turns advertising on and off, and is known by the code alone", async () => {
  const { browser, mother, memberId } = await at.aChildMember()
  const stranger = web.visitor()
  for (const form of [
    { step: "give", child: String(memberId), purpose: "ads_sms", version: "1" },
    { step: "end", child: String(memberId), sure: "on" },
  ])
    assert.equal((await stranger.post("/representative", form)).headers.get("location"), "/representative")
  const own = await at.aRepresentativeAt(mother)
  const page = await seen(own.get("/representative"))
  assert.match(page, /Марыля С\.[\s\S]*Согласие дано 23 ноября 2026[\s\S]*до 16-летия, 3 мая 2028/)
  assert.doesNotMatch(page, /Савич/)
  await own.post("/representative", { step: "give", child: String(memberId), purpose: "ads_sms", version: "1" })
  assert.deepEqual(await at.heldNow(memberId), ["ads_sms", "child", "policy", "programme"])
  await browser.post("/my/data", { act: "withdraw", purpose: "ads_sms" })
  assert.deepEqual(await at.heldNow(memberId), ["child", "policy", "programme"], "the child says no")
  await own.post("/representative", { step: "give", child: String(memberId), purpose: "profiling", version: "1" })
  await own.post("/representative", { step: "withdraw", child: String(memberId), purpose: "profiling" })
  for (const purpose of ["partner_card", "child", "programme"]) {
    assert.ok((await own.post("/representative", { step: "give", child: String(memberId), purpose, version: "1" })).status >= 400)
    assert.ok((await own.post("/representative", { step: "withdraw", child: String(memberId), purpose })).status >= 400)
  }
  const other = await at.aRepresentativeAt(aPhone())
  assert.match(await seen(other.get("/representative")), /нет детей младше 16 лет/)
  const theirs = await other.post("/representative", { step: "give", child: String(memberId), purpose: "ads_sms", version: "1" })
  assert.equal(theirs.status, 404, "another's child")
  assert.deepEqual(await at.heldNow(memberId), ["child", "policy", "programme"])
  at.pass(61)
  await own.post("/representative", { step: "give", child: String(memberId), purpose: "ads_sms", version: "1" })
  assert.deepEqual(await at.heldNow(memberId), ["child", "policy", "programme"], "after an hour the number is proven anew")
})

test("a withdrawn consent ends the membership in three days; the child cannot undo it, the representative can", async () => {
  const { browser, own, mother, memberId } = await at.aChildMember()
  const representative = await at.aRepresentativeAt(mother)
  const end = { step: "end", child: String(memberId) }
  assert.ok((await representative.post("/representative", end)).status >= 400, "not by a slip of the finger")
  assert.equal((await representative.post("/representative", { ...end, sure: "on" })).headers.get("location"), "/representative?done=ended")
  assert.deepEqual(await at.heldNow(memberId), ["policy", "programme"])
  for (const phone of [own, mother]) assert.ok((await at.toldTo(phone)).includes("representative_withdrew"))
  assert.match(await seen(representative.get("/representative")), /26 ноября 2026 г\. участие закончится/)
  const stay = await browser.post("/my/data/leave", { act: "stay" })
  assert.ok(stay.status >= 400)
  assert.match(await seen(stay), /нужно согласие родителя/)
  await representative.post("/representative", { step: "again", child: String(memberId), consent_child: "1" })
  assert.deepEqual(await at.heldNow(memberId), ["child", "policy", "programme"])
  await representative.post("/representative", { ...end, sure: "on" })
  at.pass(3 * 24 * 60 + 1)
  await at.job("endLeavers")
  const person = await inTransaction(web.own.db, async (tx) => [await personOf(tx, memberId), await childOf(tx, memberId)] as const)
  assert.deepEqual([person[0]?.state, person[1]], ["left", undefined])
})

test("at sixteen the person is asked, answers for themselves, and the representative has nothing more to say", async () => {
  const now = web.clock.now()
  const soon = new Date(now.getTime() + 2 * 86_400_000)
  const born = { birth_year: "2010", birth_month: String(soon.getUTCMonth() + 1), birth_day: String(soon.getUTCDate()) }
  const { browser, own, mother, memberId } = await at.aChildMember(born)
  const representative = await at.aRepresentativeAt(mother)
  await representative.post("/representative", { step: "give", child: String(memberId), purpose: "ads_sms", version: "1" })
  assert.equal((await browser.get("/my/sixteen")).headers.get("location"), "/my", "not yet")
  assert.deepEqual(await at.job("askAtSixteen"), { asked: 0, silent: 0 })
  web.clock.moveTo(new Date(`${soon.toISOString().slice(0, 10)}T07:00:00Z`))
  assert.deepEqual(await at.heldNow(memberId), ["policy", "programme"], "by the clock, before anybody was asked")
  assert.deepEqual(await at.job("askAtSixteen"), { asked: 1, silent: 0 })
  assert.deepEqual(await at.job("askAtSixteen"), { asked: 0, silent: 0 }, "once")
  assert.ok((await at.toldTo(own)).includes("sixteen_asked"))
  const late = await at.aRepresentativeAt(mother)
  assert.match(await seen(late.get("/representative")), /нет детей младше 16 лет/)
  assert.match(await seen(browser.get("/my")), /Вам 16! Теперь согласие даёте вы сами/)
  assert.match(await seen(browser.get("/be/my/sixteen")), /цяпер вырашаеце вы/)
  assert.match(await seen(browser.get("/en/my/sixteen")), /now you decide/)
  assert.ok((await browser.post("/my/sixteen", { consent_programme: "1" })).status >= 400)
  const agreed = await browser.post("/my/sixteen", { consent_programme: "1", consent_policy: "1", consent_profiling: "1" })
  assert.equal(agreed.headers.get("location"), "/my/data?done=given")
  assert.deepEqual(await at.heldNow(memberId), ["policy", "profiling", "programme"])
  const consents = await inTransaction(web.own.db, (tx) => consentHistory(tx, memberId))
  const byThemselves = consents.filter(({ by }) => by === `member:${memberId}`).map(({ purpose }) => purpose)
  assert.deepEqual(byThemselves.toSorted(), ["policy", "profiling", "programme"])
  assert.equal(await inTransaction(web.own.db, (tx) => childOf(tx, memberId)), undefined)
  assert.doesNotMatch(await seen(browser.get("/my")), /Вам 16!/)
  assert.match(await seen(browser.get("/my/card")), /Моцная/)
})

test("who does not answer within thirty days keeps card and points; what is not needed for them is off, and the answer is still taken", async () => {
  const now = web.clock.now()
  const soon = new Date(now.getTime() + 2 * 86_400_000)
  const born = { birth_year: "2010", birth_month: String(soon.getUTCMonth() + 1), birth_day: String(soon.getUTCDate()) }
  const { browser, own, memberId } = await at.aChildMember(born)
  web.clock.moveTo(new Date(`${soon.toISOString().slice(0, 10)}T07:00:00Z`))
  assert.deepEqual(await at.job("askAtSixteen"), { asked: 1, silent: 0 })
  at.pass(30 * 24 * 60 - 1)
  assert.deepEqual(await at.job("askAtSixteen"), { asked: 0, silent: 0 })
  at.pass(1)
  assert.deepEqual(await at.job("askAtSixteen"), { asked: 0, silent: 1 })
  assert.deepEqual(await at.job("askAtSixteen"), { asked: 0, silent: 0 }, "once")
  assert.ok((await at.toldTo(own)).includes("sixteen_silent"))
  assert.equal((await inTransaction(web.own.db, (tx) => childOf(tx, memberId)))?.representative, null)
  await browser.post("/sign-in", { step: "ask", phone: own })
  await browser.post("/sign-in", { step: "code", code: await web.lastCode() })
  assert.match(await seen(browser.get("/my/sixteen")), /данные представителя удалены/)
  assert.equal((await browser.get("/my/card")).status, 200)
  const agreed = await browser.post("/my/sixteen", { consent_programme: "1", consent_policy: "1" })
  assert.equal(agreed.headers.get("location"), "/my/data?done=given")
})
