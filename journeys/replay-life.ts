import type { Mila } from "./adapter.ts"
import type { Purchase } from "./replay-data.ts"
import { sell, type Told } from "./replay-sale.ts"
import { inParallel, prepare, type Stage } from "./replay-stage.ts"

const DAY = 86_400_000
const MOST_DAYS_AFTER = 500

/** What became of every point of a set of receipts, to its very end. `left` is what nobody's day came for. */
export type Replayed = Told & {
  holders: number
  stores: number
  days: number
  activated: number
  /** taken back by returns */
  takenBack: number
  /** reminders delivered to holders, and the points they spoke of: most points twice, thirty and seven days ahead */
  reminders: number
  remindedPoints: number
  expired: number
  left: number
  owed: number
  findings: number
  seconds: number
}

/** Lets every point there is come to its end, so that what follows counts its own alone. Reminders are sent as on any day. */
export async function outlive(mila: Mila): Promise<void> {
  for (let days = 0; (await liveable(mila)) > 0; days += 7) {
    if (days > MOST_DAYS_AFTER) throw new Error("there are points whose last day never comes")
    await mila.moveClock(7)
    await night(mila)
  }
}

/**
 * Plays purchases through the tills' API in the order of their time, shifted to now, with a night after each day: reminders go out and are
 * delivered, points become available, points expire. Goes on after the last purchase, `step` days at a time, until no point is left. Then the
 * ledger is proved.
 */
export async function replay(
  mila: Mila,
  purchases: readonly Purchase[],
  { firstTill, step = 1 }: { firstTill: number; step?: number },
): Promise<Replayed> {
  const started = performance.now()
  const inOrder = purchases.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  const shift = Math.ceil((mila.now().getTime() - inOrder[0]!.at.getTime()) / DAY) + 1
  const stage = await prepare(mila, inOrder, { firstTill })
  const before = (await mila.checkLedger()).figures
  const told: Told = { receipts: 0, lines: 0, redeeming: 0, earned: 0, redeemed: 0, quarantined: 0 }
  const firstDay = dayOf(inOrder[0]!)
  const byDay = Map.groupBy(inOrder, dayOf)
  let today = firstDay
  for (const last = dayOf(inOrder.at(-1)!); today <= last; today += 1) {
    await moveTo(mila, (today + shift + 1) * DAY)
    await night(mila)
    await playDay(mila, byDay.get(today) ?? [], { stage, shift, told })
  }
  for (const most = today + MOST_DAYS_AFTER; today < most && (await liveable(mila)) > 0; today += step) {
    await moveTo(mila, (today + step + shift) * DAY)
    await night(mila)
  }
  const { findings, figures } = await mila.checkLedger()
  const since = (figure: string): number => figures[figure] - before[figure]
  return {
    ...{ holders: stage.devices.size, stores: stage.tills.size, days: today - firstDay, ...told },
    ...{ activated: since("activated"), takenBack: since("cancelled"), ...(await remindersOf(mila, stage)), expired: since("expired") },
    ...{ left: since("pending") + since("available") + since("held"), owed: since("owed") },
    ...{ findings: findings.length, seconds: (performance.now() - started) / 1000 },
  }
}

const dayOf = ({ at }: Purchase): number => Math.floor(at.getTime() / DAY)

const moveTo = (mila: Mila, instant: number): Promise<Date> => mila.moveClock((instant - mila.now().getTime()) / DAY)

/** What the worker does by its clock, in the order of a day that just began. */
async function night(mila: Mila): Promise<void> {
  for (const job of ["remindOfExpiry", "deliverMessages", "takeLeftJobs", "settleLots"]) await mila.runJob(job)
}

async function playDay(
  mila: Mila,
  purchases: readonly Purchase[],
  { stage, shift, told }: { stage: Stage; shift: number; told: Told },
): Promise<void> {
  const now = mila.now().getTime()
  await inParallel([...Map.groupBy(purchases, ({ holder }) => holder)], async ([holder, theirs]) => {
    for (const purchase of theirs) {
      const sold = new Date(Math.min(purchase.at.getTime() + shift * DAY, now))
      await sell(mila, purchase, { device: stage.devices.get(holder)!, till: stage.tills.get(purchase.store)!, sold, told })
    }
  })
}

/** Points that still have a day before them. */
async function liveable(mila: Mila): Promise<number> {
  const { pending, available, held } = await mila.liability()
  return pending + available + held
}

async function remindersOf(mila: Mila, { devices }: Stage): Promise<{ reminders: number; remindedPoints: number }> {
  const notices = await inParallel([...devices.values()], async ({ memberId }) => [memberId, await mila.reminders(memberId)] as const)
  const delivered = [...notices.values()].flat().filter(({ state }) => state === "delivered")
  return { reminders: delivered.length, remindedPoints: delivered.reduce((sum, { points }) => sum + points, 0) }
}
