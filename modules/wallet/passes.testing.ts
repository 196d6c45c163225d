// Where tests of passes play: a database, stand-ins for Apple and Google, and a worker's minute. The names are live: each test finds them fresh.
import { verifyRotatingCode } from "@mila/cards"
import { aCard } from "@mila/cards/testing"
import { closeTestDatabases, ownDb, type OwnDb } from "@mila/db/testing"
import { type Db, inTransaction, Refusal, takeJobs, type Tx } from "@mila/kernel"
import { aLot } from "@mila/ledger/testing"
import assert from "node:assert/strict"
import { after, before, beforeEach } from "node:test"
import { jobs, makeApplePass, noteCards, ownApplePass, passesOf, saveToGoogle, type Wallets } from "./index.ts"
import { registerPhone } from "./iphones.ts"
import type { LoyaltyObject } from "./google-object.ts"
import { applePushStandIn, type ApplePushStandIn, googleWalletStandIn, type GoogleStandIn, shownBy } from "./stand-ins/index.ts"
import { aProgramme, someAppleKeys, someGoogleKeys, someServerKeys } from "./testing.ts"

export const AT = new Date("2026-11-23T09:00:00Z")
export const later = (seconds: number): Date => new Date(AT.getTime() + seconds * 1000)
export const by = "system"
export const PHONE = "a1".repeat(32)

export let own: OwnDb
export let db: Db
export let google: GoogleStandIn
export let push: ApplePushStandIn
export let wallets: Wallets
export let now = new Date(AT)

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

export const within = <Answer>(act: (tx: Tx) => Promise<Answer>): Promise<Answer> => inTransaction(db, act)
export const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
export const save = (memberId: number, at = now) => saveToGoogle(db, { memberId, at }, { wallets, done: async () => undefined })

/** What the worker does: takes what acts have left, then runs the job. */
export async function aMinuteOfWork(at: Date): Promise<Record<string, number>> {
  now = at
  const left = await within((tx) => takeJobs(tx, { most: 1_000 }))
  for (const { name, data } of left)
    if (name === "cardsChanged") await within((tx) => noteCards(tx, { ...(data as { cardIds: number[] }), at }))
  return jobs(wallets)[0]!.run(db, { at, now: () => at })
}

export async function aSaved(points = 500) {
  const card = await within((tx) => aCard(tx))
  await aLot(db, { memberId: card.memberId, amount: points })
  const { url } = await save(card.memberId)
  const { id } = google.opens(url)
  const object = () => google.objects.get(id) as unknown as LoyaltyObject
  const code = (at: Date, from = object()) => within((tx) => verifyRotatingCode(tx, { code: shownBy(from.rotatingBarcode!, at), at }))
  const [pass] = await within((tx) => passesOf(tx, card.memberId))
  return { card, object, code, pass: pass! }
}

export async function anInstalled(points = 500, pushToken = PHONE) {
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

/** The Apple pass of a member there is, in a phone. */
export async function anInstalledFor(memberId: number) {
  await within((tx) => makeApplePass(tx, { memberId, at: now }, wallets))
  const { serial, updates } = await within((tx) => ownApplePass(tx, { memberId, at: now }, wallets))
  const asked = { passType: wallets.apple!.passType, serial, token: updates.token }
  push.phones.set(PHONE, () => undefined)
  await within((tx) => registerPhone(tx, { ...asked, deviceId: "phone", pushToken: PHONE, at: now }, wallets))
  return { asked }
}
