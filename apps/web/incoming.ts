import { type Clock, type Db, inTransaction } from "@mila/kernel"
import { endAdvertising, readSms } from "@mila/membership"
import { Hono } from "hono"
import { createHash, timingSafeEqual } from "node:crypto"

type Serving = { db: Db; clock: Clock; smsIncomingToken: string | null }

const MOST_BYTES = 10_000
/** what gateways call the number and the text; each has words of its own */
const FROM = ["from", "phone", "sender", "msisdn", "source_addr", "src"]
const TEXT = ["text", "message", "body", "content", "msg"]

/**
 * What reaches us without a person's browser: SMS that people write to our number, from a gateway that knows the secret address; and a mail programme's own button
 * to unsubscribe (RFC 8058). No cookie is read here and none is set.
 */
export function incoming({ db, clock, smsIncomingToken }: Serving): Hono {
  const app = new Hono()
  app.post("/sms/incoming/:token", async (c) => {
    if (smsIncomingToken === null || !isSame(c.req.param("token"), smsIncomingToken)) return c.notFound()
    const sent = await c.req.text()
    const fields = sent.length > MOST_BYTES ? {} : fieldsIn(sent, c.req.header("content-type") ?? "")
    const [from, text] = [FROM, TEXT].map((names) => names.map((name) => fields[name]).find((value) => value !== undefined))
    // whatever it was, the gateway did its part: it learns nothing of who is a member
    if (from !== undefined && text !== undefined) await inTransaction(db, (tx) => readSms(tx, { from, text, at: clock.now() }))
    return c.body(null, 204)
  })
  app.post("/unsubscribe", async (c, next) => {
    const isOneTouch = (await c.req.raw.clone().text()).slice(0, 200).includes("List-Unsubscribe=One-Click")
    if (!isOneTouch || c.req.header("origin") !== undefined) return next()
    const token = c.req.query("t") ?? ""
    const isDone = await inTransaction(db, (tx) => endAdvertising(tx, { token, at: clock.now() }))
    return c.body(null, isDone ? 200 : 404)
  })
  return app
}

const hash = (text: string): Buffer => createHash("sha256").update(text).digest()
const isSame = (one: string, other: string): boolean => timingSafeEqual(hash(one), hash(other))

/** A form or JSON, flat; numbers are read as text. */
function fieldsIn(sent: string, type: string): Record<string, string> {
  if (!type.includes("json")) return Object.fromEntries(new URLSearchParams(sent))
  try {
    const read: unknown = JSON.parse(sent)
    const entries = Object.entries(typeof read === "object" && read !== null ? read : {})
    return Object.fromEntries(entries.flatMap(([name, value]) => (/^(?:string|number)$/.test(typeof value) ? [[name, String(value)]] : [])))
  } catch {
    return {}
  }
}
