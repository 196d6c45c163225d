import { type Db, inTransaction, statement } from "@mila/kernel"
import { forgetConfirmations } from "./confirmations.ts"
import { forgetMisses } from "./look-up-budget.ts"
import { settleWhatWaited } from "./parked.ts"
import { forgetRequests } from "./requests.ts"
import type { Sale } from "./facts.ts"

const KEPT_DAYS = 60
const DAY_MS = 86_400_000

type Arrived = { id: string; tillId: number; body: Sale }

// a return and its sale that arrived at the same moment did not see each other
const arrivedMeanwhile = statement<Arrived>(
  "tills.parked_with_sale",
  `select distinct sale.id, sale.till_id as "tillId", sale.body
     from tills.receipt parked join tills.receipt sale
       on sale.kind = 'sale' and sale.state = 'settled'
      and (parked.sale = 'id:' || sale.id or (parked.sale like 'uid:%' and sale.fiscal_uid = substr(parked.sale, 5))
        or (parked.sale like 'purchase:%' and sale.till_id = parked.till_id and sale.purchase_id = substr(parked.sale, position('/' in parked.sale) + 1)))
    where parked.state = 'parked' and parked.kind = 'return'
   union
   select sale.id, sale.till_id, sale.body from tills.cancellation c join tills.receipt sale on sale.id = c.sale_id
    where c.state = 'parked' and sale.kind = 'sale' and sale.state = 'settled'
   limit $1`,
)

/** What the worker may run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. */
export const jobs: readonly { name: string; cron: string; run(db: Db, moment: { at: Date; now: () => Date }): Promise<Record<string, number>> }[] = [
  {
    name: "settleParked",
    cron: "* * * * *",
    async run(db, { at }) {
      const found = await inTransaction(db, (tx) => arrivedMeanwhile(tx, [200]))
      for (const { id, tillId, body } of found) {
        await inTransaction(db, (tx) => settleWhatWaited(tx, { sales: [{ id, till: { tillId }, sale: body, reasons: [] }], at }))
      }
      return { settled: found.length }
    },
  },
  {
    name: "forgetTillAnswers",
    cron: "25 3 * * *",
    async run(db, { at }) {
      const before = new Date(at.getTime() - KEPT_DAYS * DAY_MS)
      for (let forgotten = 0; ; ) {
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
