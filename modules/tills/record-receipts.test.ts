import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { inTransaction, type Tx } from "@mila/kernel"
import { blockCard } from "@mila/cards"
import { aCard } from "@mila/cards/testing"
import { markEmployee } from "@mila/members"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import type { Sale, TillIdentity } from "./facts.ts"
import { dismissFromQuarantine, quarantined } from "./quarantine.ts"
import { receiptById } from "./receipts-of.ts"
import { recordReceipts } from "./record-receipts.ts"
import { releaseFromQuarantine } from "./release.ts"
import { aLine, aSale, aTill, SOME_DAY } from "./testing.ts"
import type { Given, ReceiptAnswer } from "./told.ts"

after(closeTestDatabases)

let keys = 0

const told = (given: Given | undefined): ReceiptAnswer => {
  assert.ok(given?.outcome === "given")
  return JSON.parse(given.answer) as ReceiptAnswer
}

async function record(
  tx: Tx,
  till: TillIdentity,
  sale: Sale,
  { key = `k${(keys += 1)}`, at = SOME_DAY }: { key?: string | null; at?: Date } = {},
): Promise<Given> {
  const [given] = await recordReceipts(tx, [{ till, requestKey: key, sale, locale: "ru" }], { at })
  return given!
}

test("a receipt with a card earns, says when, and is explained", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { number, memberId } = await aCard(tx)
    const sale = aSale(till, { card: number })
    const answer = told(await record(tx, till, sale))
    assert.equal(answer.status, "accepted")
    assert.equal(answer.earned, 20)
    assert.equal(answer.receiptId, `${till.shop}-3-17-${sale.number}`)
    assert.deepEqual(answer.slip, ["Начислено бонусов: 0,20 BYN,", "доступны с 07.12", "Доступно бонусов: 0,00 BYN"])
    assert.deepEqual(answer.balance, { pending: 20, available: 0, held: 0, owed: 0 })
    const kept = await receiptById(tx, answer.receiptId)
    assert.equal(kept?.memberId, memberId)
    assert.ok(kept.explanation.some(({ code, points }) => code === "base" && points === 20))
    assert.ok(!JSON.stringify(kept.body).includes(number), "no card number lies open in a receipt")
  }))

test("a receipt without a card is kept and earns nothing", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const answer = told(await record(tx, till, aSale(till)))
    assert.deepEqual([answer.status, answer.earned, answer.balance], ["accepted", 0, null])
  }))

test("the same receipt again is given the first answer word for word, whatever key it comes under", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { number } = await aCard(tx)
    const sale = aSale(till, { card: number })
    const first = await record(tx, till, sale, { key: "one" })
    const again = await record(tx, till, sale, { key: "one" })
    const otherKey = await record(tx, till, { ...sale, sequence: 9 }, { key: "two" })
    const journal = await record(tx, till, sale, { key: null })
    for (const repeated of [again, otherKey, journal]) assert.deepEqual(repeated, { ...first, repeated: true })
  }))

test("the same key with another receipt is a mismatch and leaves nothing", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    await record(tx, till, aSale(till), { key: "one" })
    const other = aSale(till)
    assert.deepEqual(await record(tx, till, other, { key: "one" }), { outcome: "mismatch" })
    assert.equal(await receiptById(tx, `${till.shop}-3-17-${other.number}`), undefined)
  }))

test("other content under a natural key is kept as a conflict, with an answer of its own that is repeated", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const sale = aSale(till)
    await record(tx, till, sale)
    const other = { ...sale, cashier: "somebody else" }
    const first = await record(tx, till, other, { key: "c1" })
    assert.equal(told(first).status, "conflict")
    const again = await record(tx, till, other, { key: "c1" })
    assert.ok(first.outcome === "given" && again.outcome === "given" && first.answer === again.answer && again.repeated)
    assert.deepEqual(
      (await quarantined(tx)).filter(({ tillId }) => tillId === till.tillId).map(({ reasons }) => reasons),
      [["natural_key_taken"]],
    )
  }))

test("A36: a fact that breaks a rule is kept, quarantined, and earns nothing", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { number } = await aCard(tx)
    const cases: [Partial<Sale>, string[]][] = [
      [{ totalMinor: 1 }, ["sum_differs"]],
      [{ lines: [aLine({ quantityMilli: -1_000 })] }, ["quantity_not_positive"]],
      [{ lines: [aLine({ amountMinor: -5 })] }, ["amount_negative"]],
      [{ lines: [aLine({ sku: "nobody's" })] }, ["sku_unknown"]],
      [{ lines: [] }, ["no_lines"]],
      [{ lines: [aLine(), aLine()] }, ["line_repeated"]],
      [{ lines: Array.from({ length: 5_000 }, (_, place) => aLine({ no: place + 1 })) }, ["too_many_lines"]],
      [{ soldAt: "2026-01-01T10:00:00+03:00" }, ["sold_too_long_ago"]],
      [{ card: "2999999999999" } as Partial<Sale>, ["card_unknown"]],
      [{ redeemed: { points: 100 } }, ["redemption_unproven"]],
    ]
    for (const [odd, reasons] of cases) {
      const answer = told(await record(tx, till, aSale(till, { card: number, ...odd })))
      assert.deepEqual([answer.status, answer.reasons, answer.earned], ["quarantined", reasons, 0])
    }
    const waiting = (await quarantined(tx)).filter(({ tillId }) => tillId === till.tillId)
    assert.deepEqual(
      waiting.map(({ reasons }) => reasons),
      cases.map(([, reasons]) => reasons),
    )
  }))

