import { TextDecoder } from "node:util"

const signs = new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 128 }, (_, place) => place + 128))
const BYTES = new Map(Array.from(signs, (sign, place) => [sign, place + 128]))

/** Text in windows-1251, which 1C expects of a site; what has no place there becomes a question mark. */
export function windows1251(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (sign) => (sign < "\u0080" ? sign.charCodeAt(0) : (BYTES.get(sign) ?? 63)))
}
