import assert from "node:assert/strict"
import { test } from "node:test"
import { type Effect, OperationLog } from "./operation-log.ts"
import { held, type Movement, type Said } from "./prove.ts"

const MEMBER = 7
const SALE = { id: "s", kind: "sale", till: "0001/1", memberId: MEMBER, receiptId: "0001-1-1-1" } as const
const RETURN = { id: "r", kind: "return", till: "0001/1", memberId: MEMBER, receiptId: "0001-1-1-2" } as const
const EFFECT: Effect = { earned: 0, redeemed: 0, clawed: 0, restored: 0, exposed: 0 }

const earned = (points: number, reference = "receipt:0001-1-1-1/settled"): Movement => ({
  reference,
  postings: [{ source: "issued", target: "pending", points }],
})

/** A log in which one sale was told `points`, unless `tell` says otherwise. */
function aLog(
  tell: (log: OperationLog) => void = (log) => log.answered("s", { told: "ok", effect: { ...EFFECT, earned: 10 } }),
): OperationLog {
  const log = new OperationLog()
  log.invoked(SALE)
  tell(log)
  return log
}

function said(movements: Movement[], { has, findings = [] }: { has?: number; findings?: string[] } = {}): Said {
  const points = movements.reduce((sum, { postings }) => sum + postings.reduce((of, posting) => of + posting.points, 0), 0)
  const balances = new Map([[MEMBER, { pending: has ?? points, available: 0, held: 0, owed: 0 }]])
  return { movements: new Map([[MEMBER, movements]]), balances, findings }
}

test("a receipt that counted once, with the points its till was told, is proven", () => {
  assert.deepEqual(held(aLog(), said([earned(10)])), { objections: [], proven: 1, unknown: 0 })
})

test("without an answer a receipt may have counted once or not at all, but never twice", () => {
  const unknown = aLog((log) => log.answered("s", { told: "unknown" }))
  assert.deepEqual(held(unknown, said([])), { objections: [], proven: 0, unknown: 1 })
  assert.deepEqual(held(unknown, said([earned(10)])).objections, [])
  assert.match(held(unknown, said([earned(10), earned(10)])).objections.join(), /0001-1-1-1\/settled: done 2 times/)
})

test("an answer that came after a lost one is what counts", () => {
  const log = aLog((told) => {
    told.answered("s", { told: "unknown" })
    told.answered("s", { told: "ok", effect: { ...EFFECT, earned: 10 } })
  })
  assert.match(held(log, said([])).objections.join(), /is not there/)
})

const BROKEN: [string, OperationLog, Said, RegExp][] = [
  ["a lost receipt", aLog(), said([]), /receipt:0001-1-1-1\/settled: was told done, and is not there/],
  ["a receipt that counted twice", aLog(), said([earned(10), earned(10)]), /done 2 times/],
  ["other points than were told", aLog(), said([earned(11)]), /earned 11, and the till was told 10/],
  [
    "a balance that is not the sum of its movements",
    aLog(),
    said([earned(10)], { has: 9 }),
    /has 9 points, and the statement adds up to 10/,
  ],
  ["a movement nobody asked for", aLog(), said([earned(10), earned(5, "receipt:9-9-9-9/settled")]), /9-9-9-9\/settled: nobody asked/],
  [
    "a refusal that was done all the same",
    aLog((log) => log.answered("s", { told: "rejected", why: "409 card_blocked" })),
    said([earned(10)]),
    /was refused \(409 card_blocked\), and is done/,
  ],
  [
    "two answers that differ",
    aLog((log) => [10, 11].forEach((points) => log.answered("s", { told: "ok", effect: { ...EFFECT, earned: points } }))),
    said([earned(10)]),
    /told different points/,
  ],
  [
    "a return that came early and never happened",
    aLog((log) => {
      log.answered("s", { told: "ok", effect: { ...EFFECT, earned: 10 } })
      log.invoked({ ...RETURN, whole: SALE.receiptId })
      log.answered("r", { told: "parked" })
    }),
    said([earned(10)]),
    /return:0001-1-1-2\/settled: was told done, and is not there/,
  ],
  ["a receipt its till no longer finds", readBack(), said([earned(10)]), /0001-1-1-1: was confirmed, and its till did not find it/],
  ["what the ledger's own check finds", aLog(), said([earned(10)], { findings: ["I3"] }), /own check: I3/],
]
for (const [what, log, system, why] of BROKEN) {
  test(`${what} is named`, () => assert.match(held(log, system).objections.join("\n"), why))
}

function readBack(): OperationLog {
  const log = aLog()
  log.read({ till: "0001/1", receiptId: SALE.receiptId, seen: false, earned: null })
  return log
}
