import { cardsOf, linkPartnerCard } from "@mila/cards"
import { aPartnerNumber } from "@mila/cards/testing"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import type { Tx } from "@mila/kernel"
import { openPurses } from "@mila/ledger"
import { mergesInto } from "@mila/members"
import { aMember } from "@mila/members/testing"
import { consentHistory, heldBy } from "@mila/privacy"
import { someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { linkOwnCard, mergeMemberships, removeOwnCard, undoMerge, withdrawOwnConsents } from "./index.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T09:00:00Z")
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000)

async function someone(tx: Tx): Promise<number> {
  const memberId = await aMember(tx)
  await openPurses(tx, { memberIds: [memberId] })
  return memberId
}
const link = (tx: Tx, memberId: number, number = aPartnerNumber()) =>
  linkOwnCard(tx, {
    ...{ memberId, number, scanned: true, consentVersion: 1, locale: "ru", door: "web" },
    ...{ origin: { ip: "203.0.113.7", device: "Chrome" }, at: AT },
  })
const linked = async (tx: Tx, memberId: number) =>
  (await cardsOf(tx, memberId)).filter(({ kind, state }) => kind === "partner" && state === "active")
const consents = async (tx: Tx, memberId: number, at = later(1)) => (await heldBy(tx, { memberId, at })).has("partner_card")
const lines = async (tx: Tx, memberId: number) => (await consentHistory(tx, memberId)).map(({ what, means }) => `${what} ${means}`)

test("withdrawing the consent to a partner's card unlinks every one of them, and a claim of another's ends too", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const [memberId, other] = [await someone(tx), await someone(tx)]
    const theirs = aPartnerNumber()
    await link(tx, other, theirs)
    await link(tx, memberId)
    await link(tx, memberId)
    assert.equal(await link(tx, memberId, theirs), "partner_card_taken")
    await withdrawOwnConsents(tx, { memberId, purposes: ["partner_card"], door: "web", at: later(1) })
    assert.deepEqual([await linked(tx, memberId), await consents(tx, memberId)], [[], false])
    assert.equal((await linked(tx, other)).length, 1)
    await removeOwnCard(tx, { memberId: other, cardId: (await linked(tx, other))[0]!.cardId, door: "web", at: later(1) })
    const again = await linkPartnerCard(tx, { number: theirs, memberId, assurance: "typed", at: later(2), by: "staff:1" })
    assert.equal(again.status, "linked")
  }))

test("unlinking the last partner's card ends the consent, the one before it does not", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const memberId = await someone(tx)
    await link(tx, memberId)
    await link(tx, memberId)
    const [first, last] = await linked(tx, memberId)
    await removeOwnCard(tx, { memberId, cardId: first!.cardId, door: "web", at: later(1) })
    assert.equal(await consents(tx, memberId), true)
    await removeOwnCard(tx, { memberId, cardId: last!.cardId, door: "web", at: later(1) })
    assert.deepEqual(await lines(tx, memberId), ["withdrawn unlinking", "given tick"])
  }))

test("a merge carries the consent along with the card, word for word and with its term; undone, both go home", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const [from, into] = [await someone(tx), await someone(tx)]
    await link(tx, from)
    const term = (await heldBy(tx, { memberId: from, at: AT })).get("partner_card")!.holdsUntil
    await mergeMemberships(tx, { from, into, door: "web", at: later(1), by: `member:${into}` })
    assert.deepEqual([(await linked(tx, into)).length, await lines(tx, into)], [1, ["given merge"]])
    assert.deepEqual((await heldBy(tx, { memberId: into, at: later(1) })).get("partner_card")?.holdsUntil, term)
    const { mergeId } = (await mergesInto(tx, into))[0]!
    await undoMerge(tx, { mergeId, memberId: into, door: "web", at: later(2), by: `member:${into}` })
    assert.deepEqual([(await linked(tx, from)).length, await consents(tx, from, later(2))], [1, true])
    assert.deepEqual([await linked(tx, into), await consents(tx, into, later(2))], [[], false])
  }))
