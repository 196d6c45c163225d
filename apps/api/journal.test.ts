import { enrolDevice, rotatingCode } from "@mila/cards"
import { dayIn, inTransaction, MINSK } from "@mila/kernel"
import { checkLedger, settleDue } from "@mila/ledger"
import { jobs, quarantined, receiptById } from "@mila/tills"
import { aLine, aReturn, aSale } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { test } from "node:test"
import { aDoorWithTill } from "./testing.ts"

const { door, till, card, head, now } = await aDoorWithTill()

const sold = (given: Parameters<typeof aSale>[1] = {}) => ({ type: "sale", ...aSale(till, { soldAt: now(), ...given }) })
const journal = (items: object[], of = till) => of.post("/journal", { ...head(of), items })
const statuses = (body: { results: { status: string }[] }) => body.results.map(({ status }) => status)

test("A34: of five hundred offline receipts the odd ones are parked with a reason, and all others are applied once", async () => {
  const { number } = await card()
  const numbers = await Promise.all(Array.from({ length: 30 }, async () => (await card()).number))
  const items: Record<string, unknown>[] = Array.from({ length: 500 }, (_, place) => sold({ card: numbers[place % 30]! }))
  items[7] = { type: "sale", what: "is this" }
  items[8] = sold({ card: "2990000000000" })
  items[9] = items[10]!
  items[11] = { ...sold({ card: number }), cashier: "4111111111111111" }
  items[12] = { ...sold(), storeCode: "elsewhere" }
  items[13] = 42 as never
  const answer = await journal(items)
  assert.equal(answer.status, 200, answer.text)
  const odd = answer.body.results.filter(({ status }: { status: string }) => status !== "accepted")
  const duplicate = odd.find(({ status }: { status: string }) => status === "duplicate")
  assert.ok(duplicate.index === 9 || duplicate.index === 10)
  assert.deepEqual(
    odd
      .filter((one: object) => one !== duplicate)
      .map(({ index, status, reasons }: { index: number; status: string; reasons: string[] }) => [index, status, ...reasons]),
    [
      [7, "quarantined", "unreadable"],
      [8, "quarantined", "card_unknown"],
      [11, "quarantined", "bank_card_number"],
      [12, "quarantined", "not_your_shop"],
      [13, "quarantined", "unreadable"],
    ],
  )
  assert.equal(
    answer.body.results.filter(({ status, earned }: { status: string; earned: number }) => status === "accepted" && earned === 20).length,
    494,
  )
  const kept = await inTransaction(door.db, (tx) => quarantined(tx, { shop: till.shop }))
  assert.ok(!JSON.stringify(kept).includes("4111111111111111"), "a bank card number is kept nowhere")
})

test("a journal sent again is given the same answer; its items in another journal are duplicates", async () => {
  const { number } = await card()
  const items = [sold({ card: number }), sold({ card: number })]
  const first = await till.post("/journal", { ...head(till), items }, { key: "j1" })
  assert.equal((await till.post("/journal", { ...head(till), items }, { key: "j1" })).text, first.text)
  assert.equal((await till.post("/journal", { ...head(till), items: items.slice(1) }, { key: "j1" })).body.code, "idempotency_mismatch")
  assert.deepEqual(statuses((await journal(items)).body), ["duplicate", "duplicate"])
  const [{ type: _, ...live }] = items as [ReturnType<typeof sold>]
  assert.equal((await till.post("/receipts", live)).body.earned, 20, "also when it comes live afterwards")
})

