import { DatabaseAway, isDatabaseAway, type Locale, Overloaded, Refusal, localeWanted, type Log } from "@mila/kernel"
import type { Context } from "hono"
import { STATUS_CODES } from "node:http"
import type { TillEnv } from "./context.ts"
import type { ApiCode } from "./refusals.ts"
import { SAYINGS } from "./sayings.ts"
import { STATUSES } from "./statuses.ts"

const RETRY_AFTER: Partial<Record<ApiCode, number>> = {
  unavailable: 2,
  in_flight: 1,
  too_many_requests: 1,
  look_up_budget_spent: 60,
  confirmation_too_soon: 60,
  rotating_code_locked: 900,
}

/** What must be signed, said the way RFC 9421 says it (5.1). */
const ACCEPT_SIGNATURE = 'till=("@method" "@path" "content-digest" "idempotency-key");created;keyid'

/** A problem as RFC 9457 has it: `code` is stable and part of the contract, `detail` is for a person, in their language. */
export function problem(c: Context<TillEnv>, code: ApiCode, details: Readonly<Record<string, unknown>> = {}): Response {
  const status = STATUSES[code]
  const locale: Locale = localeWanted(c.req.header("accept-language"))
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "content-language": locale,
    "cache-control": "no-store",
  }
  const { retryAfterSeconds, ...told } = details
  const wait = typeof retryAfterSeconds === "number" ? retryAfterSeconds : RETRY_AFTER[code]
  if (wait !== undefined) headers["retry-after"] = String(wait)
  if (status === 401) headers["accept-signature"] = ACCEPT_SIGNATURE
  const body = {
    ...told,
    type: `urn:mila:problem:${code}`,
    title: STATUS_CODES[status],
    status,
    detail: SAYINGS[code][locale],
    code,
    requestId: c.get("requestId"),
  }
  return c.body(JSON.stringify(body), status as 400, headers)
}

/** What became of an error: a refusal has its row in the table, an absent database is 503, anything else is a bug: 500 and a line in the log. */
export function problemOf(c: Context<TillEnv>, error: unknown, log: Log): Response {
  if (error instanceof Refusal) {
    if (Object.hasOwn(STATUSES, error.code)) return problem(c, error.code as ApiCode, error.details)
    log.error({ requestId: c.get("requestId"), code: error.code }, "a refusal without a row in the table")
    return problem(c, "internal")
  }
  if (error instanceof Overloaded || error instanceof Late || error instanceof DatabaseAway || isDatabaseAway(error))
    return problem(c, "unavailable")
  log.error({ requestId: c.get("requestId"), err: error }, "a bug")
  return problem(c, "internal")
}

/** The answer did not come within the till's patience. What was asked may still happen: repeat with the same key. */
export class Late extends Error {}

/** Waits for `work` at most `patienceMs`. Errors: its own, or Late. */
export function within<Result>(patienceMs: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Late("no answer in time")), patienceMs)
    work.then(resolve, reject).finally(() => clearTimeout(patience))
  })
}
