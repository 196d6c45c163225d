import { crc32 } from "node:zlib"

const VERSION = 20
const UTF8_NAMES = 0x0800
const NO_TIME = { time: 0, date: 0x21 } // midnight of 1980-01-01: the same files give the same bytes

/** A ZIP archive (PKWARE's APPNOTE 6.3) of a few small files, stored as they are: pictures are packed already. */
export function zip(files: Readonly<Record<string, Buffer>>): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, bytes] of Object.entries(files)) {
    const [named, described] = [Buffer.from(name), describe(name, bytes)]
    const local = Buffer.concat([signature("PK\u0003\u0004"), described, named, bytes])
    directory.push(signature("PK\u0001\u0002"), short(VERSION), described, zeros(10), long(offset), named)
    parts.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const count = short(Object.keys(files).length)
  return Buffer.concat([...parts, listed, signature("PK\u0005\u0006"), zeros(4), count, count, long(listed.length), long(offset), zeros(2)])
}

/** What stands in a file's own header and in the directory alike. */
function describe(name: string, bytes: Buffer): Buffer {
  const { time, date } = NO_TIME
  const stored = [short(VERSION), short(UTF8_NAMES), short(0), short(time), short(date)]
  return Buffer.concat([...stored, long(crc32(bytes)), long(bytes.length), long(bytes.length), short(Buffer.byteLength(name)), short(0)])
}

const signature = (text: string): Buffer => Buffer.from(text, "latin1")
const zeros = (count: number): Buffer => Buffer.alloc(count)

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
