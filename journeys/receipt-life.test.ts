import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { type Line, type Mila, milaUnderTest, type Till } from "./adapter.ts"

let mila: Mila
let till: Till
let number = 0
before(async () => {
  mila = await milaUnderTest()
  till = await mila.enrolTill(5)
})
after(() => mila.stop())

const line = (no: number, amountMinor: number): Line => ({ no, sku: "100001", quantityMilli: 1_000, priceMinor: amountMinor, amountMinor })
const sale = (identifier: object, lines: Line[], soldAt: Date) => {
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  number += 1
  return {
    shift: 1,
    number,
    soldAt: soldAt.toISOString(),
    identifier,
    lines,
    tenders: [{ type: "card", amountMinor: totalMinor }],
    totalMinor,
  }
}
const sound = async () => assert.deepEqual((await mila.checkLedger()).findings, [])

test("a receipt's life: points pending, active, redeemed, returned and explained", async () => {
  const member = await mila.registerMember()
  const card = await mila.issueCard(member)
  const device = await mila.enrolDevice(card)
  const first = await mila.till(
    till,
    "/receipts",
    sale({ type: "card13", value: card.number }, [line(1, 40_000), line(2, 10_000)], mila.now()),
  )
  assert.deepEqual([first.status, first.body.earned, first.body.balance.pending], [201, 500, 500], first.text)

  await mila.moveClock(15)
  await mila.runJob("settleLots")
  assert.deepEqual(await mila.balance(member), { pending: 0, available: 500, held: 0, owed: 0 })

  const code = mila.rotatingCode(device)
  const at = mila.now().toISOString()
  const met = await mila.till(till, "/identify", { at, identifier: { type: "rotating", value: code } })
  assert.equal(met.status, 200, met.text)
  const identifier = { type: "memberRef", value: met.body.memberRef }
  const lines = [line(1, 4_000), line(2, 2_000)]
  const quoted = await mila.till(till, "/calculate", { at, purchaseId: "life-2", identifier, lines, redeem: { mode: "max" } })
  assert.ok(quoted.body.redeemed > 0, quoted.text)
  const points = quoted.body.redeemed
  const held = await mila.till(till, "/redemptions", { at, purchaseId: "life-2", quoteId: quoted.body.quoteId, points })
  assert.equal(held.status, 201, held.text)
  const confirmed = {
    ...sale(identifier, lines, mila.now()),
    purchaseId: "life-2",
    authId: held.body.authId,
    redeemed: { points, lines: held.body.lines },
  }
  const key = "life-confirm"
  const second = await mila.till(till, "/receipts", confirmed, { key })
  assert.deepEqual([second.status, second.body.redeemed], [201, points], second.text)
  assert.equal((await mila.till(till, "/receipts", confirmed, { key })).text, second.text)
  assert.equal((await mila.balance(member)).available, 500 - points)

  number += 1
  const back = {
    ...{ shift: 1, number, returnedAt: mila.now().toISOString(), original: { receiptId: second.body.receiptId } },
    lines: lines.map(({ no, quantityMilli }) => ({ no, quantityMilli })),
  }
  const returned = await mila.till(till, "/returns", back)
  assert.deepEqual([returned.status, returned.body.restored, returned.body.clawed], [201, points, second.body.earned], returned.text)
  assert.deepEqual(await mila.balance(member), { pending: 0, available: 500, held: 0, owed: 0 })

  const explained = await mila.statement(member)
  assert.ok(explained.every(({ text, explanation }) => text || explanation.length > 0))
  await sound()
})

test("A21: a blocked card sells without loyalty and spends nothing; A31: a revoked till is out", async () => {
  const card = await mila.issueCard(await mila.registerMember())
  await mila.blockCard(card.cardId)
  const at = mila.now().toISOString()
  const met = await mila.till(till, "/identify", { at, identifier: { type: "card13", value: card.number } })
  assert.notEqual(met.body.status?.redeem, true, met.text)
  const other = await mila.enrolTill(6)
  await mila.revokeTill(6)
  const statusOf = async () => (await mila.till(other, "/identify", { at, identifier: { type: "card13", value: card.number } })).status
  let status = await statusOf() // a key that was just used is believed for a few seconds more
  for (let tries = 0; tries < 120 && status !== 401; tries += 1) {
    await wait(500)
    status = await statusOf()
  }
  assert.equal(status, 401)
})

test("A34: a batch with a duplicate, a stranger's card and an unreadable item settles the rest once", async () => {
  const card = await mila.issueCard(await mila.registerMember())
  const now = mila.now()
  const good = sale({ type: "card13", value: card.number }, [line(1, 10_000)], now)
  const stranger = sale({ type: "card13", value: "2999999999994" }, [line(1, 10_000)], now)
  const items = [
    { type: "sale", ...good },
    { type: "sale", ...good },
    { type: "sale", ...stranger },
    { type: "sale", oops: true },
  ]
  const answer = await mila.till(till, "/journal", {
    items: items.map((item) => ({ storeCode: till.storeCode, tillNo: till.tillNo, ...item })),
  })
  assert.ok(answer.status < 300, answer.text)
  const statuses = answer.body.results.map(({ status }: { status: string }) => status)
  assert.deepEqual([statuses[0], statuses[1], statuses[3]], ["accepted", "duplicate", "quarantined"], answer.text)
  assert.equal((await mila.balance(card.memberId)).pending, 100)
  await sound()
})
