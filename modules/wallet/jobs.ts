import { type Db, inTransaction, type Job, statement } from "@mila/kernel"
import { googleProgramme, GoogleWalletAway } from "./google-api.ts"
import { loyaltyClass } from "./google-object.ts"
import { noteMovers } from "./notice.ts"
import { passesMayHaveChanged } from "./passes.ts"
import { noteProgramme, programmeTold } from "./save-to-google.ts"
import { updatePasses } from "./update-passes.ts"
import type { Wallets } from "./wallets.ts"

const AT_ONCE = 100
const LOOKED_AT_ONCE = 1_000
const DAYS_REMEMBERED = 90 // a phone that was off all that time keeps a pass that no till takes

const nextGiven = statement<{ id: number }>(
  "wallet.next_given",
  "select id from wallet.pass where id > $1 and says_hash is not null order by id limit $2",
)
const forget = statement<{ id: number }>(
  "wallet.forget",
  "delete from wallet.pass where id in (select id from wallet.pass where ended_at < $1::timestamptz - make_interval(days => $2) limit $3) returning id",
)

/**
 * What the worker may run, and when (cron, Minsk time), with the wallets there are. Each may run twice, late, beside itself or die half-way.
 * `updatePasses` gathers a minute's changes; `checkPasses` finds what no change tells of: points that come near their end, other words, a programme with
 * another name.
 */
export const jobs = (wallets: Wallets | null): readonly Job[] => [
  {
    name: "updatePasses",
    cron: "* * * * *",
    async run(db, { at }) {
      if (!wallets) return { told: 0, failed: 0 }
      await inTransaction(db, (tx) => noteMovers(tx, { at }))
      for (const done = { told: 0, failed: 0 }; ;) {
        const step = await updatePasses(db, wallets, { at, most: AT_ONCE })
        if (step.claimed === 0) return done
        done.told += step.told
        done.failed += step.failed
      }
    },
  },
  {
    name: "checkPasses",
    cron: "20 5 * * *",
    async run(db, { at }) {
      if (!wallets) return { looked: 0, forgotten: 0, programme: 0 }
      return { programme: await tellProgramme(db, wallets, at), looked: await lookAtAll(db, at), forgotten: await forgetEnded(db, at) }
    },
  },
]

async function tellProgramme(db: Db, { programme, google }: Wallets, at: Date): Promise<number> {
  if (!google) return 0
  const said = loyaltyClass(programme, google.issuer)
  const { hash, isNew } = await inTransaction(db, (tx) => programmeTold(tx, said))
  if (!isNew) return 0
  try {
    await googleProgramme(said, google, { at })
  } catch (error) {
    if (error instanceof GoogleWalletAway) return 0 // tomorrow, or with the next pass
    throw error
  }
  await inTransaction(db, (tx) => noteProgramme(tx, hash))
  return 1
}

async function lookAtAll(db: Db, at: Date): Promise<number> {
  for (let [looked, last] = [0, 0]; ;) {
    const passIds = await inTransaction(db, async (tx) => {
      const ids = (await nextGiven(tx, [last, LOOKED_AT_ONCE])).map(({ id }) => id)
      await passesMayHaveChanged(tx, { passIds: ids, at })
      return ids
    })
    if (passIds.length === 0) return looked
    looked += passIds.length
    last = passIds.at(-1)!
  }
}

async function forgetEnded(db: Db, at: Date): Promise<number> {
  for (let forgotten = 0; ;) {
    const rows = await inTransaction(db, (tx) => forget(tx, [at, DAYS_REMEMBERED, LOOKED_AT_ONCE]))
    if (rows.length === 0) return forgotten
    forgotten += rows.length
  }
}
