import { addDays, day, type Day, dayIn, type Db, inTransaction, MINSK, startOfDay } from "@mila/kernel"
import { DEFAULT_PROGRAMME, type Programme, programmeVersions, publishProgramme } from "@mila/loyalty"
import { openShops } from "@mila/shops"
import { auditTrail, record } from "@mila/staff"
import { createTill, listTills } from "@mila/tills"
import type { DemoContext, Progress } from "./context.ts"
import { makeMembers } from "./make-members.ts"
import { demoShops } from "./make-shops.ts"
import { HISTORY_DAYS, playHistory } from "./play-history.ts"
import { demoShelves, putShelves } from "./shelves/put-shelves.ts"
import { demoSignIns } from "./sign-in.ts"

export type { DemoContext, Progress } from "./context.ts"
export { demoSignIns, type DemoSignIns, fileOf, signInLines } from "./sign-in.ts"

const TILLS_A_SHOP = 2
const MARK = "demo"

/**
 * Makes the demo chain: 550 shops, 20,000 things with prices and stock, tills, a programme, 200 members with cards and six weeks of shopping. The same chain everywhere
 * but for card numbers and keys, which are random. What is there already stays; a run that broke off is taken up where it stopped.
 */
export async function makeDemoChain(context: DemoContext, { progress }: { progress: Progress }): Promise<"made" | "already_there"> {
  const { db, clock, settings } = context
  const marks = await inTransaction(db, (tx) => auditTrail(tx, { object: MARK, most: 2 }))
  if (marks.some(({ action }) => action === "demo.made")) return "already_there"

  const from = day((marks[0]?.details["from"] as string | undefined) ?? (await begin(db, clock.now())))
  const before = startOfDay(MINSK, from)
  const today = addDays(from, HISTORY_DAYS)
  progress("shops", 0)
  await inTransaction(db, (tx) => openShops(tx, { shops: demoShops(), at: before }))
  progress("tills", 0)
  await makeTills(db, before)
  progress("products", 0)
  const shelves = demoShelves({ today, ...(settings.demoGoods === undefined ? {} : { goods: settings.demoGoods }) })
  await putShelves(db, shelves, { today, progress: (done) => progress("products", done) })
  await inTransaction(db, async (tx) => {
    if ((await programmeVersions(tx)).some(({ version }) => version > 0)) return
    await publishProgramme(tx, { document: DEMO_PROGRAMME, effectiveFrom: before, at: before, by: "system", note: "demo" })
  })
  const members = await makeMembers(db, { at: before, progress: (done) => progress("members", done) })
  await playHistory({ db, members, products: shelves.products }, { from, progress: (done) => progress("history", done) })
  await demoSignIns(context)
  await inTransaction(db, (tx) => record(tx, { staffId: null, action: "demo.made", object: MARK, at: clock.now(), details: { from } }))
  return "made"
}

/** The default programme, and double points in the week of a member's birthday. */
const DEMO_PROGRAMME: Programme = {
  ...DEFAULT_PROGRAMME,
  name: { ru: "Мила", be: "Міла", en: "Mila" },
  campaigns: [
    {
      ...{ id: "birthday", name: { ru: "Неделя дня рождения", be: "Тыдзень дня нараджэння", en: "Birthday week" } },
      ...{ from: day("2026-01-01"), to: day("2030-12-31"), when: {}, birthday: { daysBefore: 3, daysAfter: 3 } },
      ...{ effect: { kind: "multiplier", timesBps: 20_000 }, group: null, budgetPoints: 1_000_000, expiryDays: null },
    },
  ],
}

/** Says on which day the history begins, so that a second try tells the same story. */
async function begin(db: Db, at: Date): Promise<Day> {
  const from = addDays(dayIn(MINSK, at), -HISTORY_DAYS)
  await inTransaction(db, (tx) => record(tx, { staffId: null, action: "demo.begin", object: MARK, at, details: { from } }))
  return from
}

async function makeTills(db: Db, at: Date): Promise<void> {
  const there = await inTransaction(db, (tx) => listTills(tx, { most: 10_000 }))
  const known = new Set(there.map(({ shop, till }) => `${shop}/${till}`))
  const wanted = demoShops().flatMap(({ code: shop }) => Array.from({ length: TILLS_A_SHOP }, (_, place) => ({ shop, till: place + 1 })))
  await inTransaction(db, async (tx) => {
    for (const till of wanted) if (!known.has(`${till.shop}/${till.till}`)) await createTill(tx, { ...till, at })
  })
}
