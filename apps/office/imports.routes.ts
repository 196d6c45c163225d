import { z } from "@hono/zod-openapi"
import {
  brakeText,
  failureText,
  importById,
  type Import as OneImport,
  listImports,
  listPriceTypes,
  listWarehouses,
  quarantineOf,
  reasonText,
  releaseImport,
  repeatImport,
  sayPriceType,
  sayWarehouse,
  stopImport,
} from "@mila/exchange"
import type { Locale } from "@mila/kernel"
import { shopByCode } from "@mila/shops"
import { declare, type Office } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { id, idIn, instant, most, shopCode, text } from "./schemas.ts"

const STATES = ["waiting", "reading", "judging", "held", "applying", "done", "stopped", "failed"] as const
const counted = z.record(z.string(), z.number())
const Import = z
  .object({
    id,
    source: z.string(),
    what: z.enum(["file", "deactivate"]),
    fileName: z.string(),
    dryRun: z.boolean(),
    whole: z.boolean().openapi({ description: "Names everything its source has: the rest is hidden." }),
    state: z.enum(STATES),
    counts: counted.openapi({
      description: "records read, facts staged, rows refused, rows applied, warehouses, stock rows changed, goods hidden",
    }),
    diff: z
      .looseObject({ goods: counted, prices: counted, stock: counted, rows: counted, examples: z.array(z.looseObject({})).readonly() })
      .nullable()
      .openapi({ description: "What it would do, against what was known when it was judged. Prices in kopecks." }),
    heldFor: z.array(z.object({ code: z.string(), text: z.string() })),
    failure: z.looseObject({ code: z.string(), line: z.number().nullable(), field: z.string(), text: z.string() }).nullable(),
    askedBy: z.number(),
    askedAt: instant,
    endedAt: instant.nullable(),
    decidedBy: z.number().nullable(),
    decidedAt: instant.nullable(),
    note: z.string().nullable(),
  })
  .openapi("Import")

const told = (job: OneImport, locale: Locale): z.input<typeof Import> => ({
  ...job,
  heldFor: job.heldFor.map((code) => ({ code, text: brakeText(code, locale) })),
  failure: job.failure && { ...job.failure, text: failureText(job.failure.code, job.failure, locale) },
})

const byId = z.object({ id: idIn })
const why = z.strictObject({ note: text(500) })

/** Files with goods, as they came: what each would do or did, and what of it could not be taken. */
export function declareImports(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/imports", permission: "imports.read", tag: "Imports", summary: "Imports of goods, newest first" },
    query: z.strictObject({ state: z.enum(STATES).optional(), before: idIn.optional(), most }),
    answer: z.object({ imports: z.array(Import) }),
    act: async ({ tx, locale, query: { state = null, before = null, most } }) => ({
      imports: (await listImports(tx, { state, before, most })).map((job) => told(job, locale)),
    }),
  })
  declare(office, {
    ...{ method: "get", path: "/imports/{id}", permission: "imports.read", tag: "Imports", summary: "One import with what it would do" },
    params: byId,
    answer: Import,
    act: async ({ tx, locale, params: { id } }) => told(await importById(tx, id), locale),
  })
  declare(office, {
    ...{ method: "get", path: "/imports/{id}/quarantine", permission: "imports.read", tag: "Imports" },
    summary: "What of an import could not be taken, row by row, with line, field and reason",
    params: byId,
    query: z.strictObject({ after: idIn.optional(), most }),
    answer: z.object({
      rows: z.array(
        z.object({
          ...{ id, line: z.number().nullable(), field: z.string(), reason: z.string(), text: z.string() },
          ...{ thing: z.string().nullable(), value: z.string().nullable() },
        }),
      ),
    }),
    async act({ tx, locale, params: { id }, query: { after = 0, most } }) {
      await importById(tx, id)
      const rows = await quarantineOf(tx, { id, after, most })
      return { rows: rows.map((row) => ({ ...row, text: reasonText(row.reason, locale) })) }
    },
  })
}