test("a till's clock that runs ahead is noted, and the sale is dated by ours", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const answer = told(await record(tx, till, aSale(till, { soldAt: "2027-05-01T10:00:00+03:00" })))
    assert.deepEqual([answer.status, answer.flags], ["accepted", ["clock_ahead"]])
    assert.deepEqual((await receiptById(tx, answer.receiptId))?.soldAt, SOME_DAY)
  }))

test("a till whose clock never was set is dated by the first day of its count, and a person looks at it", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { number } = await aCard(tx)
    const answer = told(await record(tx, till, aSale(till, { card: number, soldAt: "0000-01-01T00:00:00Z" })))
    assert.deepEqual([answer.status, answer.reasons], ["quarantined", ["sold_too_long_ago"]])
    const kept = await receiptById(tx, answer.receiptId)
    assert.deepEqual([kept?.soldAt, kept?.body["soldAt"]], [new Date(0), "0000-01-01T00:00:00Z"])
  }))

test("A21: a sale before the card was blocked is honoured, one after it waits for a person", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { number, cardId } = await aCard(tx, { at: new Date("2026-11-01T00:00:00Z") })
    await blockCard(tx, { cardId, reason: "lost", at: SOME_DAY, by: "system" })
    const later = new Date(SOME_DAY.getTime() + 3_600_000)
    const before = told(await record(tx, till, aSale(till, { card: number, soldAt: "2026-11-23T08:00:00Z" }), { at: later }))
    const afterwards = told(await record(tx, till, aSale(till, { card: number, soldAt: "2026-11-23T09:30:00Z" }), { at: later }))
    assert.deepEqual([before.status, before.earned], ["accepted", 20])
    assert.deepEqual([afterwards.status, afterwards.reasons, afterwards.earned], ["quarantined", ["card_blocked"], 0])
  }))

test("A22: an employee earns nothing at their own till, and too many receipts of one member at one till wait", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { number, memberId } = await aCard(tx)
    const policy = { ...(await import("./policy.ts")).TILL_POLICY, receiptsADay: 2 }
    const answers: ReceiptAnswer[] = []
    for (let nth = 0; nth < 3; nth += 1) {
      const [given] = await recordReceipts(tx, [{ till, requestKey: null, sale: aSale(till, { card: number }), locale: "en" }], {
        at: SOME_DAY,
        policy,
      })
      answers.push(told(given))
    }
    assert.deepEqual(
      answers.map(({ reasons }) => reasons),
      [[], [], ["too_many_receipts"]],
    )
    await markEmployee(tx, { memberId, worksAt: { shop: till.shop, till: null }, at: SOME_DAY, by: "system" })
    const own = told(await record(tx, till, aSale(till, { card: number })))
    assert.deepEqual([own.earned, own.flags], [0, ["employee_at_own_till"]])
  }))

test("a released receipt earns by the rules of its day, once; a dismissed one never", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const { number } = await aCard(tx)
    const answer = told(await record(tx, till, aSale(till, { card: number, totalMinor: 1 })))
    const other = told(await record(tx, till, aSale(till, { card: number, totalMinor: 1 })))
    const [first, second] = (await quarantined(tx)).filter(({ tillId }) => tillId === till.tillId)
    assert.equal(first!.receiptId, answer.receiptId)
    const decision = { by: "staff:1", note: "counted by hand", at: SOME_DAY }
    assert.deepEqual(await releaseFromQuarantine(tx, { id: first!.id, ...decision }), {
      receiptId: answer.receiptId,
      earned: 20,
      redeemed: 0,
    })
    await assert.rejects(releaseFromQuarantine(tx, { id: first!.id, ...decision }), { code: "quarantine_decided" })
    await dismissFromQuarantine(tx, { id: second!.id, ...decision })
    await assert.rejects(releaseFromQuarantine(tx, { id: second!.id, ...decision }), { code: "quarantine_decided" })
    assert.equal((await receiptById(tx, other.receiptId))?.earned, 0)
  }))

test("sixty-four receipts are recorded together, two of them of one member by different places in the batch", () =>
  rolledBack(async (tx) => {
    const till = await aTill(tx)
    const cards: Awaited<ReturnType<typeof aCard>>[] = []
    for (let nth = 0; nth < 8; nth += 1) cards.push(await aCard(tx))
    const sales = Array.from({ length: 64 }, (_, nth) => aSale(till, { card: cards[nth % 8]!.number }))
    const given = await recordReceipts(
      tx,
      sales.map((sale) => ({ till, requestKey: null, sale, locale: "be" as const })),
      { at: SOME_DAY },
    )
    assert.equal(
      given.map(told).reduce((sum, { earned }) => sum + earned, 0),
      64 * 20,
    )
    const last = told(given.at(-1))
    assert.equal(last.balance!.pending, 8 * 20)
  }))

test("one receipt arriving by many processes at once is settled once and everybody hears the same", async () => {
  const { db, drop } = await ownDb()
  try {
    const { till, card } = await inTransaction(db, async (tx) => ({ till: await aTill(tx), card: await aCard(tx) }))
    const sale = aSale(till, { card: card.number })
    const crowd = await Promise.all(
      Array.from({ length: 12 }, (_, nth) =>
        inTransaction(db, (tx) =>
          recordReceipts(tx, [{ till, requestKey: nth % 2 ? "same" : `own-${nth}`, sale, locale: "ru" }], { at: SOME_DAY }),
        ),
      ),
    )
    const answers = new Set(crowd.map(([given]) => given?.outcome === "given" && given.answer))
    assert.equal(answers.size, 1)
    assert.equal(crowd.filter(([given]) => given?.outcome === "given" && !given.repeated).length, 1)
    assert.equal(told(crowd[0]![0]).balance!.pending, 20)
  } finally {
    await drop()
  }
})
