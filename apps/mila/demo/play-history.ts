import { createHash } from "node:crypto"
import { rotatingCode } from "@mila/cards"
import { addDays, assert, type Day, type Db, inTransaction, MINSK, startOfDay, type Tx } from "@mila/kernel"
import { settleDue } from "@mila/ledger"
import { localCarrier } from "@mila/messages"
import {
  authorise,
  calculate,
  identify,
  listTills,
  MOST_RECEIPTS,
  receiptById,
  receiptIdOf,
  recordReceipts,
  recordReturn,
  type Sale,
  type TillIdentity,
} from "@mila/tills"
import { runJob } from "@mila/worker"
import { type Assortment, assortmentOf, demoBasket, demoTenders } from "./baskets.ts"
import type { DemoMember } from "./make-members.ts"
import { type Dice, seeded } from "./seeded.ts"
import type { Sold } from "./shelves/put-shelves.ts"
import { HISTORY_DAYS, type Visit, visitsOn } from "./visits.ts"

const TILL = 1
const HOUR = 3_600_000

type Stage = { db: Db; assortment: Assortment; tills: ReadonlyMap<string, TillIdentity> }

/**
 * A year of shopping, through the same acts as tills use, day after day: earning, activation, redeeming, returning, reminders, expiry. Harmless twice.
 */
export async function playHistory(
  { db, members, products }: { db: Db; members: readonly DemoMember[]; products: readonly Sold[] },
  { from, progress }: { from: Day; progress: (done: number) => void },
): Promise<void> {
  const stage: Stage = { db, assortment: assortmentOf(products), tills: await tillsOf(db) }
  for (let passed = 0; passed < HISTORY_DAYS; passed += 1) {
    const today = addDays(from, passed)
    const morning = new Date(startOfDay(MINSK, today).getTime() + HOUR / 2)
    await settleAll(db, { today, at: morning })
    if (passed % 7 === 0) await tellAll(db, new Date(morning.getTime() + 11 * HOUR))
    const visits = visitsOn(members, { passed, today })
    await playSales(
      stage,
      visits.filter(({ redeems }) => !redeems),
    )
    for (const visit of visits.filter(({ redeems }) => redeems)) await playRedemption(stage, visit)
    for (const visit of visits.filter(({ returns }) => returns)) await playReturn(stage, visit)
    progress((passed + 1) / HISTORY_DAYS)
  }
}

async function settleAll(db: Db, { today, at }: { today: Day; at: Date }): Promise<void> {
  for (let left = 1; left > 0;) left = (await inTransaction(db, (tx) => settleDue(tx, { today, at, most: 500 }))).members
}

const silent = (): void => undefined
const SILENT = { debug: silent, info: silent, warn: silent, error: silent }

/** What the worker does in the daytime: points that end soon are told of, messages arrive, what follows from them happens. */
async function tellAll(db: Db, at: Date): Promise<void> {
  const work = { db, clock: { now: () => at }, log: SILENT, carry: localCarrier, sealFile: "" }
  for (const job of ["remindOfExpiry", "deliverMessages", "takeLeftJobs", "retier"]) await runJob(work, job, { at })
}

async function playSales({ db, assortment, tills }: Stage, visits: readonly Visit[]): Promise<void> {
  for (let from = 0; from < visits.length; from += MOST_RECEIPTS) {
    const some = visits.slice(from, from + MOST_RECEIPTS)
    const at = new Date(some.at(-1)!.soldAt.getTime() + 2_000)
    const sales = some.map((visit) => ({
      ...{ till: tillOf(tills, visit), requestKey: null, sale: plainSale(visit, assortment), locale: "ru" as const },
    }))
    await inTransaction(db, (tx) => recordReceipts(tx, sales, { at }))
  }
}

function plainSale(visit: Visit, assortment: Assortment): Sale {
  const dice = seeded(visit.seed)
  const { lines, totalMinor } = demoBasket(dice, assortment)
  return { ...headOf(visit), lines, totalMinor, tenders: demoTenders(dice, totalMinor), identifier: visit.card }
}

