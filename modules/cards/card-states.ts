export type CardKind = "virtual" | "plastic" | "partner"

/**
 * `issued`: a plastic card nobody attached: it gives the card-holder price and nothing else. `blocked`: lost or stolen, may be found again.
 * `replaced`: another card stands for it, for ever. `removed`: gone, and the points stay where they always were, with the member.
 */
export type CardState = "issued" | "active" | "blocked" | "replaced" | "removed"

/** What a card may become. The database keeps the same table (cards.guard_change). */
export const NEXT_STATES: Readonly<Record<CardState, readonly CardState[]>> = {
  issued: ["active", "blocked", "removed"],
  active: ["blocked", "replaced", "removed"],
  blocked: ["active", "issued", "replaced", "removed"],
  replaced: [],
  removed: [],
}

export function mayBecome(from: CardState, to: CardState): boolean {
  return NEXT_STATES[from].includes(to)
}

/** Whether an offline till must refuse to redeem with it. An unlinked partner card is simply not ours any more. */
export function isDenied({ kind, state }: { kind: CardKind; state: CardState }): boolean {
  return state === "blocked" || state === "replaced" || (state === "removed" && kind !== "partner")
}

/** How sure we are that a partner card is the member's, weakest first: typed, scanned by a camera or till, paid with at a till, confirmed by the bank. */
export const ASSURANCES = ["typed", "scanned", "paid", "bank"] as const
export type Assurance = (typeof ASSURANCES)[number]

/** Whether we are as sure as is `needed`. */
export function atLeast(assurance: Assurance, needed: Assurance): boolean {
  return ASSURANCES.indexOf(assurance) >= ASSURANCES.indexOf(needed)
}
