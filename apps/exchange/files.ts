import { askImport, beginSession, importById, openDocument, quarantineOf, receivePiece } from "@mila/exchange"
import { inTransaction } from "@mila/kernel"
import { record } from "@mila/staff"
import type { Context, Hono } from "hono"
import { HTTPException } from "hono/http-exception"
import type { ExchangeContext, ExchangeEnv } from "./context.ts"
import { senderOf } from "./keys.ts"

const SOURCE = /^[a-z0-9][a-z0-9-]{0,31}$/
const PIECE = 1_048_576

/**
 * For sources without 1C. `PUT /exchange/files/<name>?source=supplier&whole=1&dry_run=1`: the body is a YML feed, CommerceML, CSV or XLSX; answers 202 with the number of the
 * import. `GET /exchange/imports/<number>`: how far it is, what it would do or did, and the first rows laid aside.
 */
export function declareFiles(app: Hono<ExchangeEnv>, context: ExchangeContext): void {
  const { db, clock, rules } = context
  app.put("/exchange/files/:name", async (c) => {
    const staffId = await sender(c, context)
    const { source = "", whole, dry_run: dryRun } = c.req.query()
    if (!SOURCE.test(source)) return c.json({ code: "malformed", field: "source" }, 400)
    const name = c.req.param("name")
    const at = clock.now()
    const { session } = await inTransaction(db, (tx) => beginSession(tx, { staffId, at }))
    for await (const bytes of pieces(c.req.raw.body)) {
      await inTransaction(db, (tx) => receivePiece(tx, { session, name, bytes, most: rules.mostFileBytes, at }))
    }
    const id = await inTransaction(db, async (tx) => {
      const file = await openDocument(tx, { session, name })
      if (!file) return undefined
      const asked = { source, session, file: file.id, fileName: name, dryRun: dryRun === "1", whole: whole === "1", by: staffId, at }
      const id = await askImport(tx, asked)
      await record(tx, {
        staffId,
        action: "import.ask",
        object: `import:${id}`,
        at,
        details: { source, dryRun: asked.dryRun, whole: asked.whole },
      })
      return id
    })
    return id === undefined ? c.json({ code: "file_name_invalid", field: "name" }, 422) : c.json({ import: id }, 202)
  })
  app.get("/exchange/imports/:id{[0-9]{1,15}}", async (c) => {
    await sender(c, context)
    const id = Number(c.req.param("id"))
    return c.json(
      await inTransaction(db, async (tx) => {
        const { source, state, counts, diff, heldFor, failure } = await importById(tx, id)
        return { import: id, source, state, counts, diff, heldFor, failure, quarantine: await quarantineOf(tx, { id, most: 100 }) }
      }),
    )
  })
}

async function sender(c: Context<ExchangeEnv>, context: ExchangeContext): Promise<number> {
  const staffId = await senderOf(c, context)
  if (typeof staffId === "number") return staffId
  const status = staffId === "not_allowed" ? 403 : 401
  const headers: Record<string, string> = status === 401 ? { "www-authenticate": 'Basic realm="exchange", charset="UTF-8"' } : {}
  throw new HTTPException(status, { res: Response.json({ code: staffId }, { status, headers }) })
}

/** A body in pieces of a megabyte, so that memory does not grow with it. */
async function* pieces(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const part of body ?? []) {
    held.push(part)
    size += part.length
    if (size < PIECE) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}
