import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi"
import { assert, holdsBankCardNumber, inTransaction, type Tx } from "@mila/kernel"
import { answerGivenBefore, type AuditAction, keepAnswer, type Permission, record } from "@mila/staff"
import type { Context, MiddlewareHandler } from "hono"
import type { Call, OfficeContext, OfficeEnv } from "./context.ts"
import { problem } from "./problem.ts"
import type { OfficeCode } from "./refusals.ts"
import { Problem } from "./schemas.ts"

const NOTHING = z.strictObject({})

type Shape = z.ZodType
type Input<S extends Shape | undefined> = S extends Shape ? z.output<S> : Record<never, never>

export type Route<P extends Shape | undefined, Q extends Shape | undefined, B extends Shape | undefined, A extends Shape> = {
  method: "get" | "post" | "put" | "patch" | "delete"
  /** below /office/v1, with {parameters} */
  path: `/${string}`
  /** deny by default: there is no route without one; `own`: whoever came with a key for their own hands, about themselves alone */
  permission: Permission | "own"
  tag: string
  summary: string
  params?: P
  query?: Q
  body?: B
  /** what is answered; only the fields named here leave the house */
  answer: A
  /** of the answer; 201 for what was made. An act may choose another by `answered(status, …)` */
  status?: 200 | 201 | 202
  /** a repeat would do harm, so the command does not come without an Idempotency-Key */
  needsKey?: boolean
  /** the module writes the trail itself, in the act */
  tracesItself?: boolean
} & (
  | {
      /** runs in one transaction with its trace and its kept answer */
      act(call: Call<Input<P>, Input<Q>, Input<B>>): Promise<z.input<A> | Answered<z.input<A>>>
    }
  | {
      /** for long work that opens transactions of its own; repeating it has to be harmless */
      run(call: Omit<Call<Input<P>, Input<Q>, Input<B>>, "tx">): Promise<z.input<A>>
    }
)

export type Answered<Body> = { [ANSWERED]: number; body: Body }
const ANSWERED = Symbol("answered")

/** An answer with a status of its own; from 400 on its body names a refusal, told after what was written committed. */
export const answered = <Body>(status: number, body: Body): Answered<Body> => ({ [ANSWERED]: status, body })

export type Office = { app: OpenAPIHono<OfficeEnv>; context: OfficeContext; declared: Set<string> }

/**
 * Declares one route of the back office: who may, what comes in, what goes out, and the act. Around the act: one transaction, the audit trail,
 * and the answer kept under the Idempotency-Key. A body is parsed only after the key and the right were seen.
 */
export function declare<
  A extends Shape,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>({ app, context, declared }: Office, route: Route<P, Q, B, A>): void {
  assert(route.permission, `a route without a permission does not start: ${route.method} ${route.path}`)
  const writes = route.method !== "get"
  const config = createRoute({
    method: route.method,
    path: route.path,
    tags: [route.tag],
    summary: route.summary,
    description: `Permission: \`${route.permission}\`.${route.needsKey ? " Needs an `Idempotency-Key`." : ""}`,
    security: [{ staffKey: [] }],
    middleware: [allowed(route.permission), withoutBankCards, ...(writes ? [keyed(route.needsKey ?? false)] : [])],
    request: {
      query: (route.query ?? NOTHING) as never,
      ...(route.params ? { params: route.params as never } : {}),
      ...(writes
        ? {
            body: { required: route.body !== undefined, content: { "application/json": { schema: route.body ?? NOTHING } } },
            headers: (route.needsKey ? NEEDS_KEY : MAY_HAVE_KEY) as never,
          }
        : {}),
    },
    responses: {
      [route.status ?? 200]: { description: "Done", content: { "application/json": { schema: route.answer } } },
      default: { description: "A problem (RFC 9457)", content: { "application/problem+json": { schema: Problem } } },
    },
  })
  declared.add(`${route.method.toUpperCase()} ${config.getRoutingPath()}`)
  app.openapi(config, ((c: Context<OfficeEnv>) => answer(c, context, route as never, writes)) as never)
}

const KEY = z
  .string()
  .openapi({ description: "A repeat under the same key gets the first answer and has no second effect.", example: "8f4b1c52-adjust-1" })
const NEEDS_KEY = z.object({ "idempotency-key": KEY })
const MAY_HAVE_KEY = z.object({ "idempotency-key": KEY.optional() })

