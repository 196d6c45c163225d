import { type Db, inTransaction, localeWanted, pace, type Tx } from "@mila/kernel"
import { answerGivenBefore, canonical, fingerprintOf, keepAnswer, type RefusedAfterAll, type TillIdentity } from "@mila/tills"
import type { z } from "@hono/zod-openapi"
import type { Context } from "hono"
import { holdsBankCardNumber } from "./bank-card-guard.ts"
import { type Call, TILL_DOOR_SETTINGS, type TillDoorContext, type TillDoorSettings, type TillEnv } from "./context.ts"
import { problem, problemOf, within } from "./problem.ts"
import { refuse } from "./refusals.ts"
import { coversEnough, digestFits, fits, partsOf, readSignature } from "./signature.ts"
import { type KnownTill, tillKeys } from "./till-keys.ts"

export type Answer = { status: number; text: string; headers?: Record<string, string> }

type Head = { storeCode: string; tillNo: number }
type Shape<Body> = z.ZodType<Body>
type Options = {
  /** the act looks for bank card numbers itself, item by item */
  bankCardsInside?: boolean
}

/** How a call is dealt with: everything between the socket and the act. */
export type Calls = {
  context: TillDoorContext
  settings: TillDoorSettings
  /** A signed call with a body. `act` opens its own transactions and keeps its own answers. */
  signed<Body extends Head>(
    c: Context<TillEnv>,
    shape: Shape<Body>,
    key: "needed" | "optional",
    act: (call: Call<Body>) => Promise<Answer>,
    options?: Options,
  ): Promise<Response>
  /** A signed write: one transaction with the act and its kept answer. */
  write<Body extends Head>(
    c: Context<TillEnv>,
    shape: Shape<Body>,
    key: "needed" | "optional",
    status: number,
    act: (tx: Tx, call: Call<Body>) => Promise<unknown>,
  ): Promise<Response>
  /** A signed call without a body. */
  read(
    c: Context<TillEnv>,
    act: (call: { till: TillIdentity; locale: Call<never>["locale"]; at: Date }) => Promise<Answer>,
  ): Promise<Response>
}

/** Makes the calls of one door: its keys, its pace, its list of what is in flight. */
export function callsOf(context: TillDoorContext): Calls {
  const settings = { ...TILL_DOOR_SETTINGS, ...context.settings }
  const proven = proofOf(context, settings)
  const inFlight = new Set<string>()

  async function signed<Body extends Head>(
    c: Context<TillEnv>,
    shape: Shape<Body>,
    need: "needed" | "optional",
    act: (call: Call<Body>) => Promise<Answer>,
    options: Options = {},
  ): Promise<Response> {
    let flight: string | undefined
    try {
      if (!isJson(c.req.header("content-type"))) return problem(c, "media_type_unsupported")
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      const key = c.req.header("idempotency-key")
      const { identity: till } = await within(settings.patienceMs, proven(c, bytes, key))
      if (key === undefined ? need === "needed" : !/^[\x21-\x7e]{1,128}$/.test(key)) refuse("idempotency_key_missing")
      const body = parsed(bytes, shape, options)
      if (body.storeCode !== till.shop || body.tillNo !== till.till) refuse("not_your_shop")
      if (key !== undefined) {
        if (inFlight.has(`${till.tillId}/${key}`)) refuse("in_flight")
        inFlight.add((flight = `${till.tillId}/${key}`))
      }
      const call = { till, body, key: key ?? "", locale: localeWanted(c.req.header("accept-language")), at: context.clock.now() }
      return respond(c, await act(call))
    } catch (error) {
      return problemOf(c, error, context.log)
    } finally {
      if (flight !== undefined) inFlight.delete(flight)
    }
  }

  return {
    context,
    settings,
    signed,
    write: (c, shape, need, status, act) =>
      signed(c, shape, need, async (call) => {
        const answer = await within(settings.patienceMs, answeredOnce(context.tillDb, call, { status, path: c.req.path, act }))
        return "refused" in answer ? refuse(answer.refused, answer.details) : answer
      }),
    async read(c, act) {
      try {
        const { identity: till } = await within(settings.patienceMs, proven(c, new Uint8Array(), undefined))
        const call = { till, locale: localeWanted(c.req.header("accept-language")), at: context.clock.now() }
        return respond(c, await within(settings.patienceMs, act(call)))
      } catch (error) {
        return problemOf(c, error, context.log)
      }
    },
  }
}

