import { type Minor, type Points, points, type Tx } from "@mila/kernel"
import { type Balance, balancesOf, giveBack, type GivenBack, type Reference } from "@mila/ledger"
import { momentIn } from "./calendar-rules.ts"
import type { Explanation, ExplanationCode } from "./explanation.ts"
import { refuse } from "./refusals.ts"
import { sliceOf } from "./return-rules.ts"
import { settledReference } from "./settle.ts"
import { firstOfMonth } from "./tier-rules.ts"
import { lowerTurnover } from "./turnover.ts"
import { programmeOf } from "./versions.ts"

/** A line of a settled sale, with what came back of it before. */
export type SoldLine = {
  line: number
  quantityMilli: number
  amountMinor: Minor
  earned: Points
  redeemed: Points
  /** of the settlement; without it a line that earned counts with its amount less its points */
  countedMinor?: Minor
  alreadyReturnedMilli: number
  alreadyClawed: Points
  alreadyRestored: Points
}

export type SoldReceipt = { receipt: string; memberId: number; soldAt: Date; programmeVersion: number; lines: readonly SoldLine[] }

export type ReturnOutcome = {
  status: "returned" | "returned_before"
  lines: { line: number; clawed: Points; restored: Points }[]
  clawed: Points
  restored: Points
  /** where the clawed points came from; they add up to `clawed` */
  from: { pending: Points; available: Points; owed: Points; exposure: Points }
  balance: Balance
  explanation: Explanation[]
}

type LineBack = { sold: SoldLine; nowMilli: number; clawed: number; restored: number; turnoverMinor: number }

/**
 * Takes lines of a settled sale back: restores the points they redeemed, claws those they earned, in the proportion of what came back, and
 * lowers the turnover of the month of the sale. All slices of a line add up to the line exactly. The caller has locked the sale and counts what
 * came back of it; repeating `returnId` answers `returned_before`.
 * Errors: Refusal `return_line_unknown`, `return_exceeds_sale`.
 */
export async function returnLines(
  tx: Tx,
  {
    returnId,
    sale,
    lines,
    at,
    occurredAt,
  }: { returnId: string; sale: SoldReceipt; lines: readonly { line: number; quantityMilli: number }[]; at: Date; occurredAt: Date },
): Promise<ReturnOutcome> {
  return takeBack(tx, { reference: `return:${returnId}/settled`, sale, lines, at, occurredAt })
}

/** Takes everything back that is left of a sale: the receipt was cancelled before its fiscal close, or by a storno. Repeating it is harmless. */
export async function cancelReceipt(
  tx: Tx,
  { sale, at, occurredAt }: { sale: SoldReceipt; at: Date; occurredAt: Date },
): Promise<ReturnOutcome> {
  const lines = sale.lines
    .map(({ line, quantityMilli, alreadyReturnedMilli }) => ({ line, quantityMilli: quantityMilli - alreadyReturnedMilli }))
    .filter(({ quantityMilli }) => quantityMilli > 0)
  return takeBack(tx, { reference: `receipt:${sale.receipt}/cancelled`, sale, lines, at, occurredAt })
}

async function takeBack(
  tx: Tx,
  {
    reference,
    sale,
    lines,
    at,
    occurredAt,
  }: { reference: Reference; sale: SoldReceipt; lines: readonly { line: number; quantityMilli: number }[]; at: Date; occurredAt: Date },
): Promise<ReturnOutcome> {
  const { programme, version } = await programmeOf(tx, sale.programmeVersion)
  const back = lines.map((asked) => slicesOf(asked, { sale, worth: programme.pointWorthMinor }))
  const restore = points(back.reduce((sum, { restored }) => sum + restored, 0))
  const claw = back.map(({ sold: { line }, clawed }) => ({ line, points: points(clawed) }))

  const { memberId } = sale
  const touches = restore > 0 || claw.some((line) => line.points > 0)
  const given = touches
    ? await giveBack(tx, {
        reference,
        reverses: settledReference(sale.receipt),
        memberId,
        occurredAt,
        at,
        restore,
        claw,
        ...programme.returns,
      })
    : null
  if (given?.status === "conflict") refuse("return_exceeds_sale", { reference })
  if (given?.status !== "already_posted") {
    await lowerTurnover(tx, {
      memberId,
      month: firstOfMonth(momentIn(sale.soldAt).day),
      netMinor: back.reduce((sum, { turnoverMinor }) => sum + turnoverMinor, 0),
    })
  }
  const balance = given?.balance ?? (await balancesOf(tx, [memberId])).get(memberId)
  return outcomeOf({ back, given, balance, version })
}

function slicesOf(
  { line, quantityMilli: nowMilli }: { line: number; quantityMilli: number },
  { sale, worth }: { sale: SoldReceipt; worth: number },
): LineBack {
  const sold = sale.lines.find((one) => one.line === line) ?? refuse("return_line_unknown", { line })
  const { quantityMilli: soldMilli, alreadyReturnedMilli: beforeMilli, earned, redeemed, alreadyClawed, alreadyRestored } = sold
  if (nowMilli <= 0 || beforeMilli + nowMilli > soldMilli) refuse("return_exceeds_sale", { line })
  const slice = { soldMilli, beforeMilli, nowMilli }
  const counted = sold.countedMinor ?? (earned > 0 ? Math.max(0, sold.amountMinor - redeemed * worth) : 0)
  return {
    ...{ sold, nowMilli },
    clawed: sliceOf(earned, { ...slice, taken: alreadyClawed }),
    restored: sliceOf(redeemed, { ...slice, taken: alreadyRestored }),
    turnoverMinor: sliceOf(counted, { ...slice, taken: sliceOf(counted, { soldMilli, beforeMilli: 0, nowMilli: beforeMilli, taken: 0 }) }),
  }
}

const NOTHING: Balance = { pending: points(0), available: points(0), held: points(0), owed: points(0) }

function outcomeOf({
  back,
  given,
  balance,
  version,
}: {
  back: readonly LineBack[]
  given: GivenBack | null
  balance: Balance | undefined
  version: number
}): ReturnOutcome {
  const from = given?.clawed ?? { pending: points(0), available: points(0), owed: points(0), exposure: points(0) }
  const explanation: Explanation[] = []
  const explain = (line: number | null, code: ExplanationCode, params: Explanation["params"], moved: number) => {
    if (moved > 0) explanation.push({ line, code, rule: null, version, params, points: moved })
  }
  for (const {
    sold: { line, quantityMilli, alreadyReturnedMilli, earned, redeemed },
    nowMilli,
    clawed,
    restored,
  } of back) {
    const slice = { returned: alreadyReturnedMilli + nowMilli, sold: quantityMilli }
    explain(line, "restored", { ...slice, redeemed }, restored)
    explain(line, "clawed", { ...slice, earned }, clawed)
  }
  explain(null, "clawed_pending", {}, from.pending)
  explain(null, "clawed_available", {}, from.available)
  explain(null, "clawed_owed", {}, from.owed)
  explain(null, "clawed_exposed", {}, from.exposure)
  return {
    status: given?.status === "already_posted" ? "returned_before" : "returned",
    lines: back.map(({ sold: { line }, clawed, restored }) => ({ line, clawed: points(clawed), restored: points(restored) })),
    clawed: points(back.reduce((sum, { clawed }) => sum + clawed, 0)),
    restored: points(back.reduce((sum, { restored }) => sum + restored, 0)),
    ...{ from, balance: balance ?? NOTHING, explanation },
  }
}