/** A held import waits for one of these. */
export function declareImportDecisions(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/imports/{id}/release", permission: "imports.decide", tag: "Imports" },
    summary: "Let a held import go on as it is",
    params: byId,
    body: why,
    answer: Import,
    async act({ tx, at, staff, locale, params: { id }, body, note }) {
      await releaseImport(tx, { id, by: staff.staffId, note: body.note, at })
      await note("import.release", `import:${id}`)
      return told(await importById(tx, id), locale)
    },
  })
  declare(office, {
    ...{ method: "post", path: "/imports/{id}/stop", permission: "imports.decide", tag: "Imports" },
    summary: "End an import for good; what it has applied stays",
    params: byId,
    body: why,
    answer: Import,
    async act({ tx, at, staff, locale, params: { id }, body, note }) {
      await stopImport(tx, { id, by: staff.staffId, note: body.note, at })
      await note("import.stop", `import:${id}`)
      return told(await importById(tx, id), locale)
    },
  })
  declare(office, {
    ...{ method: "post", path: "/imports/{id}/repeat", permission: "imports.decide", tag: "Imports", status: 202 },
    summary: "Import the same file once more, or only see what that would do (`dryRun`); files are kept for a week",
    params: byId,
    body: z.strictObject({ dryRun: z.boolean().default(true) }),
    answer: Import,
    async act({ tx, at, staff, locale, params: { id }, body: { dryRun }, note }) {
      const made = await repeatImport(tx, { id, dryRun, by: staff.staffId, at })
      await note("import.ask", `import:${made}`, { repeats: id, dryRun })
      return told(await importById(tx, made), locale)
    },
  })
}

const source = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
const zone = z.string().regex(/^[a-z0-9-]{1,32}$/)
const theirs = z.string().min(1).max(100)
const PriceType = z
  .object({
    ...{ source, id: theirs, name: z.string(), currency: z.string().nullable(), zone, chosen: z.boolean() },
    means: z.enum(["regular", "card", "floor", "nothing"]),
  })
  .openapi("PriceType")
const Warehouse = z
  .object({ source, id: theirs, name: z.string(), shop: z.string().nullable(), chosen: z.boolean() })
  .openapi("Warehouse", { description: "`shop` null: its stock is laid aside until somebody says which shop it is." })

/** What words of a source mean here. */
export function declareMeanings(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/price-types", permission: "imports.read", tag: "Imports", summary: "Types of price sources have named" },
    answer: z.object({ priceTypes: z.array(PriceType) }),
    act: async ({ tx }) => ({ priceTypes: await listPriceTypes(tx) }),
  })
  declare(office, {
    ...{ method: "put", path: "/price-types", permission: "imports.decide", tag: "Imports", summary: "Say what a type of price is for" },
    body: z.strictObject({ source, id: theirs, means: PriceType.shape.means, zone: zone.default("main") }),
    answer: PriceType,
    async act({ tx, body, note }) {
      const said = await sayPriceType(tx, body)
      await note("import.price-type", `price-type:${body.source}`, { means: body.means, zone: body.zone })
      return said
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/warehouses",
      permission: "imports.read",
      tag: "Imports",
      summary: "Warehouses; those without a shop first",
    },
    answer: z.object({ warehouses: z.array(Warehouse) }),
    act: async ({ tx }) => ({ warehouses: await listWarehouses(tx) }),
  })
  declare(office, {
    ...{ method: "put", path: "/warehouses", permission: "imports.decide", tag: "Imports" },
    summary: "Say which shop a warehouse is, and at whose prices it sells",
    body: z.strictObject({ source, id: theirs, shop: shopCode.nullable(), zone: zone.optional() }),
    answer: Warehouse,
    async act({ tx, at, body: { source, id, shop, zone }, note }) {
      if (shop !== null && !(await shopByCode(tx, shop))) refuse("shop_not_found", { code: shop })
      const said = await sayWarehouse(tx, { source, id, shop, ...(zone === undefined ? {} : { zone }), at })
      await note("import.warehouse", `warehouse:${source}`, { shop, zone: zone ?? null })
      return said
    },
  })
}
