import { cardById, identifyCards, moveCards, removeCardsOf } from "@mila/cards"
import { aCard } from "@mila/cards/testing"
import { aLot } from "@mila/ledger/testing"
import assert from "node:assert/strict"
import { test } from "node:test"
import { jobs, passesOf, removePass } from "./index.ts"
import { AT, later, by, PHONE, own, db, google, push, wallets, within, aMinuteOfWork, aSaved, anInstalled } from "./passes.testing.ts"

test("who leaves takes the passes along: void, and without a name", async () => {
  const { card, object } = await aSaved()
  await within((tx) => removeCardsOf(tx, { memberId: card.memberId, at: AT, by, reason: "left" }))
  await aMinuteOfWork(later(61))
  assert.deepEqual([object().state, object().accountName, object().loyaltyPoints], ["INACTIVE", undefined, undefined])
})

test("a card that goes to another member in a merge shows that one's points", async () => {
  const { card, object } = await aSaved()
  const { memberId: into } = await within(async (tx) => {
    const other = await aCard(tx)
    await removeCardsOf(tx, { memberId: other.memberId, at: AT, by })
    return other
  })
  await aLot(db, { memberId: into, amount: 77 })
  await within((tx) => moveCards(tx, { from: card.memberId, into, at: AT, by }))
  await aMinuteOfWork(later(61))
  assert.deepEqual(object().loyaltyPoints?.balance, { int: 77 })
  assert.equal((await within((tx) => passesOf(tx, into))).length, 1)
  await aLot(db, { memberId: into, amount: 3 })
  await aMinuteOfWork(later(125))
  assert.deepEqual(object().loyaltyPoints?.balance, { int: 80 })
})

test("many movements within a minute are told once, and not before a minute has passed since the last word", async () => {
  const { card, object } = await aSaved()
  await aMinuteOfWork(later(1)) // reads the journal up to here
  google.asked.length = 0
  for (let time = 0; time < 5; time += 1) await aLot(db, { memberId: card.memberId, amount: 10 })
  assert.equal((await aMinuteOfWork(later(30)))["told"], 0)
  assert.deepEqual(object().loyaltyPoints?.balance, { int: 500 })
  assert.equal((await aMinuteOfWork(later(61)))["told"], 1)
  assert.deepEqual(object().loyaltyPoints?.balance, { int: 550 })
  const patches = () => google.asked.filter((asked) => asked.startsWith("PATCH")).length
  assert.equal(patches(), 1)
  await aMinuteOfWork(later(200))
  assert.equal(patches(), 1, "nothing has changed since")
})

test("a phone is told by Apple's push service when points move, once, and forgotten when it has the pass no more", async () => {
  const { memberId } = await anInstalled(100)
  await aMinuteOfWork(later(1))
  assert.deepEqual(push.told, [])
  await aLot(db, { memberId, amount: 50 })
  await aMinuteOfWork(later(70))
  await aMinuteOfWork(later(140))
  assert.deepEqual(push.told, [PHONE])
  push.phones.clear()
  await aLot(db, { memberId, amount: 50 })
  await aMinuteOfWork(later(210))
  await aLot(db, { memberId, amount: 50 })
  await aMinuteOfWork(later(300))
  assert.deepEqual(push.told, [PHONE, PHONE], "after Apple said that it is gone nobody asks again")
})

test("who is away is tried again after one minute, two, four, and hears it in the end", async () => {
  const { memberId } = await anInstalled(100, "b2".repeat(32))
  const { card, object } = await aSaved()
  await aMinuteOfWork(later(1))
  ;[push.mood, google.mood] = ["busy", "forbidden"]
  for (const holder of [memberId, card.memberId]) await aLot(db, { memberId: holder, amount: 50 })
  assert.equal((await aMinuteOfWork(later(70)))["failed"], 2)
  assert.equal((await aMinuteOfWork(later(100)))["failed"], 0)
  assert.equal((await aMinuteOfWork(later(131)))["failed"], 2)
  ;[push.mood, google.mood] = ["well", "well"]
  assert.equal((await aMinuteOfWork(later(200)))["told"], 0)
  assert.equal((await aMinuteOfWork(later(252)))["told"], 2)
  assert.deepEqual([push.told.at(-1), object().loyaltyPoints?.balance], ["b2".repeat(32), { int: 550 }])
})

test("once a day passes are looked at that nothing has touched, and those that ended three months ago are forgotten", async () => {
  const { card, object, pass } = await aSaved()
  await aMinuteOfWork(later(1))
  const check = jobs(wallets)[1]!
  const soon = new Date("2027-05-10T03:00:00Z") // its lot ends on 2027-05-22
  assert.equal(object().secondaryLoyaltyPoints, undefined)
  assert.ok((await check.run(db, { at: soon, now: () => soon }))["looked"]! >= 1)
  await aMinuteOfWork(soon)
  assert.deepEqual(object().secondaryLoyaltyPoints?.balance, { int: 500 })
  await within((tx) => removePass(tx, { memberId: card.memberId, passId: pass.passId, at: soon }))
  const longAfter = new Date(soon.getTime() + 91 * 86_400_000)
  assert.ok((await check.run(db, { at: longAfter, now: () => longAfter }))["forgotten"]! >= 1)
  assert.ok(await within((tx) => cardById(tx, card.cardId)))
})

test("what lies in the database names no phone, no token and no number", async () => {
  const { card } = await anInstalled(10, "c3".repeat(32))
  const { rows } = await own.owner.pool.query(
    "select (select string_agg(p::text, '') from wallet.pass p) || (select string_agg(r::text, '') from wallet.registration r) everything",
  )
  for (const secret of [card.number, "c3c3c3c3", Buffer.from("c3".repeat(32)).toString("hex")])
    assert.ok(!rows[0].everything.includes(secret))
  assert.ok(await within(async (tx) => (await identifyCards(tx, [card.number])).get(card.number)))
})
