import { checkPrice, putProducts } from "@mila/catalog"
import { aProduct } from "@mila/catalog/testing"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { Refusal, type Tx } from "@mila/kernel"
import { openShop } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  answerPriceClaim,
  claimPrice,
  claimsOfPerson,
  forgetClaimsOf,
  priceClaims,
  recordUnknownCodes,
  sealShownPrice,
  settleUnknownCode,
  shownPriceOf,
  unknownCodes,
} from "./index.ts"

after(closeTestDatabases)

const at = new Date("2026-11-24T09:00:00Z")
const later = (hours: number): Date => new Date(at.getTime() + hours * 3_600_000)
const network = "203.0.113"
const UNKNOWN = "4810000000018"
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

async function aShelf(tx: Tx): Promise<string> {
  await openShop(tx, { ...aShop({ code: "0001" }), at })
  const product = aProduct()
  await putProducts(tx, [product], { at })
  return product.eans[0]!
}

/** What the page showed, under our seal. */
async function shownOn(tx: Tx, ean: string): Promise<string> {
  const checked = await checkPrice(tx, { ean, shop: "0001", at })
  return sealShownPrice(tx, shownPriceOf(checked!, { shop: "0001", at }))
}

const aClaim = (sealed: string) => ({
  ...{
    evidence: { sealed },
    tillMinor: 2190,
    memberId: null,
    device: "phone-1",
    contact: null,
    words: null,
    locale: "ru" as const,
    network,
    at,
  },
})

test("a code nobody knows is counted by shop; what is no barcode, or known by now, is left out", () =>
  rolledBack(async (tx) => {
    const ean = await aShelf(tx)
    const seen = (code: string, shop: string | null = "0001", seenAt = at) => ({ code, shop, seenAt })
    assert.deepEqual(await recordUnknownCodes(tx, { seen: [seen(UNKNOWN), seen("4810000000014"), seen(ean)], network, at }), { taken: 1 })
    await recordUnknownCodes(tx, { seen: [seen(UNKNOWN, "0001", later(-30)), seen(UNKNOWN, "nowhere")], network, at })
    const found = await unknownCodes(tx, { most: 10 })
    assert.deepEqual(
      found.map(({ code, shop, times }) => [code, shop, times]),
      [
        [UNKNOWN, "0001", 2],
        [UNKNOWN, null, 1],
      ],
    )
    assert.deepEqual([found[0]!.firstSeenAt, found[0]!.lastSeenAt], [later(-30), at])
  }))

test("a card held before the camera is never written down: codes of restricted circulation are left out", () =>
  rolledBack(async (tx) => {
    await aShelf(tx)
    const cards = ["9968070000017", "2900000000018", "9900000000011", "0412345678903", "20000004"]
    const seen = cards.map((code) => ({ code, shop: null, seenAt: at }))
    await recordUnknownCodes(tx, { seen, network, at })
    assert.deepEqual(await unknownCodes(tx, { most: 10 }), [])
  }))

test("a settled code is open again when somebody meets it later, not when an old look arrives late", () =>
  rolledBack(async (tx) => {
    await aShelf(tx)
    const tell = (seenAt: Date) => recordUnknownCodes(tx, { seen: [{ code: UNKNOWN, shop: null, seenAt }], network, at: later(3) })
    await tell(at)
    await settleUnknownCode(tx, { code: UNKNOWN, note: "Заведён", at: later(1), by: "staff:1" })
    await tell(at)
    assert.equal((await unknownCodes(tx, { state: "open", most: 10 })).length, 0)
    await tell(later(2))
    assert.equal((await unknownCodes(tx, { state: "open", most: 10 })).length, 1)
    await assert.rejects(settleUnknownCode(tx, { code: "96385074", note: "x", at, by: "staff:1" }), refused("unknown_code_not_found"))
  }))

test("A51: one network tells so much a day and no more, however it spells its codes", () =>
  rolledBack(async (tx) => {
    await aShelf(tx)
    const seen = Array.from({ length: 100 }, () => ({ code: UNKNOWN, shop: null, seenAt: at }))
    for (let round = 0; round < 5; round += 1) await recordUnknownCodes(tx, { seen, network, at })
    await assert.rejects(recordUnknownCodes(tx, { seen: seen.slice(0, 1), network, at }), refused("told_too_often"))
    assert.equal((await recordUnknownCodes(tx, { seen: seen.slice(0, 1), network: "198.51.100", at })).taken, 1)
    assert.equal((await recordUnknownCodes(tx, { seen: seen.slice(0, 1), network, at: later(24) })).taken, 1)
  }))

