import { enrolDevice, rotatingCode } from "@mila/cards"
import { aCard } from "@mila/cards/testing"
import { addDays, dayIn, inTransaction, MINSK } from "@mila/kernel"
import { adjust, openPurses, settleDue } from "@mila/ledger"
import { outboxOf } from "@mila/messages"
import { aReturn, aSale } from "@mila/tills/testing"
import { issueEnrolmentCode, revokeTill } from "@mila/tills"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aDoor, closeTestDatabases, type TestDoor, type TestTill } from "./testing.ts"

let door: TestDoor
let till: TestTill
before(async () => {
  door = await aDoor({ settings: { tillRequestsPerSecond: 1_000 } })
  till = await door.till()
})
after(async () => {
  await door.close()
  await closeTestDatabases()
})

const card = () => inTransaction(door.db, (tx) => aCard(tx))
const head = (of: TestTill) => ({ storeCode: of.shop, tillNo: of.till })
const now = () => door.clock.now().toISOString()

test("a purchase from hello to slip: identify, calculate, confirm, explain", async () => {
  const { number } = await card()
  const identified = await till.post("/identify", { ...head(till), identifier: { type: "card13", value: number }, at: now() })
  assert.equal(identified.status, 200, identified.text)
  assert.match(identified.body.maskedName, /^\S+ \S\.$/)
  assert.deepEqual(identified.body.needs, { confirmation: true })
  const identifier = { type: "memberRef", value: identified.body.memberRef } as const
  const sale = aSale(till, { identifier })
  const calculated = await till.post("/calculate", { ...head(till), purchaseId: "p1", identifier, at: now(), lines: sale.lines })
  assert.deepEqual([calculated.status, calculated.body.earned, calculated.body.payableMinor], [200, 20, 2_000], calculated.text)
  assert.ok(calculated.body.explanation.length > 0)
  const recorded = await till.post("/receipts", { ...sale, quoteId: calculated.body.quoteId, purchaseId: "p1" }, { language: "be" })
  assert.deepEqual([recorded.status, recorded.body.earned], [201, 20], recorded.text)
  assert.match(recorded.body.slip[0], /^Налічана 0,20 BYN-бонуса, стане даступна 07\.12$/)
  const shown = await till.get(`/receipts/${recorded.body.receiptId}`, { language: "en" })
  assert.equal(shown.status, 200, shown.text)
  assert.equal(shown.body.earned, 20)
  assert.ok(shown.body.explanation.every(({ text }: { text: string }) => text.length > 10))
  for (const [language, name] of [
    ["ru", "Базовая ставка"],
    ["be", "Базавая стаўка"],
    ["en", "Base rate"],
  ] as const) {
    const { body } = await till.get(`/receipts/${recorded.body.receiptId}`, { language })
    assert.ok(
      body.explanation.some(({ text }: { text: string }) => text.includes(name)),
      `a rule is called by its name: ${name}`,
    )
    const again = { ...head(till), purchaseId: "p1", identifier, at: now(), lines: sale.lines }
    const { body: told } = await till.post("/calculate", again, { language })
    assert.ok(told.explanation.some(({ text }: { text: string }) => text.includes(name)))
  }
})

test("the cashier hears of points that end soon, and no coupon is known", async () => {
  const { number, memberId } = await inTransaction(door.db, async (tx) => {
    const mine = await aCard(tx)
    await openPurses(tx, { memberIds: [mine.memberId] })
    const correction = {
      reference: `adjustment:soon-${mine.cardId}/settled` as const,
      memberId: mine.memberId,
      points: 350,
      shortage: "refuse" as const,
    }
    await adjust(tx, {
      ...correction,
      expiresOn: addDays(dayIn(MINSK, door.clock.now()), 20),
      at: door.clock.now(),
      occurredAt: door.clock.now(),
    })
    return { number: mine.number, memberId: mine.memberId }
  })
  assert.ok(memberId)
  const identifier = { type: "card13", value: number }
  const met = await till.post("/identify", { ...head(till), identifier, at: now() }, { language: "ru" })
  assert.equal(met.body.cashierMessages.at(-1), "После 13.12 сгорят бонусы на 3,50 BYN", met.text)
  const lines = aSale(till).lines
  const { body } = await till.post("/calculate", { ...head(till), purchaseId: "c1", identifier, at: now(), lines, coupons: ["SPRING"] })
  assert.deepEqual(body.coupons, { applied: [], rejected: [{ coupon: "SPRING", reason: "coupon_unknown" }] })
})

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

test("A31: a key acts for its own till, a revoked one not at all, and a till is enrolled once for a code", async () => {
  const other = await door.till()
  assert.equal((await till.post("/receipts", aSale(other))).body.code, "not_your_shop")
  assert.equal((await till.get(`/receipts/${other.shop}-3-17-1`)).body.code, "receipt_not_found")
  const { code } = await inTransaction(door.db, (tx) => issueEnrolmentCode(tx, { tillId: other.tillId, at: door.clock.now() }))
  const enrol = () =>
    fetch(`${door.url}/pos/v1/enrol`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ code }) })
  const first = await enrol()
  assert.equal(first.status, 201)
  assert.equal((await enrol()).status, 401)
  await inTransaction(door.db, (tx) => revokeTill(tx, { tillId: other.tillId, at: door.clock.now() }))
  const fresh = await other.get("/gaps") // nobody asked with this key yet, so nothing is remembered of it
  assert.deepEqual([fresh.status, fresh.body.code], [401, "key_unknown"])
})

