import { setTimeout as wait } from "node:timers/promises"
import type { Device, Mila, Till } from "./adapter.ts"
import type { Purchase } from "./replay-data.ts"

const AT_ONCE = 16
const TILLS = 12

/** Who buys and where: a phone with a card for each holder, a till for each store. */
export type Stage = { devices: ReadonlyMap<string, Device>; tills: ReadonlyMap<string, Till> }

/** Brings products, members with cards and phones, and tills to the system. */
export async function prepare(mila: Mila, purchases: readonly Purchase[], { firstTill }: { firstTill: number }): Promise<Stage> {
  await putProducts(mila, purchases)
  const devices = await inParallel([...new Set(purchases.map(({ holder }) => holder))], async (holder) => {
    const card = await mila.issueCard(await mila.registerMember())
    return [holder, await mila.enrolDevice(card)] as const
  })
  return { devices, tills: await tillsFor(mila, [...new Set(purchases.map(({ store }) => store))], firstTill) }
}

async function putProducts(to: Mila, purchases: readonly Purchase[]): Promise<void> {
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
async function tillsFor(mila: Mila, stores: string[], firstTill: number): Promise<Map<string, Till>> {
  const tills: Till[] = []
  while (tills.length < Math.min(TILLS, stores.length)) tills.push(await enrolled(mila, firstTill + tills.length))
  return new Map(stores.map((store, place) => [store, tills[place % tills.length]!]))
}

async function enrolled(mila: Mila, tillId: number): Promise<Till> {
  for (;;) {
    const till = await mila.enrolTill(tillId).catch((error: Error) => (/ 429 /.test(error.message) ? undefined : Promise.reject(error)))
    if (till) return till
    await wait(1_000)
  }
}

export async function inParallel<Thing, Name, Found>(
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
