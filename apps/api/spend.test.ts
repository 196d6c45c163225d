import { enrolDevice, rotatingCode } from "@mila/cards"
import { dayIn, inTransaction, MINSK } from "@mila/kernel"
import { settleDue } from "@mila/ledger"
import { changeEmail, lockSpending } from "@mila/members"
import { outboxOf } from "@mila/messages"
import { aReturn, aSale } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { test } from "node:test"
import { aDoorWithTill } from "./testing.ts"

const { door, till, card, head, now } = await aDoorWithTill()

test("points are set aside by a rotating code, spent on the receipt, and given back by a return", async () => {
  const member = await card()
  const device = await inTransaction(door.db, (tx) =>
    enrolDevice(tx, { cardId: member.cardId, deviceName: "phone", at: door.clock.now(), by: "system" }),
  )
  await earnAndActivate(member.number, 200_000)
  const code = rotatingCode({ number: member.number, deviceNo: device.deviceNo, secret: device.secret, at: door.clock.now() })
  const identified = await till.post("/identify", { ...head(till), identifier: { type: "rotating", value: code }, at: now() })
  assert.deepEqual(identified.body.needs, { confirmation: false }, identified.text)
  assert.equal(
    (await till.post("/identify", { ...head(till), identifier: { type: "rotating", value: code }, at: now() })).body.code,
    "rotating_code_used",
  )
  const identifier = { type: "memberRef", value: identified.body.memberRef } as const
  const sale = aSale(till, { identifier, soldAt: now(), purchaseId: "p2" })
  const quoted = await till.post("/calculate", {
    ...head(till),
    purchaseId: "p2",
    identifier,
    at: now(),
    lines: sale.lines,
    redeem: { mode: "max" },
  })
  assert.deepEqual([quoted.body.redeemed, quoted.body.payableMinor, quoted.body.refusal], [600, 1_400, null], quoted.text)
  const asked = { ...head(till), purchaseId: "p2", quoteId: quoted.body.quoteId, points: 600, at: now() }
  const held = await till.post("/redemptions", asked, { key: "hold-1" })
  assert.deepEqual([held.status, held.body.points, held.body.balance.held], [201, 600, 600], held.text)
  assert.equal((await till.post("/redemptions", asked, { key: "hold-1" })).text, held.text)
  const recorded = await till.post("/receipts", { ...sale, authId: held.body.authId, redeemed: { points: 600, lines: held.body.lines } })
  assert.deepEqual([recorded.status, recorded.body.redeemed, recorded.body.balance.held], [201, 600, 0], recorded.text)
  assert.equal(
    (await till.post(`/redemptions/${held.body.authId}/void`, { ...head(till), voidedAt: now() })).body.code,
    "redemption_captured",
  )
  const returned = await till.post("/returns", aReturn(till, { sale: recorded.body.receiptId, returnedAt: now() }))
  assert.deepEqual([returned.status, returned.body.restored, returned.body.clawed], [201, 600, 14], returned.text)
})

test("A18 A19: spending needs a proof, a whole amount, and no more than the basket takes", async () => {
  const { number } = await card()
  await earnAndActivate(number, 200_000)
  const identifier = { type: "card13", value: number }
  const lines = aSale(till).lines
  const quoted = await till.post("/calculate", { ...head(till), purchaseId: "p3", identifier, at: now(), lines, redeem: { mode: "max" } })
  const ask = (points: number) =>
    till.post("/redemptions", { ...head(till), purchaseId: "p3", quoteId: quoted.body.quoteId, points, at: now() })
  assert.deepEqual([(await ask(100)).status, (await ask(100)).body.code], [409, "confirmation_required"])
  for (const points of [0, -5, 0.5])
    assert.deepEqual([(await ask(points)).status, (await ask(points)).body.code], [422, "points_out_of_range"])
  assert.deepEqual([(await ask("five" as never)).status, (await ask("five" as never)).body.code], [400, "unreadable"])
  for (const points of [-5, 0.5]) {
    const wish = { ...head(till), purchaseId: "p3", identifier, at: now(), lines, redeem: { mode: "amount", points } }
    assert.deepEqual(
      [(await till.post("/calculate", wish)).status, (await till.post("/calculate", wish)).body.code],
      [422, "points_out_of_range"],
    )
  }
  const sent = await till.post("/confirmations", { ...head(till), identifier, at: now() })
  assert.equal(sent.status, 201, sent.text)
  const proof = { type: "code", confirmationId: sent.body.confirmationId, value: "00000" }
  const withCode = (points: number, value: string) =>
    till.post("/redemptions", {
      ...head(till),
      purchaseId: "p3",
      quoteId: quoted.body.quoteId,
      points,
      proof: { ...proof, value },
      at: now(),
    })
  const code = await lastCode()
  const wrong = code === "11111" ? "22222" : "11111"
  assert.equal((await withCode(100, wrong)).body.code, "confirmation_invalid")
  assert.equal((await withCode(700, code)).body.code, "too_many_points_for_basket")
  assert.equal((await withCode(300, code)).status, 201, "a refused wish does not burn the code")
  assert.equal((await withCode(300, code)).body.code, "confirmation_invalid", "a used code does")
  assert.equal((await till.post("/confirmations", { ...head(till), identifier, at: now() })).status, 429)
})

