import { inTransaction, networkOf, pace } from "@mila/kernel"
import {
  acknowledgeGaps,
  authorise,
  calculate,
  enrolTill,
  gapsOf,
  identify,
  sendConfirmation,
  verificationKey,
  voidRedemption,
} from "@mila/tills"
import type { Hono } from "hono"
import { AuthoriseBody, CalculateBody, ConfirmationBody, EnrolBody, GapsBody, IdentifyBody, VoidBody } from "./bodies.ts"
import type { Calls } from "./calls.ts"
import type { TillEnv } from "./context.ts"
import { problem, problemOf, within } from "./problem.ts"

/** The routes of a purchase before it is a fact: who is it, what would it earn, set points aside, give them back. */
export function purchaseRoutes(app: Hono<TillEnv>, { write, read, context }: Calls): void {
  app.post("/identify", (c) =>
    write(c, IdentifyBody, "optional", 200, (tx, { till, body: { identifier }, locale, at }) =>
      identify(tx, { till, identifier, locale, at }),
    ),
  )
  app.post("/confirmations", (c) =>
    write(c, ConfirmationBody, "needed", 201, (tx, { till, body: { identifier }, at }) => sendConfirmation(tx, { till, identifier, at })),
  )
  app.post("/calculate", (c) =>
    write(c, CalculateBody, "optional", 200, (tx, { till, body, locale, at }) => {
      const { purchaseId, identifier = null, lines, tenders = [], redeem = { mode: "none" as const }, coupons = [] } = body
      return calculate(tx, { till, purchaseId, identifier, lines, tenders, redeem, coupons, locale, at })
    }),
  )
  app.post("/redemptions", (c) =>
    write(c, AuthoriseBody, "needed", 201, (tx, { till, body: { purchaseId, quoteId, points, proof = null }, at }) =>
      authorise(tx, { till, purchaseId, quoteId, points, proof, at }),
    ),
  )
  app.post("/redemptions/:id/void", (c) =>
    write(c, VoidBody, "needed", 200, (tx, { till, body, at }) => voidRedemption(tx, { till, authId: c.req.param("id"), void: body, at })),
  )
  app.get("/gaps", (c) =>
    read(c, async ({ till }) => {
      const gaps = await inTransaction(context.tillDb, (tx) => gapsOf(tx, till))
      return { status: 200, text: JSON.stringify({ gaps }) }
    }),
  )
  app.post("/gaps/acknowledge", (c) =>
    write(c, GapsBody, "needed", 200, async (tx, { till, body: { upTo } }) => {
      await acknowledgeGaps(tx, { tillId: till.tillId, upTo })
      return { gaps: await gapsOf(tx, till) }
    }),
  )
}

/** The one call without a signature: the code of the back office is the proof, and is worth one key. */
export function enrolRoute(app: Hono<TillEnv>, { context, settings }: Calls): void {
  const waitOf = pace({ perSecond: 1 })
  app.post("/enrol", async (c) => {
    const wait = waitOf(networkOf(c.get("clientAddress") ?? ""))
    if (wait > 0) return problem(c, "too_many_requests", { retryAfterSeconds: wait })
    if (!c.req.header("content-type")?.startsWith("application/json")) return problem(c, "media_type_unsupported")
    const read = EnrolBody.safeParse(await c.req.json().catch(() => null))
    if (!read.success)
      return problem(c, "unreadable", {
        errors: read.error.issues.slice(0, 10).map(({ path, message }) => ({ path: path.join("."), message })),
      })
    const { code, publicKey = null } = read.data
    try {
      const enrolled = inTransaction(context.tillDb, async (tx) => {
        const { keyId, secret, shop, till } = await enrolTill(tx, { code, publicKey, at: context.clock.now() })
        return { keyId, secret, storeCode: shop, tillNo: till, verificationKey: verificationKey(tx) }
      })
      return c.json(await within(settings.patienceMs, enrolled), 201, { "cache-control": "no-store" })
    } catch (error) {
      return problemOf(c, error, context.log)
    }
  })
}
