import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { type Day, Refusal } from "@mila/kernel"
import { aChild } from "@mila/members/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  blockCard,
  cardsOf,
  claimedAmong,
  claimsBy,
  claimsOf,
  enrolDevice,
  historyOf,
  identifyCards,
  linkPartnerCard,
  partnerSchemes,
  raiseAssurance,
  rejectClaim,
  removeCard,
  replaceCard,
  schemeOf,
  setSchemeStatus,
  upholdClaim,
} from "./index.ts"
import { endExpiredLinks } from "./jobs.ts"
import { aCard, aMember, aPartnerNumber, SOME_DAY } from "./testing.ts"
import { checkDigit } from "./ean13.ts"

after(closeTestDatabases)

const at = SOME_DAY
const by = "staff:1"
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const link = { assurance: "typed", at, by } as const

test("the scheme knows its thirteen blocks and their banks, and nothing beyond their ends", () =>
  rolledBack(async (tx) => {
    const [mocnaya] = await partnerSchemes(tx)
    assert.equal(mocnaya?.ranges.length, 13)
    for (const { issuer, firstSerial, lastSerial } of mocnaya.ranges) {
      for (const [serial, known] of [
        [firstSerial, true],
        [lastSerial, true],
        [firstSerial - 1, false],
        [lastSerial + 1, false],
      ] as const) {
        assert.equal((await schemeOf(tx, aPartnerNumber({ issuer, serial })))?.issuer, known ? issuer : undefined, `${issuer}/${serial}`)
      }
    }
    assert.equal((await schemeOf(tx, aPartnerNumber({ issuer: "12", serial: 1 })))?.issuerName, "Белагропромбанк")
    assert.equal((await schemeOf(tx, aPartnerNumber({ issuer: "07", serial: 1 })))?.issuerName, "Альфа-Банк")
    assert.equal(await schemeOf(tx, aPartnerNumber({ issuer: "13", serial: 1 })), undefined)
  }))

test("a partner card is linked while its scheme hands out no new ones, and not once it is closed", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    const linked = await linkPartnerCard(tx, { ...link, number: aPartnerNumber({ serial: 7 }), memberId })
    assert.equal(linked.status, "linked")
    await setSchemeStatus(tx, { code: "mocnaya", status: "closed" })
    await assert.rejects(
      linkPartnerCard(tx, { ...link, number: aPartnerNumber({ serial: 8 }), memberId }),
      refused("partner_scheme_closed"),
    )
    assert.equal((await cardsOf(tx, memberId))[0]?.state, "active")
  }))

test("a number that is not the barcode is refused with the reason, a bank card number first of all", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    const good = aPartnerNumber({ serial: 9 })
    const cases: [string, string][] = [
      ["5111 1111 1111 1118", "bank_card_number"],
      ["9112380000000004".slice(0, 15), "partner_scheme_unknown"],
      ["moc", "card_number_invalid"],
      [good.slice(0, 12) + ((Number(good[12]) + 1) % 10), "partner_scheme_unknown"],
      ["996807065001" + checkDigit("996807065001"), "partner_scheme_unknown"],
      [(await aCard(tx)).number, "partner_scheme_unknown"],
    ]
    for (const [number, code] of cases) await assert.rejects(linkPartnerCard(tx, { ...link, number, memberId }), refused(code), code)
    const past = { number: good, memberId, validUntil: "2026-11-22" as Day }
    await assert.rejects(linkPartnerCard(tx, { ...link, ...past }), refused("partner_card_expired"))
  }))

test("a second member's claim is answered and written down, however often it is tried", () =>
  rolledBack(async (tx) => {
    const number = aPartnerNumber()
    const [holder, claimant] = [await aMember(tx), await aMember(tx)]
    await linkPartnerCard(tx, { ...link, number, memberId: holder })
    const taken = await linkPartnerCard(tx, { ...link, number, memberId: claimant, assurance: "scanned" })
    assert.ok(taken.status === "partner_card_taken")
    assert.deepEqual([taken.holderId, taken.claimantId, taken.lastDigits, taken.isNew], [holder, claimant, number.slice(-4), true])
    assert.deepEqual(await linkPartnerCard(tx, { ...link, number, memberId: claimant }), { ...taken, isNew: false })
    const [claim] = await claimsOf(tx, { most: 10 })
    assert.deepEqual([claim?.holderId, claim?.claimantId, claim?.claimantAssurance, claim?.tries], [holder, claimant, "scanned", 2])
    assert.equal((await identifyCards(tx, [number])).get(number)?.memberId, holder)
  }))

