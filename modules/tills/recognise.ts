import { type CardKind, type IdentifiedCard, identifyCards } from "@mila/cards"
import { memberByPhone, type MemberProfile, profilesOf } from "@mila/members"
import { statement, together, type Tx } from "@mila/kernel"
import type { Identifier, TillIdentity } from "./facts.ts"
import { type MemberNote, openNote } from "./presence.ts"

/** How it is known that the member is there in person: only then points are spent. */
export type Proof = "rotating" | "code"

export type Recognised = {
  /** null for what was recognised by phone */
  card: IdentifiedCard | null
  cardKind: CardKind
  /** the card's number, for a note; never shown, never logged */
  number: string | null
  /** the living member; null for a card nobody attached yet, or whose member left */
  profile: MemberProfile | null
  /** carried over from an earlier call; a rotating code in the identifier itself is not checked here */
  proof: Proof | null
}

/** An identifier as it was shown, or what an earlier step knows already. */
export type ToRecognise = { till: TillIdentity } & ({ identifier: Identifier } | { note: MemberNote })

const numbersOfStamps = statement<{ stamp_hash: Buffer; card_number: Buffer }>(
  "tills.card_numbers_of_stamps",
  "select stamp_hash, card_number from tills.card_stamp where stamp_hash = any($1::bytea[])",
)

/**
 * Who is meant by each identifier, in its place: two statements for all cards, one more for each phone. Undefined where nobody is.
 * A note of `identify` recognises also when it is too old to spend with.
 */
export async function recognise(tx: Tx, asked: readonly ToRecognise[], { at }: { at: Date }): Promise<(Recognised | undefined)[]> {
  const notes = await together(asked.map((one) => noteFor(tx, one, at)))
  const numbers = new Set<string>()
  for (const note of notes) if (note?.number) numbers.add(note.number)
  const cards = numbers.size === 0 ? new Map<string, IdentifiedCard>() : await identifyCards(tx, [...numbers])
  const memberIds = new Set<number>()
  for (const note of notes) {
    const memberId = note?.memberId ?? (note?.number ? (cards.get(note.number)?.memberId ?? null) : null)
    if (memberId !== null) memberIds.add(memberId)
  }
  const profiles = await profilesOf(tx, [...memberIds])
  return notes.map((note) => {
    if (!note) return undefined
    const card = note.number === null ? null : (cards.get(note.number) ?? null)
    if (note.number !== null && !card) return undefined
    const memberId = note.memberId ?? card?.memberId ?? null
    const profile = memberId === null ? null : (profiles.get(memberId) ?? null)
    const alive = profile?.state === "active" ? profile : null
    return { card, cardKind: earningKind(card), number: note.number, profile: alive, proof: note.proof }
  })
}

/** A partner card earns its own rate once we are as sure of it as its scheme demands; a replaced card earns as the one that stands in for it. */
function earningKind(card: IdentifiedCard | null): CardKind {
  if (!card) return "virtual"
  const kind = card.state === "replaced" ? (card.successorKind ?? card.kind) : card.kind
  return kind === "partner" && !card.proven.rate ? "virtual" : kind
}

/** The number of the card that earns: a rotating code begins with it. */
const numberIn = (code: string): string => code.slice(0, 13)

async function noteFor(tx: Tx, asked: ToRecognise, at: Date): Promise<MemberNote | undefined> {
  if ("note" in asked) return asked.note
  const { type, value } = asked.identifier
  switch (type) {
    case "card13":
    case "partner13":
      return { number: value, memberId: null, proof: null }
    case "rotating":
      return { number: numberIn(value), memberId: null, proof: null }
    case "memberRef": {
      const note = openNote<MemberNote>(tx, "member", value, { tillId: asked.till.tillId, at })
      return note && { ...note, proof: note.fresh ? note.proof : null }
    }
    case "phone": {
      const profile = await memberByPhone(tx, value)
      return profile && { number: null, memberId: profile.memberId, proof: null }
    }
    case "cardStamp": {
      const [row] = await numbersOfStamps(tx, [[stampHash(tx, value)]])
      return row && { number: tx.secrets.open("tills.stamped-card", row.card_number), memberId: null, proof: null }
    }
  }
}

export const stampHash = (tx: Tx, stamp: string): Buffer => tx.secrets.hmac("tills.card-stamp", stamp)
