import { addDays, type Day, dayIn, inTransaction, MINSK, mulberry32, type Points, points, startOfDay } from "@mila/kernel"
import { closeTestDatabases, ownDb, type OwnDb } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import {
  type Balance,
  balancesOf,
  checkLedger,
  giveBack,
  hold,
  lotsOf,
  mergePurses,
  openPurses,
  post,
  recordReminders,
  type Reference,
  settleDue,
  voidHold,
} from "./index.ts"
import { aPosting, freshMember } from "./testing.ts"

// Random histories of earning, redeeming, holding, returning, activating, expiring and merging, played against the ledger and against a plain model.
const SEED = Number(process.env["MODEL_SEED"] ?? 7)
const HISTORIES = Number(process.env["MODEL_HISTORIES"] ?? 60)
const STEPS = 25

let own: OwnDb
before(async () => {
  own = await ownDb()
})
after(async () => {
  await own.drop()
  await closeTestDatabases()
})

type Sale = { reference: Reference; earned: number; pending: number; redeemed: number; clawed: number; restored: number; activatesOn: Day }

class Model {
  available = 0
  held = 0
  owed = 0
  sales: Sale[] = []
  holds: { holdId: number; points: number }[] = []

  get balance(): Balance {
    const pending = this.sales.reduce((total, sale) => total + sale.pending, 0)
    return { pending, available: this.available, held: this.held, owed: this.owed } as Balance
  }
  payDebt(): void {
    const paid = Math.min(this.available, this.owed)
    this.available -= paid
    this.owed -= paid
  }
  /** Points whose last day passed are gone, before anything that is woken pays a debt. */
  expire(amount: number): void {
    this.available -= amount
  }
  activate(today: Day): void {
    for (const sale of this.sales.filter(({ activatesOn }) => activatesOn <= today)) {
      this.available += sale.pending
      sale.pending = 0
    }
    this.payDebt()
  }
  /** `lapsed`: what comes back of the hold, and whose last day passed meanwhile */
  redeem(amount: number, fromHold: number, lapsed: number): void {
    this.held -= fromHold
    this.available += fromHold - lapsed
    const short = Math.max(0, amount - this.available)
    this.available -= amount - short
    this.owed += short
    if (this.owed > 0 && this.available > 0) this.payDebt()
  }
  claw(sale: Sale, amount: number): void {
    const fromPending = Math.min(sale.pending, amount)
    sale.pending -= fromPending
    const fromAvailable = Math.min(this.available, amount - fromPending)
    this.available -= fromAvailable
    this.owed += amount - fromPending - fromAvailable
  }
}

test(`${HISTORIES} random histories agree with a plain model (MODEL_SEED=${SEED})`, async () => {
  const random = mulberry32(SEED)
  const upTo = (most: number) => Math.floor(random() * (most + 1))
  for (let history = 0; history < HISTORIES; history += 1) {
    let memberId = freshMember()
    const model = new Model()
    let today = dayIn(MINSK, new Date("2026-11-23T09:00:00Z"))
    await inTransaction(own.db, (tx) => openPurses(tx, { memberIds: [memberId] }))
    for (let step = 0; step < STEPS; step += 1) {
      const name = `model-${SEED}-${history}-${step}`
      const at = new Date(startOfDay(MINSK, today).getTime() + 36_000_000)
      const kind = upTo(24)
      if (kind <= 7) await sell({ memberId, model, name, at, today, upTo })
      else if (kind <= 10) await setAside({ memberId, model, name, at, upTo })
      else if (kind <= 13) await endHold({ memberId, model, at, today, random })
      else if (kind <= 18) await takeBack({ memberId, model, name, at, upTo, random })
      else if (kind <= 23) today = await passDays({ memberId, model, at, today, upTo })
      else memberId = await merge({ memberId, model, name, at, today })
      await settle(today) // what came back of a hold after its last day goes at once
      const balance = await inTransaction(own.db, async (tx) => (await balancesOf(tx, [memberId])).get(memberId))
      assert.deepEqual(balance, model.balance, `history ${history}, step ${step}, kind ${kind}`)
    }
  }
  const at = new Date("2027-11-23T09:00:00Z")
  const { findings } = await checkLedger(own.db, { at: new Date("2026-11-23T09:00:00Z"), now: () => at })
  assert.deepEqual(
    findings.filter(({ invariant }) => invariant !== "I7"),
    [],
  )
})

type Play = { memberId: number; model: Model; name: string; at: Date; upTo: (most: number) => number }

async function sell({ memberId, model, name, at, today, upTo }: Play & { today: Day }): Promise<void> {
  const taken = upTo(2) === 0 ? model.holds.pop() : undefined
  const redeem = upTo(model.available + (taken?.points ?? 0) + (upTo(9) === 0 ? 50 : 0))
  const earned = upTo(100)
  const activatesOn = addDays(today, upTo(8))
  const reference: Reference = `receipt:${name}/settled`
  const earn = earned > 0 ? [{ line: 1, points: points(earned), activatesOn, expiresOn: addDays(activatesOn, 5 + upTo(60)) }] : []
  const [outcome] = await inTransaction(own.db, (tx) =>
    post(
      tx,
      [
        {
          reference,
          memberId,
          kind: "receipt",
          occurredAt: at,
          earn,
          redeem: points(redeem),
          holdId: taken?.holdId ?? null,
          shortage: "debt",
        },
      ],
      { at },
    ),
  )
  assert.equal(outcome!.status, "posted")
  // earned lots are not there yet while this receipt redeems
  model.redeem(redeem, taken?.points ?? 0, await lapsed(memberId, today))
  const sale = { reference, earned, pending: earned, redeemed: redeem, clawed: 0, restored: 0, activatesOn }
  model.sales.push(sale)
  if (activatesOn <= today) {
    model.available += sale.pending
    sale.pending = 0
    model.payDebt()
  }
}