test("five wrong tries end a code", async () => {
  const { number } = await card()
  await earnAndActivate(number, 200_000)
  const identifier = { type: "card13", value: number }
  const quoted = await till.post("/calculate", {
    ...head(till),
    purchaseId: "p4",
    identifier,
    at: now(),
    lines: aSale(till).lines,
    redeem: { mode: "max" },
  })
  const sent = await till.post("/confirmations", { ...head(till), identifier, at: now() })
  const code = await lastCode()
  const ask = (value: string) =>
    till.post("/redemptions", {
      ...{ ...head(till), purchaseId: "p4", quoteId: quoted.body.quoteId, points: 200, at: now() },
      proof: { type: "code", confirmationId: sent.body.confirmationId, value },
    })
  for (let nth = 0; nth < 5; nth += 1) assert.equal((await ask(code === "11111" ? "22222" : "11111")).status, 422)
  assert.equal((await ask(code)).body.code, "confirmation_invalid")
})

test("A20: with spending locked nothing is set aside, whatever was calculated before; earning works, and a till that was alone is noted", async () => {
  const member = await card()
  await earnAndActivate(member.number, 200_000)
  const identifier = { type: "card13", value: member.number } as const
  const lines = aSale(till).lines
  const wish = { ...head(till), purchaseId: "p20", identifier, at: now(), lines, redeem: { mode: "max" } }
  const quoted = await till.post("/calculate", wish)
  const spending = (locked: boolean) =>
    inTransaction(door.db, (tx) => lockSpending(tx, { memberId: member.memberId, locked, at: door.clock.now(), by: "system" }))
  const setAside = () =>
    till.post("/redemptions", { ...head(till), purchaseId: "p20", quoteId: quoted.body.quoteId, points: 100, at: now() })
  await spending(true)
  for (const refused of [await setAside(), await till.post("/calculate", wish)])
    assert.deepEqual([refused.status, refused.body.code], [409, "spend_locked"])
  const met = await till.post("/identify", { ...head(till), identifier, at: now() }, { language: "ru" })
  assert.deepEqual([met.body.status.earn, met.body.status.redeem, met.body.needs.confirmation], [true, false, false])
  assert.deepEqual(met.body.cashierMessages, ["Списание закрыл владелец карты, бонусы только начисляются"])
  const bought = await till.post("/receipts", aSale(till, { card: member.number, soldAt: now() }))
  assert.deepEqual([bought.body.status, bought.body.earned > 0], ["accepted", true])

  const device = await inTransaction(door.db, (tx) =>
    enrolDevice(tx, { cardId: member.cardId, deviceName: "phone", at: door.clock.now(), by: "system" }),
  )
  const code = rotatingCode({ number: member.number, deviceNo: device.deviceNo, secret: device.secret, at: door.clock.now() })
  const alone = aSale(till, { identifier: { type: "rotating", value: code }, soldAt: now(), redeemed: { points: 50 } })
  const booked = await till.post("/receipts", alone)
  assert.deepEqual([booked.body.status, booked.body.redeemed, booked.body.flags], ["accepted", 50, ["spent_while_locked"]], booked.text)

  await spending(false)
  assert.deepEqual(
    [(await setAside()).status, (await setAside()).body.code],
    [409, "confirmation_required"],
    "only the proof is missing again",
  )
})

test("A07: for a day after a new e-mail address nothing is set aside, and nobody is told that the cardholder locked anything", async () => {
  const member = await card()
  await earnAndActivate(member.number, 200_000)
  const identifier = { type: "card13", value: member.number } as const
  await inTransaction(door.db, (tx) => changeEmail(tx, { memberId: member.memberId, email: "first@example.by", at: door.clock.now() }))
  const refused = await till.post("/calculate", {
    ...{ ...head(till), purchaseId: "p21", identifier, at: now(), lines: aSale(till).lines, redeem: { mode: "max" } },
  })
  assert.deepEqual([refused.status, refused.body.code], [409, "spend_rests"])
  for (const [language, says] of [
    ["ru", "Списание на сутки закрыто для защиты владельца, бонусы начисляются"],
    ["be", "Спісанне на суткі закрыта для абароны ўладальніка, бонусы налічваюцца"],
    ["en", "Spending is paused for a day to protect the owner: points are only earned"],
  ] as const) {
    const met = await till.post("/identify", { ...head(till), identifier, at: now() }, { language })
    assert.deepEqual([met.body.status.earn, met.body.status.redeem, met.body.cashierMessages], [true, false, [says]])
  }
})

async function earnAndActivate(number: string, amountMinor: number): Promise<void> {
  const sale = aSale(till, {
    card: number,
    soldAt: now(),
    lines: [{ no: 1, sku: "cream", quantityMilli: 1_000, priceMinor: amountMinor, amountMinor }],
  })
  assert.equal((await till.post("/receipts", sale)).status, 201)
  const at = door.clock.moveTo(new Date(door.clock.now().getTime() + 15 * 86_400_000))
  await inTransaction(door.db, (tx) => settleDue(tx, { today: dayIn(MINSK, at), at, most: 500 }))
}

async function lastCode(): Promise<string> {
  const [message] = await inTransaction(door.db, (tx) => outboxOf(tx, { most: 1 }))
  return String(message!.params["code"])
}
