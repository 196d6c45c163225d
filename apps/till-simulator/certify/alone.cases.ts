import { randomUUID } from "node:crypto"
import { deniedOffline, signedByServer } from "../offline-pack.ts"
import { call } from "../till-client.ts"
import { answered, type Case, holds, same } from "./case.ts"

export const ALONE: readonly Case[] = [
  {
    ...{
      id: "J1",
      title: "a journal settles each fact on its own: a duplicate, a stranger and nonsense do not hold up the rest",
      needs: ["card"],
    },
    async run(kit) {
      const { storeCode, tillNo } = kit.till.enrolled
      const good = { type: "sale", ...kit.sale([{ amountMinor: 5_000 }]) }
      const stranger = { type: "sale", ...kit.sale([{ amountMinor: 5_000 }], { identifier: { type: "card13", value: "2999999999994" } }) }
      const items = [good, good, stranger, { type: "sale", что: "это" }, { type: "sale", ...kit.sale([{ amountMinor: 1_000 }]) }]
      const body = { items: items.map((item) => ({ storeCode, tillNo, ...item })) }
      const key = randomUUID()
      const first = answered(await kit.till.post("/journal", body, { key }), 200)
      const statuses = first.body.results.map(({ status }: { status: string }) => status)
      same("statuses", statuses, ["accepted", "duplicate", "quarantined", "quarantined", "accepted"])
      same("the same batch again", answered(await kit.till.post("/journal", body, { key }), 200).text, first.text)
      const again = answered(await kit.till.post("/journal", { items: [body.items[0]] }), 200)
      same("under another key nothing happens twice", again.body.results[0].status, "duplicate")
    },
  },
  {
    ...{ id: "J2", title: "a sale of three days ago is settled by the time of the sale", needs: ["card"] },
    async run(kit) {
      const { storeCode, tillNo } = kit.till.enrolled
      const soldAt = new Date(kit.till.now().getTime() - 3 * 86_400_000).toISOString()
      const items = [{ storeCode, tillNo, type: "sale", ...kit.sale([{ amountMinor: 10_000 }]), soldAt }]
      const { body } = answered(await kit.till.post("/journal", { items }), 200)
      same("accepted", body.results[0].status, "accepted")
      const read = answered(await kit.till.get(`/receipts/${body.results[0].receiptId}`), 200)
      same("dated by the till", Date.parse(read.body.soldAt), Date.parse(soldAt))
    },
  },
  {
    ...{
      id: "J3",
      title: "a till that was alone may give away a little, against a rotating code of that moment",
      needs: ["card", "proof", "points"],
    },
    async run(kit) {
      const { storeCode, tillNo } = kit.till.enrolled
      const sale = kit.sale([{ amountMinor: 2_000 }], {
        identifier: await kit.proof(),
        redeemed: { points: 100, lines: [{ no: 1, points: 100 }] },
      })
      const { body } = answered(await kit.till.post("/journal", { items: [{ storeCode, tillNo, type: "sale", ...sale }] }), 200)
      same("result", [body.results[0].status, body.results[0].redeemed], ["accepted", 100])
    },
  },
  {
    ...{ id: "O1", title: "the offline pack is signed, named by an ETag, and not sent twice", needs: [] },
    async run({ till }) {
      const pack = answered(await till.get("/offline-pack"), 200)
      const key = till.enrolled.serverKey ?? pack.body.verificationKeys[0]
      holds("the signature of the server fits", signedByServer(pack, key), pack.headers["signature-input"])
      const etag = String(pack.headers["etag"])
      const again = await call(till.enrolled, { method: "GET", path: "/offline-pack", at: till.now(), headers: { "if-none-match": etag } })
      same("asked again with it", again.status, 304)
    },
  },
  {
    ...{ id: "O2", title: "the deny list knows the blocked card and lets the good one pass", needs: ["card", "blockedCard"] },
    async run({ till, supplies: { card, blockedCard } }) {
      const { denyList } = answered(await till.get("/offline-pack"), 200).body
      same("the blocked card", deniedOffline(denyList, blockedCard!), "denied")
      holds("the good card is not denied for certain", deniedOffline(denyList, card!) !== "denied")
    },
  },
]
