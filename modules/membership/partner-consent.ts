import { cardsOf, type CardView, claimsBy, dropClaims, removeCard } from "@mila/cards"
import type { Tx } from "@mila/kernel"
import type { Actor } from "@mila/members"
import { carryPartnerConsent, type ConsentDoor, withdrawConsents } from "@mila/privacy"
import { voidRedemptionsOfCard } from "@mila/tills"

type Ending = { memberId: number; door: ConsentDoor; at: Date; by: Actor }

/** Consent to a partner's card lives as long as one is linked, or claimed and not decided: with the last it ends. Harmless twice, and for who never gave it. */
export async function endPartnerConsent(
  tx: Tx,
  { means = "unlinking", ...ending }: Ending & { means?: "unlinking" | "merge" },
): Promise<void> {
  const { memberId, at } = ending
  const isClaiming = (await claimsBy(tx, { memberId, since: at })).some(({ state }) => state === "open")
  if (isClaiming || (await partnerCardsOf(tx, memberId)).length > 0) return
  await withdrawConsents(tx, { ...ending, purposes: ["partner_card"], means })
}

/** Who consents no more has no partner's card linked any longer, and claims none: the next receipt is at the usual rate. The points stay. */
export async function unlinkPartnerCards(tx: Tx, { memberId, at, by }: Omit<Ending, "door">): Promise<void> {
  for (const { cardId } of await partnerCardsOf(tx, memberId)) {
    await removeCard(tx, { cardId, reason: "consent withdrawn", at, by })
    await voidRedemptionsOfCard(tx, { cardId, at })
  }
  await dropClaims(tx, { memberId, at })
}

/** A merge was undone: with a card that went home goes the consent it rests on, and with the last one it ends where it had come along. */
export async function partPartnerConsent(
  tx: Tx,
  { from, into, had, ...how }: Omit<Ending, "memberId"> & { from: number; into: number; had: boolean },
): Promise<void> {
  if (!had) return
  if ((await partnerCardsOf(tx, from)).length > 0) await carryPartnerConsent(tx, { from: into, into: from, ...how })
  await endPartnerConsent(tx, { memberId: into, ...how, means: "merge" })
}

/** The partner's cards that are linked. */
export async function partnerCardsOf(tx: Tx, memberId: number): Promise<CardView[]> {
  return (await cardsOf(tx, memberId)).filter(({ kind, state }) => kind === "partner" && (state === "active" || state === "blocked"))
}
