import { answered, type Case, holds, refused, same } from "./case.ts"
import type { GoldenLine } from "./kit.ts"

type Line = { no: number; earned: number; redeemed: number }
const total = (lines: readonly Line[], of: "earned" | "redeemed"): number => lines.reduce((before, line) => before + line[of], 0)

/** Golden figures: what the reference programme answers for these baskets, to the point. */
type Golden = { id: string; title: string; lines: readonly GoldenLine[]; tenders?: object[]; earned: number }
const GOLDEN: readonly Golden[] = [
  { id: "Q1", title: "100.00 earns 100 points", lines: [{ amountMinor: 10_000 }], earned: 100 },
  {
    ...{ id: "Q2", title: "quantities with decimals: 0.350 of 12.90", earned: 4 },
    lines: [{ amountMinor: 452, quantityMilli: 350, priceMinor: 1_290 }],
  },
  {
    ...{ id: "Q3", title: "an instalment card earns nothing on the whole receipt", earned: 0 },
    ...{
      lines: [{ amountMinor: 10_000 }],
      tenders: [
        { type: "installment", amountMinor: 4_000 },
        { type: "card", amountMinor: 6_000 },
      ],
    },
  },
  {
    ...{ id: "Q4", title: "what a gift certificate pays for earns nothing, the rest does", earned: 60 },
    ...{
      lines: [{ amountMinor: 10_000 }],
      tenders: [
        { type: "certificate", amountMinor: 4_000 },
        { type: "card", amountMinor: 6_000 },
      ],
    },
  },
  {
    ...{ id: "Q5", title: "a line the till leaves out earns nothing, its neighbour does", earned: 50 },
    lines: [{ amountMinor: 10_000, excluded: true }, { amountMinor: 5_000 }],
  },
  {
    ...{ id: "Q6", title: "kopecks are rounded once, over the receipt, down: three lines of 0.99 earn 2", earned: 2 },
    lines: [{ amountMinor: 99 }, { amountMinor: 99 }, { amountMinor: 99 }],
  },
]

export const PURCHASE: readonly Case[] = [
  ...GOLDEN.map(({ id, title, lines, tenders, earned }): Case => ({
    ...{ id, title, needs: ["card", "referenceProgramme"] },
    async run(kit) {
      const { body } = answered(await kit.calculate(lines, tenders ? { tenders } : {}), 200)
      same("earned", body.earned, earned)
      same("the lines add up to it", total(body.lines, "earned"), earned)
      same(
        "one answer a line, in order",
        body.lines.map(({ no }: Line) => no),
        lines.map((_, place) => place + 1),
      )
    },
  })),
  {
    ...{ id: "Q7", title: "every number is explained in a sentence, zeros too", needs: ["card"] },
    async run(kit) {
      const { body } = answered(await kit.calculate([{ amountMinor: 10_000 }, { amountMinor: 700, excluded: true }]), 200)
      for (const { no } of body.lines) {
        const reasons = body.explanation.filter(({ line }: { line: number | null }) => line === no)
        holds(`line ${no} is explained`, reasons.length > 0 && reasons.every(({ text }: { text: string }) => /[а-яё]/i.test(text)), reasons)
      }
    },
  },
  {
    ...{ id: "Q8", title: "nobody's purchase is calculated too, and earns nothing", needs: [] },
    async run(kit) {
      const { body } = answered(await kit.calculate([{ amountMinor: 10_000 }], { identifier: null }), 200)
      same("figures", [body.earned, body.redeemed, body.payableMinor, body.balance], [0, 0, 10_000, null])
    },
  },
  {
    ...{
      id: "D1",
      title: "points are set aside, spent on a receipt, and split over its lines to the point",
      needs: ["card", "proof", "points"],
    },
    async run(kit) {
      const lines = [{ amountMinor: 3_333 }, { amountMinor: 3_333 }, { amountMinor: 3_334 }]
      const purchaseId = kit.purchase()
      const identifier = await kit.proof()
      const met = answered(await kit.till.post("/identify", { at: kit.now(), identifier }), 200)
      const ref = { type: "memberRef", value: met.body.memberRef }
      const quoted = answered(await kit.calculate(lines, { purchaseId, identifier: ref, redeem: { mode: "amount", points: 500 } }), 200)
      same("the quote takes them", quoted.body.redeemed, 500)
      const held = answered(
        await kit.till.post("/redemptions", { purchaseId, quoteId: quoted.body.quoteId, points: 500, at: kit.now() }),
        201,
      )
      same(
        "the lines add up",
        held.body.lines.reduce((before: number, { points }: { points: number }) => before + points, 0),
        500,
      )
      same("they are set aside", met.body.balance.available - held.body.balance.available, 500)
      const sale = kit.sale(lines, {
        identifier: ref,
        purchaseId,
        authId: held.body.authId,
        redeemed: { points: 500, lines: held.body.lines },
      })
      const { body } = answered(await kit.till.post("/receipts", sale), 201)
      same("redeemed", [body.redeemed, total(body.lines, "redeemed"), body.owing, body.exposed], [500, 500, 0, 0])
    },
  },
  {
    ...{ id: "D2", title: "points set aside come back when the purchase is given up, once", needs: ["card", "proof", "points"] },
    async run(kit) {
      const purchaseId = kit.purchase()
      const met = answered(await kit.till.post("/identify", { at: kit.now(), identifier: await kit.proof() }), 200)
      const asked = { purchaseId, identifier: { type: "memberRef", value: met.body.memberRef }, redeem: { mode: "max" } }
      const quoted = answered(await kit.calculate([{ amountMinor: 2_000 }], asked), 200)
      const most = quoted.body.mostRedeemable
      const wrong = (points: number) => kit.till.post("/redemptions", { purchaseId, quoteId: quoted.body.quoteId, points, at: kit.now() })
      refused(await wrong(most + 1), 422, "too_many_points_for_basket")
      refused(await wrong(0), 422, "points_out_of_range")
      refused(await wrong(-5), 422, "points_out_of_range")
      const held = answered(await wrong(most), 201)
      const give = () => kit.till.post(`/redemptions/${held.body.authId}/void`, { voidedAt: kit.now(), reason: "покупатель передумал" })
      same("voided", answered(await give(), 200).body.status, "voided")
      same("a second time changes nothing", answered(await give(), 200).body.status, "already_ended")
    },
  },
  {
    ...{ id: "D3", title: "a card number alone redeems nothing", needs: ["card", "points"] },
    async run(kit) {
      const purchaseId = kit.purchase()
      const quoted = answered(await kit.calculate([{ amountMinor: 10_000 }], { purchaseId, redeem: { mode: "max" } }), 200)
      refused(
        await kit.till.post("/redemptions", { purchaseId, quoteId: quoted.body.quoteId, points: 100, at: kit.now() }),
        409,
        "confirmation_required",
      )
    },
  },
]
