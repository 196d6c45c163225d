import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { type Fault, type FaultProxy, openFaultProxy } from "../fault-proxy.ts"
import { Office } from "../office.ts"
import { OfflineJournal } from "../offline-journal.ts"
import { type Chance, chanceOf } from "../seeded.ts"
import { SteadyTill } from "../steady-till.ts"
import { enrol } from "../till-client.ts"
import { dayOf, type Habits, HABITS, type Step } from "./day.ts"
import { OperationLog } from "./operation-log.ts"
import { type Person, PlayingTill } from "./playing-till.ts"
import { type Proof, prove } from "./prove.ts"

export type Play = {
  url: string
  /** a key of the back office: it makes the people, enrols the tills and reads back what became of them */
  key: string
  seed: number
  shops: number
  /** a shop */
  tills: number
  /** of all tills together, returns and the like not counted */
  receipts: number
  /** of all tills together, a second */
  rate: number
  habits?: Habits
  /** the time there, when it is not ours */
  clock?: () => Date
  /** where the tills' own log is kept; without it, in memory alone */
  logFile?: string
  told?: (line: string) => void
}

export type Played = Proof & {
  steps: number
  receipts: number
  seconds: number
  faults: ReadonlyMap<Fault, number>
  told: Record<string, number>
}

const FIRST_TILL = 8_001 // numbers that no shop of people has
const RECEIPTS_EACH = 8
const REDEEMERS = 4
const POINTS_GIVEN = 1_000
const PATIENCE_MS = 200_000 // whoever kills the server while a day is played gives it time to come back, on a busy machine too
const SKEWS_MINUTES = [0, 3, 0, -20]
const FAULTS: readonly Fault[] = [
  ...(["latency", "cut_request", "cut_after_request", "cut_before_answer", "duplicate", "late_duplicate", "reorder"] as const),
]

/** Lives one seeded day in many tills over a bad network and proves by the back office that each receipt counted once. Errors: the back office says no. */
export async function play(asked: Play): Promise<Played> {
  const { seed, clock = () => new Date(), told = () => undefined, habits = HABITS } = asked
  const chance = chanceOf(seed)
  const office = new Office(asked.url, asked.key)
  const folder = mkdtempSync(join(tmpdir(), "mila-play-"))
  const log = new OperationLog(asked.logFile)
  const proxy = await openFaultProxy({ upstream: asked.url, latencyMs: () => chance.below(60), holdMs: 150 })
  try {
    const days = await openTills(asked, { chance, office, proxy, log, folder, clock, habits })
    told(`${days.length} tills are open, ${asked.receipts} receipts come`)
    proxy.decide(({ path }) => (path !== "/pos/v1/enrol" && chance.happens(habits.badLine) ? chance.pick(FAULTS) : undefined))
    const began = performance.now()
    await Promise.all(
      days.map((day, place) => lived(day, { everyMs: (1_000 * days.length) / asked.rate, delayMs: (1_000 * place) / asked.rate })),
    )
    const seconds = (performance.now() - began) / 1_000
    await wait(400) // late copies are still on their way
    const proof = await prove(log, office)
    const steps = days.reduce((sum, day) => sum + day.steps.length, 0)
    return { ...proof, steps, receipts: asked.receipts, seconds, faults: proxy.played, told: toldOf(log) }
  } finally {
    await proxy.close()
    log.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Day = { till: PlayingTill; steps: Step[]; chance: Chance }
type Means = { chance: Chance; office: Office; proxy: FaultProxy; log: OperationLog; folder: string; clock: () => Date; habits: Habits }

async function openTills({ url, shops, tills, receipts }: Play, means: Means): Promise<Day[]> {
  const { office, chance, clock, log, folder, proxy, habits } = means
  const open = (await office.must("GET", `/shops?most=${shops}&state=open`)).shops as { code: string }[]
  if (open.length < shops) throw new Error(`there are ${open.length} open shops, and ${shops} were asked for`)
  const sku = await goods(office)
  const each = Math.ceil(receipts / (shops * tills))
  const days: Day[] = []
  for (const { code: shop } of open) {
    for (let nth = 0; nth < tills; nth += 1) {
      const { code } = await office.tillToEnrol(shop, FIRST_TILL + nth)
      const enrolled = { ...(await enrol(url, code)), url: proxy.url }
      const skewMs = SKEWS_MINUTES[days.length % SKEWS_MINUTES.length]! * 60_000
      const till = new SteadyTill(enrolled, { clock: () => new Date(clock().getTime() + skewMs), patienceMs: PATIENCE_MS })
      const people = await peopleFor(office, { count: Math.max(REDEEMERS + 1, Math.ceil(each / RECEIPTS_EACH)), redeemers: REDEEMERS })
      const own = chance.fork(`${shop}/${nth}`)
      const kit = {
        log,
        people,
        sku,
        clock,
        chance: own,
        journal: new OfflineJournal(join(folder, `${shop}-${nth}.journal`)),
        shift: shiftOf(clock()),
      }
      const steps = dayOf(own.fork("day"), { receipts: each, members: people.length, redeemers: REDEEMERS, habits })
      days.push({ till: new PlayingTill(till, kit), steps, chance: own })
    }
  }
  return days
}

/** A shift of its own, so that yesterday's play is not in the way. */
const shiftOf = (at: Date): number => Math.floor(at.getTime() / 1_000) % 10_000_000

async function lived({ till, steps, chance }: Day, { everyMs, delayMs }: { everyMs: number; delayMs: number }): Promise<void> {
  const began = performance.now() + delayMs
  for (const [place, step] of steps.entries()) {
    await wait(Math.max(0, began + place * everyMs - performance.now()))
    await till.act(step, place)
    if (chance.happens(0.04)) await till.drain()
  }
  await till.drain()
}

async function goods(office: Office): Promise<string> {
  const sku = "play-goods"
  const name = { ru: "Товар для проигрывания", be: "Тавар для прайгравання", en: "Goods of a play" }
  await office.must("PUT", "/products", { products: [{ sku, name, regularPriceMinor: 10_000, cardPriceMinor: 10_000 }] })
  return sku
}

/** People with a card each; the first ones have a phone and points to use. */
async function peopleFor(office: Office, { count, redeemers }: { count: number; redeemers: number }): Promise<Person[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, place) => {
      const card = await office.issueCard(await office.registerMember())
      if (place >= redeemers) return { ...card, phone: null }
      await office.givePoints(card.memberId, POINTS_GIVEN)
      const { deviceNo, secret } = await office.enrolDevice(card)
      return { ...card, phone: { deviceNo, secret } }
    }),
  )
}

function toldOf(log: OperationLog): Record<string, number> {
  const counts: Record<string, number> = {}
  const count = (name: string, more: number) => (counts[name] = (counts[name] ?? 0) + more)
  for (const { operation, outcomes } of log.operations) {
    const last = outcomes.at(-1)
    count(`${operation.kind} ${last?.told ?? "unknown"}`, 1)
    if (last?.told !== "ok") continue
    for (const [name, points] of Object.entries(last.effect)) if (points > 0) count(`points ${name}`, points)
  }
  return counts
}