async function setAside({ memberId, model, name, at, upTo }: Play): Promise<void> {
  const amount = upTo(model.available + 20)
  if (amount === 0) return
  const [outcome] = await inTransaction(own.db, (tx) =>
    hold(tx, [{ reference: `order:${name}/redemption`, memberId, points: points(amount), lapsesAt: new Date(at.getTime() + 900_000) }], {
      at,
    }),
  )
  assert.equal(outcome!.status, amount <= model.available ? "held" : "insufficient")
  if (outcome!.status !== "held") return
  model.available -= amount
  model.held += amount
  model.holds.push({ holdId: outcome!.holdId, points: amount })
}

async function endHold({
  memberId,
  model,
  at,
  today,
  random,
}: Pick<Play, "memberId" | "model" | "at"> & { today: Day; random: () => number }): Promise<void> {
  if (model.holds.length === 0) return
  const [ended] = model.holds.splice(Math.floor(random() * model.holds.length), 1)
  assert.equal(await inTransaction(own.db, (tx) => voidHold(tx, { holdId: ended!.holdId, at })), "voided")
  assert.equal(await inTransaction(own.db, (tx) => voidHold(tx, { holdId: ended!.holdId, at })), "already_ended")
  model.held -= ended!.points
  model.available += ended!.points - (await lapsed(memberId, today))
  model.payDebt()
}

async function takeBack({ memberId, model, name, at, upTo, random }: Play & { random: () => number }): Promise<void> {
  const sale = model.sales[Math.floor(random() * model.sales.length)]
  if (!sale) return
  const claw = upTo(sale.earned - sale.clawed)
  const restore = upTo(sale.redeemed - sale.restored)
  const request = {
    ...{ reference: `return:${name}/settled` as const, reverses: sale.reference, memberId, occurredAt: at, at },
    ...{ restore: restore as Points, claw: [{ line: 1, points: points(claw) }], restoredForDays: 30, shortage: "debt" as const },
  }
  assert.equal((await inTransaction(own.db, (tx) => giveBack(tx, request))).status, "posted")
  assert.equal((await inTransaction(own.db, (tx) => giveBack(tx, request))).status, "already_posted")
  // what was redeemed on debt lightens the debt that is left, the rest comes back as points; both come to the same after the debt is paid
  model.available += restore
  sale.restored += restore
  sale.clawed += claw
  model.claw(sale, claw)
  model.payDebt()
}

/** Some days pass; perhaps the member was told before of everything that ends, and then what ended is gone. */
async function passDays({ memberId, model, at, today, upTo }: Omit<Play, "name"> & { today: Day }): Promise<Day> {
  if (upTo(1) === 0) {
    const lots = (await inTransaction(own.db, (tx) => lotsOf(tx, memberId))).filter(({ state }) => state === "available")
    await inTransaction(own.db, (tx) => recordReminders(tx, { lots, at, noticeDays: upTo(7) }))
  }
  const later = addDays(today, 1 + upTo(20))
  model.expire(await lapsed(memberId, later))
  await settle(later)
  model.activate(later)
  return later
}

/** The member turns out to be somebody we know twice: everything goes over, holds are voided. */
async function merge({ memberId, model, name, at, today }: Omit<Play, "upTo"> & { today: Day }): Promise<number> {
  const into = freshMember()
  await inTransaction(own.db, async (tx) => {
    await openPurses(tx, { memberIds: [into] })
    const earn = [{ line: 1, points: points(7), activatesOn: today, expiresOn: addDays(today, 90) }]
    await post(tx, [aPosting({ memberId: into, reference: `receipt:${name}/heir`, earn })], { at })
  })
  const request = { from: memberId, into, reference: `merge:${memberId}-${into}/moved` as const, at }
  assert.equal(await inTransaction(own.db, (tx) => mergePurses(tx, request)), "posted")
  assert.equal(await inTransaction(own.db, (tx) => mergePurses(tx, request)), "already_posted")
  model.available += model.held + 7 - (await lapsed(into, today))
  model.held = 0
  model.holds = []
  model.payDebt()
  return into
}

/** What of a member's points is past its day, and was told of: the night takes it. */
async function lapsed(memberId: number, today: Day): Promise<number> {
  const lots = await inTransaction(own.db, (tx) => lotsOf(tx, memberId))
  return lots
    .filter(({ state, remindedOn, expiresOn }) => state === "available" && remindedOn !== null && expiresOn < today)
    .reduce((sum, { remaining }) => sum + remaining, 0)
}

async function settle(today: Day): Promise<void> {
  const at = startOfDay(MINSK, today)
  while ((await inTransaction(own.db, (tx) => settleDue(tx, { today, at, most: 200 }))).members > 0);
}
