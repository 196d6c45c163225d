import type { Device, Mila, Till } from "./adapter.ts"
import type { Purchase } from "./replay-data.ts"

/** What tills were answered. */
export type Told = { receipts: number; lines: number; redeeming: number; earned: number; redeemed: number; quarantined: number }

const numbers = new Map<number, number>() // the last receipt of each till

/** One purchase as its till tells it, redeeming as many points as its holder did then, as far as the rules go now. */
export async function sell(
  mila: Mila,
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
      ? await redeem(mila, lines, { device, till, wished: purchase.wished, purchaseId: `replay-${till.tillId}-${number}` })
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
  mila: Mila,
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
