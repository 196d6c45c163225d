import { statement, type Tx } from "@mila/kernel"
import { TILL_POLICY, type TillPolicy } from "./policy.ts"
import { refuse } from "./refusals.ts"

const spent = statement<{ misses: number }>(
  "tills.look_up_misses",
  "select misses from tills.look_up_misses where till_id = $1 and since = $2",
)
const miss = statement<{ misses: number }>(
  "tills.look_up_miss",
  `insert into tills.look_up_misses (till_id, since, misses) values ($1, $2, 1)
   on conflict (till_id, since) do update set misses = look_up_misses.misses + 1 returning misses`,
)
const byTill = statement<{ tillId: number; misses: number }>(
  "tills.look_up_misses_by_till",
  `select till_id as "tillId", sum(misses)::bigint misses from tills.look_up_misses where since >= $1 group by till_id order by 2 desc limit $2`,
)
const forget = statement("tills.forget_misses", "delete from tills.look_up_misses where since < $1")

/** Refuses `look_up_budget_spent` when the till asked about too many cards nobody has, until the window ends. */
export async function spendLookUp(
  tx: Tx,
  { tillId, at, policy = TILL_POLICY }: { tillId: number; at: Date; policy?: TillPolicy },
): Promise<void> {
  const since = windowOf(at, policy)
  const [row] = await spent(tx, [tillId, since])
  const endsAt = since.getTime() + policy.lookUpWindowMinutes * 60_000
  if (row && row.misses >= policy.lookUpMisses)
    refuse("look_up_budget_spent", { retryAfterSeconds: Math.ceil((endsAt - at.getTime()) / 1000) })
}

/** Counts a look-up that found nobody; it has to be committed although the call is refused. Answers how many there were in this window. */
export async function countMiss(
  tx: Tx,
  { tillId, at, policy = TILL_POLICY }: { tillId: number; at: Date; policy?: TillPolicy },
): Promise<number> {
  const [row] = await miss(tx, [tillId, windowOf(at, policy)])
  return row!.misses
}

/** Which tills ask about unknown cards most, since `since`: somebody may be counting through numbers. */
export function lookUpMisses(tx: Tx, { since, most }: { since: Date; most: number }): Promise<{ tillId: number; misses: number }[]> {
  return byTill(tx, [since, most])
}

/** Forgets windows before `before`. */
export async function forgetMisses(tx: Tx, { before }: { before: Date }): Promise<void> {
  await forget(tx, [before])
}

function windowOf(at: Date, { lookUpWindowMinutes }: TillPolicy): Date {
  const width = lookUpWindowMinutes * 60_000
  return new Date(at.getTime() - (at.getTime() % width))
}
