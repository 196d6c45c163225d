import { TextDecoder } from "node:util"
import { refuse } from "../refusals.ts"

const SUPPORTED: Readonly<Record<string, string>> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "windows-1251": "windows-1251",
  cp1251: "windows-1251",
}

/** The text of a file, from its bytes: by its byte order mark, by what its XML declaration says, or else UTF-8. Errors: encoding_unknown. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let head: Uint8Array = new Uint8Array()
  for await (const piece of bytes) {
    if (decoder) {
      yield decode(decoder, piece)
      continue
    }
    head = head.length === 0 ? piece : Buffer.concat([head, piece])
    if (head.length < 256) continue
    decoder = decoderOf(head)
    yield decode(decoder, head)
  }
  decoder ??= decoderOf(head)
  yield head.length < 256 ? decode(decoder, head, false) : decode(decoder, new Uint8Array(), false)
}

function decode(decoder: TextDecoder, bytes: Uint8Array, stream = true): string {
  try {
    return decoder.decode(bytes, { stream })
  } catch {
    return refuse("encoding_unknown", { encoding: decoder.encoding, field: "encoding", line: 1 })
  }
}

function decoderOf(head: Uint8Array): TextDecoder {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return new TextDecoder("utf-8", { fatal: true })
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    return new TextDecoder(head[0] === 0xff ? "utf-16le" : "utf-16be", { fatal: true })
  }
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 256)).toString("latin1")
  const said = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i.exec(start)?.[1]?.toLowerCase()
  if (said !== undefined) {
    const encoding = SUPPORTED[said]
    return encoding
      ? new TextDecoder(encoding, { fatal: true })
      : refuse("encoding_unknown", { encoding: said, field: "encoding", line: 1 })
  }
  if (/^\s*</.test(start)) return new TextDecoder("utf-8", { fatal: true })
  return new TextDecoder(isUtf8(head) ? "utf-8" : "windows-1251", { fatal: true }) // sheets say nothing: Excel writes windows-1251
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