test("A25: a return before its sale is parked without points and settles when the sale comes; so does a cancellation", async () => {
  const { number } = await card()
  const sale = aSale(till, { card: number, soldAt: now(), lines: [aLine(), aLine({ no: 2 })] })
  const id = `${till.shop}-3-17-${sale.number}`
  const parked = await till.post("/returns", aReturn(till, { sale: id, returnedAt: now() }))
  assert.deepEqual([parked.status, parked.body.status, parked.body.clawed], [202, "parked", 0])
  const recorded = await till.post("/receipts", sale)
  assert.equal(recorded.body.earned, 40)
  const settled = await inTransaction(door.db, (tx) => receiptById(tx, parked.body.receiptId))
  assert.deepEqual([settled?.state, settled?.earned], ["settled", 20])
  const again = await till.post("/returns", aReturn(till, { sale: id, returnedAt: now() }))
  assert.deepEqual(again.body.reasons, ["more_than_sold"])

  const other = aSale(till, { card: number, soldAt: now() })
  const otherId = `${till.shop}-3-17-${other.number}`
  const early = await till.post(`/receipts/${otherId}/cancel`, { ...head(till), cancelledAt: now() })
  assert.deepEqual([early.status, early.body.status], [202, "parked"])
  await till.post("/receipts", other)
  assert.equal((await inTransaction(door.db, (tx) => receiptById(tx, otherId)))?.state, "cancelled")
})

test("a return that crossed its sale on the way is settled by the minute's job, once", async () => {
  const { number } = await card()
  const sale = aSale(till, { card: number, soldAt: now(), purchaseId: "crossing" })
  await till.post("/receipts", sale)
  const back = aReturn(till, { sale: "", original: { purchaseId: "crossing" }, returnedAt: now() })
  const recorded = await till.post("/returns", back)
  // as if the return had not seen the sale
  await inTransaction(door.owner, async (tx) => {
    await tx.client.query("update tills.receipt set state = 'parked', sale = $2, earned = 0 where id = $1", [
      recorded.body.receiptId,
      `purchase:${till.tillId}/crossing`,
    ])
    await tx.client.query("delete from tills.returned_line where sale_id = $1", [`${till.shop}-3-17-${sale.number}`])
  })
  const job = jobs.find(({ name }) => name === "settleParked")!
  const moment = { at: door.clock.now(), now: () => door.clock.now() }
  await Promise.all([job.run(door.db, moment), job.run(door.db, moment)])
  assert.equal((await inTransaction(door.db, (tx) => receiptById(tx, recorded.body.receiptId)))?.state, "settled")
})

test("A24: slices of a return add up to the sale exactly; what was annulled cannot come back", async () => {
  const { number } = await card()
  const lines = [aLine({ quantityMilli: 3_000, amountMinor: 5_551 })]
  const recorded = await till.post("/receipts", aSale(till, { card: number, soldAt: now(), lines }))
  const back = (quantityMilli: number) =>
    till.post("/returns", aReturn(till, { sale: recorded.body.receiptId, returnedAt: now(), lines: [{ no: 1, quantityMilli }] }))
  const clawed = [(await back(1_000)).body.clawed, (await back(1_000)).body.clawed, (await back(1_000)).body.clawed]
  assert.equal(
    clawed.reduce((sum, part) => sum + part, 0),
    recorded.body.earned,
  )
  assert.deepEqual((await back(1)).body.reasons, ["more_than_sold"])
  const other = await till.post("/receipts", aSale(till, { card: number, soldAt: now() }))
  const cancel = () => till.post(`/receipts/${other.body.receiptId}/cancel`, { ...head(till), cancelledAt: now() })
  const first = await cancel()
  assert.deepEqual([first.status, first.body.clawed], [200, 20])
  assert.deepEqual((await cancel()).body, first.body)
  assert.deepEqual((await till.post("/returns", aReturn(till, { sale: other.body.receiptId, returnedAt: now() }))).body.reasons, [
    "sale_cancelled",
  ])
  assert.equal((await till.post(`/receipts/${till.shop}-9-1-1/cancel`, { ...head(till), cancelledAt: now() })).status, 404)
})

