import { statement, type Tx } from "@mila/kernel"
import type { Actor } from "./consents.ts"

/** A step of a request: who did what, and when. */
export type RequestEvent = { what: "made" | "taken" | "answered" | "refused"; at: Date; by: Actor }

const insert = statement("privacy.request_event", "insert into privacy.request_event (request_id, what, at, by) values ($1, $2, $3, $4)")
const ofRequest = statement<RequestEvent>(
  "privacy.request_events",
  "select what, at, by from privacy.request_event where request_id = $1 order by id",
)

export async function recordStep(tx: Tx, requestId: number, { what, at, by }: RequestEvent): Promise<void> {
  await insert(tx, [requestId, what, at, by])
}

/** What was done about a request, oldest first. */
export function requestHistory(tx: Tx, requestId: number): Promise<RequestEvent[]> {
  return ofRequest(tx, [requestId])
}
