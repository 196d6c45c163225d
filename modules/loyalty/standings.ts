import { addDays, type Day, dayIn, type Minor, MINSK, statement, type Tx } from "@mila/kernel"
import { firstOfMonth, type Standing, standingOn, tierFor, windowStart } from "./tier-rules.ts"
import { inForceAt, knownVersions, programmeAt, type ProgrammeVersion, reloadVersions } from "./versions.ts"
import { momentIn } from "./calendar-rules.ts"

/** Under which rules, and with which level, a receipt is counted. */
export type Footing = { inForce: ProgrammeVersion; tier: string; turnoverMinor: number; month: Day }

const turnovers = statement<{ turnover: number; newest: number }>(
  "loyalty.turnovers",
  `select (select coalesce(sum(t.net_minor), 0) from loyalty.turnover t
            where t.member_id = asked.member_id and t.month between asked.first and asked.last)::bigint turnover,
          (select coalesce(max(version), 0) from loyalty.programme_version) newest
     from unnest($1::bigint[], $2::date[], $3::date[]) with ordinality asked(member_id, first, last, place) order by place`,
)

/**
 * The footing of many receipts with one statement: the programme of the day of sale, the level of that month. The statement also tells whether
 * a new programme was published; then it is read and asked again.
 */
export async function footingsOf(tx: Tx, asked: readonly { memberId: number; soldAt: Date }[]): Promise<Footing[]> {
  for (let versions = knownVersions(tx) ?? (await reloadVersions(tx)); ; versions = await reloadVersions(tx)) {
    const inForce = asked.map(({ soldAt }) => inForceAt(versions, soldAt))
    const footings = await footingsUnder(
      tx,
      asked.map((one, place) => ({ ...one, inForce: inForce[place]! })),
    )
    if (footings.newest === versions.newest) return footings.list
  }
}

/** The same under programmes that the caller names. */
export async function footingsUnder(
  tx: Tx,
  asked: readonly { memberId: number; soldAt: Date; inForce: ProgrammeVersion }[],
): Promise<{ list: Footing[]; newest: number }> {
  const months = asked.map(({ soldAt }) => firstOfMonth(momentIn(soldAt).day))
  const rows = await turnovers(tx, [
    `{${asked.map(({ memberId }) => memberId).join(",")}}`,
    `{${asked.map(({ inForce }, place) => windowStart(months[place]!, inForce.programme.tiers.windowMonths)).join(",")}}`,
    `{${months.join(",")}}`,
  ])
  const list = rows.map(({ turnover }, place): Footing => {
    const { inForce } = asked[place]!
    return { inForce, tier: tierFor(inForce.programme.tiers.levels, turnover), turnoverMinor: turnover, month: months[place]! }
  })
  return { list, newest: rows[0]?.newest ?? 0 }
}

const monthsOf = statement<{ member_id: number; month: Day; net_minor: Minor }>(
  "loyalty.months",
  "select member_id, month, net_minor from loyalty.turnover where member_id = any ($1::bigint[]) and month > $2 order by member_id, month",
)

/** Where members stand at an instant: level, turnover of the window, what is missing to the next level, and when and to what the level would fall. */
export async function standingsOf(tx: Tx, memberIds: readonly number[], { at }: { at: Date }): Promise<Map<number, Standing>> {
  const { programme } = await programmeAt(tx, at)
  const day = dayIn(MINSK, at)
  const rows = await monthsOf(tx, [`{${memberIds.join(",")}}`, addDays(windowStart(day, programme.tiers.windowMonths), -1)])
  const standings = new Map<number, Standing>()
  for (const memberId of memberIds) {
    const bought = rows.filter(({ member_id }) => member_id === memberId).map(({ month, net_minor }) => ({ month, netMinor: net_minor }))
    standings.set(memberId, standingOn(day, programme.tiers, bought))
  }
  return standings
}

/** Where members would stand if they were one. */
export async function standingTogether(tx: Tx, memberIds: readonly number[], { at }: { at: Date }): Promise<Standing> {
  const { tiers } = (await programmeAt(tx, at)).programme
  const day = dayIn(MINSK, at)
  const rows = await monthsOf(tx, [`{${memberIds.join(",")}}`, addDays(windowStart(day, tiers.windowMonths), -1)])
  return standingOn(
    day,
    tiers,
    rows.map(({ month, net_minor }) => ({ month, netMinor: net_minor })),
  )
}

/** A change of level that was written down. */
export type StandingChange = {
  memberId: number
  from: string | null
  to: string
  on: Day
  cause: "receipt" | "return" | "window" | "merge"
}

const changesOf = statement<{
  member_id: number
  from_tier: string | null
  to_tier: string
  changed_on: Day
  cause: StandingChange["cause"]
}>(
  "loyalty.standing_changes",
  "select member_id, from_tier, to_tier, changed_on, cause from loyalty.standing_change where member_id = $1 order by change_id desc limit $2",
)

/** A member's changes of level, the latest first. */
export async function standingChangesOf(tx: Tx, { memberId, most }: { memberId: number; most: number }): Promise<StandingChange[]> {
  const rows = await changesOf(tx, [memberId, most])
  return rows.map(({ member_id, from_tier, to_tier, changed_on, cause }) => ({
    memberId: member_id,
    from: from_tier,
    to: to_tier,
    on: changed_on,
    cause,
  }))
}
