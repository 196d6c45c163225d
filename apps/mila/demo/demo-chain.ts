import { addDays, day, type Day, dayIn, type Db, inTransaction, MINSK, startOfDay, type Tx } from "@mila/kernel"
import { DEFAULT_PROGRAMME, type Programme, programmeVersions, publishProgramme } from "@mila/loyalty"
import { openShops, putSpecialHours, setShopsDetails, specialHoursOf } from "@mila/shops"
import { auditTrail, record } from "@mila/staff"
import { createTill, listTills } from "@mila/tills"
import type { DemoContext, Progress } from "./context.ts"
import { fillFirstMember } from "./fill-first-member.ts"
import { type DemoMember, makeMembers } from "./make-members.ts"
import { demoShops } from "./make-shops.ts"
import { demoClosings, demoHours } from "./shop-hours.ts"
import { putOpinions } from "./opinions/put-opinions.ts"
import { playHistory } from "./play-history.ts"
import { demoShelves, putShelves, putStockEverywhere, type Shelves } from "./shelves/put-shelves.ts"
import { demoSignIns } from "./sign-in.ts"
import { HISTORY_DAYS } from "./visits.ts"

export type { DemoContext, Progress } from "./context.ts"
export { demoSignIns, type DemoSignIns, fileOf, signInLines } from "./sign-in.ts"

const TILLS_A_SHOP = 2
const MARK = "demo"

/**
 * Makes the demo chain: 550 shops, 20,000 things with prices and stock, tills, a programme, 600 members with cards and a year of shopping, thousands of
 * reviews. The same chain everywhere but for card numbers and keys, which are random. What is there already stays; a run that broke off is taken up where it stopped.
 */
export async function makeDemoChain(context: DemoContext, { progress }: { progress: Progress }): Promise<"made" | "already_there"> {
  const { db, clock, settings } = context
  const marks = await inTransaction(db, (tx) => auditTrail(tx, { object: MARK, most: 2 }))
  if (marks.some(({ action }) => action === "demo.made")) return "already_there"

  const from = day((marks[0]?.details["from"] as string | undefined) ?? (await begin(db, clock.now())))
  const before = startOfDay(MINSK, from)
  const today = addDays(from, HISTORY_DAYS)
  progress("shops", 0)
  await inTransaction(db, (tx) => makeShops(tx, { before, today }))
  progress("tills", 0)
  await makeTills(db, before)
  progress("products", 0)
  const shelves = demoShelves({ today, ...(settings.demoGoods === undefined ? {} : { goods: settings.demoGoods }) })
  await putShelves(db, shelves, { today, progress: (done) => progress("products", done) })
  await inTransaction(db, async (tx) => {
    if ((await programmeVersions(tx)).some(({ version }) => version > 0)) return
    await publishProgramme(tx, { document: demoProgramme(from, today), effectiveFrom: before, at: before, by: "system", note: "demo" })
  })
  const [members] = await Promise.all([
    membersWithHistory(db, { shelves, from, before, today, progress }),
    putStockEverywhere(db, shelves, { today }), // the database is busy with it, and history mostly is not
  ])
  progress("reviews", 0)
  await putOpinions({ db, members, groups: shelves.groups }, { today })
  await fillFirstMember({ db, members, groups: shelves.groups }, { today })
  await demoSignIns(context)
  await inTransaction(db, (tx) => record(tx, { staffId: null, action: "demo.made", object: MARK, at: clock.now(), details: { from } }))
  return "made"
}

type Told = { shelves: Shelves; from: Day; before: Date; today: Day; progress: Progress }

/** Members with cards, and their year of shopping. */
async function membersWithHistory(db: Db, { shelves, from, before, today, progress }: Told): Promise<DemoMember[]> {
  const members = await makeMembers(db, { at: before, lastDay: today, progress: (done) => progress("members", done) })
  await playHistory({ db, members, products: shelves.products }, { from, progress: (done) => progress("history", done) })
  return members
}

/** The default programme; double points in the week of a member's birthday, and on care some weeks ago. */
function demoProgramme(from: Day, today: Day): Programme {
  const always = { group: null, budgetPoints: 1_000_000, expiryDays: null }
  const doubled = { kind: "multiplier" as const, timesBps: 20_000 }
  return {
    ...DEFAULT_PROGRAMME,
    name: { ru: "Мила", be: "Міла", en: "Mila" },
    campaigns: [
      {
        ...{ id: "birthday", name: { ru: "Неделя дня рождения", be: "Тыдзень дня нараджэння", en: "Birthday week" } },
        ...{ from, to: addDays(from, 5 * 365), when: {}, birthday: { daysBefore: 3, daysAfter: 3 }, effect: doubled, ...always },
      },
      {
        ...{ id: "care", name: { ru: "Двойные бонусы за уход", be: "Падвойныя бонусы за догляд", en: "Double points on care" } },
        ...{ from: addDays(today, -45), to: addDays(today, -10), when: { categories: ["face", "body"] }, birthday: null },
        ...{ effect: doubled, ...always },
      },
    ],
  }
}

/** Says on which day the history begins, so that a second try tells the same story. */
async function begin(db: Db, at: Date): Promise<Day> {
  const from = addDays(dayIn(MINSK, at), -HISTORY_DAYS)
  await inTransaction(db, (tx) => record(tx, { staffId: null, action: "demo.begin", object: MARK, at, details: { from } }))
  return from
}

async function makeShops(tx: Tx, { before, today }: { before: Date; today: Day }): Promise<void> {
  const shops = demoShops()
  await openShops(tx, { shops, at: before })
  await setShopsDetails(tx, demoHours(shops))
  if ((await specialHoursOf(tx, { from: today })).length > 0) return
  for (const closing of demoClosings(today)) await putSpecialHours(tx, { ...closing, at: before, by: "system" })
}

async function makeTills(db: Db, at: Date): Promise<void> {
  const there = await inTransaction(db, (tx) => listTills(tx, { most: 10_000 }))
  const known = new Set(there.map(({ shop, till }) => `${shop}/${till}`))
  const wanted = demoShops().flatMap(({ code: shop }) => Array.from({ length: TILLS_A_SHOP }, (_, place) => ({ shop, till: place + 1 })))
  await inTransaction(db, async (tx) => {
    for (const till of wanted) if (!known.has(`${till.shop}/${till.till}`)) await createTill(tx, { ...till, at })
  })
}
