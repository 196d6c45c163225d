import { statement, type Tx } from "@mila/kernel"
import type { Actor } from "@mila/members"
import { lockCard } from "./card-change.ts"
import type { Assurance } from "./card-states.ts"
import { type CardRow, type CardView, viewOf } from "./card-view.ts"
import { linkPartnerCard } from "./link.ts"
import { guardText } from "./numbers.ts"
import { refuse } from "./refusals.ts"
import { endCard } from "./remove.ts"
import { cards } from "./tables.ts"

type Decision = { claimId: number; reason: string; at: Date; by: Actor }
export type DecidedClaim = { claimId: number; holderId: number | null; claimantId: number; lastDigits: string }

const cardOfClaim = statement<{ card_id: number }>("cards.card_of_claim", "select card_id from cards.claim where id = $1")

/**
 * The card is the claimant's: it is unlinked from its holder, whose history keeps it, and linked to the claimant as surely as they claimed it. Other
 * claims on it are rejected with the same word. Errors: `bank_card_number`, `claim_unknown`, `claim_decided`, `claim_own_record`, `card_removed`,
 * and those of linkPartnerCard.
 */
export async function upholdClaim(tx: Tx, decision: Decision): Promise<DecidedClaim & { card: CardView }> {
  const { at, by, reason } = decision
  const { claim, card } = await openClaim(tx, decision)
  const { number } = viewOf(tx, card)
  if (card.state === "removed" || number === null) return refuse("card_removed")
  await endCard(tx, card, { at, by, reason })
  const link = { number, memberId: claim.member_id, assurance: claim.assurance, validUntil: card.valid_until }
  const linked = await linkPartnerCard(tx, { ...link, at, by })
  if (linked.status !== "linked") return refuse("claim_decided") // somebody linked the free number in this very moment
  await decide(tx, { ...decision, state: "upheld" })
  await cards(tx)
    .updateTable("claim")
    .set({ state: "rejected", decided_at: at, decided_by: by, reason })
    .where("card_id", "=", card.id)
    .where("state", "=", "open")
    .where("claimed_by", "!=", by)
    .execute()
  return { ...decidedClaim(decision, { claim, card, number }), card: linked.card }
}

/** The card stays its holder's. Errors: `bank_card_number`, `claim_unknown`, `claim_decided`, `claim_own_record`. */
export async function rejectClaim(tx: Tx, decision: Decision): Promise<DecidedClaim> {
  const { claim, card } = await openClaim(tx, decision)
  await decide(tx, { ...decision, state: "rejected" })
  return decidedClaim(decision, { claim, card, number: viewOf(tx, card).number })
}

type ClaimRow = { member_id: number; assurance: Assurance; claimed_by: Actor; state: "open" | "upheld" | "rejected" }

/** Locks the card first, as everybody does, then reads the claim as it is. */
async function openClaim(tx: Tx, { claimId, reason, by }: Decision): Promise<{ claim: ClaimRow; card: CardRow }> {
  guardText(reason)
  const [found] = await cardOfClaim(tx, [claimId])
  if (!found) return refuse("claim_unknown", { claimId })
  const card = await lockCard(tx, found.card_id)
  const claim = await cards(tx).selectFrom("claim").selectAll().where("id", "=", claimId).forUpdate().executeTakeFirstOrThrow()
  if (claim.state !== "open") refuse("claim_decided", { state: claim.state })
  if (claim.claimed_by === by) refuse("claim_own_record")
  return { claim, card }
}

async function decide(tx: Tx, { claimId, state, reason, at, by }: Decision & { state: "upheld" | "rejected" }): Promise<void> {
  await cards(tx).updateTable("claim").set({ state, decided_at: at, decided_by: by, reason }).where("id", "=", claimId).execute()
}

const decidedClaim = (
  { claimId }: Decision,
  { claim, card, number }: { claim: ClaimRow; card: CardRow; number: string | null },
): DecidedClaim => ({ claimId, holderId: card.member_id, claimantId: claim.member_id, lastDigits: number?.slice(-4) ?? "" })
