import { LOCALES, type Locale, looksLikeBankCardNumber, statement, type Tx } from "@mila/kernel"
import { createHash } from "node:crypto"
import type { ConsentText } from "./consent-text.ts"
import { PURPOSES, type Purpose } from "./purposes.ts"
import { refuse } from "./refusals.ts"

/** `inForceFrom` is the moment of publication or one after it. */
export type PublishedText = ConsentText & {
  purpose: Purpose
  version: number
  locale: Locale
  publishedAt: Date
  inForceFrom: Date
  hash: string
}

type Row = { purpose: Purpose; version: number; locale: Locale; fields: ConsentText; hash: Buffer; published_at: Date; in_force_from: Date }

const COLUMNS = "purpose, version, locale, fields, hash, published_at, coalesce(in_force_from, published_at) in_force_from"

const alone = statement("privacy.texts_alone", "select pg_advisory_xact_lock(7265018)")
const last = statement<{ version: number }>(
  "privacy.last_version",
  "select coalesce(max(version), 0)::int version from privacy.text where purpose = $1",
)
const insert = statement(
  "privacy.publish_text",
  `insert into privacy.text (purpose, version, locale, fields, hash, published_at, published_by, in_force_from)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
)
const announce = statement("privacy.announce_text", "insert into privacy.text_notice (purpose, version, begins_at) values ($1, $2, $3)")
const current = statement<Row>(
  "privacy.current_texts",
  `select distinct on (purpose) ${COLUMNS} from privacy.text
    where locale = $1 and (version = 1 or coalesce(in_force_from, published_at) <= $2) order by purpose, version desc`,
)
const coming = statement<Row>(
  "privacy.coming_texts",
  `select distinct on (purpose) ${COLUMNS} from privacy.text t
    where locale = $1 and version > 1 and in_force_from > $2 and not exists (
      select from privacy.text newer where newer.purpose = t.purpose and newer.locale = t.locale and newer.version > t.version
         and coalesce(newer.in_force_from, newer.published_at) <= t.in_force_from)
    order by purpose, in_force_from`,
)
const one = statement<Row>("privacy.text", `select ${COLUMNS} from privacy.text where purpose = $1 and version = $2 and locale = $3`)
const everyVersion = statement<Version>(
  "privacy.text_versions",
  `select purpose, version, published_at "publishedAt", coalesce(in_force_from, published_at) "inForceFrom", published_by "publishedBy"
     from privacy.text where locale = 'ru' and ($1::text is null or purpose = $1) order by purpose, version desc limit 1000`,
)

/**
 * Publishes a new wording of a purpose in every language at once; whoever agreed to an older one keeps what they agreed to. It is in force at once, or from
 * `inForceFrom` on; until then, and for whom a newer version begins earlier, the one before holds. Of what the contract rests on, members are told before it begins
 * (`nextTextNotice`). Answers its version.
 * Refuses `text_unchanged`, `bank_card_number`.
 */
export async function publishText(tx: Tx, { purpose, texts, inForceFrom, at, by }: NewText): Promise<{ version: number }> {
  if (Object.values(texts).some((text) => Object.values(text).some((field) => looksLikeBankCardNumber(field)))) refuse("bank_card_number")
  await alone(tx, [])
  const version = (await last(tx, [purpose]))[0]!.version + 1
  const before = version === 1 ? null : await wordingOf(tx, { purpose, version: version - 1 })
  if (before && LOCALES.every((locale) => hashOf(texts[locale]).toString("hex") === before[locale].hash)) refuse("text_unchanged")
  const from = inForceFrom && inForceFrom > at ? inForceFrom : null
  for (const locale of LOCALES) {
    await insert(tx, [purpose, version, locale, JSON.stringify(texts[locale]), hashOf(texts[locale]), at, by, from])
  }
  if (version > 1 && PURPOSES[purpose].basis === "contract") await announce(tx, [purpose, version, from ?? at])
  return { version }
}

type NewText = { purpose: Purpose; texts: Wording; inForceFrom?: Date; at: Date; by: string }

/** One wording in the languages it is shown in. */
export type Wording = Readonly<Record<Locale, ConsentText>>

/** Publishes the first wording of each purpose that has none. Repeating it is harmless, also from several processes. */
export async function publishMissing(tx: Tx, { texts, at }: { texts: Readonly<Record<Purpose, Wording>>; at: Date }): Promise<void> {
  await alone(tx, [])
  const known = new Set((await current(tx, ["ru", at])).map(({ purpose }) => purpose))
  for (const purpose of Object.keys(texts) as Purpose[]) {
    if (!known.has(purpose)) await publishText(tx, { purpose, texts: texts[purpose], at, by: "system" })
  }
}

/** The wording in force of every purpose at a moment, in one language. The first one holds from the beginning of time: there was none to hold before it. */
export async function currentTexts(tx: Tx, locale: Locale, at: Date): Promise<Map<Purpose, PublishedText>> {
  return new Map((await current(tx, [locale, at])).map((row) => [row.purpose, published(row)]))
}

/** The next wording of every purpose that has one coming: what it will be, and from when. */
export async function comingTexts(tx: Tx, locale: Locale, at: Date): Promise<Map<Purpose, PublishedText>> {
  return new Map((await coming(tx, [locale, at])).map((row) => [row.purpose, published(row)]))
}

/** A wording in one language, whether it is in force or not; undefined when there never was such a one. */
export async function textOf(
  tx: Tx,
  { purpose, version, locale }: { purpose: Purpose; version: number; locale: Locale },
): Promise<PublishedText | undefined> {
  const [row] = await one(tx, [purpose, version, locale])
  return row && published(row)
}

/** A wording in every language. Refuses `text_unknown`. */
export async function wordingOf(
  tx: Tx,
  { purpose, version }: { purpose: Purpose; version: number },
): Promise<Readonly<Record<Locale, PublishedText>>> {
  const texts = []
  for (const locale of LOCALES) texts.push([locale, (await textOf(tx, { purpose, version, locale })) ?? refuse("text_unknown")])
  return Object.fromEntries(texts) as Record<Locale, PublishedText>
}

/** `publishedBy` is a person of the staff, or the system at the first start. */
export type Version = { purpose: Purpose; version: number; publishedAt: Date; inForceFrom: Date; publishedBy: string }

/** Every version of every purpose, or of one, the newest first. */
export function textVersions(tx: Tx, purpose: Purpose | null = null): Promise<Version[]> {
  return everyVersion(tx, [purpose])
}

const published = ({ fields, hash, published_at, in_force_from, ...row }: Row): PublishedText => ({
  ...row,
  ...fields,
  publishedAt: published_at,
  inForceFrom: in_force_from,
  hash: hash.toString("hex"),
})

const hashOf = (text: ConsentText): Buffer =>
  createHash("sha256")
    .update(JSON.stringify(Object.entries(text).toSorted(([one], [other]) => (one < other ? -1 : 1))))
    .digest()
