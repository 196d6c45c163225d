import { voidRedemption as giveUpHold } from "@mila/loyalty"
import type { Tx } from "@mila/kernel"
import type { TillIdentity, Voiding } from "./facts.ts"
import { refuse } from "./refusals.ts"
import { lockRedemptions, markVoided, redemptionId } from "./redemption-rows.ts"
import type { VoidAnswer } from "./told.ts"

export type VoidAsked = { till: TillIdentity; authId: string; void: Pick<Voiding, "sequence">; at: Date }

/**
 * Gives points back that were set aside for a purchase that did not happen. Repeating it, or coming after the hold lapsed, is harmless.
 * Refuses `redemption_not_found` (another till's too) and `redemption_captured`.
 */
export async function voidRedemption(tx: Tx, asked: VoidAsked): Promise<VoidAnswer> {
  const result = await voidIfPossible(tx, asked)
  return typeof result === "string" ? refuse(result) : result
}

/** As `voidRedemption`, for facts that are not refused: what stands against it comes back as a word, and nothing was written. */
export async function voidIfPossible(
  tx: Tx,
  { till, authId, void: voiding, at }: VoidAsked,
): Promise<VoidAnswer | "redemption_not_found" | "redemption_captured"> {
  const id = redemptionId(authId)
  const row = id === null ? undefined : (await lockRedemptions(tx, [id])).get(id)
  if (!row || row.tillId !== till.tillId) return "redemption_not_found"
  if (row.state === "captured") return "redemption_captured"
  if (row.state === "voided") return { authId, status: "already_ended" }
  const ended = await giveUpHold(tx, { holdId: row.holdId, memberId: row.memberId, at })
  await markVoided(tx, { id: row.id, sequence: voiding.sequence ?? null })
  return { authId, status: ended }
}
