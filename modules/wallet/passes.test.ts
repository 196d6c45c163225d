import {
  blockCard,
  cardById,
  devicesOf,
  identifyCards,
  moveCards,
  replaceCard,
  removeCardsOf,
  unblockCard,
  verifyRotatingCode,
} from "@mila/cards"
import { aCard } from "@mila/cards/testing"
import { closeTestDatabases, ownDb, type OwnDb } from "@mila/db/testing"
import { type Db, inTransaction, Refusal, takeJobs, type Tx } from "@mila/kernel"
import { aLot } from "@mila/ledger/testing"
import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import { endPassKeys, jobs, makeApplePass, noteCards, ownApplePass, passesOf, removePass, saveToGoogle, type Wallets } from "./index.ts"
import { registerPhone } from "./iphones.ts"
import type { LoyaltyObject } from "./google-object.ts"
import { applePushStandIn, type ApplePushStandIn, googleWalletStandIn, type GoogleStandIn, shownBy } from "./stand-ins/index.ts"
import { aProgramme, someAppleKeys, someGoogleKeys, someServerKeys } from "./testing.ts"

const AT = new Date("2026-11-23T09:00:00Z")
const later = (seconds: number): Date => new Date(AT.getTime() + seconds * 1000)
const by = "system"
const PHONE = "a1".repeat(32)

let own: OwnDb
let db: Db
let google: GoogleStandIn
let push: ApplePushStandIn
let wallets: Wallets
let now = AT

before(async () => {
  own = await ownDb()
  db = own.db
  const { keys, publicKey } = someGoogleKeys()
  google = await googleWalletStandIn({ ...keys, publicKey }, { now: () => now })
  const [apple, server] = [someAppleKeys(), someServerKeys()]
  push = await applePushStandIn({ ...server, authority: apple.wwdr, passType: apple.passType })
  wallets = {
    programme: aProgramme(),
    apple: { ...apple, pushUrl: push.url, pushAuthority: server.certificate },
    google: { ...keys, url: google.url, tokenUrl: google.tokenUrl },
  }
})
after(async () => {
  await Promise.all([google.close(), push.close()])
  await own.drop()
  await closeTestDatabases()
})
beforeEach(() => {
  now = AT
  google.mood = push.mood = "well"
  google.asked.length = push.told.length = 0
  push.phones.clear()
})

const within = <Answer>(act: (tx: Tx) => Promise<Answer>): Promise<Answer> => inTransaction(db, act)
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const save = (memberId: number, at = now) => saveToGoogle(db, { memberId, at }, { wallets, done: async () => undefined })

/** What the worker does: takes what acts have left, then runs the job. */
async function aMinuteOfWork(at: Date): Promise<Record<string, number>> {
  now = at
  const left = await within((tx) => takeJobs(tx, { most: 1_000 }))
  for (const { name, data } of left)
    if (name === "cardsChanged") await within((tx) => noteCards(tx, { ...(data as { cardIds: number[] }), at }))
  return jobs(wallets)[0]!.run(db, { at, now: () => at })
}

async function aSaved(points = 500) {
  const card = await within((tx) => aCard(tx))
  await aLot(db, { memberId: card.memberId, amount: points })
  const { url } = await save(card.memberId)
  const { id } = google.opens(url)
  const object = () => google.objects.get(id) as unknown as LoyaltyObject
  const code = (at: Date, from = object()) => within((tx) => verifyRotatingCode(tx, { code: shownBy(from.rotatingBarcode!, at), at }))
  const [pass] = await within((tx) => passesOf(tx, card.memberId))
  return { card, object, code, pass: pass! }
}

async function anInstalled(points = 500, pushToken = PHONE) {
  const card = await within((tx) => aCard(tx))
  const { memberId } = card
  await aLot(db, { memberId, amount: points })
  await within((tx) => makeApplePass(tx, { memberId, at: now }, wallets))
  const { serial, updates } = await within((tx) => ownApplePass(tx, { memberId, at: now }, wallets))
  const asked = { passType: wallets.apple!.passType, serial, token: updates.token }
  push.phones.set(pushToken, () => undefined)
  assert.equal(
    await within((tx) => registerPhone(tx, { ...asked, deviceId: pushToken.slice(8), pushToken, at: now }, wallets)),
    "registered",
  )
  return { card, memberId, asked }
}

test("a pass saved to Google has the card, its points and a key of its own, whose codes tills take once", async () => {
  const { card, object, code, pass } = await aSaved()
  const { accountId, loyaltyPoints, rotatingBarcode } = object()
  assert.deepEqual([accountId, loyaltyPoints?.balance], [card.number, { int: 500 }])
  assert.deepEqual([pass.kind, pass.isRotating, pass.cardNumber], ["google", true, card.number])
  assert.ok(!object().id.includes(card.number))
  const outcome = await code(later(60))
  assert.ok(outcome.status === "valid" && outcome.card.cardId === card.cardId)
  assert.equal((await code(later(60))).status, "rotating_code_used")
  const [device] = await within((tx) => devicesOf(tx, card.cardId))
  assert.deepEqual([device!.name, device!.sessionId], ["Google Wallet", null])
  assert.equal(rotatingBarcode!.valuePattern.slice(13, 15), String(device!.deviceNo).padStart(2, "0"))
})

