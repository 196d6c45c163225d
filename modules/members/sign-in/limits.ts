import { statement, type Tx } from "@mila/kernel"

/** At most `most` uses of `what` by one key in each window of `minutes`. */
export type Limit = { what: string; most: number; minutes: number }

const use = statement<{ uses: number }>(
  "members.use",
  `insert into members.use (what, key, since, uses) values ($1, $2, $3, 1)
   on conflict (what, key, since) do update set uses = use.uses + 1 returning uses`,
)
const used = statement<{ uses: number }>("members.uses", "select uses from members.use where what = $1 and key = $2 and since = $3")
const forget = statement<{ what: string }>("members.forget_uses", "delete from members.use where since < $1 returning what")

/**
 * Counts one use under each limit; the seconds to wait when one of them is passed, else 0. Counted in the database, so that several processes keep one
 * limit, and only if the caller commits.
 */
export async function takeUses(tx: Tx, uses: readonly { limit: Limit; key: string }[], at: Date): Promise<number> {
  let wait = 0
  for (const { limit, key } of uses) {
    const since = windowOf(at, limit)
    const [row] = await use(tx, [limit.what, tx.secrets.hmac(`members.use.${limit.what}`, key), since])
    const ends = (since.getTime() + limit.minutes * 60_000 - at.getTime()) / 1000
    if (row!.uses > limit.most) wait = Math.max(wait, Math.ceil(ends))
  }
  return wait
}

/** Seconds until one more use is in order, by a limit; 0 when it is now. Nothing is counted. */
export async function waitOf(tx: Tx, { limit, key }: { limit: Limit; key: string }, at: Date): Promise<number> {
  const since = windowOf(at, limit)
  const [row] = await used(tx, [limit.what, tx.secrets.hmac(`members.use.${limit.what}`, key), since])
  return row && row.uses >= limit.most ? Math.ceil((since.getTime() + limit.minutes * 60_000 - at.getTime()) / 1000) : 0
}

/** Forgets windows that began before `before`. Answers how many. */
export async function forgetUses(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await forget(tx, [before])).length
}

function windowOf(at: Date, { minutes }: Limit): Date {
  const width = minutes * 60_000
  return new Date(at.getTime() - (at.getTime() % width))
}