test("a claim carries what was shown under our seal, and is found again by the member or in the same browser", () =>
  rolledBack(async (tx) => {
    const ean = await aShelf(tx)
    const sealed = await shownOn(tx, ean)
    const claim = await claimPrice(tx, { ...aClaim(sealed), contact: "+375290000001", words: "На полке 17,90" })
    assert.deepEqual([claim.ean, claim.shop, claim.source, claim.shown.cardMinor, claim.tillMinor], [ean, "0001", "live", 1790, 2190])
    assert.deepEqual([claim.contact, claim.words], ["+375290000001", "На полке 17,90"])
    await claimPrice(tx, { ...aClaim(sealed), memberId: 7, device: "phone-2" })
    const idsOf = async (person: Parameters<typeof claimsOfPerson>[1]) => (await claimsOfPerson(tx, person)).map(({ memberId }) => memberId)
    assert.deepEqual(await idsOf({ memberId: null, device: "phone-1" }), [null])
    assert.deepEqual(await idsOf({ memberId: 7, device: "phone-1" }), [7, null])
    assert.deepEqual(await idsOf({ memberId: null, device: "phone-2" }), [])
    assert.equal((await priceClaims(tx, { state: "open", most: 10 })).length, 2)
  }))

test("A51: what was never shown, was changed on the way or is too old opens no claim", () =>
  rolledBack(async (tx) => {
    const ean = await aShelf(tx)
    const sealed = await shownOn(tx, ean)
    const changed = sealed.slice(0, -4) + (sealed.endsWith("AAAA") ? "BBBB" : "AAAA")
    for (const wrong of [changed, "", "AAAA"]) await assert.rejects(claimPrice(tx, aClaim(wrong)), refused("shown_price_invalid"), wrong)
    await assert.rejects(claimPrice(tx, { ...aClaim(sealed), at: later(24 * 7 + 1) }), refused("shown_price_invalid"))
    for (const tillMinor of [0, -1, 1.5, 10 ** 9])
      await assert.rejects(claimPrice(tx, { ...aClaim(sealed), tillMinor }), refused("till_price_invalid"))
    await assert.rejects(claimPrice(tx, { ...aClaim(sealed), contact: "позвоните" }), refused("claim_contact_invalid"))
    await assert.rejects(claimPrice(tx, { ...aClaim(sealed), words: "карта 4111 1111 1111 1111" }), refused("bank_card_number"))
  }))

test("what a phone had kept is taken as its word, marked so, for a real thing in a real shop", () =>
  rolledBack(async (tx) => {
    const ean = await aShelf(tx)
    const kept = { ean, shop: "0001", regularMinor: 1890, cardMinor: 1690, shownAt: later(-2) }
    const claim = await claimPrice(tx, { ...aClaim(""), evidence: { kept } })
    assert.deepEqual([claim.source, claim.shown.regularMinor, claim.shown.cardMinor], ["kept", 1890, 1690])
    for (const wrong of [{ ean: UNKNOWN }, { shop: "nowhere" }, { shownAt: later(-24 * 15) }, { shownAt: later(1) }, { cardMinor: -5 }])
      await assert.rejects(claimPrice(tx, { ...aClaim(""), evidence: { kept: { ...kept, ...wrong } } }), refused("shown_price_invalid"))
  }))

test("a claim is answered once", () =>
  rolledBack(async (tx) => {
    const { claimId } = await claimPrice(tx, aClaim(await shownOn(tx, await aShelf(tx))))
    const word = { claimId, outcome: "till_wrong" as const, answer: "Вернём разницу на кассе.", at, by: "staff:1" }
    const answered = await answerPriceClaim(tx, word)
    assert.deepEqual([answered.state, answered.outcome, answered.answer], ["answered", "till_wrong", "Вернём разницу на кассе."])
    await assert.rejects(answerPriceClaim(tx, word), refused("price_claim_answered"))
    await assert.rejects(answerPriceClaim(tx, { ...word, claimId: 1 }), refused("price_claim_not_found"))
  }))

test("whose membership ended is forgotten in claims; the fact about the price stays", () =>
  rolledBack(async (tx) => {
    const sealed = await shownOn(tx, await aShelf(tx))
    await claimPrice(tx, { ...aClaim(sealed), memberId: 7, words: "Анна просит ответить" })
    assert.equal(await forgetClaimsOf(tx, 7), 1)
    const [claim] = await priceClaims(tx, { most: 10 })
    assert.deepEqual([claim!.memberId, claim!.words, claim!.tillMinor], [null, null, 2190])
    assert.deepEqual(await claimsOfPerson(tx, { memberId: 7, device: "phone-1" }), [])
  }))
