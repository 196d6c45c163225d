import type { TillIdentity } from "@mila/tills"
import type { Clock, Db, Locale, Log } from "@mila/kernel"

/** What the tills' door is given by the program that opens it. */
export type TillDoorContext = {
  /** the tills' own pool of connections: nobody else's load is felt here */
  tillDb: Db
  clock: Clock
  log: Log
  settings?: Partial<TillDoorSettings>
  /** told where to read how many receipts wait, for the figures */
  watchQueue?(name: string, length: () => number): void
}

export type TillDoorSettings = {
  /** what one till may send a second, over a while */
  tillRequestsPerSecond: number
  /** receipts that may wait for the ledger; more is answered 503 */
  tillQueue: number
  /** a signature is good this long before and after it was made */
  signatureSeconds: number
  /** patience of a till's call; then it is answered 503 and may be repeated */
  patienceMs: number
}

export const TILL_DOOR_SETTINGS: TillDoorSettings = {
  tillRequestsPerSecond: 50,
  tillQueue: 5_000,
  signatureSeconds: 300,
  patienceMs: 1_900,
}

/** What every route carries along; the front in front of the doors names the request. */
export type TillEnv = { Variables: { requestId: string; clientAddress: string } }

/** A call whose signature fits: who asks, what, in which language, and when. */
export type Call<Body> = { till: TillIdentity; body: Body; key: string; locale: Locale; at: Date }
