import { z } from "@hono/zod-openapi"
import { dayRoots, expiryCalendar, lastCheck, liability } from "@mila/ledger"
import { dayIn, MINSK } from "@mila/kernel"
import { declare, type Office } from "./declare.ts"
import { ExpiryDay } from "./points.routes.ts"
import { day, instant } from "./schemas.ts"

const Findings = z.array(z.object({ invariant: z.string(), saying: z.string(), count: z.number(), example: z.string().nullable() }))
const Proved = z
  .array(z.object({ invariant: z.string(), saying: z.string(), broken: z.number() }))
  .openapi({ description: "Everything that was looked at; 0 rows break what holds." })
const Figures = z.record(z.string(), z.number())

/** The ledger as a whole: its proof, what the chain owes, when it ends. */
export function declareLedger(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/ledger/check", permission: "ledger.read", tag: "Ledger" },
    summary: "Prove the ledger's invariants now, over everything; no findings means all is well",
    answer: z.object({ findings: Findings, proved: Proved, figures: Figures, seconds: z.number() }).openapi("LedgerCheck"),
    async run({ at, context: { db, clock, prove }, note }) {
      await note("ledger.check", "ledger")
      return prove(db, { at, now: () => clock.now() })
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/ledger/check",
      permission: "ledger.read",
      tag: "Ledger",
      summary: "The last proof; `check` is null when there was none",
    },
    answer: z.object({
      check: z.object({ startedAt: instant, finishedAt: instant, complete: z.boolean(), findings: Findings, figures: Figures }).nullable(),
    }),
    act: async ({ tx }) => ({ check: (await lastCheck(tx)) ?? null }),
  })
  declare(office, {
    ...{
      method: "get",
      path: "/ledger/liability",
      permission: "ledger.read",
      tag: "Ledger",
      summary: "What the chain owes its members today, and what they owe it",
    },
    answer: z
      .object({
        today: day,
        members: z.number(),
        pending: z.number(),
        available: z.number(),
        held: z.number(),
        owed: z.number(),
        overdueUnreminded: z.number().openapi({ description: "Past their day, and alive because nobody was told." }),
      })
      .openapi("Liability"),
    async act({ tx, at }) {
      const today = dayIn(MINSK, at)
      return { today, ...(await liability(tx, { today })) }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/ledger/expiry",
      permission: "ledger.read",
      tag: "Ledger",
      summary: "All points by their last usable day, soonest first",
    },
    query: z.strictObject({ most: z.coerce.number().int().min(1).max(2_000).default(400) }),
    answer: z.object({ days: z.array(ExpiryDay) }),
    act: async ({ tx, query: { most } }) => ({ days: await expiryCalendar(tx, { most }) }),
  })
  declare(office, {
    ...{ method: "get", path: "/ledger/seals", permission: "ledger.read", tag: "Ledger" },
    summary: "The last hash of each sealed day; kept outside, they prove that no sealed day was rewritten",
    answer: z.object({ days: z.array(z.object({ day, root: z.string(), transactions: z.number() })) }),
    act: async ({ tx }) => ({ days: await dayRoots(tx) }),
  })
}
