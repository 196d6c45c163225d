import { answered, type Case, holds, refused, same } from "./case.ts"

export const PEOPLE: readonly Case[] = [
  {
    ...{ id: "P1", title: "a card is recognised, its owner's name stays masked", needs: ["card"] },
    async run({ till, card, now }) {
      const { body } = answered(await till.post("/identify", { at: now(), identifier: card }), 200)
      same("may earn", body.status.earn, true)
      holds("the family name is a letter at most", /^\S* ?\S?\.?$/u.test(body.maskedName), body.maskedName)
      holds("a memberRef for the next calls", typeof body.memberRef === "string" && body.memberRef.length > 20, body.memberRef)
      holds("the balance in points", Number.isInteger(body.balance.available) && Number.isInteger(body.balance.pending), body.balance)
      same("a card on its own proves nobody", body.needs.confirmation, true)
    },
  },
  {
    ...{ id: "P2", title: "an unknown card is told so, as a problem with a stable code", needs: [] },
    run: async ({ till, now }) =>
      void refused(
        await till.post("/identify", { at: now(), identifier: { type: "card13", value: "2999999999994" } }),
        404,
        "card_unknown",
      ),
  },
  {
    ...{ id: "P3", title: "a rotating code proves presence, once", needs: ["card", "proof"] },
    async run(kit) {
      const identifier = await kit.proof()
      const { body } = answered(await kit.till.post("/identify", { at: kit.now(), identifier }), 200)
      same("nothing more is needed to redeem", body.needs.confirmation, false)
      refused(await kit.till.post("/identify", { at: kit.now(), identifier }), 409, "rotating_code_used")
    },
  },
  {
    ...{ id: "P4", title: "a blocked card redeems nothing, and the cashier is told", needs: ["blockedCard"] },
    async run({ till, now, supplies: { blockedCard } }) {
      const { body } = answered(await till.post("/identify", { at: now(), identifier: { type: "card13", value: blockedCard } }), 200)
      same("status", body.status, { earn: false, redeem: false, blocked: true })
      holds("a message for the cashier", body.cashierMessages.length > 0, body.cashierMessages)
    },
  },
  {
    ...{ id: "P5", title: "a bank card number is refused wherever it stands", needs: [] },
    async run({ till, now }) {
      const number = "4111 1111 1111 1111"
      refused(await till.post("/identify", { at: now(), identifier: { type: "cardStamp", value: number } }), 422, "bank_card_number")
      refused(
        await till.post("/identify", { at: now(), cashier: `карта ${number}`, identifier: { type: "card13", value: "2999999999994" } }),
        422,
        "bank_card_number",
      )
    },
  },
  {
    ...{ id: "P6", title: "problems speak Russian, Belarusian and English", needs: [] },
    async run({ till, now }) {
      const body = { at: now(), identifier: { type: "card13", value: "2999999999994" } }
      const details = new Set<string>()
      for (const language of ["ru", "be", "en"]) details.add((await till.post("/identify", body, { language })).body.detail)
      same("three different sentences", details.size, 3)
    },
  },
]
