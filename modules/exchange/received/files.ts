import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import type { KeptPicture } from "@mila/media"
import type { Bytes } from "../reading/bytes.ts"
import { type FileKind, kindOf } from "../reading/file-name-rules.ts"
import { refuse } from "../refusals.ts"

export type KeptFile = { id: number; name: string; kind: FileKind; archive: number | null; size: number; forgotten: boolean }

const PIECE = 1_048_576

const grow = statement<{ id: number; size: number }>(
  "exchange.grow_file",
  `insert into exchange.file as known (session, name, kind, size, begun_at) values ($1, $2, $3, $4, $5)
   on conflict (session, name) where not closed do update set size = known.size + excluded.size returning id, size`,
)
// one by one: bytes of their own go over the wire as they are, an array of them would go as text four times as long
const addPiece = statement<never>("exchange.add_piece", "insert into exchange.piece (file, start, bytes) values ($1, $2, $3)")
const inside = statement<never>(
  "exchange.found_inside",
  `insert into exchange.file (session, name, kind, archive, size, begun_at)
   select $1, name, kind, $2, size, $3 from jsonb_to_recordset($4::jsonb) as given(name text, kind text, size bigint)
   on conflict (session, name) where not closed do update set archive = excluded.archive, size = excluded.size`,
)
const COLUMNS = "id, name, kind, archive, size, forgotten"
const open = statement<KeptFile>(
  "exchange.open_file",
  `select ${COLUMNS} from exchange.file where session = $1 and name = $2 and not closed and kind = 'document' for update`,
)
const byId = statement<KeptFile>("exchange.file_by_id", `select ${COLUMNS} from exchange.file where id = $1`)
const unlisted = statement<KeptFile>(
  "exchange.open_archives",
  `select ${COLUMNS} from exchange.file where session = $1 and kind = 'archive' and not closed order by id`,
)
const close = statement<never>("exchange.close_file", "update exchange.file set closed = true where id = $1")
const pieces = statement<{ start: number; bytes: Buffer }>(
  "exchange.pieces",
  `select start, bytes from exchange.piece where file = $1 and start < $3::bigint
     and start >= (select max(start) from exchange.piece where file = $1 and start <= $2::bigint) order by start limit 2`,
)
const pictures = statement<KeptPicture & { name: string }>(
  "exchange.pictures_named",
  `select distinct on (name) name, kept, width, height from (
     select name, kept, width, height, id from exchange.file where kind = 'picture' and name = any($1::text[]) and kept is not null
     union all
     select url, kept, width, height, 0 from exchange.picture_link where url = any($1::text[]) and kept is not null) known
   order by name, id desc`,
)
const toMake = statement<KeptFile>(
  "exchange.pictures_to_make",
  `select ${COLUMNS} from exchange.file where kind = 'picture' and kept is null and not unfit and begun_at < $1 order by id limit $2`,
)
const made = statement<never>(
  "exchange.picture_made",
  "update exchange.file set kept = $2, width = $3, height = $4, unfit = $2::text is null, archive = null, closed = true where id = $1",
)
const dropPieces = statement<never>("exchange.drop_pieces", "delete from exchange.piece where file = $1")
const markCard = statement<never>(
  "exchange.mark_card",
  "update exchange.file set holds_card = true where id = $1 or id = (select archive from exchange.file where id = $1)",
)
// what lies in an archive is read from there, so the archive waits for all of it
const forgetCards = statement<never>(
  "exchange.forget_cards",
  `with gone as (
     update exchange.file old set forgotten = true where holds_card and not forgotten and archive is null
       and not exists (select from exchange.file inside where inside.archive = old.id
         and ((inside.kind = 'picture' and inside.kept is null and not inside.unfit) or (inside.kind = 'document' and not inside.closed)))
       and not exists (select from exchange.import job join exchange.file read on read.id = job.file
         where job.state in ('waiting', 'reading') and (read.id = old.id or read.archive = old.id))
     returning id)
   delete from exchange.piece where file in (select id from gone)`,
)
const tidy = statement<{ id: number }>(
  "exchange.tidy_files",
  `delete from exchange.file old where begun_at < $1 and archive is null
     and not exists (select from exchange.file shown where shown.kind = 'picture' and ((shown.id = old.id and shown.kept is not null) or (shown.archive = old.id and shown.kept is null and not shown.unfit))
       and not exists (select from exchange.file newer where newer.kind = 'picture' and newer.name = shown.name and newer.id > shown.id))
     and not exists (select from exchange.import where file = old.id and ended_at is null) returning id`,
)

