import { type Day, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import type { StandingChange } from "./standings.ts"
import { tierFor, windowStart } from "./tier-rules.ts"
import { programmeAt } from "./versions.ts"

export type Bought = { memberId: number; month: Day; netMinor: number }

const add = statement(
  "loyalty.add_turnover",
  `insert into loyalty.turnover as known (member_id, month, net_minor)
   select * from unnest($1::bigint[], $2::date[], $3::bigint[])
   on conflict (member_id, month) do update set net_minor = known.net_minor + excluded.net_minor`,
)
const lower = statement(
  "loyalty.lower_turnover",
  "update loyalty.turnover set net_minor = greatest(0, net_minor - $3) where member_id = $1 and month = $2",
)
const tell = statement(
  "loyalty.tell_standings",
  `with told as (
     select asked.member_id, asked.tier, known.tier before
       from unnest($1::bigint[], $2::text[]) asked(member_id, tier) left join loyalty.standing known using (member_id)
      where known.tier is distinct from asked.tier),
   changed as (
     insert into loyalty.standing_change (member_id, from_tier, to_tier, changed_on, cause)
     select member_id, before, tier, $3, $4 from told order by member_id)
   insert into loyalty.standing (member_id, tier, since) select member_id, tier, $3 from told order by member_id
   on conflict (member_id) do update set tier = excluded.tier, since = excluded.since`,
)

/** Adds what was bought to the months of members, all with one statement, in one order for everyone. */
export async function addTurnover(tx: Tx, bought: readonly Bought[]): Promise<void> {
  const counted = bought
    .filter(({ netMinor }) => netMinor > 0)
    .toSorted((one, other) => one.memberId - other.memberId || (one.month < other.month ? -1 : 1))
  if (counted.length === 0) return
  await add(tx, [
    `{${counted.map(({ memberId }) => memberId).join(",")}}`,
    `{${counted.map(({ month }) => month).join(",")}}`,
    `{${counted.map(({ netMinor }) => netMinor).join(",")}}`,
  ])
}

/** Takes a return's part out of the month of its sale; never below nothing. */
export async function lowerTurnover(tx: Tx, { memberId, month, netMinor }: Bought): Promise<void> {
  if (netMinor > 0) await lower(tx, [memberId, month, netMinor])
}

/** Writes down levels that differ from what members were told. Repeating it changes nothing. */
export async function tellStandings(
  tx: Tx,
  told: readonly { memberId: number; tier: string }[],
  { on, cause }: { on: Day; cause: StandingChange["cause"] },
): Promise<void> {
  if (told.length === 0) return
  const sorted = told.toSorted((one, other) => one.memberId - other.memberId)
  await tell(tx, [`{${sorted.map(({ memberId }) => memberId).join(",")}}`, `{${sorted.map(({ tier }) => tier).join(",")}}`, on, cause])
}

const someMembers = statement<{ member_id: number; turnover: number; tier: string | null }>(
  "loyalty.members_to_retier",
  `with page as (
     select member_id from (
       (select distinct member_id from loyalty.turnover where member_id > $1 order by member_id limit $2)
       union (select member_id from loyalty.standing where member_id > $1 order by member_id limit $2)) those
      order by member_id limit $2)
   select page.member_id, known.tier,
          (select coalesce(sum(t.net_minor), 0) from loyalty.turnover t where t.member_id = page.member_id and t.month between $3 and $4)::bigint turnover
     from page left join loyalty.standing known using (member_id) order by page.member_id`,
)

/**
 * Compares what members were told with where they stand, a page of members at a time, and writes the difference down. Run it until `last` is
 * null; twice, late or beside itself is harmless.
 */
export async function retier(
  tx: Tx,
  { at, after = 0, most }: { at: Date; after?: number; most: number },
): Promise<{ members: number; changed: number; last: number | null }> {
  const { levels, windowMonths } = (await programmeAt(tx, at)).programme.tiers
  const day = dayIn(MINSK, at)
  const rows = await someMembers(tx, [after, most, windowStart(day, windowMonths), day])
  const changed = rows
    .map(({ member_id, tier, turnover }) => ({ memberId: member_id, told: tier ?? levels[0]!.id, tier: tierFor(levels, turnover) }))
    .filter(({ told, tier }) => told !== tier)
  await tellStandings(tx, changed, { on: day, cause: "window" })
  return { members: rows.length, changed: changed.length, last: rows.length < most ? null : rows.at(-1)!.member_id }
}

const moveMonths = statement(
  "loyalty.move_turnover",
  `with gone as (delete from loyalty.turnover where member_id = $1 returning month, net_minor)
   insert into loyalty.turnover as known (member_id, month, net_minor) select $2, month, net_minor from gone order by month
   on conflict (member_id, month) do update set net_minor = known.net_minor + excluded.net_minor`,
)
const forgetStanding = statement("loyalty.forget_standing", "delete from loyalty.standing where member_id = $1")

/** Two members become one: what `from` bought counts for `into`. Repeating it is harmless: nothing is left to move. */
export async function mergeStandings(tx: Tx, { from, into, at }: { from: number; into: number; at: Date }): Promise<void> {
  await moveMonths(tx, [from, into])
  await forgetStanding(tx, [from])
  await tellStanding(tx, { memberId: into, at })
}

/** Writes down where a member stands, if it is not what they were told. */
async function tellStanding(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  const { levels, windowMonths } = (await programmeAt(tx, at)).programme.tiers
  const day = dayIn(MINSK, at)
  const [row] = await someMembers(tx, [memberId - 1, 1, windowStart(day, windowMonths), day])
  if (row?.member_id !== memberId) return
  const tier = tierFor(levels, row.turnover)
  if (tier !== (row.tier ?? levels[0]!.id)) await tellStandings(tx, [{ memberId, tier }], { on: day, cause: "merge" })
}

export type Month = { month: Day; netMinor: number }

const monthsOf = statement<Month>(
  "loyalty.months_of",
  `select month::text, net_minor as "netMinor" from loyalty.turnover where member_id = $1 and net_minor > 0 order by month`,
)

/** What counts for a member's level, in kopecks by the first day of each month. */
export function turnoverOf(tx: Tx, memberId: number): Promise<Month[]> {
  return monthsOf(tx, [memberId])
}

/** A merge is undone: what `from` had bought before counts for them again, as far as returns did not take it back meanwhile. Once. */
export async function splitStandings(
  tx: Tx,
  { from, into, months, at }: { from: number; into: number; months: readonly Month[]; at: Date },
): Promise<void> {
  const now = new Map((await turnoverOf(tx, into)).map(({ month, netMinor }) => [month, netMinor]))
  const home = months.map(({ month, netMinor }) => ({ month, netMinor: Math.min(netMinor, now.get(month) ?? 0) }))
  for (const { month, netMinor } of home) await lowerTurnover(tx, { memberId: into, month, netMinor })
  await addTurnover(
    tx,
    home.map((one) => ({ memberId: from, ...one })),
  )
  for (const memberId of [from, into]) await tellStanding(tx, { memberId, at })
}
