import { packExplanation, type Settlement } from "@mila/loyalty"
import { statement, type Tx } from "@mila/kernel"
import type { Judged, SaleFact } from "./judge.ts"
import { countedLine, settleInRounds } from "./record-receipts.ts"
import { markCaptured } from "./redemption-rows.ts"

const settled = statement(
  "tills.settle_late",
  `update tills.receipt set state = 'settled', member_id = $2, card_id = $3, earned = $4, redeemed = $5, explanation = $6, counted = $7,
          programme_version = $8, identifier = null where id = $1`,
)

/**
 * Settles a sale that is kept already, locked by the caller, by the rules of the day it was sold; the answer its till was given stays what it was.
 * Null where there is nobody to settle it for.
 */
export async function settleLate(tx: Tx, judged: Judged<SaleFact>, { at }: { at: Date }): Promise<Settlement | null> {
  const { id, who, redemption } = judged
  const settlement = (await settleInRounds(tx, [judged], { at })).get(id) ?? null
  const lines = settlement?.lines.map(countedLine) ?? []
  await settled(tx, [
    ...[id, who?.profile?.memberId ?? null, who?.card?.cardId ?? null, settlement?.earned ?? 0, settlement?.redeemed ?? 0],
    ...[JSON.stringify(packExplanation(settlement?.explanation ?? [])), JSON.stringify(lines), settlement?.programmeVersion ?? null],
  ])
  if (redemption?.state === "held" && settlement) await markCaptured(tx, [{ id: redemption.id, receiptId: id }])
  return settlement
}