test("A32: a captured request has no second effect, and none at all once it is old", async () => {
  const { number } = await card()
  const sale = aSale(till, { card: number })
  const signedAt = door.clock.now()
  const first = await till.post("/receipts", sale, { key: "captured", signedAt })
  const replayed = await till.post("/receipts", sale, { key: "captured", signedAt })
  assert.equal(replayed.text, first.text)
  const old = await till.post("/receipts", sale, { key: "captured", signedAt: new Date(signedAt.getTime() - 301_000) })
  assert.deepEqual([old.status, old.body.code], [401, "signature_expired"])
  assert.ok(Math.abs(Date.parse(old.body.serverTime) - door.clock.now().getTime()) < 5_000)
})

test("what was changed after signing, or not signed at all, is not taken", async () => {
  const sale = aSale(till)
  const codes = await Promise.all([
    till.post("/receipts", sale, { tamper: (request) => (request.body = request.body!.replace("17", "18")) }),
    till.post("/receipts", sale, { tamper: ({ headers }) => (headers["idempotency-key"] = "other") }),
    till.post("/receipts", sale, { tamper: (request) => (request.path += "?x=1") }),
    till.post("/receipts", sale, { cover: ["@method", "@path", "content-digest"] }),
    till.post("/receipts", sale, { tamper: ({ headers }) => delete headers["signature"] }),
    till.post("/receipts", sale, { tamper: ({ headers }) => (headers["signature-input"] = "nonsense") }),
    till.post("/receipts", sale, { tamper: ({ headers }) => delete headers["content-digest"] }),
    till.post("/receipts", sale, { key: null }),
    till.post("/receipts", sale, { tamper: ({ headers }) => (headers["content-type"] = "text/plain") }),
  ])
  assert.deepEqual(
    codes.map(({ status, body }) => [status, body.code]),
    [
      [401, "digest_wrong"],
      [401, "signature_wrong"],
      [401, "signature_incomplete"],
      [401, "signature_incomplete"],
      [401, "signature_missing"],
      [401, "signature_malformed"],
      [401, "signature_malformed"],
      [400, "idempotency_key_missing"],
      [415, "media_type_unsupported"],
    ],
  )
})

test("a body that is not the call's shape is 400 and says where; a bank card number is 422, wherever it stands", async () => {
  const odd = await till.post("/receipts", { ...aSale(till), shfit: 1, number: "x" })
  assert.deepEqual([odd.status, odd.body.code], [400, "unreadable"])
  assert.ok(odd.body.errors.some(({ path }: { path: string }) => path === "number"))
  assert.equal((await till.post("/receipts", { ...aSale(till), cashier: "a\u0000b" })).status, 400)
  for (const sale of [aSale(till, { cashier: "4111 1111 1111 1111" }), aSale(till, { card: "5500005555555559" })]) {
    const refused = await till.post("/receipts", sale)
    assert.deepEqual([refused.status, refused.body.code], [422, "bank_card_number"])
  }
  assert.equal(
    (
      await till.post(
        "/receipts",
        aSale(till, { purchaseId: "41111111-1111-4111-8111-111111111111", fiscal: { uid: "4111111111111111ABCDEF00" } }),
      )
    ).status,
    201,
  )
})

test("the same receipt in other words (the order of fields, live or in a journal) is the same receipt", async () => {
  const sale = aSale(till, { cashier: "7", sequence: 1_000_001 })
  const first = await till.post("/receipts", sale)
  const turned = Object.fromEntries(
    Object.entries({ ...sale, lines: sale.lines.map((line) => Object.fromEntries(Object.entries(line).toReversed())) }).toReversed(),
  )
  assert.equal((await till.post("/receipts", turned)).text, first.text)
  const journal = await till.post("/journal", { ...head(till), items: [{ ...turned, type: "sale", sequence: 1_000_002 }] })
  assert.equal(journal.body.results[0].status, "duplicate")
})

test("the same key again: the same body is given the first answer, another body 422, at the same moment 409", async () => {
  const sale = aSale(till)
  const first = await till.post("/receipts", sale, { key: "again" })
  assert.equal((await till.post("/receipts", sale, { key: "again" })).text, first.text)
  assert.equal((await till.post("/receipts", aSale(till), { key: "again" })).body.code, "idempotency_mismatch")
  assert.equal(
    (await till.post("/identify", { ...head(till), identifier: { type: "card13", value: "1" }, at: now() }, { key: "again" })).body.code,
    "idempotency_mismatch",
  )
  const crowd = await Promise.all(
    Array.from({ length: 20 }, () => till.post("/receipts", { ...aSale(till), number: 777_001 }, { key: "crowd" })),
  )
  const seen = new Map(crowd.map(({ status, text }) => [status, text]))
  assert.ok(
    crowd.every(({ status }) => status === 201 || status === 409),
    JSON.stringify([...seen]),
  )
  assert.equal(new Set(crowd.filter(({ status }) => status === 201).map(({ text }) => text)).size, 1)
  const waiting = crowd.find(({ status }) => status === 409)
  if (waiting) assert.deepEqual([waiting.body.code, waiting.headers.get("retry-after")], ["in_flight", "1"])
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
