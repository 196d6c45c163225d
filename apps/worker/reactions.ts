import type { Tx } from "@mila/kernel"

/** What follows from what: the name an act left a job under, and what is done about it, in one transaction with taking it. May happen twice. */
export type Reaction = (tx: Tx, data: never, moment: { at: Date }) => Promise<void>

export const REACTIONS: Readonly<Record<string, Reaction>> = {}
