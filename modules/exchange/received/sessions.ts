import { statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"

export type Session = { id: number; staffId: number; sessid: string; begunAt: Date }

const begin = statement<{ id: number }>(
  "exchange.begin_session",
  "insert into exchange.session (token, sessid, staff_id, begun_at) values ($1, $2, $3, $4) returning id",
)
const byToken = statement<Session>(
  "exchange.session_by_token",
  `select id, staff_id as "staffId", sessid, begun_at as "begunAt" from exchange.session where token = $1 and begun_at > $2`,
)
const forget = statement<{ id: number }>("exchange.forget_sessions", "delete from exchange.session where begun_at < $1 returning id")

/** A conversation of 1C ends by itself after a day. */
const LASTS_MS = 24 * 3_600_000

/** Begins a conversation. The cookie is told here and never again: only a keyed hash is kept. */
export async function beginSession(
  tx: Tx,
  { staffId, at }: { staffId: number; at: Date },
): Promise<{ session: number; cookie: string; sessid: string }> {
  const cookie = randomBytes(32).toString("base64url")
  const sessid = randomBytes(16).toString("hex")
  const [row] = await begin(tx, [hashOf(tx, cookie), sessid, staffId, at])
  return { session: row!.id, cookie, sessid }
}

/** The conversation this cookie belongs to; undefined when there is none, or it is over. */
export async function sessionByCookie(tx: Tx, { cookie, at }: { cookie: string; at: Date }): Promise<Session | undefined> {
  const [found] = await byToken(tx, [hashOf(tx, cookie), new Date(at.getTime() - LASTS_MS)])
  return found
}

export async function forgetSessions(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}

const hashOf = (tx: Tx, cookie: string): Buffer => tx.secrets.hmac("exchange-session", cookie)
