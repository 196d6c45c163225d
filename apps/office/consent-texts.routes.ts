import { z } from "@hono/zod-openapi"
import { day as toDay, dayIn, LOCALES, MINSK, startOfDay, type Tx } from "@mila/kernel"
import {
  changesOf,
  currentTexts,
  FIELDS,
  moveDay,
  movedDays,
  type Purpose,
  publishText,
  PURPOSES,
  textVersions,
  type Wording,
  wordingOf,
} from "@mila/privacy"
import { askApproval } from "@mila/staff"
import type { Call } from "./context.ts"
import { answered, declare, type Office } from "./declare.ts"
import { purpose } from "./legal-requests.routes.ts"
import { refuse } from "./refusals.ts"
import { day, instant, text } from "./schemas.ts"

const line = text(300)
const paragraph = text(4_000)
const Text = z
  .strictObject({
    ...{ title: line, ask: line, operator: paragraph, purposes: paragraph, data: paragraph, term: paragraph },
    ...{ processors: paragraph, actions: paragraph, rights: paragraph, consequences: paragraph },
  })
  .openapi("ConsentText", {
    description:
      "What is shown before somebody agrees: the eight fields of article 5, part 5, of Law 99-З, a title and the line beside the tick.",
  })
const Texts = z.strictObject({ ru: Text, be: Text, en: Text }).openapi("ConsentWording")

const Change = z
  .object({
    field: z.enum(["title", "ask", ...FIELDS]),
    parts: z.array(z.object({ is: z.enum(["same", "gone", "new"]), text: z.string() })),
  })
  .openapi("WordingChange", {
    description: "Parts put together without the gone ones are the new text, without the new ones the old text.",
  })
const Changes = z.object({ ru: z.array(Change), be: z.array(Change), en: z.array(Change) })

const Version = z.object({
  version: z.number(),
  publishedAt: instant,
  inForceFrom: instant,
  publishedBy: z.string(),
  state: z
    .enum(["planned", "in_force", "past"])
    .openapi({ description: "A planned one that a newer one overtakes never comes into force." }),
})

const byPurpose = z.object({ purpose })

/** What waits for a second person: a wording, and the day from which it is to hold. */
export type NewWording = { purpose: Purpose; texts: Wording; inForceOn: string }

/** Wordings of consents: what was in force and when. */
export function declareConsentTexts(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/consent-texts",
      permission: "privacy.read",
      tag: "Privacy",
      summary: "Every purpose with its versions, the newest first",
    },
    answer: z.object({
      purposes: z.array(
        z.object({ purpose, basis: z.enum(["contract", "consent"]), holdsMonths: z.number().nullable(), versions: z.array(Version) }),
      ),
    }),
    async act({ tx, at }) {
      const versions = await textVersions(tx)
      const inForce = await currentTexts(tx, "ru", at)
      return {
        purposes: (Object.keys(PURPOSES) as Purpose[]).map((purpose) => ({
          ...{ purpose, basis: PURPOSES[purpose].basis, holdsMonths: PURPOSES[purpose].months },
          versions: versions.filter((one) => one.purpose === purpose).map((one) => told(one, inForce.get(purpose)?.version, at)),
        })),
      }
    },
  })
  declare(office, {
    ...{ method: "get", path: "/consent-texts/{purpose}/{version}", permission: "privacy.read", tag: "Privacy" },
    summary: "A wording in three languages, and what it changed against the version before",
    params: byPurpose.extend({ version: z.coerce.number().int().min(1).max(1_000_000).openapi({ type: "integer" }) }),
    answer: z.object({
      purpose,
      version: z.number(),
      publishedAt: instant,
      inForceFrom: instant,
      texts: z.object({ ru: Text.strip(), be: Text.strip(), en: Text.strip() }),
      changes: Changes,
    }),
    async act({ tx, params: { purpose, version } }) {
      const texts = await wordingOf(tx, { purpose, version })
      const before = version === 1 ? null : await wordingOf(tx, { purpose, version: version - 1 })
      const { publishedAt, inForceFrom } = texts.ru
      return { purpose, version, publishedAt, inForceFrom, texts, changes: changesBetween(before, texts) }
    },
  })
}

