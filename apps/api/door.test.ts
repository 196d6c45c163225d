import { aCard } from "@mila/cards/testing"
import { addDays, dayIn, inTransaction, MINSK } from "@mila/kernel"
import { adjust, openPurses } from "@mila/ledger"
import { aSale } from "@mila/tills/testing"
import { issueEnrolmentCode, revokeTill } from "@mila/tills"
import assert from "node:assert/strict"
import { test } from "node:test"
import { aDoorWithTill } from "./testing.ts"

const { door, till, card, head, now } = await aDoorWithTill()

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
  assert.deepEqual(recorded.body.slip.slice(0, 2), ["Налічана бонусаў: 0,20 BYN,", "даступныя з 07.12"])
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
