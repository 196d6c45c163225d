import { dayIn, type Db, inTransaction, MINSK, statement, type Tx, type Job } from "@mila/kernel"
import type { CardRow } from "./card-view.ts"
import { endCard } from "./remove.ts"
import { cards } from "./tables.ts"
import { CODE_RULES } from "./verify-code.ts"

const DAY_MS = 86_400_000

// used codes and revoked secrets are kept twice as long as the latest journal may take
const longAgo = (at: Date): Date => new Date(at.getTime() - 2 * CODE_RULES.mostLateDays * DAY_MS)

const forgetSteps = statement<{ device_id: number }>(
  "cards.forget_steps",
  `delete from cards.used_step where (device_id, step) in (select device_id, step from cards.used_step where used_at < $1 limit $2) returning device_id`,
)

const wipeSecrets = statement<{ id: number }>(
  "cards.wipe_secrets",
  `update cards.device set secret_sealed = null
    where id in (select id from cards.device where revoked_at < $1 and secret_sealed is not null limit $2 for update skip locked) returning id`,
)

/** Unlinks partner cards whose own last day has passed; answers how many. Run until 0. */
export async function endExpiredLinks(tx: Tx, { at, most }: { at: Date; most: number }): Promise<number> {
  const rows: CardRow[] = await cards(tx)
    .selectFrom("card")
    .selectAll()
    .where("valid_until", "<", dayIn(MINSK, at))
    .where("state", "=", "active")
    .orderBy("id")
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const card of rows) await endCard(tx, card, { at, by: "system", reason: "expired" })
  return rows.length
}

/** Forgets used codes that no till can bring any more; answers how many. Run until 0. */
export async function forgetUsedCodes(tx: Tx, { at, most }: { at: Date; most: number }): Promise<number> {
  return (await forgetSteps(tx, [longAgo(at), most])).length
}

/** Wipes the secrets of phones revoked so long ago that no till can bring their codes any more; answers how many. Run until 0. */
export async function forgetRevokedSecrets(tx: Tx, { at, most }: { at: Date; most: number }): Promise<number> {
  return (await wipeSecrets(tx, [longAgo(at), most])).length
}

/** What the worker may run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. */
export const jobs: readonly Job[] = [
  {
    name: "endExpiredLinks",
    cron: "10 0 * * *",
    run: async (db, { at }) => ({ ended: await untilNothing(db, (tx) => endExpiredLinks(tx, { at, most: 200 })) }),
  },
  {
    name: "forgetUsedCodes",
    cron: "20 4 * * *",
    run: async (db, { at }) => ({
      codes: await untilNothing(db, (tx) => forgetUsedCodes(tx, { at, most: 5_000 })),
      secrets: await untilNothing(db, (tx) => forgetRevokedSecrets(tx, { at, most: 1_000 })),
    }),
  },
]

async function untilNothing(db: Db, step: (tx: Tx) => Promise<number>): Promise<number> {
  for (let done = 0; ;) {
    const more = await inTransaction(db, step)
    if (more === 0) return done
    done += more
  }
}
