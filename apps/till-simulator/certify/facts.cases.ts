import { randomUUID } from "node:crypto"
import { answered, type Case, holds, refused, same } from "./case.ts"

export const FACTS: readonly Case[] = [
  {
    ...{ id: "R1", title: "a receipt earns what was calculated for it, pending until it can no longer be returned", needs: ["card"] },
    async run(kit) {
      const lines = [{ amountMinor: 4_990 }, { amountMinor: 1_250 }]
      const promised = answered(await kit.calculate(lines), 200).body.earned
      const { body } = answered(await kit.till.post("/receipts", kit.sale(lines)), 201)
      same("status", [body.status, body.reasons], ["accepted", []])
      same(
        "earned",
        [body.earned, body.lines.reduce((before: number, line: { earned: number }) => before + line.earned, 0)],
        [promised, promised],
      )
      holds("a slip to print", body.slip.length > 0, body.slip)
      holds(
        "lines that fit a narrow printer",
        body.slip.every((line: string) => line.length <= 32),
        body.slip,
      )
      for (const { earned, activatesOn, expiresOn } of body.lines)
        holds("days of a line that earned", earned === 0 || activatesOn < expiresOn, body.lines)
    },
  },
  {
    ...{ id: "R2", title: "the same again under the same key gets the same answer, word for word", needs: ["card"] },
    async run(kit) {
      const sale = kit.sale([{ amountMinor: 2_000, name: "Крем «Снежная королева» — 50 мл №1" }])
      const key = randomUUID()
      const first = answered(await kit.till.post("/receipts", sale, { key }), 201)
      same("the second answer", answered(await kit.till.post("/receipts", sale, { key }), 201).text, first.text)
      same("under another key the receipt is still the same one", answered(await kit.till.post("/receipts", sale), 201).text, first.text)
    },
  },
  {
    ...{ id: "R3", title: "the same key with another body is refused and changes nothing", needs: ["card"] },
    async run(kit) {
      const key = randomUUID()
      answered(await kit.till.post("/receipts", kit.sale([{ amountMinor: 2_000 }]), { key }), 201)
      refused(await kit.till.post("/receipts", kit.sale([{ amountMinor: 3_000 }]), { key }), 422, "idempotency_mismatch")
    },
  },
  {
    ...{ id: "R4", title: "another receipt under the same shop, till, shift and number is kept as a conflict", needs: ["card"] },
    async run(kit) {
      const sale = kit.sale([{ amountMinor: 2_000 }])
      answered(await kit.till.post("/receipts", sale), 201)
      const other = { ...kit.sale([{ amountMinor: 2_500 }]), shift: sale.shift, number: sale.number }
      const { body } = answered(await kit.till.post("/receipts", other), 202)
      same("status", [body.status, body.earned], ["conflict", 0])
    },
  },
  {
    ...{ id: "R5", title: "a receipt whose lines do not add up is accepted, and waits for a person", needs: ["card"] },
    async run(kit) {
      const { body } = answered(await kit.till.post("/receipts", { ...kit.sale([{ amountMinor: 2_000 }]), totalMinor: 2_001 }), 202)
      same("status", [body.status, body.reasons, body.earned], ["quarantined", ["sum_differs"], 0])
    },
  },
  {
    ...{ id: "R6", title: "a misspelt field and a missing key are told at once", needs: [] },
    async run(kit) {
      refused(
        await kit.till.post("/receipts", { ...kit.sale([{ amountMinor: 2_000 }], { identifier: null }), totalMinr: 1 }),
        400,
        "unreadable",
      )
    },
  },
  {
    ...{ id: "R7", title: "a receipt without a card is kept", needs: [] },
    async run(kit) {
      const sale = kit.sale([{ amountMinor: 2_000 }], { identifier: null })
      answered(await kit.till.post("/receipts", sale), 201)
      const { body } = answered(await kit.till.get(`/receipts/${kit.receiptId(sale)}`), 200)
      same("read back", [body.totalMinor, body.earned], [2_000, 0])
    },
  },
  {
    ...{ id: "T1", title: "partial returns of 1/3 add up to the whole, and not a point more", needs: ["card"] },
    async run(kit) {
      const sale = kit.sale([{ amountMinor: 10_000, quantityMilli: 3_000, priceMinor: 3_333 }])
      const sold = answered(await kit.till.post("/receipts", sale), 201)
      const back = async () =>
        kit.till.post("/returns", {
          ...kit.numbered(),
          returnedAt: kit.now(),
          original: { receiptId: sold.body.receiptId },
          lines: [{ no: 1, quantityMilli: 1_000 }],
        })
      let clawed = 0
      for (let nth = 0; nth < 3; nth += 1) clawed += answered(await back(), 201).body.clawed
      same("clawed in three returns", clawed, sold.body.earned)
      const fourth = answered(await back(), 202)
      same("a fourth third", [fourth.body.status, fourth.body.reasons], ["quarantined", ["more_than_sold"]])
    },
  },
  {
    ...{ id: "T2", title: "a return that arrives before its sale waits for it, and then settles", needs: ["card"] },
    async run(kit) {
      const sale = kit.sale([{ amountMinor: 10_000 }])
      const back = {
        ...kit.numbered(),
        returnedAt: kit.now(),
        original: { receiptId: kit.receiptId(sale) },
        lines: [{ no: 1, quantityMilli: 1_000 }],
      }
      same("parked", answered(await kit.till.post("/returns", back), 202).body.status, "parked")
      const sold = answered(await kit.till.post("/receipts", sale), 201)
      const { body } = answered(await kit.till.get(`/receipts/${kit.receiptId(back)}`), 200)
      same("settled when the sale came", [body.state, body.earned], ["settled", sold.body.earned])
    },
  },
  {
    ...{ id: "T3", title: "a cancelled receipt takes back all it earned, once", needs: ["card"] },
    async run(kit) {
      const sold = answered(await kit.till.post("/receipts", kit.sale([{ amountMinor: 10_000 }])), 201)
      const cancel = () => kit.till.post(`/receipts/${sold.body.receiptId}/cancel`, { cancelledAt: kit.now(), reason: "ошибка кассира" })
      const first = answered(await cancel(), 200)
      same("first", [first.body.status, first.body.clawed], ["cancelled", sold.body.earned])
      same("second", answered(await cancel(), 200).text, first.text)
    },
  },
  {
    ...{ id: "T4", title: "another till's receipt is not there for this one", needs: [] },
    async run({ till, now }) {
      refused(await till.post("/receipts/9999-1-1-1/cancel", { cancelledAt: now() }), 404, "receipt_not_found")
    },
  },
]
