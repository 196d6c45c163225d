import { blockCard, devicesOf, replaceCard, unblockCard } from "@mila/cards"
import { aCard } from "@mila/cards/testing"
import assert from "node:assert/strict"
import { test } from "node:test"
import { endPassKeys, makeApplePass, ownApplePass, passesOf, removePass, saveToGoogle } from "./index.ts"
import {
  AT,
  later,
  by,
  PHONE,
  db,
  google,
  push,
  wallets,
  now,
  within,
  refused,
  save,
  aMinuteOfWork,
  aSaved,
  anInstalledFor,
} from "./passes.testing.ts"

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