/** As a till does it with a phone in front of it: the rotating code, the calculation, points set aside, the receipt. */
async function playRedemption({ db, assortment, tills }: Stage, visit: Visit): Promise<void> {
  const dice: Dice = seeded(visit.seed)
  const { lines, totalMinor } = demoBasket(dice, assortment)
  const purchaseId = `demo-${receiptIdOf(headOf(visit))}`
  const till = tillOf(tills, visit)
  await inTransaction(db, async (tx) => {
    if (await receiptById(tx, receiptIdOf(headOf(visit)))) return
    const memberRef = await recognised(tx, visit, till)
    if (memberRef === null) return
    const identifier = { type: "memberRef", value: memberRef } as const
    const used = await setAside(tx, { till, purchaseId, identifier, lines, totalMinor, at: visit.soldAt })
    const sale: Sale = {
      ...{ ...headOf(visit), lines, totalMinor, purchaseId, identifier, tenders: demoTenders(dice, totalMinor - (used?.points ?? 0)) },
      ...(used ? { authId: used.authId, redeemed: { points: used.points, lines: used.lines } } : {}),
    }
    const at = new Date(visit.soldAt.getTime() + 30_000)
    await recordReceipts(tx, [{ till, requestKey: null, sale: paidByCard(sale), locale: "ru" }], { at })
  })
}

async function recognised(tx: Tx, { member: { device }, card, soldAt: at }: Visit, till: TillIdentity): Promise<string | null> {
  assert(device, "who redeems has a phone")
  const value = rotatingCode({ number: card.value, ...device, at })
  const known = await identify(tx, { till, identifier: { type: "rotating", value }, locale: "ru", at })
  return "refused" in known ? null : known.memberRef
}

type Paying = Pick<Sale, "lines" | "totalMinor"> & {
  till: TillIdentity
  purchaseId: string
  identifier: { type: "memberRef"; value: string }
  at: Date
}

/** As many points as the programme lets them use; null when there are too few. */
async function setAside(tx: Tx, { till, purchaseId, identifier, lines, totalMinor, at }: Paying) {
  const tenders = [{ type: "card", amountMinor: totalMinor }] as const
  const asked = { till, purchaseId, identifier, lines, tenders, redeem: { mode: "max" as const }, coupons: [], locale: "ru" as const, at }
  const quote = await calculate(tx, asked)
  if ("refused" in quote || quote.quoteId === null || quote.redeemed === 0) return null
  const held = await authorise(tx, { till, purchaseId, quoteId: quote.quoteId, points: quote.redeemed, proof: null, at })
  return "refused" in held ? null : held
}

/** Beside points an installment card is not taken. */
function paidByCard(sale: Sale): Sale {
  return { ...sale, tenders: sale.tenders.map((tender) => ({ ...tender, type: tender.type === "installment" ? "card" : tender.type })) }
}

/** Some bring a piece back a little later the same day. */
async function playReturn({ db, tills }: Stage, visit: Visit): Promise<void> {
  const returnedAt = new Date(visit.soldAt.getTime() + 90 * 60_000)
  const { soldAt: _, ...head } = headOf(visit)
  const back = {
    ...{ ...head, number: 5_000 + visit.number, returnedAt: returnedAt.toISOString(), reason: "changed mind" },
    original: { receiptId: receiptIdOf(headOf(visit)) },
    lines: [{ no: 1, quantityMilli: 1_000 }],
  }
  await inTransaction(db, (tx) =>
    recordReturn(tx, { till: tillOf(tills, visit), requestKey: null, return: back, locale: "ru" }, { at: returnedAt }),
  )
}

type Head = Pick<Visit, "shop" | "shift" | "number" | "soldAt">

/** What stands at the head of a receipt of the demo. */
export function headOf({ shop, shift, number, soldAt }: Head) {
  return {
    storeCode: shop,
    tillNo: TILL,
    shift,
    number,
    soldAt: soldAt.toISOString(),
    fiscal: { uid: uidOf(`${shop}-${shift}-${number}`) },
  }
}

/** 24 hexadecimal digits, as a fiscal memory prints them. */
export const uidOf = (receipt: string): string => createHash("sha256").update(`demo ${receipt}`).digest("hex").slice(0, 24).toUpperCase()

/** The first till of every shop. */
export async function tillsOf(db: Db): Promise<ReadonlyMap<string, TillIdentity>> {
  const tills = await inTransaction(db, (tx) => listTills(tx, { most: 10_000 }))
  return new Map(tills.filter(({ till }) => till === TILL).map(({ tillId, shop, till }) => [shop, { tillId, shop, till }]))
}

function tillOf(tills: ReadonlyMap<string, TillIdentity>, { shop }: { shop: string }): TillIdentity {
  const till = tills.get(shop)
  assert(till, `shop ${shop} has a till`)
  return till
}
