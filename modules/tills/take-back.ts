import { returnLines, type ReturnOutcome } from "@mila/loyalty"
import { profilesOf } from "@mila/members"
import type { Points, Tx } from "@mila/kernel"
import { minor, points } from "@mila/kernel"
import type { Reason } from "./receipt-rules.ts"
import { addReturnedLines, countedLines, type LineBack, type RecordedSale, returnedLines } from "./sales.ts"

export type Wanted = readonly { no: number; quantityMilli: number }[]

export type TakenBack = {
  outcome: ReturnOutcome | null
  memberId: number | null
  lines: readonly { no: number; clawed: number; restored: number }[]
}

/**
 * Takes lines of a locked sale back: the points it earned are clawed, those it redeemed restored, in the proportion of what comes back; all
 * slices of a line add up to the line exactly. Answers the reason when the sale cannot give so much back; then nothing was written.
 */
export async function takeBack(
  tx: Tx,
  { returnId, sale, wanted, occurredAt, at }: { returnId: string; sale: RecordedSale; wanted: Wanted; occurredAt: Date; at: Date },
): Promise<TakenBack | Reason> {
  const state = await stateOf(tx, sale)
  const fault = faultIn(wanted, state)
  if (fault) return fault
  const profile = sale.memberId === null ? undefined : (await profilesOf(tx, [sale.memberId])).get(sale.memberId)
  const memberId = profile?.state === "active" ? profile.memberId : null
  const asked = wanted.map(({ no, quantityMilli }) => ({ line: no, quantityMilli }))
  const outcome =
    memberId !== null
      ? await returnLines(tx, {
          returnId,
          sale: {
            receipt: sale.id,
            memberId,
            soldAt: sale.soldAt,
            programmeVersion: sale.programmeVersion ?? 0,
            lines: [...state.values()],
          },
          lines: asked,
          at,
          occurredAt,
        })
      : null
  const moved = new Map(outcome?.lines.map((line) => [line.line, line]))
  const lines = wanted.map(({ no }) => ({ no, clawed: moved.get(no)?.clawed ?? 0, restored: moved.get(no)?.restored ?? 0 }))
  await addReturnedLines(tx, { saleId: sale.id, lines: backOf(wanted, lines, state) })
  return { outcome, memberId, lines }
}

/** Everything of a sale that did not come back yet. */
export async function restOf(tx: Tx, sale: RecordedSale): Promise<Wanted> {
  const state = await stateOf(tx, sale)
  return [...state.values()]
    .map(({ line, quantityMilli, alreadyReturnedMilli }) => ({ no: line, quantityMilli: quantityMilli - alreadyReturnedMilli }))
    .filter(({ quantityMilli }) => quantityMilli > 0)
}

type LineState = {
  line: number
  quantityMilli: number
  amountMinor: ReturnType<typeof minor>
  earned: Points
  redeemed: Points
  countedMinor?: ReturnType<typeof minor>
  alreadyReturnedMilli: number
  alreadyClawed: Points
  alreadyRestored: Points
}

async function stateOf(tx: Tx, sale: RecordedSale): Promise<Map<number, LineState>> {
  const counted = countedLines(sale)
  const back = await returnedLines(tx, sale.id)
  return new Map(
    sale.body.lines.map(({ no, quantityMilli, amountMinor }) => {
      const already = back.get(no)
      const { earned = 0, redeemed = 0, countedMinor } = counted.get(no) ?? {}
      return [
        no,
        {
          line: no,
          quantityMilli,
          amountMinor: minor(amountMinor),
          earned: points(earned),
          redeemed: points(redeemed),
          ...(countedMinor === undefined ? {} : { countedMinor: minor(countedMinor) }),
          alreadyReturnedMilli: already?.returnedMilli ?? 0,
          alreadyClawed: points(already?.clawed ?? 0),
          alreadyRestored: points(already?.restored ?? 0),
        },
      ]
    }),
  )
}

function faultIn(wanted: Wanted, state: ReadonlyMap<number, LineState>): Reason | undefined {
  if (wanted.length === 0) return "no_lines"
  if (new Set(wanted.map(({ no }) => no)).size !== wanted.length) return "line_repeated"
  for (const { no, quantityMilli } of wanted) {
    const line = state.get(no)
    if (!line) return "line_unknown"
    if (quantityMilli <= 0) return "quantity_not_positive"
    if (line.alreadyReturnedMilli + quantityMilli > line.quantityMilli) return "more_than_sold"
  }
  return undefined
}

function backOf(wanted: Wanted, lines: TakenBack["lines"], state: ReadonlyMap<number, LineState>): LineBack[] {
  return wanted.map(({ no, quantityMilli }, place) => {
    const { quantityMilli: soldMilli, earned, redeemed } = state.get(no)!
    const { clawed, restored } = lines[place]!
    return { line: no, soldMilli, returnedMilli: quantityMilli, earned, clawed, redeemed, restored }
  })
}
