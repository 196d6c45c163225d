// Structured Field Values for HTTP (RFC 9651), as far as signatures need them: a dictionary of inner lists, and a dictionary of byte sequences.
// The parser is strict and bounded: what is not written exactly so is refused.

type Parameter = string | number | boolean | Buffer
type Member = { name: string; parameters: ReadonlyMap<string, Parameter> }
export type InnerList = { items: readonly Member[]; parameters: ReadonlyMap<string, Parameter> }

const MOST_CHARACTERS = 4_096
const MOST_MEMBERS = 4
const MOST_ITEMS = 24
const MOST_PARAMETERS = 12

/** What was sent is not a structured field of the kind asked for. */
export class Malformed extends Error {}

/** Reads `label=("a" "b");created=1` …: inner lists of strings by label. Errors: Malformed. */
export function innerListsOf(text: string): Map<string, InnerList> {
  return dictionaryOf(text, (cursor) => {
    const items: Member[] = []
    cursor.expect("(")
    for (;;) {
      cursor.spaces()
      if (cursor.take(")")) break
      const name = cursor.string()
      items.push({ name, parameters: parametersOf(cursor) })
      if (items.length > MOST_ITEMS) throw new Malformed("too many items")
      if (cursor.peek() !== ")" && cursor.peek() !== " ") throw new Malformed("items are parted by spaces")
    }
    return { items, parameters: parametersOf(cursor) }
  })
}

/** Reads `label=:…base64…:`: byte sequences by label. Errors: Malformed. */
export function byteSequencesOf(text: string): Map<string, Buffer> {
  return dictionaryOf(text, (cursor) => {
    const bytes = cursor.bytes()
    parametersOf(cursor)
    return bytes
  })
}

/** Writes an inner list the one way it is written (RFC 9651, 4.1.1.1); RFC 9421 signs this text. */
export function written({ items, parameters }: InnerList): string {
  return `(${items.map(({ name, parameters: own }) => `"${name}"${writtenParameters(own)}`).join(" ")})${writtenParameters(parameters)}`
}

function writtenParameters(parameters: ReadonlyMap<string, Parameter>): string {
  let text = ""
  for (const [key, value] of parameters) {
    if (value === true) text += `;${key}`
    else if (value === false) text += `;${key}=?0`
    else if (typeof value === "string") text += `;${key}="${value.replace(/["\\]/g, "\\$&")}"`
    else if (typeof value === "number") text += `;${key}=${value}`
    else text += `;${key}=:${value.toString("base64")}:`
  }
  return text
}

function dictionaryOf<Value>(text: string, read: (cursor: Cursor) => Value): Map<string, Value> {
  if (text.length > MOST_CHARACTERS) throw new Malformed("too long")
  const cursor = new Cursor(text.trim())
  const members = new Map<string, Value>()
  for (;;) {
    const label = cursor.key()
    cursor.expect("=")
    if (members.has(label)) throw new Malformed("a label stands twice")
    members.set(label, read(cursor))
    if (members.size > MOST_MEMBERS) throw new Malformed("too many members")
    cursor.spaces()
    if (cursor.ended()) return members
    cursor.expect(",")
    cursor.spaces()
  }
}

function parametersOf(cursor: Cursor): Map<string, Parameter> {
  const parameters = new Map<string, Parameter>()
  while (cursor.take(";")) {
    cursor.spaces()
    const key = cursor.key()
    if (parameters.has(key)) throw new Malformed("a parameter stands twice")
    parameters.set(key, cursor.take("=") ? cursor.bareItem() : true)
    if (parameters.size > MOST_PARAMETERS) throw new Malformed("too many parameters")
  }
  return parameters
}

const KEY = /[a-z*][a-z0-9_.*-]{0,63}/y
const INTEGER = /-?\d{1,15}(?![\d.])/y
const STRING = /"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y
const BYTES = /:([A-Za-z0-9+/]*={0,2}):/y
const BOOLEAN = /\?([01])/y

class Cursor {
  private readonly text: string
  private place = 0

  constructor(text: string) {
    this.text = text
  }

  ended(): boolean {
    return this.place >= this.text.length
  }

  peek(): string {
    return this.text[this.place] ?? ""
  }

  take(sign: string): boolean {
    if (this.text[this.place] !== sign) return false
    this.place += 1
    return true
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw new Malformed(`${sign} expected`)
  }

  spaces(): void {
    while (this.text[this.place] === " ") this.place += 1
  }

  key(): string {
    return this.match(KEY, "a key")[0]
  }

  string(): string {
    return this.match(STRING, "a string")[1]!.replace(/\\(["\\])/g, "$1")
  }

  bytes(): Buffer {
    return Buffer.from(this.match(BYTES, "a byte sequence")[1]!, "base64")
  }

  bareItem(): Parameter {
    const next = this.peek()
    if (next === '"') return this.string()
    if (next === ":") return this.bytes()
    if (next === "?") return this.match(BOOLEAN, "a boolean")[1] === "1"
    return Number(this.match(INTEGER, "an integer")[0])
  }

  private match(pattern: RegExp, what: string): RegExpExecArray {
    pattern.lastIndex = this.place
    const found = pattern.exec(this.text)
    if (!found) throw new Malformed(`${what} expected`)
    this.place += found[0].length
    return found
  }
}
