import { addDays, type Day, type Db, dayIn, inTransaction, MINSK, startOfDay, statement, type Tx } from "@mila/kernel"

/** What is bought most is what was bought in so many days. */
export const SOLD_DAYS = 60
const ANEW_DAYS = 7 // till then almost all that waited for a person, a sale or a network has found its place

/** How much of a sku was sold and did not come back, in thousandths of a piece. */
export type Sold = { sku: string; milli: number }

const counted = statement<{ day: Day }>("tills.sold_days", "select day::text as day from tills.sold_day where day >= $1::date")
const claimDay = statement(
  "tills.claim_sold_day",
  "insert into tills.sold_day (day, counted_at) values ($1, $2) on conflict (day) do update set counted_at = excluded.counted_at",
)
const forgetDay = statement("tills.forget_sold_of_day", "delete from tills.sold where day = $1")
const countDay = statement(
  "tills.count_sold_of_day",
  `insert into tills.sold (day, sku, milli)
   select $1::date, sku, sum(milli) from (
     select line.sku, line."quantityMilli" as milli
       from tills.receipt cross join lateral json_to_recordset(body -> 'lines') as line(sku text, "quantityMilli" bigint)
      where recorded_at >= $2 and recorded_at < $3 and kind = 'sale' and state = 'settled'
     union all
     select line.sku, -back."quantityMilli"
       from tills.receipt came cross join lateral json_to_recordset(came.body -> 'lines') as back(no int, "quantityMilli" bigint)
       join tills.receipt sale on sale.id = substr(came.sale, 4) and sale.state = 'settled'
      cross join lateral json_to_recordset(sale.body -> 'lines') as line(no int, sku text)
      where came.recorded_at >= $2 and came.recorded_at < $3 and came.kind = 'return' and came.state = 'settled' and line.no = back.no
   ) moved group by sku having sum(milli) <> 0 order by sku`,
)
const forgetOld = statement(
  "tills.forget_sold",
  "with sums as (delete from tills.sold where day < $1::date) delete from tills.sold_day where day < $1::date",
)
const sums = statement<Sold>(
  "tills.sold_lately",
  "select sku, sum(milli)::bigint as milli from tills.sold where day >= $1 and day < $2 group by sku having sum(milli) > 0 order by sku",
)

/**
 * Sums up by sku what came in on each of the last `SOLD_DAYS` days before the day of `at`: days nobody counted yet, and the last week anew. A day is one
 * transaction, so that it may stop half-way and go on the next time; twice beside itself is harmless. Answers how many days were counted.
 */
export async function sumUpSold(db: Db, { at }: { at: Date }): Promise<{ days: number }> {
  const today = dayIn(MINSK, at)
  const first = addDays(today, -SOLD_DAYS)
  const known = new Set((await inTransaction(db, (tx) => counted(tx, [first]))).map(({ day }) => day))
  const days = Array.from({ length: SOLD_DAYS }, (_, place) => addDays(first, place))
  const due = days.filter((day) => !known.has(day) || day >= addDays(today, -ANEW_DAYS))
  for (const day of due) await inTransaction(db, (tx) => sumUpDay(tx, { day, at }))
  await inTransaction(db, (tx) => forgetOld(tx, [first]))
  return { days: due.length }
}

/** Sums up one day by sku, anew where it was counted before. */
export async function sumUpDay(tx: Tx, { day, at }: { day: Day; at: Date }): Promise<void> {
  await claimDay(tx, [day, at])
  await forgetDay(tx, [day])
  await countDay(tx, [day, startOfDay(MINSK, day), startOfDay(MINSK, addDays(day, 1))])
}

/** What was sold by sku in the last `SOLD_DAYS` days before the day of `at`, as far as they were summed up; nothing of what came back whole. */
export function soldLately(tx: Tx, { at }: { at: Date }): Promise<Sold[]> {
  const today = dayIn(MINSK, at)
  return sums(tx, [addDays(today, -SOLD_DAYS), today])
}
