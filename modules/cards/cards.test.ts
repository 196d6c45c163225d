import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { Refusal, type Tx } from "@mila/kernel"
import { leaveMember, mergeMembers } from "@mila/members"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  attachCard,
  batchNumbers,
  blockBatch,
  blockCard,
  type CardView,
  cardById,
  cardsOf,
  defineRange,
  historyOf,
  identifyCards,
  isCardNumber,
  issueBatch,
  issueVirtualCard,
  moveCards,
  removeCard,
  removeCardsOf,
  replaceCard,
  unblockCard,
} from "./index.ts"
import { aCard, aMember, aPartnerNumber, aPlasticNumber, SOME_DAY } from "./testing.ts"

after(closeTestDatabases)

const at = SOME_DAY
const by = "staff:1"
const reason = "lost"
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const identify = async (tx: Tx, number: string) => (await identifyCards(tx, [number])).get(number)
const days = (count: number) => new Date(at.getTime() + count * 86_400_000)

test("a virtual card is active at once, its number is ours, and asking again answers the same card", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    const card = await issueVirtualCard(tx, { memberId, at, by: `member:${memberId}` })
    assert.ok(card.number?.startsWith("29") && isCardNumber(card.number))
    assert.deepEqual([card.state, card.kind, card.memberId], ["active", "virtual", memberId])
    assert.equal((await issueVirtualCard(tx, { memberId, at, by })).cardId, card.cardId)
    assert.deepEqual(
      (await historyOf(tx, card.cardId)).map(({ what, to, by }) => [what, to, by]),
      [["issued", "active", `member:${memberId}`]],
    )
  }))

test("no number lies open in any table", () =>
  rolledBack(async (tx) => {
    const { number, cardId } = await aCard(tx)
    await blockCard(tx, { cardId, reason, at, by })
    for (const table of ["card", "event", "denied"]) {
      const { rows } = await tx.client.query(`select string_agg(row_to_json(t)::text, '') all_rows from cards.${table} t`)
      assert.ok(!rows[0].all_rows.includes(number))
      assert.ok(!rows[0].all_rows.includes(Buffer.from(number).toString("hex")))
    }
  }))

test("the prefix of virtual cards is a setting; partners' prefixes and long ones are refused", () =>
  rolledBack(async (tx) => {
    const old = await aCard(tx)
    await defineRange(tx, { code: "virtual-2", kind: "virtual", prefix: "2714", at, by })
    assert.ok((await aCard(tx)).number.startsWith("2714"))
    assert.equal((await identify(tx, old.number))?.cardId, old.cardId)
    for (const prefix of ["99", "9968", "996", "12345", "02", "2", "x9"]) {
      await assert.rejects(defineRange(tx, { code: `p-${prefix}`, kind: "plastic", prefix, at, by }), refused("prefix_unfit"), prefix)
    }
    await assert.rejects(defineRange(tx, { code: "plastic", kind: "plastic", prefix: "26", at, by }), refused("range_taken"))
  }))

test("a batch is as many different plastic numbers as asked, anonymous, and can be read again for the printer", () =>
  rolledBack(async (tx) => {
    const { batchId, numbers } = await issueBatch(tx, { range: "plastic", count: 2_500, at, by })
    assert.equal(new Set(numbers).size, 2_500)
    assert.deepEqual((await batchNumbers(tx, { batchId })).toSorted(), numbers.toSorted())
    const found = await identifyCards(tx, numbers)
    assert.equal(found.size, 2_500)
    assert.ok([...found.values()].every(({ state, kind, memberId }) => state === "issued" && kind === "plastic" && memberId === null))
    await assert.rejects(issueBatch(tx, { range: "virtual", count: 1, at, by }), refused("card_kind_unfit"))
    await assert.rejects(issueBatch(tx, { range: "none", count: 1, at, by }), refused("range_unknown"))
    await assert.rejects(issueBatch(tx, { range: "plastic", count: 50_001, at, by }), refused("batch_too_large"))
  }))

test("a stolen batch is blocked, except the cards that belong to somebody", () =>
  rolledBack(async (tx) => {
    const { batchId, numbers } = await issueBatch(tx, { range: "plastic", count: 5, at, by })
    const memberId = await aMember(tx)
    await attachCard(tx, { number: numbers[0]!, memberId, at, by })
    assert.deepEqual(await blockBatch(tx, { batchId, reason: "stolen", at, by }), { blocked: 4 })
    assert.deepEqual(await blockBatch(tx, { batchId, reason: "stolen", at, by }), { blocked: 0 })
    assert.equal((await identify(tx, numbers[0]!))?.state, "active")
    await assert.rejects(attachCard(tx, { number: numbers[1]!, memberId, at, by }), refused("card_blocked"))
    const blocked = (await identify(tx, numbers[1]!))!
    assert.equal((await unblockCard(tx, { cardId: blocked.cardId, at, by })).state, "issued")
  }))

