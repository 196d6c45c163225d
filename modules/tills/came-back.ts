import { minor, type Minor, share, type Tx } from "@mila/kernel"
import { receiptsByIds } from "./receipts-of.ts"

/** A line as a till told it. `amountMinor` in kopecks; of what came back, the part of it that was paid for that. */
export type LineTold = { no: number; name?: string; sku: string; quantityMilli: number; amountMinor: number }

/**
 * What came back on these returns and what it had cost, by the return's id: a return names lines of its sale and says no prices. Where the sale has not arrived, there is
 * nothing to tell. In two statements, and in none where nothing is asked.
 */
export async function cameBack(tx: Tx, returnIds: readonly string[]): Promise<Map<string, { lines: LineTold[]; totalMinor: Minor }>> {
  const returns = [...(await receiptsByIds(tx, returnIds)).values()]
  const saleOf = ({ body }: (typeof returns)[number]) => (body["original"] as { receiptId?: string } | undefined)?.receiptId ?? ""
  const sales = await receiptsByIds(tx, returns.map(saleOf))
  return new Map(
    returns.map((back) => {
      const sold = (sales.get(saleOf(back))?.body["lines"] as LineTold[] | undefined) ?? []
      const lines = ((back.body["lines"] as Pick<LineTold, "no" | "quantityMilli">[] | undefined) ?? []).flatMap(
        ({ no, quantityMilli }) => {
          const line = sold.find((one) => one.no === no)
          return line ? [{ ...line, quantityMilli, amountMinor: partOf(line, quantityMilli) }] : []
        },
      )
      return [back.receiptId, { lines, totalMinor: minor(lines.reduce((total, { amountMinor }) => total + amountMinor, 0)) }]
    }),
  )
}

const partOf = ({ amountMinor, quantityMilli: sold }: LineTold, back: number): number =>
  back >= sold ? amountMinor : share(amountMinor, [back, sold - back])[0]!
