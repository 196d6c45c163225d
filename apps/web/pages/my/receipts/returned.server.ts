import { share, type Tx } from "@mila/kernel"
import { receiptsByIds } from "@mila/tills"

export type Line = { no: number; name?: string; sku: string; quantityMilli: number; amountMinor: number }

/** What came back on these returns and what it had cost, by the return's id: a return names lines of its sale and says no prices. */
export async function returned(tx: Tx, receiptIds: readonly string[]): Promise<Map<string, { lines: Line[]; totalMinor: number }>> {
  const returns = [...(await receiptsByIds(tx, receiptIds)).values()]
  const saleOf = ({ body }: (typeof returns)[number]) => (body["original"] as { receiptId?: string } | undefined)?.receiptId ?? ""
  const sales = await receiptsByIds(tx, returns.map(saleOf))
  return new Map(
    returns.map((back) => {
      const sold = (sales.get(saleOf(back))?.body["lines"] as Line[] | undefined) ?? []
      const lines = ((back.body["lines"] as Pick<Line, "no" | "quantityMilli">[] | undefined) ?? []).flatMap(({ no, quantityMilli }) => {
        const line = sold.find((one) => one.no === no)
        return line ? [{ ...line, quantityMilli, amountMinor: partOf(line, quantityMilli) }] : []
      })
      return [back.receiptId, { lines, totalMinor: lines.reduce((total, { amountMinor }) => total + amountMinor, 0) }]
    }),
  )
}

const partOf = ({ amountMinor, quantityMilli: sold }: Line, back: number): number =>
  back >= sold ? amountMinor : share(amountMinor, [back, sold - back])[0]!
