import { LOCALES, type Locale, statement, type Tx } from "@mila/kernel"
import { createHash } from "node:crypto"
import type { ConsentText } from "./consent-text.ts"
import type { Purpose } from "./purposes.ts"

export type PublishedText = ConsentText & { purpose: Purpose; version: number; locale: Locale; publishedAt: Date; hash: string }

type Row = { purpose: Purpose; version: number; locale: Locale; fields: ConsentText; hash: Buffer; published_at: Date }

const alone = statement("privacy.texts_alone", "select pg_advisory_xact_lock(7265018)")
const last = statement<{ version: number }>(
  "privacy.last_version",
  "select coalesce(max(version), 0)::int version from privacy.text where purpose = $1",
)
const insert = statement(
  "privacy.publish_text",
  `insert into privacy.text (purpose, version, locale, fields, hash, published_at, published_by) values ($1, $2, $3, $4, $5, $6, $7)`,
)
const current = statement<Row>(
  "privacy.current_texts",
  `select distinct on (purpose) purpose, version, locale, fields, hash, published_at from privacy.text where locale = $1 order by purpose, version desc`,
)
const one = statement<Row>(
  "privacy.text",
  "select purpose, version, locale, fields, hash, published_at from privacy.text where purpose = $1 and version = $2 and locale = $3",
)

/** Publishes a new wording of a purpose in every language at once; whoever agreed to an older one keeps what they agreed to. Answers its version. */
export async function publishText(
  tx: Tx,
  { purpose, texts, at, by }: { purpose: Purpose; texts: Readonly<Record<Locale, ConsentText>>; at: Date; by: string },
): Promise<{ version: number }> {
  await alone(tx, [])
  const version = (await last(tx, [purpose]))[0]!.version + 1
  for (const locale of LOCALES) await insert(tx, [purpose, version, locale, JSON.stringify(texts[locale]), hashOf(texts[locale]), at, by])
  return { version }
}

/** Publishes the first wording of each purpose that has none. Repeating it is harmless, also from several processes. */
export async function publishMissing(
  tx: Tx,
  { texts, at }: { texts: Readonly<Record<Purpose, Readonly<Record<Locale, ConsentText>>>>; at: Date },
): Promise<void> {
  await alone(tx, [])
  const known = new Set((await current(tx, ["ru"])).map(({ purpose }) => purpose))
  for (const purpose of Object.keys(texts) as Purpose[]) {
    if (!known.has(purpose)) await publishText(tx, { purpose, texts: texts[purpose], at, by: "system" })
  }
}

/** The wording in force of every purpose, in one language. */
export async function currentTexts(tx: Tx, locale: Locale): Promise<Map<Purpose, PublishedText>> {
  return new Map((await current(tx, [locale])).map((row) => [row.purpose, published(row)]))
}

/** A wording that was in force at some time; undefined when there never was such a one. */
export async function textOf(
  tx: Tx,
  { purpose, version, locale }: { purpose: Purpose; version: number; locale: Locale },
): Promise<PublishedText | undefined> {
  const [row] = await one(tx, [purpose, version, locale])
  return row && published(row)
}

const published = ({ fields, hash, published_at, ...row }: Row): PublishedText => ({
  ...row,
  ...fields,
  publishedAt: published_at,
  hash: hash.toString("hex"),
})

const hashOf = (text: ConsentText): Buffer =>
  createHash("sha256")
    .update(JSON.stringify(Object.entries(text).toSorted(([one], [other]) => (one < other ? -1 : 1))))
    .digest()
