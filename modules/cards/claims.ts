import type { Tx } from "@mila/kernel"
import type { Actor } from "@mila/members"
import { sql } from "kysely"
import type { Assurance } from "./card-states.ts"
import { type CardRow, viewOf } from "./card-view.ts"
import { openNumber } from "./numbers.ts"
import { cards } from "./tables.ts"

/** A claim that was written down. `isNew`: nobody was told of it yet. */
export type ClaimMade = { claimId: number; holderId: number | null; claimantId: number; lastDigits: string; isNew: boolean }

/** Open claims on linked cards, for a clerk to decide: who has it, who says it is theirs, and how surely each. */
export async function claimsOf(tx: Tx, { most }: { most: number }) {
  return cards(tx)
    .selectFrom("claim")
    .innerJoin("card", "card.id", "claim.card_id")
    .select([
      "claim.id as claimId",
      "claim.card_id as cardId",
      "card.member_id as holderId",
      "card.assurance as holderAssurance",
      "claim.member_id as claimantId",
      "claim.assurance as claimantAssurance",
      "claim.claimed_at as claimedAt",
      "claim.tries",
    ])
    .where("card.state", "<>", "removed")
    .where("claim.state", "=", "open")
    .orderBy("claim.id")
    .limit(most)
    .execute()
}

/** What became of a member's claims: those nobody has decided yet, and those turned down since `since`, newest first. An upheld one is a card of theirs. */
export async function claimsBy(
  tx: Tx,
  { memberId, since }: { memberId: number; since: Date },
): Promise<{ claimId: number; state: "open" | "rejected"; lastDigits: string; claimedAt: Date }[]> {
  const rows = await cards(tx)
    .selectFrom("claim")
    .innerJoin("card", "card.id", "claim.card_id")
    .select(["claim.id", "claim.state", "claim.claimed_at", "card.number_sealed"])
    .where("claim.member_id", "=", memberId) // claims are few: no index is kept for this
    .where((is) =>
      is.or([is("claim.state", "=", "open"), is.and([is("claim.state", "=", "rejected"), is("claim.decided_at", ">=", since)])]),
    )
    .where("card.number_sealed", "is not", null) // an unlinked card is free: whoever has it links it
    .orderBy("claim.id", "desc")
    .execute()
  return rows.map(({ id, state, claimed_at, number_sealed }) => ({
    ...{ claimId: id, state: state === "open" ? "open" : "rejected", claimedAt: claimed_at },
    lastDigits: openNumber(tx, number_sealed!).slice(-4),
  }))
}

/** Which of these cards somebody else says are theirs, and nobody has decided. */
export async function claimedAmong(tx: Tx, cardIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (cardIds.length === 0) return new Set()
  const rows = await cards(tx).selectFrom("claim").select("card_id").where("card_id", "in", cardIds).where("state", "=", "open").execute()
  return new Set(rows.map(({ card_id }) => card_id))
}

/** What a member claims and nobody has decided is claimed no more: they consent to no link. Harmless twice. */
export async function dropClaims(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  await cards(tx)
    .updateTable("claim")
    .set({ state: "rejected", decided_at: at, decided_by: "system", reason: "consent withdrawn" })
    .where("member_id", "=", memberId)
    .where("state", "=", "open")
    .execute()
}

/** Writes down that a second member says a linked card is theirs. Saying it again is counted; what was decided stays decided. */
export async function recordClaim(
  tx: Tx,
  card: CardRow,
  { claimant, assurance, at, by }: { claimant: number; assurance: Assurance; at: Date; by: Actor },
): Promise<ClaimMade> {
  const claim = await cards(tx)
    .insertInto("claim")
    .values({
      card_id: card.id,
      member_id: claimant,
      assurance,
      claimed_at: at,
      claimed_by: by,
      decided_at: null,
      decided_by: null,
      reason: null,
    })
    .onConflict((conflict) => conflict.columns(["card_id", "member_id"]).doUpdateSet({ tries: sql<number>`claim.tries + 1` }))
    .returning(["id", "tries"])
    .executeTakeFirstOrThrow()
  const lastDigits = viewOf(tx, card).number?.slice(-4) ?? ""
  return { claimId: claim.id, holderId: card.member_id, claimantId: claimant, lastDigits, isNew: claim.tries === 1 }
}