test("A35: what a till counted and never sent is reported, and taken when it comes after all", async () => {
  const alone = await door.till()
  const counted = (sequence: number) => ({ type: "sale", ...aSale(alone, { soldAt: now(), sequence }) })
  const answer = await journal([counted(1), counted(2), counted(60), counted(62)], alone)
  assert.deepEqual(answer.body.gaps, [
    { from: 3, to: 59 },
    { from: 61, to: 61 },
  ])
  assert.deepEqual((await alone.get("/offline-pack")).body.gaps, answer.body.gaps)
  await journal([counted(61), { type: "sale", nonsense: true, sequence: 3 }], alone)
  assert.deepEqual((await alone.get("/gaps")).body.gaps, [{ from: 4, to: 59 }])
  assert.deepEqual((await alone.post("/gaps/acknowledge", { ...head(alone), upTo: 59 })).body.gaps, [])
})

test("A37: after three days alone everything is accepted, and dated by the time of sale", async () => {
  const { number } = await card()
  const soldAt = new Date(door.clock.now().getTime() - 3 * 86_400_000)
  const answer = await journal([sold({ card: number, soldAt: soldAt.toISOString() })])
  assert.deepEqual(statuses(answer.body), ["accepted"])
  const kept = await inTransaction(door.db, (tx) => receiptById(tx, answer.body.results[0].receiptId))
  assert.deepEqual(kept?.soldAt, soldAt)
})

test("points redeemed alone need a rotating code of that moment; too many are owed, a code used twice waits for a person", async () => {
  const member = await card()
  const device = await inTransaction(door.db, (tx) =>
    enrolDevice(tx, { cardId: member.cardId, deviceName: "phone", at: door.clock.now(), by: "system" }),
  )
  await till.post(
    "/receipts",
    aSale(till, { card: member.number, soldAt: now(), lines: [aLine({ amountMinor: 30_000, priceMinor: 30_000 })] }),
  )
  const at = door.clock.moveTo(new Date(door.clock.now().getTime() + 15 * 86_400_000))
  await inTransaction(door.db, (tx) => settleDue(tx, { today: dayIn(MINSK, at), at, most: 500 }))
  const soldAt = new Date(at.getTime() - 7_200_000)
  const value = rotatingCode({ number: member.number, deviceNo: device.deviceNo, secret: device.secret, at: soldAt })
  const alone = (points: number, given: object = {}) =>
    sold({ identifier: { type: "rotating", value }, soldAt: soldAt.toISOString(), redeemed: { points }, ...given })
  const first = (await journal([alone(400)])).body.results[0]
  assert.deepEqual([first.status, first.redeemed, first.reasons], ["accepted", 400, []])
  const shown = await till.get(`/receipts/${first.receiptId}`)
  assert.deepEqual(shown.body.flags, ["redeemed_short"], "300 were there, the rest is owed")
  const second = (await journal([alone(100)])).body.results[0]
  assert.deepEqual([second.status, second.reasons], ["quarantined", ["redemption_unproven"]])
  const plain = (await journal([sold({ card: member.number, redeemed: { points: 100 } })])).body.results[0]
  assert.deepEqual([plain.status, plain.reasons], ["quarantined", ["redemption_unproven"]])
  const identified = await till.post("/identify", { ...head(till), identifier: { type: "card13", value: member.number }, at: now() })
  assert.ok(identified.body.balance.owed > 0)
})

test("a journal voids what was set aside, and what it cannot void is kept", async () => {
  const answer = await journal([
    { type: "void", authId: "999999", ...head(till), voidedAt: now() },
    { type: "cancel", receiptId: "nobody's-1-1", ...head(till), cancelledAt: now() },
  ])
  assert.deepEqual(
    answer.body.results.map(({ status, reasons }: { status: string; reasons: string[] }) => [status, ...reasons]),
    [
      ["quarantined", "redemption_unknown"],
      ["quarantined", "receipt_unknown"],
    ],
  )
})

test("after all of it the ledger proves itself", async () => {
  const { findings } = await checkLedger(door.db, { at: door.clock.now(), now: () => door.clock.now() })
  assert.deepEqual(findings, [])
})