test("a plastic card is attached to one member; again to the same one is harmless", () =>
  rolledBack(async (tx) => {
    const number = await aPlasticNumber(tx)
    const [one, other] = [await aMember(tx), await aMember(tx)]
    const card = await attachCard(tx, { number, memberId: one, at, by: `member:${one}` })
    assert.deepEqual([card.state, card.memberId], ["active", one])
    assert.equal((await attachCard(tx, { number: `${number.slice(0, 6)} ${number.slice(6)}`, memberId: one, at, by })).cardId, card.cardId)
    await assert.rejects(attachCard(tx, { number, memberId: other, at, by }), refused("card_taken"))
    const cases: [string, string][] = [
      ["4111 1111 1111 1111", "bank_card_number"],
      ["2900000000000", "card_number_invalid"],
      [aPartnerNumber(), "card_unknown"],
      [(await aCard(tx)).number, "card_taken"],
    ]
    for (const [wrong, code] of cases) await assert.rejects(attachCard(tx, { number: wrong, memberId: other, at, by }), refused(code), code)
    await assert.rejects(attachCard(tx, { number: await aPlasticNumber(tx), memberId: 999_999_999, at, by }), refused("member_unknown"))
  }))

test("a blocked card is blocked at once, again is harmless, and a found one is unblocked until the fourteenth day", () =>
  rolledBack(async (tx) => {
    const { cardId, number } = await aCard(tx)
    await blockCard(tx, { cardId, reason, at, by })
    await blockCard(tx, { cardId, reason, at: days(1), by })
    assert.deepEqual([(await identify(tx, number))?.state, (await identify(tx, number))?.blockedAt], ["blocked", at])
    await assert.rejects(unblockCard(tx, { cardId, at: days(15), by }), refused("unblock_too_late"))
    const found = await unblockCard(tx, { cardId, at: days(14), by, reason: "found" })
    assert.deepEqual([found.state, found.blockedAt], ["active", null])
    assert.equal((await unblockCard(tx, { cardId, at: days(14), by })).state, "active")
    assert.deepEqual((await historyOf(tx, cardId)).map(({ what, from, to, reason, by }) => [what, from, to, reason, by]).slice(1), [
      ["blocked", "active", "blocked", "lost", by],
      ["unblocked", "blocked", "active", "found", by],
    ])
  }))

test("a blocked virtual card does not come back beside a newer one", () =>
  rolledBack(async (tx) => {
    const { cardId, memberId } = await aCard(tx)
    await blockCard(tx, { cardId, reason, at, by })
    assert.notEqual((await aCard(tx, { memberId })).cardId, cardId)
    await assert.rejects(unblockCard(tx, { cardId, at, by }), refused("virtual_card_active"))
  }))

test("a reason never carries a bank card number", () =>
  rolledBack(async (tx) => {
    const { cardId } = await aCard(tx)
    const change = { cardId, reason: "карта 4111111111111111 украдена", at, by } as const
    for (const act of [blockCard, unblockCard, replaceCard, removeCard] as ((tx: Tx, of: typeof change) => Promise<CardView>)[]) {
      await assert.rejects(act(tx, change), refused("bank_card_number"))
    }
  }))

test("a lost virtual card is replaced by a new one, and every earlier number is one step from the living", () =>
  rolledBack(async (tx) => {
    const first = await aCard(tx)
    const second = await replaceCard(tx, { cardId: first.cardId, reason, at, by })
    await blockCard(tx, { cardId: second.cardId, reason: "stolen", at, by })
    const third = await replaceCard(tx, { cardId: second.cardId, reason: "stolen", at: days(1), by })
    assert.equal(new Set([first.cardId, second.cardId, third.cardId]).size, 3)
    assert.deepEqual([third.state, third.memberId], ["active", first.memberId])
    for (const number of [first.number, second.number!]) {
      const old = (await identify(tx, number))!
      assert.deepEqual([old.state, old.memberId, old.successorId, old.successorState], ["replaced", first.memberId, third.cardId, "active"])
    }
    assert.deepEqual((await identify(tx, second.number!))?.blockedAt, at)
    await assert.rejects(replaceCard(tx, { cardId: first.cardId, reason, at, by }), refused("card_replaced"))
    await assert.rejects(blockCard(tx, { cardId: first.cardId, reason, at, by }), refused("card_replaced"))
    await assert.rejects(unblockCard(tx, { cardId: second.cardId, at, by }), refused("card_replaced"))
  }))

