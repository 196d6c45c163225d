import { canonicalAddress, DatabaseAway, isDatabaseAway, Overloaded, type ProgramLog } from "@mila/kernel"
import { getConnInfo } from "@hono/node-server/conninfo"
import { type Context, Hono, type MiddlewareHandler } from "hono"
import { bodyLimit } from "hono/body-limit"
import { HTTPException } from "hono/http-exception"
import { matchedRoutes } from "hono/route"
import { METHOD_NAME_ALL } from "hono/router"
import { randomUUID } from "node:crypto"
import type { Health } from "./health.ts"
import { problem, type ProblemCode } from "./problems.ts"

export type FrontEnv = { Variables: { requestId: string; clientAddress: string } }

export type Seen = { method: string; route: string; status: number; seconds: number }

export type FrontOptions = {
  log: ProgramLog
  /** told of every answered request */
  seen: (request: Seen) => void
  isDraining: () => boolean
  /** whether the database hangs or is gone, so that nobody waits for it */
  health: Pick<Health, "isDatabaseAway" | "onDatabaseAway">
  trustedProxies: number
  /** whether people reach us by https */
  secure: boolean
}

const NEED_DATABASE = ["/pos/*", "/office/*", "/exchange/*"]

const KIB = 1024
/** What is sent here the door takes a megabyte at a time, and counts: counted before it, a body that does not say its length would lie in memory whole. */
const READ_IN_PIECES = "/exchange/files/"
/** Largest body in bytes; a till's journal of 500 receipts is about a megabyte. */
const LIMITS: readonly (readonly [prefix: string, bytes: number])[] = [
  ["/pos/", 8 * KIB * KIB],
  ["/office/v1/product-groups/", 28 * KIB * KIB], // a photograph, written in letters
  ["/office/", 4 * KIB * KIB],
  // photos of a review
  ...["/p/", "/be/p/", "/en/p/"].map((prefix) => [prefix, 21 * KIB * KIB] as const),
  ["/api/v1/products/", 28 * KIB * KIB], // the same, as text
  [READ_IN_PIECES, 8 * KIB * KIB * KIB],
  ["/exchange/", 64 * KIB * KIB],
  ["/", 256 * KIB],
]

/**
 * The front all doors stand behind: request ids, limits, security headers, one log line a request, problems for whatever a door did not answer
 * itself. Doors are mounted on it with `route("/", door)`.
 */
export function front(options: FrontOptions): Hono<FrontEnv> {
  const app = new Hono<FrontEnv>()
  app.use("*", identified(options), watched(options), headed(options), known, limited())
  for (const path of NEED_DATABASE) app.use(path, neverHanging(options))
  app.notFound((c) => {
    const allowed = methodsOf(app, c.req.path)
    return allowed.length > 0 && !allowed.includes(c.req.method)
      ? problem(c, "method_not_allowed", { allow: allowed.join(", ") })
      : problem(c, "not_found")
  })
  app.onError((error, c) => answerTo(error, c, options.log))
  return app
}

/** Errors of a door as an answer: what is the world's is asked to come back, what is ours gets a number to find it by. */
function answerTo(error: Error, c: Context, log: ProgramLog): Response {
  if (error instanceof Overloaded) return problem(c, "overloaded", { "retry-after": "2" })
  if (error instanceof DatabaseAway || isDatabaseAway(error)) {
    log.warn({ requestId: c.get("requestId"), route: templateOf(c), err: error }, "the database is away")
    return problem(c, "database_away", { "retry-after": "2" })
  }
  if (error instanceof HTTPException && error.status < 500)
    return error.res ? error.getResponse() : problem(c, HTTP_CODES[error.status] ?? "bad_request")
  if (error instanceof SyntaxError && error.message.includes("JSON")) return problem(c, "bad_request")
  log.error(
    { requestId: c.get("requestId"), method: c.req.method, route: templateOf(c), err: error },
    "a request failed by a fault of ours",
  )
  return problem(c, "internal_error")
}

const HTTP_CODES: Partial<Record<number, ProblemCode>> = { 404: "not_found", 405: "method_not_allowed", 413: "body_too_large" }