/**
 * Adds a piece to a file of a session; pieces of one name are one file. Answers what is done with it: `unkept` is taken and forgotten.
 * Errors: file_name_invalid, too_large; then the file is left as it was.
 */
export async function receivePiece(
  tx: Tx,
  { session, name, bytes, most, at }: { session: number; name: string; bytes: Buffer; most: number; at: Date },
): Promise<FileKind | "unkept"> {
  const kind = kindOf(name) ?? refuse("file_name_invalid", { field: "filename", line: null })
  if (kind === "unkept") return kind
  const [file] = await grow(tx, [session, name, kind, bytes.length, at])
  const { id, size } = file!
  if (size > most) refuse("too_large", { field: "filename", line: null })
  for (let from = 0; from < bytes.length; from += PIECE)
    await addPiece(tx, [id, size - bytes.length + from, bytes.subarray(from, from + PIECE)])
  return kind
}

/** The document of this name that no import has taken up yet; locked. */
export async function openDocument(tx: Tx, { session, name }: { session: number; name: string }): Promise<KeptFile | undefined> {
  const [file] = await open(tx, [session, name])
  return file
}

/** Archives of a session nobody has looked into yet. */
export async function openArchives(tx: Tx, session: number): Promise<KeptFile[]> {
  return unlisted(tx, [session])
}

/** Writes down what lies in an archive; it is not looked into again. */
export async function listArchive(
  tx: Tx,
  { session, archive, entries, at }: { session: number; archive: number; entries: readonly { name: string; size: number }[]; at: Date },
): Promise<void> {
  const kept = entries.flatMap(({ name, size }) => {
    const kind = kindOf(name)
    return kind === "document" || kind === "picture" ? [{ name, size, kind }] : []
  })
  const once = new Map(kept.map((entry) => [entry.name, entry]))
  await inside(tx, [session, archive, at, JSON.stringify([...once.values()])])
  await close(tx, [archive])
}

/** Taken up: the next file of this name is another one. */
export async function closeFile(tx: Tx, id: number): Promise<void> {
  await close(tx, [id])
}

export async function fileById(tx: Tx, id: number): Promise<KeptFile> {
  const [file] = await byId(tx, [id])
  return file ?? refuse("file_not_found", { field: "filename", line: null })
}

/** The newest picture of each name, or address, that was made anew. */
export async function picturesNamed(tx: Tx, names: readonly string[]): Promise<Map<string, KeptPicture>> {
  if (names.length === 0) return new Map()
  return new Map((await pictures(tx, [[...new Set(names)]])).map(({ name, ...picture }) => [name, picture]))
}

/** Pictures nobody has made anew yet, of which no piece came since `before`, oldest first. */
export const picturesToMake = (tx: Tx, { before, most }: { before: Date; most: number }): Promise<KeptFile[]> => toMake(tx, [before, most])

/** A picture was made anew, or is none (null): what was sent is forgotten. */
export async function pictureMade(tx: Tx, id: number, picture: KeptPicture | null): Promise<void> {
  await made(tx, [id, picture?.kept ?? null, picture?.width ?? null, picture?.height ?? null])
  await dropPieces(tx, [id])
  await forgetCards(tx, []) // its archive may have waited for it
}

/** A bank card number stood in this file: its bytes go at once, those of an archive when everything in it was read (security rule 34). */
export async function forgetForItsCard(tx: Tx, id: number): Promise<void> {
  await markCard(tx, [id])
  await forgetCards(tx, [])
}

/** Forgets what was sent before; pictures stay as long as no newer one has their name. */
export async function forgetFiles(tx: Tx, { before }: { before: Date }): Promise<number> {
  return (await tidy(tx, [before])).length
}

/** The content of a file that was sent, read piece by piece. */
export function bytesIn(db: Db, { id, size }: { id: number; size: number }): Bytes {
  return {
    size,
    async *stream(from = 0, to = size) {
      for (let at = from; at < to;) {
        const rows = await inTransaction(db, (tx) => pieces(tx, [id, at, to]), { readsFirst: true })
        if (rows.length === 0) return
        for (const { start, bytes } of rows) {
          const part = bytes.subarray(Math.max(0, at - start), Math.max(0, to - start))
          if (part.length > 0) yield part
          at = Math.max(at, start + bytes.length)
        }
      }
    },
  }
}
