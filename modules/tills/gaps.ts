import { statement, type Tx } from "@mila/kernel"
import type { Gap } from "./told.ts"

const MOST_GAPS = 100

const ARRIVED = `select sequence from tills.receipt where till_id = $1 and sequence > floor.n
  union select sequence from tills.cancellation where till_id = $1 and sequence > floor.n
  union select sequence from tills.redemption where till_id = $1 and sequence > floor.n
  union select sequence from tills.quarantine where till_id = $1 and sequence > floor.n`

const gaps = statement<Gap>(
  "tills.gaps",
  `with floor as (select sequence_floor n from tills.till where id = $1),
        steps as (select lag(arrived.sequence, 1, floor.n) over (order by arrived.sequence) before, arrived.sequence
                    from floor cross join lateral (${ARRIVED}) arrived)
   select before + 1 "from", sequence - 1 "to" from steps where sequence > before + 1 order by 1 limit $2`,
)
const allGaps = statement<Gap & { tillId: number; shop: string; till: number }>(
  "tills.all_gaps",
  `select till.id as "tillId", till.shop, till.number as till, gap."from", gap."to"
     from tills.till cross join lateral (
       with floor as (select till.sequence_floor n),
            steps as (select lag(arrived.sequence, 1, floor.n) over (order by arrived.sequence) before, arrived.sequence
                        from floor cross join lateral (${ARRIVED.replaceAll("$1", "till.id")}) arrived)
       select before + 1 "from", sequence - 1 "to" from steps where sequence > before + 1 order by 1 limit 10
     ) gap
    where till.id > $1 order by till.id, gap."from" limit $2`,
)
const highest = statement<{ highest: number | null }>(
  "tills.highest_sequence",
  `select max(sequence) highest from (with floor as (select sequence_floor n from tills.till where id = $1)
     select arrived.sequence from floor cross join lateral (${ARRIVED}) arrived) all_of_them`,
)
const raise = statement<{ sequence_floor: number }>(
  "tills.raise_floor",
  "update tills.till set sequence_floor = greatest(sequence_floor, $2) where id = $1 returning sequence_floor",
)

/** Facts a till counted and we never got, oldest first; at most a hundred ranges. */
export function gapsOf(tx: Tx, { tillId }: { tillId: number }): Promise<Gap[]> {
  return gaps(tx, [tillId, MOST_GAPS])
}

/** Gaps of every till, tills after `after`; at most ten a till. */
export function listGaps(
  tx: Tx,
  { after = 0, most = 1_000 }: { after?: number; most?: number } = {},
): Promise<(Gap & { tillId: number; shop: string; till: number })[]> {
  return allGaps(tx, [after, most])
}

/** Gives up what is missing up to and including `upTo`: it will not be reported again. Later arrivals are still taken. Never goes back. */
export async function acknowledgeGaps(tx: Tx, { tillId, upTo }: { tillId: number; upTo: number }): Promise<void> {
  await raise(tx, [tillId, upTo])
}

/** Where nothing is missing there is nothing to look through again: the count starts after the last whole stretch. */
export async function tidyGaps(tx: Tx, { tillId }: { tillId: number }): Promise<void> {
  const [first] = await gapsOf(tx, { tillId })
  const [row] = first ? [{ highest: first.from - 1 }] : await highest(tx, [tillId])
  if (row?.highest) await raise(tx, [tillId, row.highest])
}
