import { identifyCards, parseRotatingCode } from "@mila/cards"
import { holdRedemptions, voidRedemption } from "@mila/loyalty"
import { profilesOf } from "@mila/members"
import { points as wholePoints, statement, type Tx } from "@mila/kernel"
import { randomUUID } from "node:crypto"
import { refuseClosedSpending } from "./closed-spending.ts"
import { tryConfirmation } from "./confirmations.ts"
import type { TillIdentity } from "./facts.ts"
import { burnt } from "./identify.ts"
import { TILL_POLICY, type TillPolicy } from "./policy.ts"
import { openNote, type QuoteNote } from "./presence.ts"
import type { Proof } from "./recognise.ts"
import { insertRedemption, lockRedemptions, markVoided } from "./redemption-rows.ts"
import { refuse } from "./refusals.ts"
import type { Authorised, RefusedAfterAll } from "./told.ts"

export type ProofGiven = { type: "rotating"; value: string } | { type: "code"; confirmationId: string; value: string }

export type AuthoriseAsked = {
  till: TillIdentity
  purchaseId: string
  quoteId: string
  points: number
  proof: ProofGiven | null
  at: Date
  policy?: TillPolicy
}

const heldFor = statement<{ id: number }>(
  "tills.held_for_purchase",
  "select id from tills.redemption where till_id = $1 and purchase_id = $2 and state = 'held' order by id",
)

/**
 * Sets points aside for a purchase until it is confirmed or the hold lapses. What was set aside for the same purchase before is given back
 * first: the basket changed. A wrong proof is counted and answered, so the caller commits. Refuses `quote_invalid`, `quote_expired`, `card_blocked`, `spend_locked`, `spend_rests`,
 * `confirmation_required`, `points_out_of_range`, and what the programme refuses.
 */
export async function authorise(
  tx: Tx,
  { till, purchaseId, quoteId, points, proof, at, policy = TILL_POLICY }: AuthoriseAsked,
): Promise<Authorised | RefusedAfterAll> {
  const note = openNote<QuoteNote>(tx, "quote", quoteId, { tillId: till.tillId, at })
  if (!note || note.purchaseId !== purchaseId) return refuse("quote_invalid")
  if (!note.fresh) refuse("quote_expired")
  if (!Number.isSafeInteger(points) || points <= 0) refuse("points_out_of_range")
  await refuseClosed(tx, note, at)
  const proven = proof ? await provenBy(tx, { till, proof, memberId: note.memberId, at, policy }) : note.proof
  if (proven !== null && typeof proven === "object") return proven
  for (const { id } of await heldFor(tx, [till.tillId, purchaseId])) await giveUp(tx, id, at)
  const lapsesAt = new Date(at.getTime() + policy.holdMinutes * 60_000)
  const [held] = await holdRedemptions(
    tx,
    [
      {
        ...{ redemption: randomUUID(), memberId: note.memberId, points: wholePoints(points), presence: proven ? "proven" : note.presence },
        ...{ limits: note.limits, programmeVersion: note.programmeVersion, lapsesAt },
      },
    ],
    { at },
  )
  if (held!.status === "refused")
    return refuse(held!.refusal === "proof_needed" ? "confirmation_required" : held!.refusal, { mostRedeemable: held!.most })
  const { holdId, perLine, balance } = held!
  const id = await insertRedemption(tx, {
    ...{ tillId: till.tillId, purchaseId, memberId: note.memberId, cardId: note.cardId, cardKind: note.cardKind, points, perLine, holdId },
    ...{ proof: proven ?? "static", authorisedAt: at, lapsesAt },
  })
  return {
    authId: String(id),
    points,
    lines: perLine.map(({ line, points: used }) => ({ no: line, points: used })),
    expiresAt: lapsesAt.toISOString(),
    balance,
  }
}

/** A card blocked or a member's spending locked a moment ago spends nothing, whatever was calculated before. */
async function refuseClosed(tx: Tx, { number, memberId }: QuoteNote, at: Date): Promise<void> {
  refuseClosedSpending((await profilesOf(tx, [memberId])).get(memberId), at)
  if (number === null) return
  const card = (await identifyCards(tx, [number])).get(number)
  if (card?.state !== "active") refuse("card_blocked")
}

/** The proof is for the member of the quote, or it is none. */
async function provenBy(
  tx: Tx,
  { till, proof, memberId, at, policy }: { till: TillIdentity; proof: ProofGiven; memberId: number; at: Date; policy: TillPolicy },
): Promise<Proof | RefusedAfterAll> {
  if (proof.type === "code") {
    const confirmed = await tryConfirmation(tx, { till, confirmationId: proof.confirmationId, code: proof.value, at })
    return confirmed && (await living(tx, confirmed.memberId)) === memberId ? "code" : { refused: "confirmation_invalid", details: {} }
  }
  const outcome = await burnt(tx, { till, code: proof.value, at, policy })
  if (typeof outcome === "object") return outcome
  const number = parseRotatingCode(proof.value)?.number ?? ""
  const shown = (await identifyCards(tx, [number])).get(number)?.memberId ?? null
  return shown !== null && (await living(tx, shown)) === memberId ? outcome : { refused: "confirmation_invalid", details: {} }
}

const living = async (tx: Tx, memberId: number): Promise<number | undefined> => (await profilesOf(tx, [memberId])).get(memberId)?.memberId

async function giveUp(tx: Tx, id: number, at: Date): Promise<void> {
  const row = (await lockRedemptions(tx, [id])).get(id)
  if (row?.state !== "held") return
  await voidRedemption(tx, { holdId: row.holdId, memberId: row.memberId, at })
  await markVoided(tx, { id, sequence: null })
}