// uuid, ulid or hex: what a tracing system makes, and nothing that could be a phone or a card
const FOREIGN_ID = /^(?:[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|[\da-f]{32}|[0-7][\dA-HJKMNP-TV-Z]{25})$/

function identified({ trustedProxies }: FrontOptions): MiddlewareHandler<FrontEnv> {
  return async (c, next) => {
    const given = c.req.header("x-request-id") ?? ""
    const requestId = FOREIGN_ID.test(given) && /[a-zA-Z]/.test(given) ? given : randomUUID()
    c.set("requestId", requestId)
    c.set("clientAddress", addressOf(c, trustedProxies))
    give(c, "x-request-id", requestId)
    await next()
  }
}

/** A header of every answer. Given to Node at once: asking Hono's answer for its headers afterwards would cost each request a copy. */
function give(c: Context, name: string, value: string): void {
  if (c.env?.outgoing) c.env.outgoing.setHeader(name, value)
  else c.header(name, value)
}

/** Who is calling: the peer, or what the outermost of our own proxies saw, in the one form an address has here. */
function addressOf(c: Context, trustedProxies: number): string {
  const seen = (c.req.header("x-forwarded-for") ?? "").split(",").map((part) => part.trim())
  const claimed = trustedProxies > 0 ? seen.at(-trustedProxies) : undefined
  const address = claimed || (c.env?.incoming ? (getConnInfo(c).remote.address ?? "") : "")
  return canonicalAddress(address) ?? ""
}

function watched({ log, seen, isDraining }: FrontOptions): MiddlewareHandler<FrontEnv> {
  return async (c, next) => {
    const started = performance.now()
    if (isDraining()) give(c, "connection", "close")
    await next()
    const route = templateOf(c)
    const request = { method: c.req.method, route, status: c.res.status, seconds: (performance.now() - started) / 1000 }
    seen(request)
    const level = route.startsWith("/health/") ? "debug" : request.status >= 500 ? "error" : "info"
    const ms = Number((request.seconds * 1000).toFixed(1))
    log[level]({ requestId: c.get("requestId"), method: request.method, route, status: request.status, ms }, "request")
  }
}

/** The template of the route that answered, `/pos/v1/receipts/:id/cancel`: never the path, in which people's numbers may stand. Middleware answers to all methods and is no route. */
export const templateOf = (c: Context): string => matchedRoutes(c).find(({ method }) => method !== METHOD_NAME_ALL)?.path ?? "(none)"

function headed({ secure }: FrontOptions): MiddlewareHandler<FrontEnv> {
  const usual: Record<string, string> = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cache-control": "no-store",
    ...(secure ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  }
  const given = Object.entries(usual)
  return (c, next) => {
    for (const [name, value] of given) give(c, name, value) // what a door sets itself wins
    return next()
  }
}

/** TRACE, CONNECT and whatever WebDAV brought are nothing we know. */
const known: MiddlewareHandler<FrontEnv> = (c, next) =>
  KNOWN_METHODS.has(c.req.method) ? next() : Promise.resolve(problem(c, "method_not_allowed", { allow: [...KNOWN_METHODS].join(", ") }))

/** A body that says its length is refused by it and otherwise left alone: looking into it here would make a copy of each request. */
function limited(): MiddlewareHandler<FrontEnv> {
  const byPrefix = LIMITS.map(([prefix, maxSize]) => {
    const onError = (c: Context) => problem(c, "body_too_large")
    return { prefix, maxSize, onError, counted: bodyLimit({ maxSize, onError }) }
  })
  return (c, next) => {
    const { maxSize, onError, counted } = byPrefix.find(({ prefix }) => c.req.path.startsWith(prefix))!
    const told = c.req.header("content-length")
    if (told === undefined || c.req.header("transfer-encoding") !== undefined)
      return c.req.path.startsWith(READ_IN_PIECES) ? next() : counted(c, next)
    return Number(told) > maxSize ? Promise.resolve(onError(c)) : next()
  }
}

/**
 * Answers 503 at once while the database is away, and within two seconds to those who were waiting when it went, whatever a statement's own
 * patience is. What they asked may still have been done: they repeat it with the same key.
 */
function neverHanging({ health }: FrontOptions): MiddlewareHandler<FrontEnv> {
  return (_c, next) => {
    if (health.isDatabaseAway()) throw new DatabaseAway(new Error("it was away a moment ago"))
    return new Promise<void>((resolve, reject) => {
      const forget = health.onDatabaseAway(() => reject(new DatabaseAway(new Error("it went away meanwhile"))))
      next().then(resolve, reject).finally(forget)
    })
  }
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const
const KNOWN_METHODS: ReadonlySet<string> = new Set([...METHODS, "HEAD", "OPTIONS"])

/** The methods a route answers at `path`; routes of middleware answer all and do not count. */
function methodsOf(app: Hono<FrontEnv>, path: string): string[] {
  return METHODS.filter((method) => app.router.match(method, path)[0].some(([[, route]]) => route.method !== METHOD_NAME_ALL))
}