function allowed(permission: Permission | "own"): MiddlewareHandler<OfficeEnv> {
  return async (c, next) => {
    const { permissions, kind } = c.get("staff")
    if (permission === "own" ? kind === "machine" : !permissions.has(permission)) return problem(c, "not_allowed", { permission })
    await next()
  }
}

/** No field of any route takes a bank card number; it is told before anything else about the request, and kept nowhere. */
export const withoutBankCards: MiddlewareHandler<OfficeEnv> = async (c, next) => {
  const body: unknown = c.req.method === "GET" ? null : await c.req.json().catch(() => null)
  if (holdsBankCardNumber([c.req.param(), c.req.queries(), body])) return problem(c, "bank_card_number")
  await next()
}

function keyed(needed: boolean): MiddlewareHandler<OfficeEnv> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key")
    if (needed && key === undefined) return problem(c, "idempotency_key_missing")
    if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) return problem(c, "malformed", { field: "Idempotency-Key" })
    await next()
  }
}

type AnyRoute = Route<Shape, Shape, Shape, Shape>

async function answer(c: Context<OfficeEnv>, context: OfficeContext, route: AnyRoute, writes: boolean): Promise<Response> {
  const valid = (part: string): never => c.req.valid(part as never)
  const call: Bare = {
    ...{ at: context.clock.now(), locale: c.get("locale"), staff: c.get("staff"), by: `staff:${c.get("staff").staffId}`, context },
    params: route.params ? valid("param") : {},
    query: valid("query"),
    body: writes ? valid("json") : {},
  }
  if ("run" in route) return told(c, { status: route.status ?? 200, body: route.answer.parse(await runOutside(route, call)) })

  const key = writes ? c.req.header("idempotency-key") : undefined
  const command = { staffId: call.staff.staffId, key: key ?? "", meaning: meaningOf(c, call) }
  const given = await inTransaction(context.db, async (tx) => {
    const before = key === undefined ? undefined : await answerGivenBefore(tx, command)
    if (before) return { ...before, repeated: true }
    const made = await runInside(tx, route, { call, writes })
    if (key !== undefined) await keepAnswer(tx, { ...command, ...made, at: call.at })
    return made
  })
  return told(c, given)
}

type Bare = Omit<Call<unknown, unknown, unknown>, "tx" | "note">
type Given = { status: number; body: unknown; repeated?: boolean }

async function runInside(
  tx: Tx,
  route: Extract<AnyRoute, { act: unknown }>,
  { call, writes }: { call: Bare; writes: boolean },
): Promise<Given> {
  let noted = false
  const outcome = await route.act({
    ...call,
    tx,
    async note(action: AuditAction, object: string, details: Record<string, unknown> = {}) {
      noted = true
      await record(tx, { staffId: call.staff.staffId, action, object, at: call.at, details })
    },
  })
  assert(noted || !writes || route.tracesItself, `${route.method} ${route.path} leaves no trace`)
  const { status, body } = isAnswered(outcome)
    ? { status: outcome[ANSWERED], body: outcome.body }
    : { status: route.status ?? 200, body: outcome }
  return { status, body: route.answer.parse(body) } // only what is documented leaves the house
}

function runOutside(route: Extract<AnyRoute, { run: unknown }>, call: Bare): Promise<unknown> {
  const note = (action: AuditAction, object: string, details: Record<string, unknown> = {}) =>
    inTransaction(call.context.db, (tx) => record(tx, { staffId: call.staff.staffId, action, object, at: call.at, details }))
  return route.run({ ...call, note })
}

/** What a command means: the same key with another meaning is refused. */
function meaningOf(c: Context<OfficeEnv>, { query, body }: Bare): string {
  return `${c.req.method} ${c.req.path} ${JSON.stringify(query)} ${JSON.stringify(body)}`
}

/** A no that had to commit (a claim was written down) is a problem like any other. */
function told(c: Context<OfficeEnv>, { status, body, repeated = false }: Given): Response {
  if (status >= 400) {
    const { code, ...details } = body as { code: OfficeCode }
    return problem(c, code, details)
  }
  return c.json(body as never, status as never, { "cache-control": "no-store", ...(repeated ? { "idempotency-replayed": "true" } : {}) })
}

function isAnswered(outcome: unknown): outcome is Answered<unknown> {
  return typeof outcome === "object" && outcome !== null && ANSWERED in outcome
}
