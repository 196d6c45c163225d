import { Refusal } from "@mila/kernel"
import { Readable } from "node:stream"
import { createGunzip } from "node:zlib"
import yauzl from "yauzl"
import { type ExchangeRefusal, refuse } from "../refusals.ts"
import type { Bytes } from "./bytes.ts"
import { isFileName } from "./file-name-rules.ts"

const MOST_ENTRIES = 50_000
const MOST_UNPACKED = 8 * 1024 ** 3
// what a catalogue shrinks to at best; a bomb shrinks a thousandfold
const MOST_SHRUNK = 400
const SHRUNK_FROM = 10_000_000

export type Entry = { name: string; size: number; stream(): Promise<AsyncIterable<Buffer>> }

/**
 * What lies in an archive, without unpacking anything: names are checked, sizes added up, and each file is read from where it lies, so that nothing is ever written
 * to a place an archive names (zip slip). Errors: archive_unfit with its reason.
 */
export async function openArchive(bytes: Bytes, { mayHold = isFileName }: { mayHold?: (name: string) => boolean } = {}): Promise<Entry[]> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true } as const
  const entries: Entry[] = []
  let unpacked = 0
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(new PartReader(bytes), bytes.size, options)
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith("/")) continue
      unpacked += entry.uncompressedSize
      check(entry, { count: entries.length, unpacked, mayHold })
      const stream = async () => sound(await zip.openReadStreamPromise(entry))
      entries.push({ name: entry.fileName, size: entry.uncompressedSize, stream })
    }
    return entries
  } catch (error) {
    throw unfit(error)
  }
}

const isLink = (entry: yauzl.Entry): boolean => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000

function check(
  entry: yauzl.Entry,
  { count, unpacked, mayHold }: { count: number; unpacked: number; mayHold: (name: string) => boolean },
): void {
  const { fileName: name, uncompressedSize, compressedSize } = entry
  const no = (reason: string): never => refuse("archive_unfit", { reason, field: name.slice(0, 100), line: count + 1 })
  if (count >= MOST_ENTRIES) no("too_many_files")
  if (!mayHold(name)) no("name")
  if (isLink(entry)) no("link")
  if (entry.isEncrypted()) no("encrypted")
  if (unpacked > MOST_UNPACKED || (uncompressedSize > SHRUNK_FROM && uncompressedSize > compressedSize * MOST_SHRUNK)) no("bomb")
}

function unfit(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const reason = error instanceof Error ? error.message.slice(0, 200) : "damaged"
  return new Refusal<ExchangeRefusal>("archive_unfit", { reason, field: "(archive)", line: null })
}

/** Damage shows while reading: it is the archive's, not ours. */
async function* sound(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const part of stream) yield part as Buffer
  } catch (error) {
    throw unfit(error)
  }
}

class PartReader extends yauzl.RandomAccessReader {
  readonly #bytes: Bytes
  constructor(bytes: Bytes) {
    super()
    this.#bytes = bytes
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#bytes.stream(start, end), { objectMode: false })
  }
}

/** The content of a .gz file. Errors: archive_unfit. */
export async function* gunzipped(bytes: Bytes): AsyncGenerator<Buffer> {
  const stream = Readable.from(bytes.stream(), { objectMode: false }).pipe(createGunzip())
  let unpacked = 0
  for await (const part of sound(stream)) {
    unpacked += part.length
    if (unpacked > MOST_UNPACKED || (unpacked > SHRUNK_FROM && unpacked > bytes.size * MOST_SHRUNK)) {
      refuse("archive_unfit", { reason: "bomb", field: "(archive)", line: null })
    }
    yield part
  }
}
