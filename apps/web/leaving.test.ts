import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, points, type Tx } from "@mila/kernel"
import { adjust, balancesOf, checkLedger, openPurses } from "@mila/ledger"
import { askToLeave, leavingOf, memberByPhone, mergeMembers } from "@mila/members"
import { jobs } from "@mila/membership"
import { deliverQueued, jobs as ofMessages, localCarrier, outboxOf } from "@mila/messages"
import { publishReview, reviewsWaiting } from "@mila/reviews"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { buyersAt, TEXT } from "./buyers-testing.ts"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 4_400_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const memberAt = (phone: string) => inTransaction(web.own.db, (tx) => memberByPhone(tx, phone))
const days = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 86_400_000))
const endLeavers = () => jobs[0]!.run(web.own.db, { at: web.clock.now(), now: () => web.clock.now() })
const PAGE = "/my/data/leave"

async function aHolder(count: number) {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone, `203.0.113.${lastPhone % 200}`)
  const { memberId } = (await memberAt(phone))!
  const at = web.clock.now()
  await inTransaction(web.own.db, async (tx) => {
    await openPurses(tx, { memberIds: [memberId] })
    const given = { reference: `test:${memberId}/given` as const, memberId, points: points(count), at, occurredAt: at }
    await adjust(tx, { ...given, expiresOn: "2027-11-01" as never, shortage: "refuse" })
  })
  return { phone, browser, memberId }
}
const balance = async (memberId: number) =>
  (await inTransaction(web.own.db, (tx) => balancesOf(tx, [memberId]))).get(memberId)?.available ?? 0

test("who leaves has three days to think it over; nothing is gone before, and one touch takes it back", async () => {
  const { phone, browser, memberId } = await aHolder(100)
  const asked = await browser.post(PAGE, { sure: "on" })
  assert.match(asked.headers.get("location")!, /done=leaves/)
  assert.match(await (await browser.get("/my/data")).text(), /Вы выходите из программы: 26\u00a0ноября/)
  days(2)
  assert.deepEqual(await endLeavers(), { left: 0 })
  assert.match((await browser.post(PAGE, { act: "stay" })).headers.get("location")!, /done=stays/)
  days(2)
  assert.deepEqual(await endLeavers(), { left: 0 })
  assert.equal((await memberAt(phone))?.memberId, memberId)
  assert.equal(await balance(memberId), 100)
})

test("when the days are over the person is forgotten, and what was available is their friend's; nobody is told whose phone has a card", async () => {
  const [leaver, friend, lonely] = [await aHolder(100), await aHolder(5), await aHolder(7)]
  const said = [
    await leaver.browser.post(PAGE, { sure: "on", gift: friend.phone }),
    await lonely.browser.post(PAGE, { sure: "on", gift: aPhone() }),
  ]
  assert.deepEqual(
    said.map(({ status }) => status),
    [302, 302],
  )
  days(3.1)
  assert.deepEqual(await endLeavers(), { left: 2 })
  assert.deepEqual(await endLeavers(), { left: 0 })
  assert.equal(await memberAt(leaver.phone), undefined)
  assert.equal((await leaver.browser.get("/my")).status, 302, "signed out everywhere")
  assert.deepEqual([await balance(leaver.memberId), await balance(lonely.memberId), await balance(friend.memberId)], [0, 0, 105])
  assert.match(await (await friend.browser.get("/my/bonuses")).text(), /подарил участник/)
  const at = web.clock.now()
  assert.deepEqual((await checkLedger(web.own.db, { at, now: () => at })).findings, [])
})

