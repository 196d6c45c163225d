import type { CardKind } from "@mila/cards"
import type { Presence, RedemptionLimits } from "@mila/loyalty"
import type { Tx } from "@mila/kernel"
import type { Proof } from "./recognise.ts"

// Sealed notes a till carries from one call to the next, so that nothing is written for a purchase that may never happen.

type Sealed<Note> = Note & { tillId: number; until: number }

/** Who was recognised, and how surely. */
export type MemberNote = { number: string | null; memberId: number | null; proof: Proof | null }

/** What was calculated, as far as setting points aside needs it. */
export type QuoteNote = {
  purchaseId: string
  number: string | null
  memberId: number
  cardId: number | null
  cardKind: CardKind
  presence: Presence
  proof: Proof | null
  limits: RedemptionLimits
  programmeVersion: number
}

/** `until`: the note is worth nothing afterwards. It is good for this till alone. */
export function sealNote<Note>(tx: Tx, kind: "member" | "quote", note: Note, { tillId, until }: { tillId: number; until: Date }): string {
  return tx.secrets.seal(`tills.${kind}`, JSON.stringify({ ...note, tillId, until: until.getTime() })).toString("base64url")
}

/** What a note says, to the till it was given to; undefined when it is not ours or not this till's. */
export function openNote<Note>(
  tx: Tx,
  kind: "member" | "quote",
  text: string,
  { tillId, at }: { tillId: number; at: Date },
): (Note & { fresh: boolean }) | undefined {
  let note: Sealed<Note>
  try {
    note = JSON.parse(tx.secrets.open(`tills.${kind}`, Buffer.from(text, "base64url")))
  } catch {
    return undefined // a note that was never ours is not an error of ours
  }
  return note.tillId === tillId ? { ...note, fresh: note.until >= at.getTime() } : undefined
}
