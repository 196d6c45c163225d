import { closeTestDatabases, type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, type Tx } from "@mila/kernel"
import { mergeMembers } from "@mila/members"
import assert from "node:assert/strict"
import { after, before, describe, test } from "node:test"
import {
  attachCard,
  blockCard,
  cardById,
  cardsOf,
  denies,
  denyList,
  enrolDevice,
  historyOf,
  identifyCards,
  issueVirtualCard,
  linkPartnerCard,
  moveCards,
  removeCard,
  replaceCard,
  rotatingCode,
  unblockCard,
  verifyRotatingCode,
} from "./index.ts"
import { aCard, aMember, aPartnerNumber, aPlasticNumber, crowd, SOME_DAY } from "./testing.ts"

const ROUNDS = 20
const at = SOME_DAY
const by = "staff:1"
const reason = "race"
let own: OwnDb

after(closeTestDatabases)

const inOne = <Answer>(work: (tx: Tx) => Promise<Answer>) => inTransaction(own.db, work)
const times = <Item>(count: number, make: (place: number) => Item) => Array.from({ length: count }, (_, place) => make(place))

describe("card acts at once", () => {
  before(async () => {
    own = await ownDb()
  })
  after(() => own.drop())

  test("of members attaching one plastic card at once, exactly one has it", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { number, members } = await inOne(async (tx) => ({
        number: await aPlasticNumber(tx),
        members: [await aMember(tx), await aMember(tx), await aMember(tx)],
      }))
      const outcomes = await crowd(
        own.db,
        members.map((memberId) => (tx: Tx) => attachCard(tx, { number, memberId, at, by })),
      )
      assert.equal(outcomes.filter((outcome) => outcome === "card_taken").length, 2)
      const held = (await inOne((tx) => identifyCards(tx, [number]))).get(number)!
      assert.deepEqual(
        outcomes.filter((outcome) => typeof outcome !== "string").map(({ memberId }) => memberId),
        [held.memberId],
      )
    }
  })

  test("one virtual card comes of any number of taps", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const memberId = await inOne((tx) => aMember(tx))
      const outcomes = await crowd(
        own.db,
        times(8, () => (tx: Tx) => issueVirtualCard(tx, { memberId, at, by })),
      )
      assert.equal(new Set(outcomes.map((outcome) => (typeof outcome === "string" ? outcome : outcome.cardId))).size, 1)
      assert.equal((await inOne((tx) => cardsOf(tx, memberId))).length, 1)
    }
  })

  test("block, unblock, replace, remove and issue at once leave a legal card, a history without holes and a true deny list", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { cardId, number, memberId } = await inOne((tx) => aCard(tx))
      const outcomes = await crowd<unknown>(own.db, [
        (tx) => blockCard(tx, { cardId, reason, at, by }),
        (tx) => replaceCard(tx, { cardId, reason, at, by }),
        (tx) => unblockCard(tx, { cardId, at, by }),
        (tx) => replaceCard(tx, { cardId, reason, at, by }),
        (tx) => removeCard(tx, { cardId, at, by }),
        (tx) => issueVirtualCard(tx, { memberId, at, by }),
        (tx) => blockCard(tx, { cardId, reason, at, by }),
      ])
      for (const outcome of outcomes)
        if (typeof outcome === "string") assert.match(outcome, /^(card_(replaced|removed)|virtual_card_active)$/)
      await inOne(async (tx) => {
        const card = await cardById(tx, cardId)
        assert.ok(card.state === "replaced" || card.state === "removed", card.state)
        const history = await historyOf(tx, cardId)
        for (const [place, event] of history.entries()) assert.equal(event.from, place === 0 ? null : history[place - 1]!.to)
        assert.equal(history.at(-1)!.to, card.state)
        const shown = (await cardsOf(tx, memberId)).filter(({ state, kind }) => state === "active" && kind === "virtual")
        assert.ok(shown.length <= 1)
        if (card.state === "replaced") assert.equal(card.successorId, shown[0]?.cardId)
        assert.deepEqual(denies(await denyList(tx, { at }), number), { answer: "denied", reason: card.state })
      })
    }
  })

  test("one rotating code shown at many tills at once is used exactly once", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const code = await inOne(async (tx) => {
        const { cardId, number } = await aCard(tx)
        return rotatingCode({ number, ...(await enrolDevice(tx, { cardId, deviceName: "phone", at, by })), at })
      })
      const outcomes = await crowd(
        own.db,
        times(10, () => async (tx: Tx) => (await verifyRotatingCode(tx, { code, at })).status),
      )
      assert.deepEqual(outcomes.toSorted(), [...times(9, () => "rotating_code_used"), "valid"])
    }
  })

  test("a crowd of guesses gets no more tries than a queue of them", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const code = await inOne(async (tx) => {
        const { cardId, number } = await aCard(tx)
        return rotatingCode({ number, ...(await enrolDevice(tx, { cardId, deviceName: "phone", at, by })), at })
      })
      const guesses = times(20, (no) => code.slice(0, 15) + String((Number(code.slice(15)) + no + 1) % 100_000_000).padStart(8, "0"))
      const outcomes = await crowd(
        own.db,
        guesses.map((guess) => async (tx: Tx) => (await verifyRotatingCode(tx, { code: guess, at })).status),
      )
      assert.equal(outcomes.filter((status) => status === "rotating_code_invalid").length, 5)
      assert.equal(outcomes.filter((status) => status === "rotating_code_locked").length, 15)
    }
  })

  test("a code is good before its card is blocked or worthless after, never both", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { code, cardId } = await inOne(async (tx) => {
        const { cardId, number } = await aCard(tx)
        return { cardId, code: rotatingCode({ number, ...(await enrolDevice(tx, { cardId, deviceName: "phone", at, by })), at }) }
      })
      const [status] = await crowd<unknown>(own.db, [
        async (tx) => (await verifyRotatingCode(tx, { code, at })).status,
        (tx) => blockCard(tx, { cardId, reason, at, by }),
      ])
      assert.match(String(status), /^(valid|rotating_code_invalid)$/)
      assert.notEqual((await inOne((tx) => verifyRotatingCode(tx, { code, at }))).status, "valid")
    }
  })

  test("of members linking one partner card at once, one has it and the others' claims are kept", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const number = aPartnerNumber({ issuer: "10", serial: round + 1 })
      const members = await inOne(async (tx) => [await aMember(tx), await aMember(tx), await aMember(tx)])
      const outcomes = await crowd(
        own.db,
        members.map((memberId) => async (tx: Tx) => (await linkPartnerCard(tx, { number, memberId, assurance: "typed", at, by })).status),
      )
      assert.deepEqual(outcomes.toSorted(), ["linked", "partner_card_taken", "partner_card_taken"])
      const { rows } = await inOne((tx) =>
        tx.client.query("select count(*) from cards.claim where card_id = (select card_id from cards.claim order by id desc limit 1)"),
      )
      assert.equal(rows[0].count, 2)
    }
  })

  test("a merge among card acts leaves no card with the member that is gone", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { donor, heir, plastic } = await inOne(async (tx) => ({
        donor: await aCard(tx),
        heir: await aCard(tx),
        plastic: await aPlasticNumber(tx),
      }))
      const [from, into] = [donor.memberId, heir.memberId]
      const outcomes = await crowd<unknown>(own.db, [
        (tx) => replaceCard(tx, { cardId: donor.cardId, reason, at, by }),
        async (tx) => {
          await mergeMembers(tx, { from, into, at, by })
          return moveCards(tx, { from, into, at, by })
        },
        (tx) => attachCard(tx, { number: plastic, memberId: from, at, by }),
        (tx) => blockCard(tx, { cardId: donor.cardId, reason, at, by }),
        (tx) => issueVirtualCard(tx, { memberId: from, at, by }),
        (tx) => blockCard(tx, { cardId: heir.cardId, reason, at, by }),
      ])
      for (const outcome of outcomes) if (typeof outcome === "string") assert.equal(outcome, "card_replaced")
      await inOne(async (tx) => {
        assert.deepEqual(await cardsOf(tx, from), [])
        const all = await cardsOf(tx, into)
        assert.ok(all.some(({ number }) => number === plastic))
        assert.ok(all.filter(({ kind, state }) => kind === "virtual" && state === "active").length <= 1)
        for (const { successorId } of all) if (successorId !== null) assert.notEqual((await cardById(tx, successorId)).state, "replaced")
      })
    }
  })
})
