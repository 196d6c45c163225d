import { addDays, dayIn, MINSK, startOfDay, statement, type Tx } from "@mila/kernel"
import { bloomOf, type DenyList, recentMark } from "./deny-check.ts"

const RECENT_DAYS = 30

const state = statement<{ salt: Buffer; version: number }>("cards.deny_state", "select salt, version from cards.deny_state")
const denied = statement<{ mark: Buffer; reason: "blocked" | "replaced" | "removed"; denied_at: Date }>(
  "cards.denied",
  "select mark, reason, denied_at from cards.denied order by denied_at desc, card_id desc",
)

/** What `denyList` would be called, in one cheap look: for an ETag. */
export async function denyListVersion(tx: Tx, { at }: { at: Date }): Promise<string> {
  const [now] = await state(tx, [])
  return versionOf(now!.version, at)
}

/**
 * All denied cards for tills that lose their network; deny-check.ts says how a till reads it. The version is taken first, so a change that comes in between
 * is carried early and never missed.
 */
export async function denyList(tx: Tx, { at }: { at: Date }): Promise<DenyList> {
  const [now] = await state(tx, [])
  const rows = await denied(tx, [])
  const since = startOfDay(MINSK, addDays(dayIn(MINSK, at), -RECENT_DAYS))
  return {
    version: versionOf(now!.version, at),
    salt: now!.salt.toString("hex"),
    bloom: bloomOf(rows.map(({ mark }) => mark)),
    recent: rows
      .filter(({ denied_at }) => denied_at >= since)
      .map(({ mark, reason, denied_at }) => ({ mark: recentMark(mark), reason, since: denied_at.toISOString() })),
  }
}

function versionOf(version: number, at: Date): string {
  return `${version}-${dayIn(MINSK, at)}`
}
