import { dayRoots } from "@mila/ledger"
import { type Db, dayIn, inTransaction, MINSK } from "@mila/kernel"
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs"
import { dirname } from "node:path"

/**
 * Writes the root of every sealed day that is over into `file`, one line a day, once. The file lies outside the database: copied elsewhere, it
 * proves that no day was rewritten, even by whoever may do everything in the database.
 * Errors: a day's root is no longer what the file says.
 */
export async function keepDayRoots(db: Db, { file, at }: { file: string; at: Date }): Promise<{ kept: number }> {
  const kept = readRoots(file)
  const roots = await inTransaction(db, (tx) => dayRoots(tx))
  const changed = roots.filter(({ day, root }) => kept.has(day) && kept.get(day) !== root)
  if (changed.length > 0) throw new Error(`the ledger of ${changed[0]!.day} was rewritten: its root is not the one kept outside`)

  const today = dayIn(MINSK, at)
  const lines = roots
    .filter(({ day }) => day < today && !kept.has(day))
    .map(({ day, root, transactions }) => `${day} ${root} ${transactions}\n`)
  if (lines.length > 0) {
    mkdirSync(dirname(file), { recursive: true })
    appendFileSync(file, lines.join(""), { mode: 0o600, flush: true })
  }
  return { kept: lines.length }
}

/** The days whose roots in the database are no longer what `file` says; none when all is well, or when there is no file yet. */
export async function rewrittenDays(db: Db, { file }: { file: string }): Promise<string[]> {
  const kept = readRoots(file)
  const now = new Map((await inTransaction(db, (tx) => dayRoots(tx))).map(({ day, root }) => [day as string, root]))
  return [...kept].filter(([day, root]) => now.get(day) !== root).map(([day]) => day)
}

function readRoots(file: string): Map<string, string> {
  if (!existsSync(file)) return new Map()
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean)
  return new Map(lines.map((line) => line.split(" ").slice(0, 2) as [string, string]))
}
