import { SaxesParser, type SaxesTagPlain } from "saxes"
import { refuse } from "../refusals.ts"

/** A record of a file with all that is in it. Names come without their prefix. */
export type Element = { name: string; line: number; attributes: Readonly<Record<string, string>>; text: string; children: Element[] }

export type XmlHandler = {
  /** whether the element at this path is a record: it is gathered and told whole */
  isRecord(path: readonly string[]): boolean
  record(element: Element, path: readonly string[]): void
  /** told of every element outside records */
  opened(path: readonly string[], attributes: Readonly<Record<string, string>>, line: number): void
}

// no catalogue is deeper or larger; whoever is, wants something else
const MOST_DEEP = 100
const MOST_IN_RECORD = 200_000
const MOST_CHARS_IN_ONE = 4_000_000
/** what every YML feed begins with; it is never fetched and declares nothing here */
const YML_DOCTYPE = /^\s*yml_catalog\s+SYSTEM\s+["']shops\.dtd["']\s*$/

/**
 * Reads XML as a stream: records are told one by one, and nothing else is kept. No document type is obeyed and no entity but XML's own five exists (XXE, billion laughs).
 * Errors: xml_broken, xml_doctype, too_large; each with line and field.
 */
export class XmlStream {
  readonly #parser = new SaxesParser({ xmlns: false, position: true })
  readonly #handler: XmlHandler
  readonly #path: string[] = []
  readonly #open: Element[] = []
  #inRecord = 0
  /** since the parser last told something: how much it holds, and from which line on */
  #chars = 0
  #since = 1

  constructor(handler: XmlHandler) {
    this.#handler = handler
    const parser = this.#parser
    parser.on("opentag", (tag) => this.#opened(tag))
    parser.on("closetag", () => this.#closed())
    parser.on("text", (text) => this.#text(text))
    parser.on("cdata", (text) => this.#text(text))
    parser.on("comment", () => this.#heard())
    parser.on("processinginstruction", () => this.#heard())
    parser.on("doctype", (said) => YML_DOCTYPE.test(said) || this.#refuse("xml_doctype"))
    parser.on("error", (error) => this.#refuse("xml_broken", { saying: error.message.replace(/^\d+:\d+: /, "") }))
  }

  write(text: string): void {
    for (let from = 0; from < text.length; from += STEP) {
      const step = text.slice(from, from + STEP)
      this.#chars += step.length
      if (this.#chars > MOST_CHARS_IN_ONE) this.#refuse("too_large")
      this.#parser.write(step)
    }
  }

  end(): void {
    this.#parser.close()
  }

  #heard(): void {
    this.#chars = 0
    this.#since = this.#parser.line
  }

  /** A sign that is never closed swallows what follows: then the line it began on is the one to look at. */
  #refuse(code: "xml_broken" | "xml_doctype" | "too_large", details: Record<string, unknown> = {}): never {
    const { line, column } = this.#parser
    return refuse(code, { ...details, line: line - this.#since > 1 ? this.#since : line, column, field: this.#path.join("/") || "(root)" })
  }

  #opened({ name: full, attributes }: SaxesTagPlain): void {
    this.#heard()
    const name = full.slice(full.indexOf(":") + 1)
    this.#path.push(name)
    if (this.#path.length > MOST_DEEP) this.#refuse("too_large")
    const line = this.#parser.line
    const parent = this.#open.at(-1)
    if (!parent && !this.#handler.isRecord(this.#path)) return this.#handler.opened(this.#path, attributes, line)
    const element: Element = { name, line, attributes, text: "", children: [] }
    this.#inRecord = parent ? this.#inRecord + 1 : 0
    if (this.#inRecord > MOST_IN_RECORD) this.#refuse("too_large")
    parent?.children.push(element)
    this.#open.push(element)
  }

  #text(text: string): void {
    this.#heard()
    const element = this.#open.at(-1)
    if (!element) return
    element.text += text
    if (element.text.length > MOST_CHARS_IN_ONE) this.#refuse("too_large")
  }

  #closed(): void {
    this.#heard()
    const element = this.#open.pop()
    if (element && this.#open.length === 0) this.#handler.record(element, this.#path)
    this.#path.pop()
  }
}

const STEP = 65_536

/** The first child of this name. */
export const child = ({ children }: Element, name: string): Element | undefined => children.find((one) => one.name === name)

/** All children of this name. */
export const childrenOf = ({ children }: Element, name: string): Element[] => children.filter((one) => one.name === name)

/** The text of a child, trimmed; undefined when it is not there or empty. */
export function textOf(element: Element, name: string): string | undefined {
  return child(element, name)?.text.trim() || undefined
}
