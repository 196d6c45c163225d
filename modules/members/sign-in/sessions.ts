import { assert, looksLikeBankCardNumber, statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { refuse } from "./refusals.ts"

export type SessionKind = "web" | "app"

/** How long a session lives: unused, and in all (ASVS 7.3.1, 7.3.2). An app on the person's own phone lives longer. */
export const SESSION_POLICY = {
  web: { idleDays: 30, allDays: 90 },
  app: { idleDays: 180, allDays: 730 },
  /** how long a proof of who one is counts for what is grave: a change of phone, an export */
  provenMinutes: 15,
}

export type Session = {
  sessionId: number
  memberId: number
  kind: SessionKind
  device: string
  startedAt: Date
  provenAt: Date
  seenAt: Date
}

const UNPROVEN = new Date(0)
const SEEN_EVERY_MS = 5 * 60_000 // a row is not written for every page

const COLUMNS = `id "sessionId", member_id "memberId", kind, device, started_at "startedAt", proven_at "provenAt", seen_at "seenAt"`

const insert = statement<{ id: number }>(
  "members.insert_session",
  `insert into members.session (token_hash, member_id, kind, device, started_at, proven_at, seen_at, passkey_id)
   values ($1, $2, $3, $4, $5, $7, $5, $6) returning id`,
)
const byToken = statement<Session>(
  "members.session_by_token",
  `select ${COLUMNS} from members.session where token_hash = $1 and ended_at is null`,
)
const byId = statement<Session>("members.session_by_id", `select ${COLUMNS} from members.session where id = $1 and ended_at is null`)
const rename = statement<{ id: number }>(
  "members.rename_session",
  "update members.session set device = $3 where id = $1 and member_id = $2 and ended_at is null returning id",
)
const seen = statement("members.session_seen", "update members.session set seen_at = $2 where id = $1 and seen_at < $2")
const proven = statement("members.session_proven", "update members.session set proven_at = $2 where id = $1 and ended_at is null")
const ofMember = statement<Session>(
  "members.sessions",
  `select ${COLUMNS} from members.session where member_id = $1 and ended_at is null order by seen_at desc, id desc`,
)
const end = statement<{ id: number }>(
  "members.end_sessions",
  `update members.session set ended_at = $2 where member_id = $1 and ended_at is null and ($3::bigint is null or id = $3) and ($4::bigint is null or id <> $4)
   returning id`,
)
const endOpenedBy = statement<{ id: number }>(
  "members.end_sessions_opened_by",
  `update members.session set ended_at = $3
    where passkey_id = $1 and member_id = $2 and ended_at is null and ($4::bigint is null or id <> $4) returning id`,
)
const forget = statement<{ id: number }>(
  "members.forget_sessions",
  "delete from members.session where ended_at < $1 or started_at < $2 returning id",
)

/**
 * Begins a session under a token of 192 random bits, of which only a keyed hash is kept. `device` is what the person will know it by, `passkeyId` what
 * opened it, if a passkey did.
 */
export async function startSession(
  tx: Tx,
  {
    memberId,
    kind,
    device,
    passkeyId,
    proves,
    at,
  }: { memberId: number; kind: SessionKind; device: string; passkeyId: number | null; proves: boolean; at: Date },
): Promise<{ token: string; sessionId: number }> {
  const token = randomBytes(24).toString("base64url")
  const [made] = await insert(tx, [
    tokenHash(tx, token),
    memberId,
    kind,
    device.slice(0, 100) || "?",
    at,
    passkeyId,
    proves ? at : UNPROVEN,
  ])
  return { token, sessionId: made!.id }
}

/** The session of a token, undefined when it ended, was idle too long or is too old. Notes now and then that it was seen. */
export async function sessionOf(tx: Tx, { token, at }: { token: string; at: Date }): Promise<Session | undefined> {
  if (!/^[\w-]{32}$/.test(token)) return undefined
  const [session] = await byToken(tx, [tokenHash(tx, token)])
  if (!session || !isAlive(session, at)) return undefined
  await seeSession(tx, { session, at })
  return session
}

/** A session by its number, undefined when it ended, was idle too long or is too old. */
export async function sessionById(tx: Tx, { sessionId, at }: { sessionId: number; at: Date }): Promise<Session | undefined> {
  const [session] = await byId(tx, [sessionId])
  return session && isAlive(session, at) ? session : undefined
}

/** Notes now and then that a session was seen. */
export async function seeSession(tx: Tx, { session, at }: { session: Session; at: Date }): Promise<void> {
  if (at.getTime() - session.seenAt.getTime() >= SEEN_EVERY_MS) await seen(tx, [session.sessionId, at])
}

/** What a member calls the place they are signed in at: 1 to 100 characters. Refuses `session_unknown` (also somebody else's) and `session_name_invalid`. */
export async function nameSession(
  tx: Tx,
  { memberId, sessionId, name }: { memberId: number; sessionId: number; name: string },
): Promise<void> {
  const clean = name
    .normalize("NFC")
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
  if (clean.length === 0 || clean.length > 100 || looksLikeBankCardNumber(clean)) refuse("session_name_invalid")
  if ((await rename(tx, [sessionId, memberId, clean])).length === 0) refuse("session_unknown")
}

/** The person proved once more who they are. */
export async function proveSession(tx: Tx, { sessionId, at }: { sessionId: number; at: Date }): Promise<void> {
  await proven(tx, [sessionId, at])
}

/** Whether it was ever proven to be the member's own: a password alone, typed on a device nobody was in before, does not (A01). */
export const isProvenOnce = ({ provenAt }: Pick<Session, "provenAt">): boolean => provenAt > UNPROVEN

/** Whether the last proof is fresh enough for what is grave. */
export const isFreshlyProven = ({ provenAt }: Pick<Session, "provenAt">, at: Date): boolean =>
  at.getTime() - provenAt.getTime() <= SESSION_POLICY.provenMinutes * 60_000

/** Where a member is signed in, the latest used first. */
export async function sessionsOf(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<Session[]> {
  return (await ofMember(tx, [memberId])).filter((session) => isAlive(session, at))
}

/** Ends one session of a member, or all but one; what is somebody else's is untouched. Answers how many ended. */
export async function endSessions(
  tx: Tx,
  { memberId, only = null, except = null, at }: { memberId: number; only?: number | null; except?: number | null; at: Date },
): Promise<number> {
  assert(only === null || except === null, "one, or all but one")
  return (await end(tx, [memberId, at, only, except])).length
}

/** Ends the sessions that a passkey of this member opened, `except` one. Answers how many ended. */
export async function endSessionsOpenedBy(
  tx: Tx,
  { passkeyId, memberId, except, at }: { passkeyId: number; memberId: number; except: number | null; at: Date },
): Promise<number> {
  return (await endOpenedBy(tx, [passkeyId, memberId, at, except])).length
}

/** Forgets sessions that ended, or began, long ago. Answers how many. */
export async function forgetSessions(tx: Tx, { endedBefore, at }: { endedBefore: Date; at: Date }): Promise<number> {
  const longest = Math.max(SESSION_POLICY.web.allDays, SESSION_POLICY.app.allDays)
  return (await forget(tx, [endedBefore, new Date(at.getTime() - longest * 86_400_000)])).length
}

function isAlive({ kind, seenAt, startedAt }: Session, at: Date): boolean {
  const { idleDays, allDays } = SESSION_POLICY[kind]
  return at.getTime() - seenAt.getTime() < idleDays * 86_400_000 && at.getTime() - startedAt.getTime() < allDays * 86_400_000
}

const tokenHash = (tx: Tx, token: string): Buffer => tx.secrets.hmac("members.session", token)