test("who claims a card sees whether it was decided, and its holder that it is claimed; a decision is shown while it is new", () =>
  rolledBack(async (tx) => {
    const number = aPartnerNumber()
    const [holder, claimant] = [await aMember(tx), await aMember(tx)]
    const linked = await linkPartnerCard(tx, { ...link, number, memberId: holder })
    assert.ok(linked.status === "linked")
    const { cardId } = linked.card
    assert.equal((await claimedAmong(tx, [cardId])).size, 0)
    const taken = await linkPartnerCard(tx, { ...link, number, memberId: claimant })
    assert.ok(taken.status === "partner_card_taken")
    const { claimId } = taken
    const seen = async (memberId: number, since = at) => (await claimsBy(tx, { memberId, since })).map(({ state }) => state)
    assert.deepEqual(await claimsBy(tx, { memberId: claimant, since: at }), [
      { claimId, state: "open", lastDigits: number.slice(-4), claimedAt: at },
    ])
    assert.deepEqual([...(await claimedAmong(tx, [cardId]))], [cardId])
    assert.deepEqual(await seen(holder), [], "it is the claimant's")
    await rejectClaim(tx, { claimId, reason: "saw the card", at, by: "staff:2" })
    assert.deepEqual([await seen(claimant), (await claimedAmong(tx, [cardId])).size], [["rejected"], 0])
    assert.deepEqual(await seen(claimant, new Date(at.getTime() + 1)), [], "it is old")

    const [third] = [await aMember(tx)]
    const again = await linkPartnerCard(tx, { ...link, number, memberId: third })
    assert.ok(again.status === "partner_card_taken")
    await upholdClaim(tx, { claimId: again.claimId, reason: "saw the card", at, by: "staff:2" })
    assert.deepEqual([await seen(third), (await cardsOf(tx, third))[0]?.number], [[], number], "now it is their card")
  }))

test("the better rate waits for a scan and redeeming for a payment, as the scheme demands; assurance only grows", () =>
  rolledBack(async (tx) => {
    const number = aPartnerNumber()
    const memberId = await aMember(tx)
    const outcome = await linkPartnerCard(tx, { ...link, number, memberId })
    assert.ok(outcome.status === "linked")
    const { cardId } = outcome.card
    const proven = async () => (await identifyCards(tx, [number])).get(number)?.proven
    assert.deepEqual(await proven(), { rate: false, redeem: false })
    await raiseAssurance(tx, { cardId, assurance: "scanned", at, by: "till:1" })
    assert.deepEqual(await proven(), { rate: true, redeem: false })
    await raiseAssurance(tx, { cardId, assurance: "paid", at, by: "till:1" })
    await raiseAssurance(tx, { cardId, assurance: "typed", at, by: "till:1" })
    await linkPartnerCard(tx, { ...link, number, memberId })
    assert.deepEqual(await proven(), { rate: true, redeem: true })
    assert.deepEqual(
      (await historyOf(tx, cardId)).map(({ what }) => what),
      ["linked", "assured", "assured"],
    )
  }))

test("an unlinked card is forgotten: its number is gone, its history stays, and somebody else may link it", () =>
  rolledBack(async (tx) => {
    const number = aPartnerNumber()
    const [one, other] = [await aMember(tx), await aMember(tx)]
    const linked = await linkPartnerCard(tx, { ...link, number, memberId: one })
    assert.ok(linked.status === "linked")
    await blockCard(tx, { cardId: linked.card.cardId, reason: "lost", at, by })
    await assert.rejects(linkPartnerCard(tx, { ...link, number, memberId: one }), refused("card_blocked"))
    const removed = await removeCard(tx, { cardId: linked.card.cardId, at, by })
    assert.deepEqual([removed.state, removed.number], ["removed", null])
    assert.equal((await identifyCards(tx, [number])).size, 0)
    assert.equal((await linkPartnerCard(tx, { ...link, number, memberId: other })).status, "linked")
  }))

test("a partner's card is not ours to replace or to show codes for", () =>
  rolledBack(async (tx) => {
    const linked = await linkPartnerCard(tx, { ...link, number: aPartnerNumber(), memberId: await aMember(tx) })
    assert.ok(linked.status === "linked")
    const { cardId } = linked.card
    await assert.rejects(replaceCard(tx, { cardId, reason: "lost", at, by }), refused("card_kind_unfit"))
    await assert.rejects(enrolDevice(tx, { cardId, deviceName: "phone", at, by }), refused("card_kind_unfit"))
  }))

test("a link ends the day after its card does, and the job may run twice", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await linkPartnerCard(tx, { ...link, number: aPartnerNumber(), memberId, validUntil: "2026-11-23" as Day })
    assert.equal(await endExpiredLinks(tx, { at, most: 10 }), 0)
    const next = new Date("2026-11-23T21:00:00Z") // midnight in Minsk
    assert.equal(await endExpiredLinks(tx, { at: next, most: 10 }), 1)
    assert.equal(await endExpiredLinks(tx, { at: next, most: 10 }), 0)
    assert.equal((await cardsOf(tx, memberId))[0]?.state, "removed")
  }))

test("nobody under sixteen links a partner's card, whichever door it comes by", () =>
  rolledBack(async (tx) => {
    const { memberId } = await aChild(tx)
    const number = aPartnerNumber()
    for (const hand of ["staff:1", `member:${memberId}`] as const)
      await assert.rejects(linkPartnerCard(tx, { ...link, number, memberId, by: hand }), refused("child_partner_card"))
    const grown = new Date("2028-05-03T09:00:00Z")
    assert.equal((await linkPartnerCard(tx, { ...link, number, memberId, at: grown })).status, "linked")
  }))
