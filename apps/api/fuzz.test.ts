import { aCard } from "@mila/cards/testing"
import { inTransaction, mulberry32 } from "@mila/kernel"
import { aReturn, aSale } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { test } from "node:test"
import { ROUTES } from "./contract.ts"
import { STATUSES } from "./statuses.ts"
import { aDoorWithTill } from "./testing.ts"

// Each call with one thing wrong in it. FUZZ_SEED asks otherwise, FUZZ_ROUNDS makes it longer.
const SEED = Number(process.env["FUZZ_SEED"] ?? 7)
const ROUNDS = Number(process.env["FUZZ_ROUNDS"] ?? 60)

const { door, till } = await aDoorWithTill({ perSecond: 100_000 })

const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)])

/** What no till should send, and some that hardly can be told from what it should. */
const ODD: readonly unknown[] = [
  ...[null, true, "", " ", "0", -1, 0, 0.5, 1e21, 2 ** 53, -(2 ** 31), 2 ** 31, 1e-7],
  ...[[], {}, [null], { a: 1 }, deep(200), Array.from({ length: 5_001 }, () => ({}))],
  ...[
    "x".repeat(100_000),
    "\u0000",
    "\ud800",
    "🙂",
    "’); drop table ledger.purse; --",
    "../../etc/passwd",
    "%00",
    "__proto__",
    "4111 1111 1111 1111",
  ],
  ...["2026-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999+23:59", "NaN", "29915345678", "2991234567894"],
]

type Path = (string | number)[]

function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path]
  const inside = Object.entries(value).flatMap(([key, held]) => placesIn(held, [...path, Array.isArray(value) ? Number(key) : key]))
  return path.length === 0 ? inside : [path, ...inside]
}

/** The body with `odd` in one place; without the place when `odd` is undefined. */
function spoilt(body: object, path: Path, odd: unknown): object {
  const copy = structuredClone(body)
  let at = copy as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  if (odd === undefined) delete at[path.at(-1)!]
  else at[path.at(-1)!] = odd
  return copy
}

async function soundCalls(): Promise<{ path: string; body: object }[]> {
  const { number } = await inTransaction(door.db, (tx) => aCard(tx))
  const at = door.clock.now().toISOString()
  const head = { storeCode: till.shop, tillNo: till.till }
  const identifier = { type: "card13", value: number }
  const sale = aSale(till, { card: number, soldAt: at })
  const { receiptId } = (await till.post("/receipts", sale)).body
  const back = aReturn(till, { sale: receiptId, returnedAt: at })
  const quoted = await till.post("/calculate", { ...head, purchaseId: "fuzz", identifier, at, lines: sale.lines })
  return [
    { path: "/identify", body: { ...head, identifier, at } },
    { path: "/confirmations", body: { ...head, identifier, at } },
    {
      path: "/calculate",
      body: { ...head, purchaseId: "fuzz", identifier, at, lines: sale.lines, tenders: sale.tenders, redeem: { mode: "max" } },
    },
    { path: "/redemptions", body: { ...head, purchaseId: "fuzz", quoteId: quoted.body.quoteId, points: 10, at } },
    { path: "/redemptions/17/void", body: { ...head, voidedAt: at, reason: "x" } },
    { path: "/receipts", body: { ...aSale(till, { card: number, soldAt: at }), redeemed: { points: 1, lines: [{ no: 1, points: 1 }] } } },
    { path: `/receipts/${receiptId}/cancel`, body: { ...head, cancelledAt: at } },
    { path: "/returns", body: back },
    {
      path: "/journal",
      body: {
        ...head,
        items: [
          { type: "sale", ...aSale(till, { card: number, soldAt: at }) },
          { type: "return", ...back },
        ],
      },
    },
    { path: "/gaps/acknowledge", body: { ...head, upTo: 1 } },
  ]
}

test(`nothing a till can say is answered with a 500, and every no has a code and words (FUZZ_SEED=${SEED})`, async () => {
  const random = mulberry32(SEED)
  const pick = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(random() * things.length)]!
  const calls = await soundCalls()
  const posts = ROUTES.filter(({ method, path }) => method === "post" && path !== "/enrol")
  assert.equal(calls.length, posts.length, "every call is spoilt")
  let refused = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { path, body } of calls) {
      const place = pick(placesIn(body))
      const odd = random() < 0.15 ? undefined : pick(ODD)
      const what = `${path} ${place.join(".")} = ${(JSON.stringify(odd) ?? "nothing").slice(0, 80)}`
      const language = pick(["ru", "be", "en"])
      const { status, body: told, headers, text } = await till.post(path, spoilt(body, place, odd), { key: randomUUID(), language })
      assert.ok(status < 500, `${what}: ${status} ${text.slice(0, 300)}`)
      if (status < 400) continue
      refused += 1
      assert.match(headers.get("content-type") ?? "", /^application\/problem\+json/, what)
      assert.ok(Object.hasOwn(STATUSES, told.code) && told.status === status && told.detail.length > 5, `${what}: ${text.slice(0, 300)}`)
      assert.equal(headers.get("content-language"), language)
    }
  }
  assert.ok(refused > ROUNDS, "hardly anything was refused: the spoiling does not work")
  assert.deepEqual(door.logged, [])
})