test("a lost plastic card is replaced by the plastic card in hand, or by the member's virtual card", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    const lost = await attachCard(tx, { number: await aPlasticNumber(tx), memberId, at, by })
    const plastic = await aPlasticNumber(tx)
    const given = await replaceCard(tx, { cardId: lost.cardId, plastic, reason, at, by })
    assert.deepEqual([given.kind, given.number, given.state], ["plastic", plastic, "active"])
    const { cardId: virtual } = await aCard(tx, { memberId })
    assert.equal((await replaceCard(tx, { cardId: given.cardId, reason, at, by })).cardId, virtual)
    assert.equal((await cardById(tx, lost.cardId)).successorId, virtual)
    const anonymous = (await identify(tx, await aPlasticNumber(tx)))!
    await assert.rejects(replaceCard(tx, { cardId: anonymous.cardId, reason, at, by }), refused("card_not_attached"))
  }))

test("a removed card stays removed and its number is never given to another", () =>
  rolledBack(async (tx) => {
    const { cardId, number, memberId } = await aCard(tx)
    assert.equal((await removeCard(tx, { cardId, at, by })).state, "removed")
    assert.equal((await removeCard(tx, { cardId, at: days(1), by })).state, "removed")
    assert.deepEqual([(await identify(tx, number))?.state, (await identify(tx, number))?.memberId], ["removed", memberId])
    await assert.rejects(blockCard(tx, { cardId, reason, at, by }), refused("card_removed"))
    assert.equal((await historyOf(tx, cardId)).length, 2)
  }))

test("who leaves loses the cards, and they are not brought back", () =>
  rolledBack(async (tx) => {
    const { cardId, memberId, number } = await aCard(tx)
    await attachCard(tx, { number: await aPlasticNumber(tx), memberId, at, by })
    await leaveMember(tx, { memberId, at, by })
    assert.deepEqual(await removeCardsOf(tx, { memberId, at, by, reason: "left" }), { removed: 2 })
    assert.deepEqual(await removeCardsOf(tx, { memberId, at, by }), { removed: 0 })
    assert.equal((await identify(tx, number))?.state, "removed")
    assert.equal((await removeCard(tx, { cardId, at, by })).state, "removed")
    await assert.rejects(issueVirtualCard(tx, { memberId, at, by }), refused("member_left"))
  }))

test("cards of a merged member go to the one they became; of two virtual cards one stands in for the other", () =>
  rolledBack(async (tx) => {
    const [donor, heir] = [await aCard(tx), await aCard(tx)]
    const plastic = await attachCard(tx, { number: await aPlasticNumber(tx), memberId: donor.memberId, at, by })
    const [from, into] = [donor.memberId, heir.memberId]
    await mergeMembers(tx, { from, into, at, by })
    assert.deepEqual(await moveCards(tx, { from, into, at, by }), { moved: 2 })
    assert.deepEqual(await moveCards(tx, { from, into, at, by }), { moved: 0 })
    assert.deepEqual(new Set((await cardsOf(tx, into)).map(({ cardId }) => cardId)), new Set([donor.cardId, heir.cardId, plastic.cardId]))
    const old = (await identify(tx, donor.number))!
    assert.deepEqual([old.state, old.memberId, old.successorId], ["replaced", into, heir.cardId])
    assert.equal((await identify(tx, plastic.number!))?.memberId, into)
    assert.equal((await issueVirtualCard(tx, { memberId: from, at, by })).cardId, heir.cardId)
  }))

test("many numbers are identified in one look, in whatever spelling, and strangers are missing", () =>
  rolledBack(async (tx) => {
    const [one, other] = [await aCard(tx), await aCard(tx)]
    const spaced = `${one.number.slice(0, 1)} ${one.number.slice(1)}`
    const found = await identifyCards(tx, [one.number, spaced, other.number, aPartnerNumber(), "", "not a number", "1".repeat(500)])
    assert.deepEqual([...found.keys()].toSorted(), [one.number, spaced, other.number].toSorted())
    assert.equal(found.get(spaced)?.cardId, one.cardId)
    assert.deepEqual(found.get(other.number)?.proven, { rate: true, redeem: true })
  }))