/** A new wording: what it would change, and asking for it. */
export function declareNewWordings(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/consent-texts/{purpose}/preview", permission: "privacy.publish", tag: "Privacy" },
    summary: "What a new wording would change against the one in force, word by word; nothing is written but who looked",
    params: byPurpose,
    body: z.strictObject({ texts: Texts }),
    answer: z.object({ against: z.number().nullable(), changes: Changes }),
    async act({ tx, at, params: { purpose }, body: { texts }, note }) {
      await note("consent-text.preview", `consent-text:${purpose}`)
      const against = (await currentTexts(tx, "ru", at)).get(purpose)?.version ?? null
      const before = against === null ? null : await wordingOf(tx, { purpose, version: against })
      return { against, changes: changesBetween(before, texts) }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/consent-texts/{purpose}", permission: "privacy.publish", tag: "Privacy", status: 202, needsKey: true },
    summary:
      "Ask for a new wording, in force from the beginning of a day in Minsk; it waits for a second person. Who agreed before keeps what they agreed to",
    params: byPurpose,
    body: z.strictObject({ texts: Texts, inForceOn: day }),
    answer: z.object({ approvalId: z.number() }),
    async act({ tx, at, staff, params: { purpose }, body: { texts, inForceOn }, note }) {
      if (toDay(inForceOn) < dayIn(MINSK, at)) refuse("out_of_range", { fields: ["inForceOn"] })
      const newest = (await textVersions(tx, purpose))[0]?.version
      const before = newest === undefined ? null : await wordingOf(tx, { purpose, version: newest })
      if (LOCALES.every((locale) => changesBetween(before, texts)[locale].length === 0)) refuse("text_unchanged")
      const request = { purpose, texts, inForceOn } satisfies NewWording
      const made = await askApproval(tx, { kind: "privacy.publish", object: `consent-text:${purpose}`, request, by: staff.staffId, at })
      await note("consent-text.ask", `approval:${made.approvalId}`, { purpose, inForceOn })
      return answered(202, made)
    },
  })
}

/** Publishes what a second person approved; a day that has begun meanwhile means now. */
export async function carryOutWording(
  { tx, at, by, note }: Call<unknown, unknown, unknown>,
  { purpose, texts, inForceOn }: NewWording,
): Promise<void> {
  const inForceFrom = startOfDay(MINSK, toDay(inForceOn))
  const { version } = await publishText(tx, { purpose, texts, inForceFrom, at, by })
  await note("consent-text.publish", `consent-text:${purpose}`, { version, inForceOn })
}

/** The calendar the clocks are counted by: days moved by the Council of Ministers each year. */
export function declareMovedDays(office: Office): void {
  const Moved = z.object({ days: z.array(z.object({ day, isWork: z.boolean() })) })
  const said = async (tx: Tx) => ({ days: await movedDays(tx) })
  declare(office, {
    ...{
      method: "get",
      path: "/moved-days",
      permission: "privacy.read",
      tag: "Privacy",
      summary: "Days that are worked or free against the rule",
    },
    answer: Moved,
    act: ({ tx }) => said(tx),
  })
  declare(office, {
    ...{ method: "put", path: "/moved-days", permission: "privacy.publish", tag: "Privacy" },
    summary: "Write down moved days: `isWork` true is worked, false is free, null is as the rule says. Requests made before keep their day",
    body: z.strictObject({
      days: z
        .array(z.strictObject({ day, isWork: z.boolean().nullable() }))
        .min(1)
        .max(100),
    }),
    answer: Moved,
    async act({ tx, body: { days }, note }) {
      for (const { day, isWork } of days) await moveDay(tx, { day: toDay(day), isWork })
      await note("working-day.move", "working-days", { days: days.length })
      return said(tx)
    },
  })
}

function changesBetween(before: Wording | null, after: Wording) {
  const of = (locale: keyof Wording) => changesOf(before?.[locale] ?? null, after[locale])
  return { ru: of("ru"), be: of("be"), en: of("en") }
}

function told<One extends { version: number; inForceFrom: Date }>(one: One, inForce: number | undefined, at: Date) {
  const state = one.version === inForce ? ("in_force" as const) : one.inForceFrom > at ? ("planned" as const) : ("past" as const)
  return { ...one, state }
}
