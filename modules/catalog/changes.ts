import { statement, type Tx } from "@mila/kernel"

/** What a copy in memory must read anew. `numbers` null: all of it (of the place). */
export type Change = {
  version: number
  /** `groups`: texts, variants, states, ratings · `prices`: of products · `stock`: of products at a place · `words`: names of brands, categories, attributes · `popularity`: of groups */
  what: "groups" | "prices" | "stock" | "words" | "popularity"
  place: number | null
  numbers: readonly number[] | null
}

/** How long what shoppers are shown holds: while the version is this one, and until a promotion begins or ends by itself. */
export type CatalogueTurn = { version: number; next: Date | null }

// the row lock makes versions come in the order of commits: who has read version 7 has missed nothing of version 6
const next = statement<{ shown: number }>("catalog.next_shown", "update catalog.version set shown = shown + 1 returning shown")
const insert = statement<never>(
  "catalog.note_change",
  "insert into catalog.change (version, what, place, numbers, at) values ($1::bigint, $2, $3::smallint, $4::int[], $5::timestamptz)",
)
const newest = statement<{ shown: number; oldest: number | null }>(
  "catalog.shown",
  "select shown, (select min(version) from catalog.change) as oldest from catalog.version",
)
const turn = statement<CatalogueTurn>(
  "catalog.turn",
  `select shown as version,
     (select min(turned) from catalog.promotion cross join lateral (values (starts_at), (ends_at)) turns(turned) where turned > $1) as next
   from catalog.version`,
)
const since = statement<Change>(
  "catalog.changes_since",
  "select version, what, place, numbers from catalog.change where version > $1 order by version limit $2",
)
const tidy = statement<{ version: number }>("catalog.tidy_changes", "delete from catalog.change where at < $1 returning version")

/** Says, in the transaction that changed something, what those who keep a copy must read anew. */
export async function noteChange(tx: Tx, { at, ...change }: Omit<Change, "version"> & { at: Date }): Promise<void> {
  if (change.numbers?.length === 0) return
  const [row] = await next(tx, [])
  await insert(tx, [row!.shown, change.what, change.place, change.numbers, at])
}

/** The newest version of what shoppers are shown. */
export async function shownVersion(tx: Tx): Promise<number> {
  const [row] = await newest(tx, [])
  return row!.shown
}

/** The newest version, and the next moment from `at` on when prices change by the clock alone. */
export async function catalogueTurn(tx: Tx, at: Date): Promise<CatalogueTurn> {
  const [row] = await turn(tx, [at])
  return row!
}

/** What changed after `version`, oldest first; undefined when that is so long ago that everything must be read again. */
export async function changesSince(tx: Tx, { version, most }: { version: number; most: number }): Promise<Change[] | undefined> {
  const [row] = await newest(tx, [])
  if (version >= row!.shown) return []
  if (row!.oldest === null || row!.oldest > version + 1) return undefined
  return since(tx, [version, most])
}

/** Forgets changes older than `before`. Answers how many. */
export async function forgetChanges(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await tidy(tx, [before])).length
}
