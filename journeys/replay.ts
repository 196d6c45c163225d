// Real receipts through the tills' API, in time order under a simulated clock: `npm run replay` (MILA_SHARED_DATA names the folder of the data).
import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { type Device, type Mila, milaUnderTest, type Till } from "./adapter.ts"
import { completeJourney, type Purchase, x5 } from "./replay-data.ts"

const shared = resolve(process.env["MILA_SHARED_DATA"] ?? join(import.meta.dirname, "../../shared/data"))
if (!existsSync(join(shared, "loyalty"))) {
  console.error(`no receipts to replay: ${join(shared, "loyalty")} is not there (MILA_SHARED_DATA names another folder)`)
  process.exit(2)
}
const DAY = 86_400_000
const AT_ONCE = 16
const TILLS = 12
const numbers = new Map<number, number>() // the last receipt of each till
const mila = await milaUnderTest()
try {
  for (const [name, read] of [
    ["X5 RetailHero", x5],
    ["Complete Journey", completeJourney],
  ] as const)
    await replay(name, await read(shared))
} finally {
  await mila.stop()
}

async function replay(name: string, purchases: Purchase[]): Promise<void> {
  const started = performance.now()
  purchases.sort((one, other) => one.at.getTime() - other.at.getTime())
  const shift = Math.ceil((mila.now().getTime() - purchases[0]!.at.getTime()) / DAY) + 1
  await putProducts(mila, purchases)
  const devices = await inParallel([...new Set(purchases.map(({ holder }) => holder))], async (holder) => {
    const card = await mila.issueCard(await mila.registerMember())
    return [holder, await mila.enrolDevice(card)] as const
  })
  const tills = await tillsFor([...new Set(purchases.map(({ store }) => store))], name.startsWith("X5") ? 10 : 400)
  const told = { receipts: 0, lines: 0, redeeming: 0, earned: 0, redeemed: 0, quarantined: 0, activated: 0, expired: 0 }
  for (const [day, today] of Map.groupBy(purchases, ({ at }) => Math.floor(at.getTime() / DAY))) {
    const now = await mila.moveClock(((day + shift + 1) * DAY - mila.now().getTime()) / DAY)
    const { outcome } = await mila.runJob("settleLots")
    told.activated += outcome.result.activated
    told.expired += outcome.result.expired
    const byHolder = [...Map.groupBy(today, ({ holder }) => holder)]
    await inParallel(byHolder, async ([holder, theirs]) => {
      for (const purchase of theirs) {
        const sold = new Date(Math.min(purchase.at.getTime() + shift * DAY, now.getTime()))
        await sell(purchase, { device: devices.get(holder)!, till: tills.get(purchase.store)!, sold, told })
      }
    })
  }
  const { findings } = await mila.checkLedger()
  const seconds = (performance.now() - started) / 1000
  console.log(`\n${name}: ${seconds.toFixed(1)} s, ledger check: ${findings.length} findings`)
  console.table({ holders: devices.size, stores: tills.size, ...told, "receipts/s": Math.round(told.receipts / seconds) })
  const owed = await inParallel([...devices], async ([holder, { memberId }]) => [holder, await mila.balance(memberId)] as const)
  const sum = (of: "pending" | "available" | "held" | "owed") => [...owed.values()].reduce((total, balance) => total + balance[of], 0)
  console.table({ pending: sum("pending"), available: sum("available"), held: sum("held"), owed: sum("owed") })
}

type Told = { receipts: number; lines: number; redeeming: number; earned: number; redeemed: number; quarantined: number }

async function sell(
  purchase: Purchase,
  { device, till, sold, told }: { device: Device; till: Till; sold: Date; told: Told },
): Promise<void> {
  const number = (numbers.get(till.tillId) ?? 0) + 1
  numbers.set(till.tillId, number)
  const lines = purchase.lines.map(({ product, quantity, amountMinor, regularMinor }, place) => ({
    ...{ no: place + 1, sku: product, quantityMilli: quantity * 1_000 },
    ...{ priceMinor: Math.floor(amountMinor / quantity), amountMinor, regularMinor },
  }))
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const sale = { shift: 1, number, soldAt: sold.toISOString(), lines, tenders: [{ type: "cash", amountMinor: totalMinor }], totalMinor }
  const spent =
    purchase.wished > 0
      ? await redeem(lines, { device, till, wished: purchase.wished, purchaseId: `replay-${till.tillId}-${number}` })
      : undefined
  const { status, body, text } = await mila.till(till, "/receipts", {
    identifier: { type: "card13", value: device.number },
    ...sale,
    ...spent,
  })
  if (status >= 300) throw new Error(text)
  told.receipts += 1
  told.lines += lines.length
  if (spent) told.redeeming += 1
  if (body.status === "quarantined") told.quarantined += 1
  told.earned += body.earned
  told.redeemed += body.redeemed
}

/** As many points as the holder wished then, as far as they and the rules go now. */
async function redeem(
  lines: object[],
  { device, till, wished, purchaseId }: { device: Device; till: Till; wished: number; purchaseId: string },
): Promise<object | undefined> {
  const at = mila.now().toISOString()
  const met = await mila.till(till, "/identify", { at, identifier: { type: "rotating", value: mila.rotatingCode(device) } })
  if (met.status !== 200) return undefined
  const identifier = { type: "memberRef", value: met.body.memberRef }
  const quoted = await mila.till(till, "/calculate", { at, purchaseId, identifier, lines, redeem: { mode: "amount", points: wished } })
  const points = Math.min(wished, quoted.body?.redeemed ?? 0)
  if (points === 0) return undefined
  const held = await mila.till(till, "/redemptions", { at, purchaseId, quoteId: quoted.body.quoteId, points })
  if (held.status !== 201) return undefined
  return { identifier, purchaseId, authId: held.body.authId, redeemed: { points, lines: held.body.lines } }
}

async function putProducts(to: Mila, purchases: Purchase[]): Promise<void> {
  const skus = [...new Set(purchases.flatMap(({ lines }) => lines.map(({ product }) => product)))]
  for (let from = 0; from < skus.length; from += 2_000) {
    const products = skus
      .slice(from, from + 2_000)
      .map((sku) => ({ sku, name: { ru: sku, be: sku, en: sku }, regularPriceMinor: 100, cardPriceMinor: 100 }))
    const { status, body } = await to.ask("PUT", "/products", { products })
    if (status !== 200) throw new Error(JSON.stringify(body))
  }
}

/** A dozen tills carry all stores: enrolment is slow on purpose, and which store sold is not what is proved here. */
async function tillsFor(stores: string[], firstTill: number): Promise<Map<string, Till>> {
  const tills: Till[] = []
  while (tills.length < Math.min(TILLS, stores.length)) tills.push(await enrolled(firstTill + tills.length))
  return new Map(stores.map((store, place) => [store, tills[place % tills.length]!]))
}

async function enrolled(tillId: number): Promise<Till> {
  for (;;) {
    const till = await mila.enrolTill(tillId).catch((error: Error) => (/ 429 /.test(error.message) ? undefined : Promise.reject(error)))
    if (till) return till
    await new Promise((wake) => setTimeout(wake, 1_000))
  }
}

async function inParallel<Thing, Name, Found>(
  things: readonly Thing[],
  work: (thing: Thing) => Promise<readonly [Name, Found] | void>,
): Promise<Map<Name, Found>> {
  const found = new Map<Name, Found>()
  const left = things.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const thing of left) {
        const entry = await work(thing)
        if (entry) found.set(...entry)
      }
    }),
  )
  return found
}
