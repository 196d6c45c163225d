import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi"
import { assert, holdsBankCardNumber, inTransaction, type Tx } from "@mila/kernel"
import { answerGivenBefore, keepAnswer, type Session } from "@mila/members"
import type { Context, MiddlewareHandler } from "hono"
import type { AccountContext, AccountEnv, GuestCall, InTx, MemberCall } from "./context.ts"
import { described, type Promised } from "./described.ts"
import { problem } from "./problem.ts"
import { type AccountCode, refuse, STATUSES } from "./refusals.ts"
import { asking, type Who } from "./who-asks.ts"

const NOTHING = z.strictObject({})

type Shape = z.ZodType
type Maybe = Shape | undefined
type Input<S extends Maybe> = S extends Shape ? z.output<S> : Record<never, never>
type Answer<A extends Maybe> = A extends Shape ? z.input<A> : void

/** A no that has to commit what was written before it: a try that counts, a claim. */
export type No = { [NO]: AccountCode; details: Readonly<Record<string, unknown>> }
const NO = Symbol("no")
export const no = (code: AccountCode, details: Readonly<Record<string, unknown>> = {}): No => ({ [NO]: code, details })

/** A file instead of JSON. */
type FileAnswer = { type: string; name: string; bytes: Uint8Array<ArrayBuffer> | string; cache?: string }

type Acts<Call, A extends Maybe> =
  | {
      /** runs in one transaction, with its kept answer */
      act(call: Call & InTx): Promise<Answer<A> | No>
    }
  | {
      /** opens transactions of its own: a try has to count, a password is hashed between two */
      run(call: Call): Promise<Answer<A> | No>
    }
  | {
      /** answers a file of one of these media types */
      files: readonly string[]
      file(call: Call & InTx): Promise<FileAnswer>
    }

type Route<P extends Maybe, Q extends Maybe, B extends Maybe, A extends Maybe> = Promised & {
  params?: P
  query?: Q
  body?: B
  /** what is answered; only the fields named here leave the house. Without it: 204 */
  answer?: A
}
type GuestActs<P extends Maybe, Q extends Maybe, B extends Maybe, A extends Maybe> = Acts<GuestCall<Input<P>, Input<Q>, Input<B>>, A>
type MemberActs<P extends Maybe, Q extends Maybe, B extends Maybe, A extends Maybe> = Acts<MemberCall<Input<P>, Input<Q>, Input<B>>, A>

export type Account = { app: OpenAPIHono<AccountEnv>; context: AccountContext }

type DeclaresForGuests = <
  A extends Maybe = undefined,
  P extends Maybe = undefined,
  Q extends Maybe = undefined,
  B extends Maybe = undefined,
>(
  account: Account,
  route: Route<P, Q, B, A> & GuestActs<P, Q, B, A>,
) => void
type DeclaresForMembers = <
  A extends Maybe = undefined,
  P extends Maybe = undefined,
  Q extends Maybe = undefined,
  B extends Maybe = undefined,
>(
  account: Account,
  route: Route<P, Q, B, A> & MemberActs<P, Q, B, A>,
) => void

const forWhom = (who: Who) => (account: Account, route: object) => declare(account, who, route as AnyRoute)

/** Declares a route for who is not signed in: a token is not looked at. */
export const forGuests: DeclaresForGuests = forWhom("guest")
/** Declares a route for everybody; a member who asks is known. */
export const forAnybody: DeclaresForGuests = forWhom("anybody")
/** Declares a route for members alone. */
export const forMembers: DeclaresForMembers = forWhom("member")
/** Declares a route for members who have proven within the last quarter of an hour that it is them (security case A07). */
export const forProven: DeclaresForMembers = forWhom("proven")

/** Around the act: the guard against bank card numbers, one transaction, and the answer kept under the Idempotency-Key. */
function declare({ app, context }: Account, who: Who, route: AnyRoute): void {
  const writes = route.method !== "get"
  const config = createRoute({
    ...described(route, who, { writes, answer: route.answer, files: "files" in route ? route.files : [] }),
    middleware: [asking(who, context), withoutBankCards, ...(writes ? [keyed(route.key ?? "none")] : [])],
    request: {
      query: (route.query ?? NOTHING) as never,
      ...(route.params ? { params: route.params as never } : {}),
      ...(writes && route.body ? { body: { required: true, content: { "application/json": { schema: route.body } } } } : {}),
      ...(writes && route.key ? { headers: KEY_HEADERS[route.key] as never } : {}),
    },
  })
  app.openapi(config as never, ((c: Context<AccountEnv>) => answer(c, context, route, writes)) as never)
}

const KEY = z
  .string()
  .openapi({ description: "A repeat under the same key gets the first answer and has no second effect.", example: "8f4b1c52-comment-1" })
