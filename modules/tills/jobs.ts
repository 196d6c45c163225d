import { inTransaction, statement, type Job } from "@mila/kernel"
import { forgetConfirmations } from "./confirmations.ts"
import { forgetMisses } from "./look-up-budget.ts"
import { settleWhatWaited } from "./parked.ts"
import { retryPointsClaims } from "./points-claims.ts"
import { forgetRequests } from "./requests.ts"
import type { Sale } from "./facts.ts"

const KEPT_DAYS = 60
const MOST_PARKED = 10_000 // a return without its sale stays a while; all of them are looked at
const DAY_MS = 86_400_000

type Arrived = { id: string; tillId: number; body: Sale }

// a return and its sale that arrived at the same moment did not see each other
const arrivedMeanwhile = statement<Arrived>(
  "tills.parked_with_sale",
  `with parked as (select sale, till_id from tills.receipt where state = 'parked' order by sale limit $1),
        known as (
          select substr(sale, 4) id from parked where sale like 'id:%'
          union select found.id from parked cross join lateral (
            select id from tills.receipt where fiscal_uid = substr(parked.sale, 5) and kind = 'sale' limit 1) found where parked.sale like 'uid:%'
          union select found.id from parked cross join lateral (
            select id from tills.receipt where till_id = parked.till_id and purchase_id = substr(parked.sale, position('/' in parked.sale) + 1) and kind = 'sale' limit 1
          ) found where parked.sale like 'purchase:%'
          union (select sale_id from tills.cancellation where state = 'parked' order by sale_id limit $1))
   select id, till_id as "tillId", body from tills.receipt where id in (select id from known) and kind = 'sale' and state = 'settled'`,
)

/** What the worker may run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. */
export const jobs: readonly Job[] = [
  {
    name: "settleParked",
    cron: "* * * * *",
    async run(db, { at }) {
      const found = await inTransaction(db, (tx) => arrivedMeanwhile(tx, [MOST_PARKED]))
      for (const { id, tillId, body } of found) {
        await inTransaction(db, (tx) => settleWhatWaited(tx, { sales: [{ id, till: { tillId }, sale: body, reasons: [] }], at }))
      }
      return { settled: found.length }
    },
  },
  { name: "retryPointsClaims", cron: "*/5 * * * *", run: retryPointsClaims },
  {
    name: "forgetTillAnswers",
    cron: "25 3 * * *",
    async run(db, { at }) {
      const before = new Date(at.getTime() - KEPT_DAYS * DAY_MS)
      for (let forgotten = 0; ;) {
        const step = await inTransaction(db, (tx) => forgetRequests(tx, { before, most: 1_000 }))
        if (step > 0) forgotten += step
        else {
          await inTransaction(db, (tx) => forgetMisses(tx, { before }))
          await inTransaction(db, (tx) => forgetConfirmations(tx, { before }))
          return { forgotten }
        }
      }
    },
  },
]
