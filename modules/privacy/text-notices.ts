import { dayIn, type Locale, MINSK, statement, type Tx } from "@mila/kernel"
import { type PublishedText, textOf } from "./publish-texts.ts"
import type { Purpose } from "./purposes.ts"

/** New wordings that begin on one day, and the member up to whom everybody has been told. */
export type TextNotice = { texts: { purpose: Purpose; version: number }[]; beginsAt: Date; toldUpTo: number }

type Row = { purpose: Purpose; version: number; beginsAt: Date; toldUpTo: number }

const drop = statement(
  "privacy.drop_notices",
  `update privacy.text_notice n set done_at = $1 where done_at is null and exists (
     select from privacy.text t where t.purpose = n.purpose and t.version > n.version and coalesce(t.in_force_from, t.published_at) <= n.begins_at)`,
)
const open = statement<Row>(
  "privacy.open_notices",
  `select purpose, version, begins_at "beginsAt", told_up_to "toldUpTo" from privacy.text_notice where done_at is null
    order by begins_at, purpose desc, version for update`,
)
const move = statement(
  "privacy.move_notice",
  "update privacy.text_notice set told_up_to = $3, done_at = $4 where purpose = $1 and version = $2",
)
const outdated = statement<{ memberId: number }>(
  "privacy.outdated_among",
  `select asked "memberId" from unnest($1::bigint[]) asked where exists (
     select from unnest($2::text[], $3::int[]) text(purpose, version) where not exists (
       select from privacy.consent_event e where e.member_id = asked and e.purpose = text.purpose and e.what = 'given' and e.version >= text.version))`,
)

/**
 * The next new wordings of what the contract rests on that members are to be told of, those of one day together; undefined when everybody has been told. Held still
 * until the transaction ends. One that a newer one overtakes is never told of.
 */
export async function nextTextNotice(tx: Tx, at: Date): Promise<TextNotice | undefined> {
  await drop(tx, [at])
  const rows = await open(tx, [])
  const [first] = rows
  if (!first) return undefined
  const together = rows.filter(
    ({ beginsAt, toldUpTo }) => toldUpTo === first.toldUpTo && dayIn(MINSK, beginsAt) === dayIn(MINSK, first.beginsAt),
  )
  return { texts: together.map(({ purpose, version }) => ({ purpose, version })), beginsAt: first.beginsAt, toldUpTo: first.toldUpTo }
}

/** Everybody up to a member has been told; `upTo` null: everybody there is. */
export async function noteTold(tx: Tx, { texts, toldUpTo }: TextNotice, { upTo, at }: { upTo: number | null; at: Date }): Promise<void> {
  for (const { purpose, version } of texts) await move(tx, [purpose, version, upTo ?? toldUpTo, upTo === null ? at : null])
}

/** Of these members, those who have not agreed to one of these wordings yet. */
export async function whoKnowsNot(
  tx: Tx,
  { memberIds, texts }: { memberIds: readonly number[]; texts: TextNotice["texts"] },
): Promise<number[]> {
  const columns = [texts.map(({ purpose }) => purpose), texts.map(({ version }) => version)]
  return (await outdated(tx, [memberIds, ...columns])).map(({ memberId }) => memberId)
}

/** The titles of wordings in a language, as a person reads them. */
export async function titlesOf(tx: Tx, { texts, locale }: { texts: TextNotice["texts"]; locale: Locale }): Promise<string[]> {
  const titles: PublishedText[] = []
  for (const text of texts) titles.push((await textOf(tx, { ...text, locale }))!)
  return titles.map(({ title }) => title)
}
