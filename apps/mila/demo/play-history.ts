import { rotatingCode } from "@mila/cards"
import { addDays, assert, type Day, type Db, inTransaction, MINSK, startOfDay, type Tx } from "@mila/kernel"
import { settleDue } from "@mila/ledger"
import {
  authorise,
  calculate,
  identify,
  MOST_RECEIPTS,
  receiptById,
  receiptIdOf,
  recordReceipts,
  recordReturn,
  type Sale,
  type SaleToRecord,
  tillByNumber,
  type TillIdentity,
} from "@mila/tills"
import { demoBasket, demoTenders } from "./baskets.ts"
import type { DemoMember } from "./make-members.ts"
import { SHOPS } from "./make-shops.ts"
import { type Dice, seeded } from "./seeded.ts"
import type { Sold } from "./shelves/put-shelves.ts"

/** How far back the history goes: long enough for points to become available and be used. */
export const HISTORY_DAYS = 42
const SALES_A_DAY = 26
const HOME_SHOPS = 60 // members of the demo live near the first shops
const TILL = 1

type Stage = { db: Db; members: readonly DemoMember[]; products: readonly Sold[] }
type Visit = {
  member: DemoMember
  shop: string
  soldAt: Date
  redeems: boolean
  returns: boolean
  number: number
  shift: number
  seed: number
}

/** Six weeks of shopping, through the same acts as tills use, day after day: earning, activation, redeeming, returning. Harmless twice. */
export async function playHistory(stage: Stage, { from, progress }: { from: Day; progress: (done: number) => void }): Promise<void> {
  for (let passed = 0; passed < HISTORY_DAYS; passed += 1) {
    const today = addDays(from, passed)
    const morning = new Date(startOfDay(MINSK, today).getTime() + 30 * 60_000)
    await settleAll(stage.db, { today, at: morning })
    const visits = visitsOn(stage, { passed, today })
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

/** Who comes in on a day. The same on every machine, whatever happened to the run before. */
function visitsOn({ members }: Stage, { passed, today }: { passed: number; today: Day }): Visit[] {
  const dice = seeded(10_000 + passed)
  const opens = startOfDay(MINSK, today).getTime() + 9 * 3_600_000
  const minutes = Array.from({ length: SALES_A_DAY }, () => dice.between(0, 11 * 60)).toSorted((one, other) => one - other)
  const comers = new Set<DemoMember>()
  return minutes.flatMap((minute, place) => {
    const member = dice.pick(members)
    const fate = dice.next()
    if (comers.has(member)) return []
    comers.add(member)
    return [
      {
        ...{
          member,
          shop: shopOf(member),
          soldAt: new Date(opens + minute * 60_000),
          number: place + 1,
          shift: passed + 1,
          seed: passed * 1_000 + place,
        },
        redeems: passed >= 16 && member.device !== null,
        returns: fate < 0.06,
      },
    ]
  })
}

const shopOf = ({ no }: DemoMember): string => String(1 + ((no * 7) % Math.min(HOME_SHOPS, SHOPS))).padStart(4, "0")

async function playSales({ db, products }: Stage, visits: readonly Visit[]): Promise<void> {
  for (let from = 0; from < visits.length; from += MOST_RECEIPTS) {
    const some = visits.slice(from, from + MOST_RECEIPTS)
    const at = new Date(some.at(-1)!.soldAt.getTime() + 2_000)
    await inTransaction(db, async (tx) => {
      const sales: SaleToRecord[] = []
      for (const visit of some)
        sales.push({ till: await tillOf(tx, visit), requestKey: null, sale: plainSale(visit, products), locale: "ru" })
      await recordReceipts(tx, sales, { at })
    })
  }
}

function plainSale(visit: Visit, products: readonly Sold[]): Sale {
  const dice = seeded(visit.seed)
  const { lines, totalMinor } = demoBasket(dice, products)
  return { ...headOf(visit), lines, totalMinor, tenders: demoTenders(dice, totalMinor), identifier: visit.member.card }
}

/** As a till does it with a phone in front of it: the rotating code, the calculation, points set aside, the receipt. */
async function playRedemption({ db, products }: Stage, visit: Visit): Promise<void> {
  const { member, soldAt: at } = visit
  const device = member.device
  assert(device, "who redeems has a phone")
  const dice: Dice = seeded(visit.seed)
  const { lines, totalMinor } = demoBasket(dice, products)
  const purchaseId = `demo-${receiptIdOf(headOf(visit))}`
  await inTransaction(db, async (tx) => {
    if (await receiptById(tx, receiptIdOf(headOf(visit)))) return
    const till = await tillOf(tx, visit)
    const value = rotatingCode({ number: member.card.value, ...device, at })
    const known = await identify(tx, { till, identifier: { type: "rotating", value }, locale: "ru", at })
    if ("refused" in known) return
    const identifier = { type: "memberRef", value: known.memberRef } as const
    const tenders = [{ type: "card", amountMinor: totalMinor }] as const
    const quote = await calculate(tx, {
      till,
      purchaseId,
      identifier,
      lines,
      tenders,
      redeem: { mode: "max" },
      coupons: [],
      locale: "ru",
      at,
    })
    const points = "refused" in quote || quote.quoteId === null ? 0 : quote.redeemed
    const held =
      "quoteId" in quote && points > 0 ? await authorise(tx, { till, purchaseId, quoteId: quote.quoteId!, points, proof: null, at }) : null
    const used = held && !("refused" in held) ? held : null
    const sale: Sale = {
      ...{ ...headOf(visit), lines, totalMinor, purchaseId, identifier, tenders: demoTenders(dice, totalMinor - (used?.points ?? 0)) },
      ...(used ? { authId: used.authId, redeemed: { points: used.points, lines: used.lines } } : {}),
    }
    await recordReceipts(tx, [{ till, requestKey: null, sale: paidByCard(sale), locale: "ru" }], { at: new Date(at.getTime() + 30_000) })
  })
}

/** Beside points an installment card is not taken. */
function paidByCard(sale: Sale): Sale {
  return { ...sale, tenders: sale.tenders.map((tender) => ({ ...tender, type: tender.type === "installment" ? "card" : tender.type })) }
}

/** Some bring a piece back a little later the same day. */
async function playReturn({ db }: Stage, visit: Visit): Promise<void> {
  const returnedAt = new Date(visit.soldAt.getTime() + 90 * 60_000)
  await inTransaction(db, async (tx) => {
    const back = {
      ...{ ...headOf(visit), number: 5_000 + visit.number, returnedAt: returnedAt.toISOString(), reason: "changed mind" },
      original: { receiptId: receiptIdOf(headOf(visit)) },
      lines: [{ no: 1, quantityMilli: 1_000 }],
    }
    const { soldAt: _, ...words } = back
    await recordReturn(tx, { till: await tillOf(tx, visit), requestKey: null, return: words, locale: "ru" }, { at: returnedAt })
  })
}

function headOf({ shop, shift, number, soldAt }: Visit) {
  return { storeCode: shop, tillNo: TILL, shift, number, soldAt: soldAt.toISOString() }
}

async function tillOf(tx: Tx, { shop }: Visit): Promise<TillIdentity> {
  const till = await tillByNumber(tx, { shop, till: TILL })
  assert(till, `shop ${shop} has a till`)
  return { tillId: till.tillId, shop: till.shop, till: till.till }
}
