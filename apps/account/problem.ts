import { DatabaseAway, isDatabaseAway, type Log, Overloaded, Refusal } from "@mila/kernel"
import type { Context } from "hono"
import { HTTPException } from "hono/http-exception"
import { STATUS_CODES } from "node:http"
import type { AccountEnv } from "./context.ts"
import { type AccountCode, sayingOf, STATUSES } from "./refusals.ts"

/** A problem as RFC 9457 has it: `code` is stable and part of the contract, `detail` is for a person, in their language. */
export function problem(c: Context<AccountEnv>, code: AccountCode, details: Readonly<Record<string, unknown>> = {}): Response {
  const status = STATUSES[code]
  const wait = Number(details["retryAfterSeconds"] ?? 0)
  const headers: Record<string, string> = { "content-type": "application/problem+json", "cache-control": "no-store" }
  if (status === 401) headers["www-authenticate"] = "Bearer"
  if (status === 503 || code === "idempotency_in_flight") headers["retry-after"] = "2"
  if (status === 429) headers["retry-after"] = String(Math.max(1, wait))
  const body = {
    ...details,
    type: `urn:mila:problem:${code}`,
    title: STATUS_CODES[status] ?? "Problem",
    status,
    detail: sayingOf(code, c.get("locale") ?? "ru", { wait }),
    code,
    requestId: c.get("requestId"),
  }
  return new Response(JSON.stringify(body), { status, headers })
}

/** What became of an error: a refusal has its row in the table, an absent database is 503, anything else is a bug: 500 and a line in the log. */
export function problemOf(c: Context<AccountEnv>, error: unknown, log: Log): Response {
  if (error instanceof Refusal) {
    const { seconds, ...details } = error.details
    if (Object.hasOwn(STATUSES, error.code))
      return problem(c, error.code as AccountCode, seconds === undefined ? details : { ...details, retryAfterSeconds: seconds })
    log.error({ requestId: c.get("requestId"), code: error.code }, "a refusal without a row in the table")
    return problem(c, "internal")
  }
  if (error instanceof DatabaseAway || error instanceof Overloaded || isDatabaseAway(error)) return problem(c, "unavailable")
  if (error instanceof HTTPException) {
    if (error.status === 415) return problem(c, "media_type_unsupported")
    if (error.status === 413) return problem(c, "body_too_large")
    if (error.status === 400) return problem(c, "malformed")
  }
  log.error({ requestId: c.get("requestId"), err: error }, "a bug")
  return problem(c, "internal")
}
