import { DatabaseAway, isDatabaseAway, Overloaded, Refusal, type Log } from "@mila/kernel"
import type { Context } from "hono"
import { HTTPException } from "hono/http-exception"
import { STATUS_CODES } from "node:http"
import type { OfficeEnv } from "./context.ts"
import { type OfficeCode, SAYINGS, statusOf } from "./refusals.ts"

/** A problem as RFC 9457 has it: `code` is stable and part of the contract, `detail` is for a person, in their language. */
export function problem(c: Context<OfficeEnv>, code: OfficeCode, details: Readonly<Record<string, unknown>> = {}): Response {
  const status = statusOf(code)
  const headers: Record<string, string> = { "content-type": "application/problem+json", "cache-control": "no-store" }
  if (status === 503 || code === "idempotency_in_flight") headers["retry-after"] = "2"
  if (typeof details["retryAfterSeconds"] === "number") headers["retry-after"] = String(details["retryAfterSeconds"])
  if (status === 401) headers["www-authenticate"] = "Bearer"
  const locale = c.get("locale") ?? "ru"
  const body = {
    ...details,
    type: `urn:mila:problem:${code}`,
    title: STATUS_CODES[status] ?? "Problem",
    status,
    detail: SAYINGS[locale][code],
    code,
    requestId: c.get("requestId"),
  }
  return new Response(JSON.stringify(body), { status, headers })
}

/** What became of an error: a refusal has its row in the table, an absent database is 503, anything else is a bug: 500 and a line in the log. */
export function problemOf(c: Context<OfficeEnv>, error: unknown, log: Log): Response {
  if (error instanceof Refusal) {
    if (Object.hasOwn(SAYINGS.ru, error.code)) return problem(c, error.code as OfficeCode, error.details)
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
