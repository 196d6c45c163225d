import { OpenAPIHono } from "@hono/zod-openapi"
import { assert, inTransaction, localeWanted } from "@mila/kernel"
import { PERMISSIONS, staffByKey } from "@mila/staff"
import type { Context, Hono, MiddlewareHandler } from "hono"
import { bodyLimit } from "hono/body-limit"
import { randomUUID } from "node:crypto"
import type { OfficeContext, OfficeEnv } from "./context.ts"
import type { Office } from "./declare.ts"
import { declareEntrance } from "./entrance.ts"
import { declareAccepting, declareSignIn } from "./sign-in.routes.ts"
import { servePage } from "./page/page.ts"
import { problem, problemOf } from "./problem.ts"
import { declareRoutes } from "./routes.ts"

const ROOT = "/office/v1"
const MOST_BODY_BYTES = 4 * 1024 * 1024

/**
 * The back office as one Hono application, to be mounted at the root. Every route but the OpenAPI document asks for a bearer key whose owner
 * has the route's permission, read from the database at each request. It does not start when a route has none.
 */
export function officeDoor(context: OfficeContext): Hono {
  const app = new OpenAPIHono<OfficeEnv>({
    defaultHook: (result, c) => (result.success ? undefined : refusedInput(c, result.error.issues)),
  })
  app.onError((error, c) => problemOf(c, error, context.log))
  servePage(app as unknown as Hono)
  app.use(`${ROOT}/*`, named(), bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => problem(c as never, "body_too_large") }))
  publish(app)
  const entrance = declareEntrance({ ...context, refusedInput })
  declareSignIn(entrance)
  declareAccepting(entrance)
  app.route(ROOT, entrance.app)
  app.use(`${ROOT}/*`, signedIn(context))

  const office: Office = {
    app: new OpenAPIHono<OfficeEnv>({ ...(app.defaultHook ? { defaultHook: app.defaultHook } : {}) }),
    context,
    declared: new Set(),
  }
  declareRoutes(office)
  refuseUndeclared(office)
  app.route(ROOT, office.app)
  app.all(`${ROOT}/*`, (c) =>
    problem(c, office.app.routes.some(({ path }) => matches(`${ROOT}${path}`, c.req.path)) ? "method_not_allowed" : "not_found"),
  )
  return app as unknown as Hono
}

/** Deny by default: whatever answers without having been declared with a permission stops the start. */
function refuseUndeclared({ app, declared }: Office): void {
  for (const { method, path } of app.routes) {
    assert(declared.has(`${method} ${path}`), `a route without a permission does not start: ${method} ${path}`)
  }
}

function named(): MiddlewareHandler<OfficeEnv> {
  return async (c, next) => {
    if (!c.get("requestId")) c.set("requestId", randomUUID()) // the front named the request; a door that stands alone names it itself
    c.set("locale", localeWanted(c.req.header("accept-language")))
    await next()
    c.header("x-request-id", c.get("requestId"))
    c.header("x-content-type-options", "nosniff")
  }
}

/** Who comes with the key; one that rested too long or has ended says so (401). What they were not allowed is in the log, with who tried. */
function signedIn({ db, log, isDemo }: OfficeContext): MiddlewareHandler<OfficeEnv> {
  return async (c, next) => {
    const key = /^Bearer ([\w.~+/-]{20,200}=*)$/i.exec(c.req.header("authorization") ?? "")?.[1]
    const staff = key === undefined ? undefined : await inTransaction(db, (tx) => staffByKey(tx, key, { isDemo }), { readsFirst: true })
    if (!staff) return problem(c, "not_signed_in")
    c.set("staff", staff)
    await next()
    if (c.res.status === 403)
      log.warn({ requestId: c.get("requestId"), staffId: staff.staffId, method: c.req.method }, "not allowed to a staff member")
  }
}

type Issue = { code?: string; format?: string; path: PropertyKey[] }

/** Wrong types and unknown fields are malformed; right types outside their limits are out of range, and so is a fraction where a whole number is due. */
function refusedInput(c: Context<OfficeEnv>, issues: readonly Issue[]): Response {
  const limits = new Set(["too_small", "too_big", "not_multiple_of", "custom"])
  const code = issues.every((issue) => limits.has(issue.code ?? "") || issue.format === "safeint") ? "out_of_range" : "malformed"
  return problem(c, code, { fields: issues.slice(0, 20).map(({ path }) => path.map(String).join(".")) })
}

function publish(app: OpenAPIHono<OfficeEnv>): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "staffKey", { type: "http", scheme: "bearer" })
  const rights = Object.entries(PERMISSIONS).map(([name, meaning]) => `- \`${name}\`: ${meaning}`)
  app.doc31(`${ROOT}/openapi.json`, {
    openapi: "3.1.0",
    info: {
      title: "Mila, the back office",
      version: "1",
      description: `Members, cards, shops, tills, the programme and the ledger, for staff.\n\nPermissions:\n${rights.join("\n")}`,
    },
  })
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/")
  const parts = path.split("/")
  return wanted.length === parts.length && wanted.every((part, place) => part.startsWith(":") || part === parts[place])
}
