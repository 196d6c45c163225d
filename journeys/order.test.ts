import { chanceOf, type Chance } from "@mila/till-simulator"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Mila, milaUnderTest, type Till } from "./adapter.ts"

// F16: what a till tells comes doubled, turned round and three days late, returns before their sales; in the end all is as if it had come in order.
const SEED = Number(process.env["FAULT_SEED"] ?? 7)
const STORIES = Number(process.env["FAULT_STORIES"] ?? 4)
const THREE_DAYS_MS = 3 * 86_400_000

type Fact = { type: "sale" | "return" | "cancel" } & Record<string, unknown>

let mila: Mila
let till: Till
let shift = 5_000 // the demo has its own
before(async () => {
  mila = await milaUnderTest()
  till = await mila.enrolTill(21)
})
after(() => mila.stop())

/** Five sales of a member, of which some come back in slices or are cancelled, in the order in which they happened. */
function story(chance: Chance, card: string): Fact[] {
  shift += 1
  const began = mila.now().getTime() - THREE_DAYS_MS
  const facts: Fact[] = []
  const at = () => new Date(began + facts.length * 60_000).toISOString()
  const receiptOf = (number: number) => `${till.storeCode}-${till.tillNo}-${shift}-${number}`
  for (let number = 1; number <= 5; number += 1) {
    const amountMinor = 1_000 + chance.below(20_000)
    facts.push({
      ...{ type: "sale", shift, number, soldAt: at(), identifier: { type: "card13", value: card } },
      lines: [1, 2].map((no) => ({ no, sku: "100001", quantityMilli: 2_000, priceMinor: amountMinor, amountMinor: 2 * amountMinor })),
      ...{ tenders: [{ type: "card", amountMinor: 4 * amountMinor }], totalMinor: 4 * amountMinor },
    })
    const original = { receiptId: receiptOf(number) }
    const back = (no: number, quantityMilli: number): Fact => ({
      ...{ type: "return", shift, number: number * 10 + no, returnedAt: at(), original },
      lines: [{ no, quantityMilli }],
    })
    const fate = chance.below(4)
    if (fate === 0) facts.push({ type: "cancel", receiptId: original.receiptId, cancelledAt: at() })
    if (fate === 1) facts.push(back(1, 1_000))
    if (fate === 2) facts.push(back(1, 2_000), back(2, 1_000))
  }
  return facts
}

/** The same facts in another order, some of them twice. */
function shaken(chance: Chance, facts: readonly Fact[]): Fact[] {
  const doubled = [...facts, ...facts.filter(() => chance.happens(0.3))]
  return doubled
    .map((fact) => ({ fact, place: chance.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ fact }) => fact)
}

async function tell(facts: readonly Fact[]): Promise<void> {
  for (const fact of facts) {
    const { storeCode, tillNo } = till
    const { status, text } = await mila.till(till, "/journal", { items: [{ storeCode, tillNo, ...fact }] })
    assert.equal(status, 200, text)
    assert.doesNotMatch(text, /"quarantined"|"conflict"/)
  }
}

/** What a member has in the end, and what each receipt did, whenever it did it. */
async function endOf(memberId: number): Promise<unknown> {
  const entries = await mila.statement(memberId)
  const sums = (pick: (posting: { source: string; target: string }) => boolean) =>
    entries.flatMap(({ postings }) => postings).reduce((sum, posting) => sum + (pick(posting) ? posting.points : 0), 0)
  return {
    balance: await mila.balance(memberId),
    ...{ earned: sums(({ source }) => source === "issued"), clawed: sums(({ target }) => target === "cancelled"), entries: entries.length },
  }
}

test(`F16: doubled, turned round and late, ${STORIES} stories end as they do in order (FAULT_SEED=${SEED})`, async () => {
  for (let nth = 0; nth < STORIES; nth += 1) {
    const chance = chanceOf(`${SEED}/${nth}`)
    const [one, other] = await Promise.all([0, 1].map(async () => mila.issueCard(await mila.registerMember())))
    await tell(story(chance.fork("story"), one!.number))
    await tell(shaken(chance.fork("order"), story(chance.fork("story"), other!.number)))
    assert.deepEqual(await endOf(other!.memberId), await endOf(one!.memberId), `story ${nth}`)
  }
  assert.deepEqual((await mila.checkLedger()).findings, [])
})