test("with the membership go messages, favourites and links to them, and of reviews what is not left without a name; before the last day nothing", async () => {
  const { page, aBuyer } = await buyersAt(web)
  const [keeperPhone, takerPhone] = [aPhone(), aPhone()]
  const [keeper, taker] = [await aBuyer(keeperPhone), await aBuyer(takerPhone)]
  const takerId = (await memberAt(takerPhone))!.memberId
  for (const [browser, stars] of [
    [keeper, "5"],
    [taker, "3"],
  ] as const)
    await browser.post(`${page}/reviews`, { act: "written", stars, text: `${TEXT} Оценка ${stars}.` })
  const inTx = <Of>(act: (tx: Tx) => Promise<Of>) => inTransaction(web.own.db, act)
  for (const { reviewId } of await inTx((tx) => reviewsWaiting(tx)))
    await inTx((tx) => publishReview(tx, { reviewId, at: web.clock.now(), by: "staff:1" }))
  const [, thing] = /name="thing" value="(\d+)"/.exec(await (await taker.get(page)).text())!
  await taker.post("/favorites", { act: "add", thing: thing! })
  const [, list] = /name="list" value="(\d+)"/.exec(await (await taker.get("/favorites")).text())!
  await taker.post("/favorites", { act: "share", list: list! })
  const [shared] = /\/favorites\/shared\/[\w-]{32}/.exec(await (await taker.get("/favorites")).text())!

  assert.match(await (await taker.get(PAGE)).text(), /Избранное и ссылки на него[\s\S]*без адреса и текста[\s\S]*name="keep"/)
  await keeper.post(PAGE, { sure: "on", keep: "on" })
  await taker.post(PAGE, { sure: "on" })
  days(2)
  await endLeavers()
  const carry = () => inTx((tx) => deliverQueued(tx, { carry: localCarrier, at: web.clock.now(), most: 500 }))
  await carry()
  const read = async () => (await web.visitor().get(`${page}/reviews`)).text()
  assert.match(await read(), /Оценка 3[\s\S]*Оценка 5|Оценка 5[\s\S]*Оценка 3/)
  const sharedShows = async () => (await (await web.visitor().get(shared)).text()).includes(`href="${page}"`)
  assert.equal(await sharedShows(), true)
  assert.ok((await inTx((tx) => outboxOf(tx, { memberId: takerId }))).every(({ forgotten }) => !forgotten))

  days(1.1)
  assert.deepEqual(await endLeavers(), { left: 2 })
  const said = await read()
  assert.match(said, />Без имени<[\s\S]*Оценка 5/)
  assert.ok(!said.includes("Оценка 3"), "what was not left is gone")
  assert.equal(await sharedShows(), false)
  const kept = await inTx((tx) => outboxOf(tx, { memberId: takerId }))
  const [farewell, ...before] = kept
  assert.deepEqual([farewell?.template, farewell?.state, farewell?.to], ["membership_left", "queued", takerPhone])
  assert.ok(before.length > 0 && before.every(({ forgotten, to, text }) => forgotten && to === "" && text === ""))
  await carry()
  days(3)
  const forget = ofMessages([]).find(({ name }) => name === "forgetMessages")!
  await forget.run(web.own.db, { at: web.clock.now(), now: () => web.clock.now() })
  assert.ok((await inTx((tx) => outboxOf(tx, { memberId: takerId }))).every(({ forgotten }) => forgotten))
})

test("who became somebody else has nothing to leave, and holds up nobody who leaves after them", async () => {
  const [donor, heir, leaver] = [await aHolder(1), await aHolder(2), await aHolder(3)]
  const ask = (memberId: number) =>
    inTransaction(web.own.db, (tx) => askToLeave(tx, { memberId, giftTo: null, phoneRules: { foreign: "allow" }, at: web.clock.now() }))
  await ask(donor.memberId)
  const at = web.clock.now()
  await inTransaction(web.own.db, (tx) => mergeMembers(tx, { from: donor.memberId, into: heir.memberId, at, by: "system" }))
  days(0.1)
  await ask(leaver.memberId)
  days(3.1)
  assert.deepEqual(await endLeavers(), { left: 1 })
  assert.equal(await memberAt(leaver.phone), undefined)
  assert.equal((await memberAt(heir.phone))?.memberId, heir.memberId)
  assert.equal(await inTransaction(web.own.db, (tx) => leavingOf(tx, donor.memberId)), undefined)
})

test("A56: with a session found later nobody leaves; a bank card number is no phone", async () => {
  const { browser } = await aHolder(1)
  assert.equal((await browser.post(PAGE, { sure: "on", gift: "4111 1111 1111 1111" })).status, 422)
  assert.equal((await browser.post(PAGE, { sure: "on", gift: "12" })).status, 422)
  assert.equal((await browser.post(PAGE, {})).status, 400)
  days(1)
  assert.equal((await browser.post(PAGE, { sure: "on" })).status, 401)
})
