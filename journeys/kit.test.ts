import { certify, chanceOf, enrol, type Fault, openFaultProxy, SteadyTill, suppliesGiven, suppliesPrepared } from "@mila/till-simulator"
import assert from "node:assert/strict"
import http from "node:http"
import type { AddressInfo } from "node:net"
import { after, before, test } from "node:test"
import { type Mila, milaUnderTest } from "./adapter.ts"

const SEED = Number(process.env["FAULT_SEED"] ?? 7)
const FAULTS: readonly Fault[] = [
  "latency",
  "cut_request",
  "cut_after_request",
  "cut_before_answer",
  "duplicate",
  "late_duplicate",
  "reorder",
]

let mila: Mila
before(async () => {
  mila = await milaUnderTest()
})
after(() => mila.stop())

test(`F13: through a line that cuts, doubles, delays and turns round, each receipt counts once (FAULT_SEED=${SEED})`, async (t) => {
  const chance = chanceOf(SEED)
  const { code } = await mila.tillToEnrol("0005", 1)
  const proxy = await openFaultProxy({ upstream: mila.url, latencyMs: () => chance.below(40), holdMs: 100 })
  t.after(() => proxy.close())
  const till = new SteadyTill({ ...(await enrol(mila.url, code)), url: proxy.url }, { clock: () => mila.now() })
  // four receipts a card: more of one card at one till in a day would wait for a person
  const cards = await Promise.all(Array.from({ length: 10 }, async () => mila.issueCard(await mila.registerMember())))
  proxy.decide(() => (chance.happens(0.6) ? chance.pick(FAULTS) : undefined))
  const numbers = Array.from({ length: 40 }, (_, place) => place + 1)
  const answers = await Promise.all(
    numbers.map((number) =>
      till.post("/receipts", {
        ...{ shift: 1, number, soldAt: mila.now().toISOString(), identifier: { type: "card13", value: cards[number % 10]!.number } },
        lines: [{ no: 1, sku: "100001", quantityMilli: 1_000, priceMinor: 1_000, amountMinor: 1_000 }],
        ...{ tenders: [{ type: "card", amountMinor: 1_000 }], totalMinor: 1_000 },
      }),
    ),
  )
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.earned]),
    numbers.map(() => [201, 10]),
  )
  assert.ok(FAULTS.some((fault) => (proxy.played.get(fault) ?? 0) > 0))
  for (const { memberId } of cards) assert.equal((await mila.balance(memberId)).pending, 40)
  assert.deepEqual((await mila.checkLedger()).findings, [])
})

test("the certification passes against this system, and nothing of it is skipped", async () => {
  const outcomes = await certify(await suppliesPrepared({ url: mila.url, key: mila.key }))
  assert.deepEqual(
    outcomes.filter(({ result }) => result !== "passed"),
    [],
  )
  assert.ok(outcomes.length > 30)
})

test("the certification fails a server that says yes to everything", async () => {
  const yes = http.createServer((request, response) => {
    request.resume().on("end", () => {
      response.setHeader("content-type", "application/json")
      response.end(JSON.stringify({ keyId: "k", secret: "c2VjcmV0", storeCode: "1", tillNo: 1 }))
    })
  })
  await new Promise<void>((listening) => yes.listen(0, "127.0.0.1", listening))
  const url = `http://127.0.0.1:${(yes.address() as AddressInfo).port}`
  const outcomes = await certify(await suppliesGiven({ url, code: "any", card: "2990000000017" }))
  assert.ok(outcomes.filter(({ result }) => result === "failed").length > 20)
  yes.closeAllConnections()
  yes.close()
})
