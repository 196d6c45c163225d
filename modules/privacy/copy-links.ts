import { statement, type Tx } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { refuse } from "./refusals.ts"

/** To be read, or to be carried elsewhere. */
export const COPY_FORMS = ["pdf", "json"] as const
export type CopyForm = (typeof COPY_FORMS)[number]

/** How long a link to a copy works. */
export const COPY_LINK_MINUTES = 15

type Owner = { memberId: number; sessionId: number }

const keep = statement(
  "privacy.keep_copy_link",
  `insert into privacy.copy_link (member_id, form, token_hash, session_id, made_at) values ($1, $2, $3, $4, $5)
   on conflict (member_id, form) do update set token_hash = excluded.token_hash, session_id = excluded.session_id, made_at = excluded.made_at`,
)
const forgetOld = statement("privacy.forget_copy_links", "delete from privacy.copy_link where made_at <= $1")
const open = statement<{ form: CopyForm }>(
  "privacy.open_copy_link",
  "delete from privacy.copy_link where token_hash = $1 and member_id = $2 and session_id = $3 and made_at > $4 returning form",
)

/**
 * A link to a copy of everything that is kept about a member, under 192 random bits: it works once, within fifteen minutes, and only in the session that
 * asked for it. A newer one in the same form takes its place.
 */
export async function makeCopyLink(
  tx: Tx,
  { memberId, sessionId, form, at }: Owner & { form: CopyForm; at: Date },
): Promise<{ token: string; until: Date }> {
  const token = randomBytes(24).toString("base64url")
  await forgetOld(tx, [startOf(at)])
  await keep(tx, [memberId, form, hashOf(tx, token), sessionId, at])
  return { token, until: new Date(at.getTime() + COPY_LINK_MINUTES * 60_000) }
}

/**
 * Opens a link, for this once. Refuses `copy_unavailable`, the same whether it was opened before, is too old, was asked for in another session, belongs to
 * somebody else or never was: who was handed another's link learns nothing.
 */
export async function openCopyLink(tx: Tx, { token, memberId, sessionId, at }: Owner & { token: string; at: Date }): Promise<CopyForm> {
  const [opened] = await open(tx, [hashOf(tx, token), memberId, sessionId, startOf(at)])
  return opened?.form ?? refuse("copy_unavailable")
}

const startOf = (at: Date): Date => new Date(at.getTime() - COPY_LINK_MINUTES * 60_000)
const hashOf = (tx: Tx, token: string): Buffer => tx.secrets.hmac("privacy.copy_link", token)
