import { addDays, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import { refuse } from "./refusals.ts"

/** What one network may tell in a day: a shop's own wireless network carries many people. */
export const MOST_A_DAY = { codes: 500, claims: 20 } as const

const tell = statement<{ times: number }>(
  "pricecheck.tell",
  `with old as (delete from pricecheck.told where day < $5::date)
   insert into pricecheck.told as told (network, what, day, times) values ($1, $2, $3::date, $4)
   on conflict (network, what, day) do update set times = told.times + $4 returning times`,
)

/** Counts what a network tells today. Refuses `told_too_often` past the limit; what was counted then is undone with the transaction. */
export async function countTold(
  tx: Tx,
  { network, what, times, at }: { network: string; what: keyof typeof MOST_A_DAY; times: number; at: Date },
): Promise<void> {
  const today = dayIn(MINSK, at)
  const [row] = await tell(tx, [tx.secrets.hmac("pricecheck.told", network), what, today, times, addDays(today, -1)])
  if (row!.times > MOST_A_DAY[what]) refuse("told_too_often", { what })
}
