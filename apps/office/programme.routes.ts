import { z } from "@hono/zod-openapi"
import {
  campaignBudgets,
  MOST_SIMULATED,
  programmeAt,
  programmeOf,
  programmeVersions,
  publishProgramme,
  simulate,
  standingsOf,
} from "@mila/loyalty"
import { minor, points } from "@mila/kernel"
import { declare, type Office } from "./declare.ts"
import { byMember, knownMember } from "./members.routes.ts"
import { refuse } from "./refusals.ts"
import { day, id, instant, instantIn, shopCode, text, whole } from "./schemas.ts"

const MOST_MINOR = 10_000_000_000
const money = whole(0, MOST_MINOR)
const document = z
  .record(z.string(), z.unknown())
  .openapi({ description: "The programme. Faults are answered as `problems`, each with its path and name." })

const Version = z
  .object({
    version: z.number().openapi({ description: "0 is the default, which holds until something is published." }),
    effectiveFrom: instant,
    publishedAt: instant,
    publishedBy: z.string(),
    note: z.string().nullable(),
  })
  .openapi("ProgrammeVersion")

const WholeVersion = Version.extend({ programme: z.record(z.string(), z.unknown()) }).openapi("WholeProgrammeVersion")

/** The programme: what holds, what held, and publishing what will. */
export function declareProgramme(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/programme",
      permission: "programme.read",
      tag: "Programme",
      summary: "The programme in force, now or at another moment",
    },
    query: z.strictObject({ at: instantIn.optional() }),
    answer: WholeVersion,
    async act({ tx, at: now, query: { at = now } }) {
      return { ...(await programmeAt(tx, at)) }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/programme/versions",
      permission: "programme.read",
      tag: "Programme",
      summary: "Every version, the one in force last first",
    },
    answer: z.object({ versions: z.array(Version) }),
    act: async ({ tx }) => ({ versions: [...(await programmeVersions(tx))] }),
  })
  declare(office, {
    ...{
      method: "get",
      path: "/programme/versions/{version}",
      permission: "programme.read",
      tag: "Programme",
      summary: "One version, whole",
    },
    params: z.object({ version: z.coerce.number().int().min(0).max(1_000_000) }),
    answer: WholeVersion,
    async act({ tx, params: { version } }) {
      const known = (await programmeVersions(tx)).some((one) => one.version === version)
      return known ? { ...(await programmeOf(tx, version)) } : refuse("programme_not_found", { version })
    },
  })
  declare(office, {
    ...{ method: "post", path: "/programme/versions", permission: "programme.publish", tag: "Programme", status: 201 },
    summary: "Publish a programme for receipts sold from a moment on; published versions never change",
    body: z.strictObject({ document, effectiveFrom: instantIn.optional(), note: text(500).optional() }),
    answer: z.object({ version: z.number(), effectiveFrom: instant }),
    async act({ tx, at, by, body: { document, effectiveFrom = at, note: why = null }, note }) {
      const published = await publishProgramme(tx, { document, effectiveFrom, at, by, note: why })
      await note("programme.publish", `programme:${published.version}`, { effectiveFrom: published.effectiveFrom.toISOString() })
      return published
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/programme/budgets",
      permission: "programme.read",
      tag: "Programme",
      summary: "How much of each campaign's budget is given",
    },
    answer: z.object({ budgets: z.array(z.object({ campaign: z.string(), budgetPoints: z.number(), givenPoints: z.number() })) }),
    act: async ({ tx }) => ({ budgets: await campaignBudgets(tx) }),
  })
}

const SimulatedLine = z.strictObject({
  line: whole(1, 1_000_000),
  sku: text(64),
  category: text(300).nullable(),
  brand: text(100).nullable(),
  kind: z.enum(["goods", "certificate", "delivery"]).default("goods"),
  quantityMilli: whole(1, 1_000_000_000),
  priceMinor: money.transform(minor),
  amountMinor: money.transform(minor),
  regularMinor: money.transform(minor),
  minPriceMinor: money.transform(minor).nullable().default(null),
  excluded: z.boolean().default(false),
})

const SimulatedReceipt = z.strictObject({
  earner: z.strictObject({
    memberId: id,
    cardKind: z.enum(["virtual", "plastic", "partner"]),
    birthday: z
      .strictObject({ month: whole(1, 12), day: whole(1, 31) })
      .nullable()
      .default(null),
    employeeAtOwnTill: z.boolean().default(false),
  }),
  basket: z.strictObject({
    shop: shopCode,
    channel: z.enum(["till", "web"]).default("till"),
    soldAt: instantIn,
    lines: z.array(SimulatedLine).min(1).max(1_000),
    tenders: z
      .array(
        z.strictObject({
          type: z.enum(["cash", "card", "installment", "certificate", "erip", "other"]),
          amountMinor: money.transform(minor),
        }),
      )
      .max(50),
  }),
  redeemed: whole(0, 1_000_000_000).default(0).transform(points),
})

/** What a draft would give and cost, beside the programme in force; and where a member stands. */
export function declareSimulationOfProgramme(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/programme/simulations", permission: "programme.read", tag: "Programme" },
    summary: "Run a draft over receipts, beside the programme that was in force when each was sold; changes nothing",
    body: z.strictObject({ document, receipts: z.array(SimulatedReceipt).max(MOST_SIMULATED) }),
    answer: z
      .object({
        receipts: z.number(),
        before: z.number(),
        draft: z.number(),
        difference: z.number(),
        costMinor: z.number(),
        winners: z.number(),
        losers: z.number(),
        members: z.array(z.object({ memberId: z.number(), before: z.number(), draft: z.number(), difference: z.number() })),
        campaigns: z.array(z.object({ campaign: z.string(), points: z.number(), budgetPoints: z.number().nullable() })),
      })
      .openapi("Simulation"),
    async act({ tx, at, body, note }) {
      await note("programme.simulate", "programme:draft", { receipts: body.receipts.length })
      return simulate(tx, { ...body, at })
    },
  })
  declare(office, {
    ...{ method: "get", path: "/members/{memberId}/standing", permission: "points.read", tag: "Points" },
    summary: "The member's level, what is missing to the next, and when and to what it would fall",
    params: byMember,
    answer: z
      .object({
        tier: z.string(),
        turnoverMinor: z.number(),
        next: z.object({ tier: z.string(), missingMinor: z.number() }).nullable(),
        falls: z.object({ on: day, to: z.string() }).nullable(),
      })
      .openapi("Standing"),
    async act({ tx, at, params }) {
      const { memberId } = await knownMember(tx, params.memberId)
      return (await standingsOf(tx, [memberId], { at })).get(memberId) ?? refuse("member_unknown", { memberId })
    },
  })
}
