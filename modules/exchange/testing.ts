import { type Db, inTransaction } from "@mila/kernel"
import { type ImportRules, USUAL_RULES } from "./import-rules.ts"
import { askImport, type Import, importById } from "./received/imports.ts"
import { openDocument, receivePiece } from "./received/files.ts"
import { beginSession } from "./received/sessions.ts"
import { runImports } from "./run-imports.ts"

type Wishes = Partial<Pick<Import, "source" | "dryRun" | "whole">> & { name?: string; at?: Date; rules?: Partial<ImportRules> }

const AT = new Date("2026-11-02T09:00:00Z")

/** Sends a file and asks for its import, as a door does; answers its id. */
export function sent(
  db: Db,
  content: string | Buffer,
  { name = "import.xml", source = "1c", dryRun = false, whole = false, at = AT }: Wishes = {},
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { session } = await beginSession(tx, { staffId: 1, at })
    await receivePiece(tx, { session, name, bytes: Buffer.from(content as string), most: 2 ** 31, at })
    const file = await openDocument(tx, { session, name })
    return askImport(tx, { source, session, file: file?.id ?? null, fileName: name, dryRun, whole, by: 1, at })
  })
}

/** Sends a file, imports it and answers what became of it. Prices in BYN unless the rules say otherwise. */
export async function imported(db: Db, content: string | Buffer, wishes: Wishes = {}): Promise<Import> {
  const id = await sent(db, content, wishes)
  await ran(db, wishes)
  return inTransaction(db, (tx) => importById(tx, id))
}

/** Runs whatever import waits. */
export async function ran(db: Db, { rules = {}, at = AT }: Pick<Wishes, "rules" | "at"> = {}): Promise<void> {
  await runImports(db, { rules: { ...USUAL_RULES, ...rules }, now: () => at })
}
