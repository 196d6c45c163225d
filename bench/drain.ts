import type { Purchases } from "./purchases.ts"
import { quantile } from "./server.ts"
import { openLine, wired } from "./wire.ts"

const TILLS = 50 // that were alone for days
const AT_ONCE = 8 // of them talk at the same time
const ITEMS = 500
const EVERY_MS = 50 // a customer at the till beside them

export type Drained = { receipts: number; seconds: number; beside: { confirms: number; p50: number; p99: number } }

/** Tills that were offline send their journals; another till confirms receipts all the while. */
export async function drained({ port, purchases, receipts }: { port: number; purchases: Purchases; receipts: number }): Promise<Drained> {
  const { tills } = purchases.chain
  const journals = tills.slice(0, TILLS).flatMap((till) => {
    const items = Array.from({ length: receipts / TILLS }, () => ({ type: "sale", ...purchases.sale(till) }))
    const parts = Array.from({ length: Math.ceil(items.length / ITEMS) }, (_, part) => items.slice(part * ITEMS, (part + 1) * ITEMS))
    return parts.map((part) => wired(till, "/journal", { storeCode: till.storeCode, tillNo: till.tillNo, items: part }))
  })
  let done = false
  const beside = customers(port, purchases, () => done)
  const began = performance.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const line = await openLine(port)
      for (let journal = journals.pop(); journal; journal = journals.pop()) {
        const { status, body } = await line.ask(journal)
        if (status !== 200 || body.includes('"quarantined"')) throw new Error(`${status} ${body.slice(0, 500)}`)
      }
      line.close()
    }),
  )
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1))
  done = true
  const millis = await beside
  const rounded = (q: number) => Number(quantile(millis, q).toFixed(1))
  return { receipts, seconds, beside: { confirms: millis.length, p50: rounded(0.5), p99: rounded(0.99) } }
}

async function customers(port: number, purchases: Purchases, ended: () => boolean): Promise<number[]> {
  const till = purchases.chain.tills.at(-1)!
  const line = await openLine(port)
  const millis: number[] = []
  while (!ended()) {
    const { status, body, millis: took } = await line.ask(wired(till, "/receipts", purchases.sale(till)))
    if (status !== 201) throw new Error(`${status} ${body}`)
    millis.push(took)
    await new Promise((wake) => setTimeout(wake, Math.max(0, EVERY_MS - took)))
  }
  line.close()
  return millis
}