test("asked for again a pass keeps its key; after the key was taken away it gets a new one", async () => {
  const { card, object, code } = await aSaved()
  const before = object().rotatingBarcode
  await save(card.memberId)
  assert.deepEqual(object().rotatingBarcode, before)
  await within((tx) => endPassKeys(tx, { memberId: card.memberId, at: now }))
  assert.equal((await code(later(10))).status, "rotating_code_invalid")
  assert.equal((await within((tx) => passesOf(tx, card.memberId)))[0]!.isRotating, false)
  await aMinuteOfWork(later(61))
  assert.deepEqual([object().rotatingBarcode, object().barcode?.value], [undefined, card.number])
  await save(card.memberId)
  assert.notDeepEqual(object().rotatingBarcode, before)
  assert.equal((await code(later(90))).status, "valid")
})

test("when Google does not take it, nothing is left: no key, no pass, and its words go to nobody", async () => {
  const card = await within((tx) => aCard(tx))
  for (const mood of ["broken", "forbidden"] as const) {
    google.mood = mood
    await assert.rejects(save(card.memberId), refused("wallet_away"))
    assert.deepEqual(await within((tx) => devicesOf(tx, card.cardId)), [])
    assert.deepEqual(await within((tx) => passesOf(tx, card.memberId)), [])
  }
  google.mood = "well"
  await save(card.memberId)
  assert.equal((await within((tx) => passesOf(tx, card.memberId))).length, 1)
})

test("two taps at once make one key: the second is told to wait", async () => {
  const card = await within((tx) => aCard(tx))
  const outcomes = await Promise.allSettled([save(card.memberId), save(card.memberId)])
  const rejected = outcomes.filter((one) => one.status === "rejected")
  assert.equal((await within((tx) => devicesOf(tx, card.cardId))).length, 1)
  assert.ok(rejected.every(({ reason }) => refused("pass_being_made")(reason)))
  assert.ok(rejected.length <= 1)
})

test("a key is one of the card's five, and who has no card that works gets no pass", async () => {
  const card = await within((tx) => aCard(tx))
  await within((tx) => blockCard(tx, { cardId: card.cardId, reason: "lost", at: AT, by }))
  await assert.rejects(save(card.memberId), refused("card_not_shown"))
  await assert.rejects(
    within((tx) => makeApplePass(tx, { memberId: card.memberId, at: AT }, wallets)),
    refused("card_not_shown"),
  )
  await assert.rejects(
    saveToGoogle(db, { memberId: card.memberId, at: AT }, { wallets: { ...wallets, google: null }, done: async () => undefined }),
    refused("wallet_unknown"),
  )
})

test("a removed pass makes no good codes at once, and within a minute it is void; somebody else's is as if there were none", async () => {
  const { card, object, code, pass } = await aSaved()
  const kept = object()
  const other = await within((tx) => aCard(tx))
  await assert.rejects(
    within((tx) => removePass(tx, { memberId: other.memberId, passId: pass.passId, at: AT })),
    refused("pass_unknown"),
  )
  await within((tx) => removePass(tx, { memberId: card.memberId, passId: pass.passId, at: AT }))
  assert.equal((await code(later(5), kept)).status, "rotating_code_invalid")
  await aMinuteOfWork(later(61))
  assert.deepEqual([object().state, object().accountId], ["INACTIVE", undefined])
  assert.deepEqual(await within((tx) => passesOf(tx, card.memberId)), [])
  await assert.rejects(
    within((tx) => removePass(tx, { memberId: card.memberId, passId: pass.passId, at: AT })),
    refused("pass_unknown"),
  )
})

test("A21: a blocked card's pass is void and its key is dead; found again it is shown anew, without the key", async () => {
  const { card, object, code } = await aSaved()
  const kept = object()
  await within((tx) => blockCard(tx, { cardId: card.cardId, reason: "lost", at: AT, by }))
  assert.equal((await code(later(5), kept)).status, "rotating_code_invalid")
  await aMinuteOfWork(later(61))
  assert.equal(object().state, "INACTIVE")
  await within((tx) => unblockCard(tx, { cardId: card.cardId, at: later(100), by }))
  await aMinuteOfWork(later(130))
  assert.deepEqual([object().state, object().accountId, object().rotatingBarcode], ["ACTIVE", card.number, undefined])
})

test("A21: a replaced card's passes are void and learn nothing of the new card, whose pass is another one", async () => {
  const { card, object, code } = await aSaved()
  const kept = object()
  const { asked } = await anInstalledFor(card.memberId)
  const next = await within((tx) => replaceCard(tx, { cardId: card.cardId, reason: "lost", at: AT, by }))
  assert.equal((await code(later(5), kept)).status, "rotating_code_invalid")
  await aMinuteOfWork(later(61))
  assert.equal(object().state, "INACTIVE")
  assert.deepEqual(await within((tx) => passesOf(tx, card.memberId)), [])
  assert.deepEqual(push.told, [PHONE])
  const { url } = await save(card.memberId)
  assert.equal(google.opens(url).accountId, next.number)
  assert.notEqual(google.opens(url).id, object().id)
  await within((tx) => makeApplePass(tx, { memberId: card.memberId, at: now }, wallets))
  const fresh = await within((tx) => ownApplePass(tx, { memberId: card.memberId, at: now }, wallets))
  assert.deepEqual([fresh.number, fresh.serial === asked.serial], [next.number, false])
})

/** The Apple pass of a member there is, in a phone. */
async function anInstalledFor(memberId: number) {
  await within((tx) => makeApplePass(tx, { memberId, at: now }, wallets))
  const { serial, updates } = await within((tx) => ownApplePass(tx, { memberId, at: now }, wallets))
  const asked = { passType: wallets.apple!.passType, serial, token: updates.token }
  push.phones.set(PHONE, () => undefined)
  await within((tx) => registerPhone(tx, { ...asked, deviceId: "phone", pushToken: PHONE, at: now }, wallets))
  return { asked }
}

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
