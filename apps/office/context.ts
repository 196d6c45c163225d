import type { Clock, Db, Locale, Tx, Log } from "@mila/kernel"
import type { SmsCaps } from "@mila/messages"
import type { checkLedger } from "@mila/ledger"
import type { AuditAction, SignedIn } from "@mila/staff"

/** What the back office is given by the program that opens it. */
export type OfficeContext = {
  db: Db
  clock: Clock
  log: Log
  /** runs a job of the worker now and answers what it did; refuses a name nobody knows with undefined */
  runJob(name: string): Promise<unknown>
  /** proves the ledger and whatever feeds it */
  prove: typeof checkLedger
  /** names of the jobs there are */
  jobNames: readonly string[]
  /** queued messages may be read; only on a demo system or under a simulated clock */
  outboxIsOpen: boolean
  /** a demo's keys open this door */
  isDemo: boolean
  /** the address staff open the back office at, without a slash at its end: passkeys belong to its host, and invitations lead there */
  staffUrl: string
  /** the address people know the chain by, without a slash at its end: letters lead there */
  publicUrl: string
  /** the most SMS a day */
  smsCaps: SmsCaps
}

/** What every office route carries along. */
export type OfficeEnv = { Variables: { staff: SignedIn; locale: Locale; requestId: string; clientAddress: string } }

/** Points one person may move alone, and the most that two may. */
export const ADJUSTMENT_LIMITS = { alonePoints: 1_000, mostPoints: 100_000 } as const

/** What an act of the back office gets. */
export type Call<Params, Query, Body> = {
  tx: Tx
  at: Date
  locale: Locale
  staff: SignedIn
  /** who does it, as other modules write it down */
  by: `staff:${number}`
  params: Params
  query: Query
  body: Body
  context: OfficeContext
  /** Writes the audit trail. A writing act that leaves no trace is a bug. */
  note(action: AuditAction, object: string, details?: Record<string, unknown>): Promise<void>
}
