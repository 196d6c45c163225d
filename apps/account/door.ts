import { OpenAPIHono } from "@hono/zod-openapi"
import { localeWanted, networkOf, pace } from "@mila/kernel"
import { passkeySiteOf, preparePasskeys } from "@mila/members"
import { tokenOf } from "./who-asks.ts"
import type { Context, Hono, MiddlewareHandler } from "hono"
import { bodyLimit } from "hono/body-limit"
import { randomUUID } from "node:crypto"
import type { AccountContext, AccountEnv } from "./context.ts"
import type { Account } from "./declare.ts"
import { DESCRIPTION } from "./description.ts"
import { problem, problemOf } from "./problem.ts"
import { declareRoutes } from "./routes.ts"

const ROOT = "/api/v1"
const MOST_BODY_BYTES = 28 * 1024 * 1024 // four photos of a review; the front lets less through everywhere else

/**
 * The account as one Hono application, to be mounted at the root beside the catalogue, whose addresses it leaves alone. Who asks is said by a bearer token and
 * by nothing else: cookies are not looked at, so another site's page can do nothing in a member's name. It answers no CORS.
 */
export async function accountDoor(context: AccountContext): Promise<Hono> {
  if (passkeySiteOf(context.publicUrl)) await preparePasskeys()
  const app = new OpenAPIHono<AccountEnv>({
    defaultHook: (result, c) => (result.success ? undefined : refusedInput(c, result.error.issues)),
  })
  const account: Account = { app, context }
  app.onError((error, c) => problemOf(c, error, context.log))
  declareRoutes(account)
  app.openAPIRegistry.registerComponent("securitySchemes", "accessToken", {
    ...{ type: "http", scheme: "bearer" },
    description: "`accessToken` of a sign-in; fifteen minutes, then `POST /tokens` brings the next.",
  })
  const outer = new OpenAPIHono<AccountEnv>()
  outer.onError((error, c) => problemOf(c, error, context.log))
  const entering = [named(), paced(context), bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => problem(c as never, "body_too_large") })]
  for (const path of new Set(app.routes.map((route) => `${ROOT}${route.path}`))) outer.use(path, ...entering)
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: { title: "Mila: the account", version: "1", description: DESCRIPTION },
    servers: [{ url: ROOT }],
    externalDocs: { description: "The catalogue: search, products, prices, shops", url: `${ROOT}/catalog.json` },
  })
  outer.route(ROOT, app)
  return outer as unknown as Hono
}

function named(): MiddlewareHandler<AccountEnv> {
  return async (c, next) => {
    if (!c.get("requestId")) c.set("requestId", randomUUID()) // the front named the request; a door that stands alone names it itself
    c.set("locale", localeWanted(c.req.header("accept-language")))
    await next()
    c.header("x-content-type-options", "nosniff")
    c.header("vary", "accept-language, authorization", { append: true })
  }
}

const HOUSEHOLD = 10 // phones behind one address

/** Whoever has a token is counted by it; whoever has none, or makes one up, by the network. */
function paced({ requestsPerSecond: perSecond }: AccountContext): MiddlewareHandler<AccountEnv> {
  const waitOf = pace({ perSecond })
  const waitOfNetwork = pace({ perSecond: perSecond * HOUSEHOLD })
  return async (c, next) => {
    const network = networkOf(c.get("clientAddress") ?? "")
    const seconds = Math.max(waitOf(tokenOf(c) ?? network), waitOfNetwork(network))
    if (seconds > 0) return problem(c, "too_many_requests", { retryAfterSeconds: seconds })
    await next()
  }
}

type Issue = { code?: string; format?: string; path: PropertyKey[]; keys?: readonly string[] }

/** Wrong types and unknown fields are malformed; right types outside their limits are out of range. */
function refusedInput(c: Context<AccountEnv>, issues: readonly Issue[]): Response {
  const limits = new Set(["too_small", "too_big", "not_multiple_of", "custom"])
  const code = issues.every((issue) => limits.has(issue.code ?? "") || issue.format === "safeint") ? "out_of_range" : "malformed"
  const fields = issues.flatMap(({ path, keys = [] }) => (keys.length > 0 ? keys.map((key) => [...path, key]) : [path]))
  return problem(c, code, { fields: fields.slice(0, 20).map((path) => path.map(String).join(".").slice(0, 100)) })
}
