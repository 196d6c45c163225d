import { assert, statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { type Session, sessionById, seeSession } from "./sessions.ts"

/** How long a token for requests lives. The one that renews it lives as long as its session. */
export const APP_TOKEN_POLICY = { accessMinutes: 15, keptDays: 30 }

export type AppTokens = { accessToken: string; accessUntil: Date; refreshToken: string }

const insert = statement(
  "members.insert_app_token",
  "insert into members.app_token (session_id, access_hash, refresh_hash, access_until) values ($1, $2, $3, $4)",
)
const byAccess = statement<{ id: number; sessionId: number; taken: boolean }>(
  "members.app_token_by_access",
  `select id, session_id "sessionId", taken_at is not null taken from members.app_token where access_hash = $1 and access_until > $2`,
)
const take = statement("members.take_app_token", "update members.app_token set taken_at = $2 where id = $1 and taken_at is null")
const byRefresh = statement<{ id: number; sessionId: number; renewed: boolean; taken: boolean }>(
  "members.app_token_by_refresh",
  `select id, session_id "sessionId", renewed_at is not null renewed, taken_at is not null taken
     from members.app_token where refresh_hash = $1 for update`,
)
const renewed = statement("members.app_token_renewed", "update members.app_token set renewed_at = $2 where id = $1")
const extend = statement("members.extend_app_token", "update members.app_token set access_until = $2 where refresh_hash = $1")
const forget = statement<{ id: number }>("members.forget_app_tokens", "delete from members.app_token where renewed_at < $1 returning id")

/** The first two tokens of an app's session: 256 random bits each, of which only keyed hashes are kept. */
export function giveTokens(tx: Tx, { sessionId, at }: { sessionId: number; at: Date }): Promise<AppTokens> {
  return keep(tx, { sessionId, seed: randomBytes(32).toString("base64url"), at })
}

/** The session of a token for requests; undefined when the token is too old, or its session is over. */
export async function appSessionOf(tx: Tx, { token, at }: { token: string; at: Date }): Promise<Session | undefined> {
  if (!ACCESS.test(token)) return undefined
  const [found] = await byAccess(tx, [hashOf(tx, token), at])
  const session = found && (await sessionById(tx, { sessionId: found.sessionId, at }))
  if (!session) return undefined
  if (!found.taken) await take(tx, [found.id, at])
  await seeSession(tx, { session, at })
  return session
}

/**
 * Two new tokens for one that renews. It is good once; but whoever comes again with it before the new ones were used is given the very same: an answer may
 * be lost on its way. Whoever comes with it after that holds a copy, or the owner does: `copied` tells whose session it is, to be ended by the caller.
 */
export async function renewTokens(
  tx: Tx,
  { refreshToken, at }: { refreshToken: string; at: Date },
): Promise<({ outcome: "renewed" } & AppTokens) | { outcome: "copied"; session: Session } | { outcome: "unknown" }> {
  if (!REFRESH.test(refreshToken)) return { outcome: "unknown" }
  const [found] = await byRefresh(tx, [hashOf(tx, refreshToken)])
  const session = found && (await sessionById(tx, { sessionId: found.sessionId, at }))
  if (!session) return { outcome: "unknown" }
  const seed = tx.secrets.hmac("members.next-app-token", refreshToken).toString("base64url")
  if (!found.renewed) {
    await renewed(tx, [found.id, at])
    await take(tx, [found.id, at])
    await seeSession(tx, { session, at })
    return { outcome: "renewed", ...(await keep(tx, { sessionId: session.sessionId, seed, at })) }
  }
  const next = pairOf(tx, { seed, at })
  const [successor] = await byRefresh(tx, [hashOf(tx, next.refreshToken)])
  assert(successor, "a token that was renewed has a successor: they are forgotten oldest first")
  if (successor.taken || successor.renewed) return { outcome: "copied", session }
  await extend(tx, [hashOf(tx, next.refreshToken), next.accessUntil])
  return { outcome: "renewed", ...next }
}

/** Forgets tokens that were renewed before `before`: from then on nobody asks whose they were. Answers how many. */
export async function forgetAppTokens(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}

// a scanner for leaked secrets tells them by how they begin
const ACCESS = /^mila_a_[\w-]{43}$/
const REFRESH = /^mila_r_[\w-]{43}$/

async function keep(tx: Tx, { sessionId, seed, at }: { sessionId: number; seed: string; at: Date }): Promise<AppTokens> {
  const pair = pairOf(tx, { seed, at })
  await insert(tx, [sessionId, hashOf(tx, pair.accessToken), hashOf(tx, pair.refreshToken), pair.accessUntil])
  return pair
}

function pairOf(tx: Tx, { seed, at }: { seed: string; at: Date }): AppTokens {
  const made = (what: string): string => tx.secrets.hmac(`members.app-token.${what}`, seed).toString("base64url")
  const accessUntil = new Date(at.getTime() + APP_TOKEN_POLICY.accessMinutes * 60_000)
  return { accessToken: `mila_a_${made("access")}`, accessUntil, refreshToken: `mila_r_${made("refresh")}` }
}

const hashOf = (tx: Tx, token: string): Buffer => tx.secrets.hmac("members.app-token", token)