const KEY_HEADERS = { needed: z.object({ "idempotency-key": KEY }), optional: z.object({ "idempotency-key": KEY.optional() }) }

/** No field of any route takes a bank card number; it is told before anything else about the request, and kept nowhere. */
const withoutBankCards: MiddlewareHandler<AccountEnv> = async (c, next) => {
  const body: unknown = c.req.method === "GET" ? null : await c.req.json().catch(() => null)
  if (holdsBankCardNumber([c.req.param(), c.req.queries(), typedIn(body)])) return problem(c, "bank_card_number")
  await next()
}

const LONGEST_TYPED = 20_000 // longer is a picture

function typedIn(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("photos" in body)) return body
  const { photos, ...rest } = body
  return [rest, Array.isArray(photos) ? photos.filter((photo) => String(photo).length <= LONGEST_TYPED) : photos]
}

function keyed(wanted: "needed" | "optional" | "none"): MiddlewareHandler<AccountEnv> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key")
    if (wanted === "needed" && key === undefined) return problem(c, "idempotency_key_missing")
    if (wanted !== "none" && key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key))
      return problem(c, "malformed", { fields: ["Idempotency-Key"] })
    await next()
  }
}

type AnyCall = MemberCall<unknown, unknown, unknown>
type AnyRoute = Promised & { params?: Shape; query?: Shape; body?: Shape; answer?: Shape } & Acts<AnyCall, Shape>
type Given = { status: number; body: unknown; repeated?: boolean }

async function answer(c: Context<AccountEnv>, context: AccountContext, route: AnyRoute, writes: boolean): Promise<Response> {
  const session = c.get("session")
  const valid = (part: string): never => c.req.valid(part as never)
  const call = {
    ...{
      at: context.clock.now(),
      locale: c.get("locale"),
      ip: c.get("clientAddress") ?? "",
      requestId: c.get("requestId"),
      context,
      session,
    },
    ...{ memberId: session?.memberId, sessionId: session?.sessionId },
    params: route.params ? valid("param") : {},
    query: valid("query"),
    body: writes && route.body ? valid("json") : {},
  } as AnyCall
  if ("file" in route) return fileTold(await inTransaction(context.db, (tx) => route.file({ ...call, tx })))
  if ("run" in route) return told(c, given(route, await route.run(call)))
  const key = writes && route.key ? c.req.header("idempotency-key") : undefined
  return told(c, await inTransaction(context.db, (tx) => once(tx, { key, session, route, call, meaning: meaningOf(c, call) })))
}

type Once = {
  key: string | undefined
  session: Session | undefined
  route: Extract<AnyRoute, { act: unknown }>
  call: AnyCall
  meaning: string
}

/** The act, or what was answered to it before under the same key. */
async function once(tx: Tx, { key, session, route, call, meaning }: Once): Promise<Given> {
  if (key === undefined) return given(route, await route.act({ ...call, tx }))
  assert(session, `${route.path}: an answer is kept for a member`)
  const command = { memberId: session.memberId, key, meaning }
  const before = await answerGivenBefore(tx, command)
  if (before) return { ...before, repeated: true }
  const made = given(route, await route.act({ ...call, tx }))
  await keepAnswer(tx, { ...command, ...made, at: call.at })
  return made
}

/** Only what is documented leaves the house. */
function given(route: AnyRoute, outcome: unknown): Given {
  if (isNo(outcome)) return { status: STATUSES[outcome[NO]], body: { ...outcome.details, code: outcome[NO] } }
  return route.answer ? { status: route.status ?? 200, body: route.answer.parse(outcome) } : { status: 204, body: null }
}

function told(c: Context<AccountEnv>, { status, body, repeated = false }: Given): Response {
  const headers = { "cache-control": "no-store", ...(repeated ? { "idempotency-replayed": "true" } : {}) }
  if (status >= 400) {
    const { code, ...details } = body as { code: AccountCode }
    return problem(c, code, details)
  }
  return status === 204 ? c.body(null, 204, headers) : c.json(body as never, status as never, headers)
}

function fileTold({ type, name, bytes, cache = "no-store" }: FileAnswer): Response {
  const headers = { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": cache }
  return new Response(bytes, { headers })
}

/** What an act means: the same key with another meaning is refused. */
const meaningOf = (c: Context<AccountEnv>, { query, body }: AnyCall): string =>
  `${c.req.method} ${c.req.path} ${JSON.stringify(query)} ${JSON.stringify(body)}`

const isNo = (outcome: unknown): outcome is No => typeof outcome === "object" && outcome !== null && NO in outcome

/** Throws away what was written: for what the route's own table says. */
export { refuse }
