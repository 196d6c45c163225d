import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import { applePassToSign } from "./own-apple.ts"
import { type Pushed, pushToPhones } from "./apple-push.ts"
import { googleUpdate } from "./google-api.ts"
import { type LoyaltyObject, loyaltyObject } from "./google-object.ts"
import { passNow, saysHash } from "./pass-now.ts"
import { deviceNoOf } from "./passes.ts"
import { type PassRow, wallet } from "./tables.ts"
import type { Wallets } from "./wallets.ts"

const CLAIM_SECONDS = 120
const MOST_TRIES = 8
const FIRST_PAUSE_SECONDS = 60

const claim = statement<{ id: number }>(
  "wallet.claim_due",
  `update wallet.pass set due_at = $1::timestamptz + make_interval(secs => ${CLAIM_SECONDS})
    where id in (select id from wallet.pass where due_at <= $1 and kind = any ($2::text[]) order by due_at, id limit $3 for update skip locked)
   returning id`,
)
// a change that came meanwhile has brought the next look nearer than the end of our claim; then it stays
const settle = statement(
  "wallet.settle",
  `update wallet.pass set told_at = coalesce($2::timestamptz, told_at), tries = $3::int,
          due_at = case when due_at < $4::timestamptz then greatest(due_at, $2::timestamptz + interval '1 minute') else $5::timestamptz end
    where id = $1`,
)

/** What there is to do about a pass: phones to tell, or what to tell Google; nothing when it says what it said. */
type Work = { row: PassRow; tokens: string[]; object: LoyaltyObject | null; says: Buffer | null }
type Moment = { at: Date; most: number }

/**
 * One step of telling wallets what has changed: claims at most `most` passes whose time has come, compares what they say with what was said, tells Apple's
 * push service or Google outside any transaction, and writes down what became of it. Who is away is tried again after one minute, two, four …, eight times in
 * all, and then on the next day. A worker that dies leaves claims that end after two minutes: something may be told twice, and nothing is lost. Run until `claimed` is 0.
 */
export async function updatePasses(
  db: Db,
  wallets: Wallets,
  { at, most }: Moment,
): Promise<{ claimed: number; told: number; failed: number }> {
  const kinds = (["apple", "google"] as const).filter((kind) => wallets[kind])
  const works = await inTransaction(db, async (tx) => {
    const ids = (await claim(tx, [at, `{${kinds.join(",")}}`, most])).map(({ id }) => id)
    if (ids.length === 0) return []
    const rows = await wallet(tx).selectFrom("pass").selectAll().where("id", "in", ids).orderBy("id").forUpdate().execute()
    const found: Work[] = []
    for (const row of rows) found.push(await (row.kind === "apple" ? appleWork(tx, row, wallets, at) : googleWork(tx, row, wallets, at)))
    return found
  })
  const [pushed, put] = await Promise.all([
    wallets.apple ? pushToPhones([...new Set(works.flatMap(({ tokens }) => tokens))], wallets.apple) : new Map<string, Pushed>(),
    wallets.google
      ? googleUpdate(
          works.flatMap(({ object }) => object ?? []),
          wallets.google,
          { at },
        )
      : new Map<string, never>(),
  ])
  let [told, failed] = [0, 0]
  await inTransaction(db, async (tx) => {
    for (const work of works) {
      const outcome = work.object ? put.get(work.object.id)! : await settlePhones(tx, work, pushed)
      const isFailed = typeof outcome === "object" || outcome === "failed"
      if (isFailed) failed += 1
      else if (work.object || work.tokens.length > 0) told += 1
      await writeDown(tx, work, { isFailed, at })
    }
  })
  return { claimed: works.length, told, failed }
}

async function appleWork(tx: Tx, before: PassRow, wallets: Wallets, at: Date): Promise<Work> {
  const { row } = await applePassToSign(tx, before, { wallets, at })
  const isNews = row.changed_at !== null && (row.told_at === null || row.changed_at > row.told_at)
  const phones = isNews
    ? await wallet(tx).selectFrom("registration").select("push_token_sealed").where("pass_id", "=", row.id).execute()
    : []
  const tokens = phones.map(({ push_token_sealed }) => tx.secrets.open("wallet.push_token", push_token_sealed))
  return { row, tokens, object: null, says: null }
}

async function googleWork(tx: Tx, row: PassRow, { programme, google }: Wallets, at: Date): Promise<Work> {
  const pass = await passNow(tx, row, { programme, at })
  const isRotating = pass.isActive && (await deviceNoOf(tx, row)) !== undefined
  const says = saysHash(tx, { ...pass, isRotating })
  const isNews = row.says_hash !== null && !row.says_hash.equals(says)
  const object = isNews ? loyaltyObject({ ...pass, ...(isRotating ? {} : { rotating: null }) }, google!.issuer) : null
  return { row, tokens: [], object, says }
}

/** Phones that have the pass no more are forgotten; one that could not be told is reason enough to try again. */
async function settlePhones(tx: Tx, { row, tokens }: Work, pushed: ReadonlyMap<string, Pushed>): Promise<Pushed> {
  const gone = new Set(tokens.filter((token) => pushed.get(token) === "gone"))
  if (gone.size > 0) {
    const held = await wallet(tx).selectFrom("registration").selectAll().where("pass_id", "=", row.id).execute()
    for (const { device_hash, push_token_sealed } of held)
      if (gone.has(tx.secrets.open("wallet.push_token", push_token_sealed)))
        await wallet(tx).deleteFrom("registration").where("pass_id", "=", row.id).where("device_hash", "=", device_hash).execute()
  }
  return tokens.some((token) => pushed.get(token) === "failed") ? "failed" : "told"
}

async function writeDown(tx: Tx, { row, tokens, object, says }: Work, { isFailed, at }: { isFailed: boolean; at: Date }): Promise<void> {
  const tries = isFailed ? row.tries + 1 : 0
  const pauseSeconds = FIRST_PAUSE_SECONDS * 2 ** row.tries
  const next = isFailed && tries < MOST_TRIES ? new Date(at.getTime() + pauseSeconds * 1000) : null
  const isTold = !isFailed && (object !== null || tokens.length > 0)
  await settle(tx, [row.id, isTold ? at : null, tries % MOST_TRIES, row.due_at, next])
  if (isTold && says) await wallet(tx).updateTable("pass").set({ says_hash: says, changed_at: at }).where("id", "=", row.id).execute()
}
