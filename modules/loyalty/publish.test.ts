import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { points, Refusal, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { programmeAt, publishProgramme, settleReceipts, simulate } from "./index.ts"
import type { Programme } from "./programme.ts"
import { aBasket, aCampaign, aLine, anEarner, aProgramme, aReceipt } from "./testing.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T10:00:00Z")
const daysLater = (days: number) => new Date(AT.getTime() + days * 86_400_000)
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const publish = (tx: Tx, document: Programme, effectiveFrom = new Date("2026-11-01T00:00:00Z")) =>
  publishProgramme(tx, { document, effectiveFrom, at: AT, by: "staff:1" })

test("a programme is published for a day to come, or for a past in which nothing was bought", () =>
  rolledBack(async (tx) => {
    assert.equal((await programmeAt(tx, AT)).version, 0)
    const { version } = await publish(tx, aProgramme({ expiryDays: 90 }), daysLater(1))
    assert.deepEqual([(await programmeAt(tx, AT)).version, (await programmeAt(tx, daysLater(1))).version], [0, version])
    await publish(tx, aProgramme(), new Date("2026-11-02T00:00:00Z"))
    await settleReceipts(tx, [aReceipt({ memberId: 11 })], { at: AT })
    await assert.rejects(publish(tx, aProgramme(), new Date("2026-11-02T00:00:00Z")), refused("programme_backdated"))
  }))

test("a document with faults is refused with all of them", () =>
  rolledBack(async (tx) => {
    const document = aProgramme({ campaigns: [aCampaign({ id: "c", to: "2026-10-01" }), aCampaign({ id: "c" })] })
    await assert.rejects(
      publish(tx, document, AT),
      (error) => error instanceof Refusal && error.code === "programme_invalid" && (error.details["problems"] as unknown[]).length === 2,
    )
  }))

test("a budget may grow, but not below what was given", () =>
  rolledBack(async (tx) => {
    const campaign = (budgetPoints: number) => aProgramme({ campaigns: [aCampaign({ id: "double", budgetPoints })] })
    await publish(tx, campaign(15))
    const [short] = await settleReceipts(tx, [aReceipt({ memberId: 11 })], { at: AT })
    assert.deepEqual([short!.earned, short!.explanation.some(({ code }) => code === "budget_short")], [35, true])
    await publish(tx, campaign(30), AT)
    await assert.rejects(publish(tx, campaign(14), AT), refused("budget_below_given"))
  }))

test("a published programme is never changed, not even by its owner", () =>
  rolledBack(async (tx) => {
    await publish(tx, aProgramme())
    await assert.rejects(tx.client.query("update loyalty.programme_version set note = 'x'"))
  }))

test("a draft is run over receipts as they were: what it costs, who wins, what campaigns give", () =>
  rolledBack(async (tx) => {
    const draft = aProgramme({ campaigns: [aCampaign({ id: "double", budgetPoints: 30 })] })
    const seen = (memberId: number, line = aLine()) => ({ earner: anEarner({ memberId }), basket: aBasket([line]), redeemed: points(0) })
    const result = await simulate(tx, {
      document: draft,
      receipts: [seen(11), seen(12), seen(11), seen(13, aLine({ excluded: true }))],
      at: AT,
    })
    assert.deepEqual(
      [result.before, result.draft, result.difference, result.costMinor, result.winners, result.losers],
      [60, 90, 30, 30, 2, 0],
    )
    assert.deepEqual(result.members, [
      { memberId: 11, before: 40, draft: 60, difference: 20 },
      { memberId: 12, before: 20, draft: 30, difference: 10 },
    ])
    assert.deepEqual(result.campaigns, [{ campaign: "double", points: 30, budgetPoints: 30 }])
    await assert.rejects(simulate(tx, { document: {}, receipts: [], at: AT }), refused("programme_invalid"))
    assert.equal((await simulate(tx, { document: draft, receipts: [], at: AT })).receipts, 0)
  }))
