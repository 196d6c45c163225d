import { personOf } from "@mila/members"
import { queueMessage } from "@mila/messages"
import { statement, type Tx } from "@mila/kernel"
import { randomInt } from "node:crypto"
import type { Identifier, TillIdentity } from "./facts.ts"
import { TILL_POLICY, type TillPolicy } from "./policy.ts"
import { recognise } from "./recognise.ts"
import { refuse } from "./refusals.ts"

const recent = statement<{ sent: number; last: Date | null }>(
  "tills.confirmations_sent",
  `select count(*) sent, max(sent_at) last from tills.confirmation where member_id = $1 and sent_at > $2::timestamptz - interval '1 day'`,
)
const lockMember = statement("tills.lock_confirmations", "select pg_advisory_xact_lock(7265011, $1::int)")
const insert = statement<{ id: number }>(
  "tills.insert_confirmation",
  `insert into tills.confirmation (till_id, member_id, code_hash, sent_at, expires_at, tries_left) values ($1, $2, $3, $4, $5, $6) returning id`,
)
// one statement takes the try and, if the code is right, the code: two tills cannot use it both
const tryCode = statement<{ memberId: number; right: boolean }>(
  "tills.try_code",
  `update tills.confirmation set tries_left = tries_left - 1, used_at = case when code_hash = $4 then $3 end
    where id = $1 and till_id = $2 and used_at is null and tries_left > 0 and expires_at > $3
   returning member_id as "memberId", code_hash = $4 as right`,
)
const forget = statement("tills.forget_confirmations", "delete from tills.confirmation where expires_at < $1")

/**
 * Sends a five-digit code to the member's phone: said aloud at this till within three minutes, it proves that the member is there. An earlier
 * unused code stays good for its own time. Refuses `card_unknown`, and `confirmation_too_soon` within a minute of the last or past the day's most.
 */
export async function sendConfirmation(
  tx: Tx,
  { till, identifier, at, policy = TILL_POLICY }: { till: TillIdentity; identifier: Identifier; at: Date; policy?: TillPolicy },
): Promise<{ confirmationId: string; expiresAt: Date }> {
  const [who] = await recognise(tx, [{ till, identifier }], { at })
  const memberId = who?.profile?.memberId ?? refuse("card_unknown")
  const person = await personOf(tx, memberId)
  if (!person?.phone) return refuse("card_unknown")
  await lockMember(tx, [memberId % 2_147_483_647])
  const [{ sent, last } = { sent: 0, last: null }] = await recent(tx, [memberId, at])
  const waitMs = last ? last.getTime() + policy.confirmationPauseSeconds * 1000 - at.getTime() : 0
  if (waitMs > 0 || sent >= policy.confirmationsADay)
    refuse("confirmation_too_soon", { retryAfterSeconds: waitMs > 0 ? Math.ceil(waitMs / 1000) : 3_600 })
  // Every reason to refuse is behind us.
  const code = String(randomInt(100_000)).padStart(5, "0")
  const expiresAt = new Date(at.getTime() + policy.confirmationMinutes * 60_000)
  const [made] = await insert(tx, [till.tillId, memberId, hashOf(tx, code), at, expiresAt, policy.confirmationTries])
  await queueMessage(tx, {
    memberId,
    channel: "sms",
    to: person.phone,
    template: "confirmation_code",
    params: { code },
    locale: person.locale,
    at,
  })
  return { confirmationId: String(made!.id), expiresAt }
}

/**
 * Takes one try of a code. Whose presence it proves; undefined when it is wrong, used, too old or another till's, all alike. The try counts only
 * if the caller commits, so a wrong code is answered, not refused, here.
 */
export async function tryConfirmation(
  tx: Tx,
  { till, confirmationId, code, at }: { till: TillIdentity; confirmationId: string; code: string; at: Date },
): Promise<{ memberId: number } | undefined> {
  if (!/^[1-9]\d{0,14}$/.test(confirmationId)) return undefined
  const [tried] = await tryCode(tx, [Number(confirmationId), till.tillId, at, hashOf(tx, code)])
  return tried?.right ? { memberId: tried.memberId } : undefined
}

/** Forgets codes that ended before `before`. */
export async function forgetConfirmations(tx: Tx, { before }: { before: Date }): Promise<void> {
  await forget(tx, [before])
}

const hashOf = (tx: Tx, code: string): Buffer => tx.secrets.hmac("tills.confirmation", code)
