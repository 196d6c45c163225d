import { enrolDevice, identifyCards, linkPartnerCard, moveCards, replaceCard, rotatingCode } from "@mila/cards"
import { aCard, aMember, aPartnerNumber, aPlasticNumber } from "@mila/cards/testing"
import { dayIn, inTransaction, MINSK } from "@mila/kernel"
import { mergePurses, settleDue } from "@mila/ledger"
import { leaveMember, mergeMembers, personOf } from "@mila/members"
import { bindCardStamp, receiptById } from "@mila/tills"
import { aReturn, aSale } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { test } from "node:test"
import { aDoorWithTill } from "./testing.ts"

const { door, till, now } = await aDoorWithTill()

const head = () => ({ storeCode: till.shop, tillNo: till.till })
const identify = (type: string, value: string) => till.post("/identify", { ...head(), identifier: { type, value }, at: now() })
const sell = async (type: "card13" | "partner13" | "phone" | "cardStamp", value: string) =>
  (await till.post("/receipts", aSale(till, { identifier: { type, value }, soldAt: now() }))).body
const acting = <Result>(act: Parameters<typeof inTransaction<Result>>[1]) => inTransaction(door.db, act)

test("a phone said aloud earns, and spends nothing without a code", async () => {
  const memberId = await acting((tx) => aMember(tx))
  const phone = (await acting((tx) => personOf(tx, memberId)))!.phone!
  const met = await identify("phone", phone.replace("+375", "80"))
  assert.deepEqual(
    [met.body.status, met.body.needs, met.body.card],
    [{ earn: true, redeem: true, blocked: false }, { confirmation: true }, null],
  )
  assert.equal((await sell("phone", phone)).earned, 20)
  assert.equal((await identify("phone", "+375290000001")).status, 404)
})

test("a partner card earns its own rate from the receipt after the one it was scanned on", async () => {
  const number = aPartnerNumber()
  await acting(async (tx) =>
    linkPartnerCard(tx, { number, memberId: await aMember(tx), assurance: "typed", at: door.clock.now(), by: "system" }),
  )
  assert.deepEqual([(await sell("partner13", number)).earned, (await sell("partner13", number)).earned], [20, 60])
})

test("a bank card is recognised by its stamp once the stamp was bound to a card", async () => {
  const { number } = await acting((tx) => aCard(tx))
  assert.equal((await sell("cardStamp", "stamp-1")).status, "quarantined")
  await acting((tx) => bindCardStamp(tx, { stamp: "stamp-1", cardNumber: number, at: door.clock.now(), by: "staff:1" }))
  assert.equal((await sell("cardStamp", "stamp-1")).earned, 20)
})

test("a replaced card earns for the one that stands in for it, and spends nothing; a plastic card nobody attached earns nothing", async () => {
  const old = await acting((tx) => aCard(tx))
  await acting((tx) => replaceCard(tx, { cardId: old.cardId, at: door.clock.now(), by: "system", reason: "lost" }))
  const met = await identify("card13", old.number)
  assert.deepEqual([met.body.status.redeem, met.body.card.state], [false, "replaced"])
  const sold = await sell("card13", old.number)
  assert.deepEqual([sold.earned, sold.flags], [20, ["earned_on_replaced_card"]])
  const plastic = await sell("card13", await acting((tx) => aPlasticNumber(tx)))
  assert.deepEqual([plastic.status, plastic.earned, plastic.flags], ["accepted", 0, ["card_not_attached"]])
})

test("after a merge the receipts and returns of either card are the heir's; who left earns nothing and is no error", async () => {
  const [donor, heir] = [await acting((tx) => aCard(tx)), await acting((tx) => aCard(tx))]
  const before = await sell("card13", donor.number)
  await sell("card13", heir.number)
  const at = door.clock.now()
  await acting(async (tx) => {
    await mergeMembers(tx, { from: donor.memberId, into: heir.memberId, at, by: "system" })
    await moveCards(tx, { from: donor.memberId, into: heir.memberId, at, by: "system" })
    await mergePurses(tx, { from: donor.memberId, into: heir.memberId, reference: `merge:${donor.memberId}/joined`, at })
  })
  const sold = await sell("card13", donor.number)
  assert.deepEqual([sold.earned, sold.balance.pending], [20, 60])
  assert.equal((await acting((tx) => receiptById(tx, sold.receiptId)))?.memberId, heir.memberId)
  const back = await till.post("/returns", aReturn(till, { sale: before.receiptId, returnedAt: now() }))
  assert.deepEqual([back.status, back.body.status, back.body.clawed], [201, "accepted", 20], back.text)
  await acting((tx) => leaveMember(tx, { memberId: heir.memberId, at, by: "system" }))
  const left = await sell("card13", heir.number)
  assert.deepEqual([left.status, left.earned, left.flags], ["accepted", 0, ["member_left"]])
  const late = await till.post("/returns", aReturn(till, { sale: sold.receiptId, returnedAt: now() }))
  assert.deepEqual([late.status, late.body.clawed], [201, 0], late.text)
})

test("A17: of many spends of one balance at once only as many go through as there are points", async () => {
  const { number } = await acting((tx) => aCard(tx))
  await till.post(
    "/receipts",
    aSale(till, {
      card: number,
      soldAt: now(),
      lines: [{ no: 1, sku: "cream", quantityMilli: 1_000, priceMinor: 50_000, amountMinor: 50_000 }],
    }),
  )
  const at = door.clock.moveTo(new Date(door.clock.now().getTime() + 15 * 86_400_000))
  await acting((tx) => settleDue(tx, { today: dayIn(MINSK, at), at, most: 500 }))
  const identifier = { type: "memberRef", value: await provenRef(number) }
  const spends = await Promise.all(
    Array.from({ length: 20 }, async (_, nth) => {
      const purchaseId = `crowd-${nth}`
      const quoted = await till.post("/calculate", {
        ...head(),
        purchaseId,
        identifier,
        at: now(),
        lines: aSale(till).lines,
        redeem: { mode: "amount", points: 200 },
      })
      return till.post("/redemptions", { ...head(), purchaseId, quoteId: quoted.body.quoteId, points: 200, at: now() })
    }),
  )
  const seen = spends.map(({ status, body }) => (status === 201 ? "held" : body.code))
  assert.deepEqual([seen.filter((one) => one === "held").length, new Set(seen)], [2, new Set(["held", "not_enough_points"])])
})

async function provenRef(number: string): Promise<string> {
  const device = await acting(async (tx) => {
    const card = (await identifyCards(tx, [number])).get(number)!
    return enrolDevice(tx, { cardId: card.cardId, deviceName: "phone", at: door.clock.now(), by: "system" })
  })
  const met = await identify("rotating", rotatingCode({ number, deviceNo: device.deviceNo, secret: device.secret, at: door.clock.now() }))
  return met.body.memberRef
}