/** Who asks. Refuses every way in which a request does not prove that it comes, whole and now, from a till. */
function proofOf(
  context: TillDoorContext,
  settings: TillDoorSettings,
): (c: Context<TillEnv>, body: Uint8Array, key: string | undefined) => Promise<KnownTill> {
  const keyOf = tillKeys(context.tillDb)
  const waitOf = pace({ perSecond: settings.tillRequestsPerSecond })
  return async (c, body, key) => {
    const request = { method: c.req.method, url: c.req.url, header: (name: string) => c.req.header(name) ?? null }
    const signature = readSignature(request)
    if (typeof signature === "string") return refuse(signature)
    const till = await keyOf(signature.keyId)
    if (!till) return refuse("key_unknown")
    if (!fits(signature, till.verifier)) refuse("signature_wrong")
    if (!coversEnough(signature, { hasQuery: partsOf(request.url).query !== "", hasBody: body.length > 0, hasKey: key !== undefined }))
      refuse("signature_incomplete")
    const now = context.clock.now()
    if (Math.abs(now.getTime() / 1000 - signature.createdAt) > settings.signatureSeconds)
      refuse("signature_expired", { serverTime: now.toISOString() })
    if (body.length > 0 && !digestFits(request.header("content-digest"), body)) refuse("digest_wrong")
    const wait = waitOf(till.identity.tillId)
    if (wait > 0) refuse("too_many_requests", { retryAfterSeconds: wait })
    return till
  }
}

type Act<Body> = { status: number; path: string; act: (tx: Tx, call: Call<Body>) => Promise<unknown> }

/**
 * Does the act once for its key; the second time the first answer is given, word for word. Without a key there is nothing to remember: only acts that
 * look somebody or something up first may come so.
 */
function answeredOnce<Body>(db: Db, call: Call<Body>, asked: Act<Body>): Promise<Answer | RefusedAfterAll> {
  return inTransaction(db, (tx) => answeredBeforeOrNow(tx, call, asked), { readsFirst: true })
}

async function answeredBeforeOrNow<Body>(tx: Tx, call: Call<Body>, { status, path, act }: Act<Body>): Promise<Answer | RefusedAfterAll> {
  if (call.key === "") return answerOf(await act(tx, call), status)
  const asked = { tillId: call.till.tillId, key: call.key, fingerprint: fingerprintOf(tx, `${path}\n${canonical(call.body)}`) }
  const earlier = await answerGivenBefore(tx, asked)
  if (earlier === "mismatch") return refuse("idempotency_mismatch")
  if (earlier) return { status: earlier.status, text: earlier.answer }
  const answer = answerOf(await act(tx, call), status)
  if ("refused" in answer) return answer // not kept: the next try is a new one
  await keepAnswer(tx, { ...asked, status: answer.status, answer: answer.text, at: call.at })
  return answer
}

/** An act answers what is told, a whole answer when the status depends on it, or a no that leaves a trace. */
function answerOf(told: unknown, status: number): Answer | RefusedAfterAll {
  return isAnswer(told) || isRefused(told) ? told : { status, text: JSON.stringify(told) }
}

const isRefused = (told: unknown): told is RefusedAfterAll => typeof told === "object" && told !== null && "refused" in told

const isAnswer = (told: unknown): told is Answer => typeof told === "object" && told !== null && "text" in told

function respond(c: Context<TillEnv>, { status, text, headers }: Answer): Response {
  const told = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers }
  return text === "" ? c.body(null, status as 304, told) : c.body(text, status as 200, told)
}

function parsed<Body>(bytes: Uint8Array, shape: Shape<Body>, { bankCardsInside = false }: Options): Body {
  const text = textOf(bytes)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refuse("unreadable", { errors: [{ path: "", message: "not JSON" }] })
  }
  if (!bankCardsInside && holdsBankCardNumber(text, json)) refuse("bank_card_number")
  const read = shape.safeParse(json)
  if (read.success) return read.data
  return refuse("unreadable", { errors: read.error.issues.slice(0, 10).map(({ path, message }) => ({ path: path.join("."), message })) })
}

function textOf(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    return refuse("unreadable", { errors: [{ path: "", message: "not UTF-8" }] })
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true })

const isJson = (contentType: string | undefined): boolean =>
  contentType !== undefined && /^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(contentType)
