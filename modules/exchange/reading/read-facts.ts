import { refuse } from "../refusals.ts"
import { gunzipped, openArchive } from "./archive.ts"
import { type Bytes, headOf } from "./bytes.ts"
import { Collector } from "./collect.ts"
import { crossOut } from "./crossed-out.ts"
import { commerceMl } from "./commerceml.ts"
import { readCsv } from "./csv.ts"
import { decoded } from "./decode.ts"
import type { Batch, ReadingRules } from "./facts.ts"
import { readXlsx } from "./xlsx.ts"
import { type XmlHandler, XmlStream } from "./xml.ts"
import { yml } from "./yml.ts"

/**
 * What a file says, stretch by stretch, whatever its format: CommerceML, YML, CSV or XLSX, plain or gzipped; it is told by what is in it, not by its name.
 * Memory stays the same however long it is. Errors: those of a file that can't be read, with line and field.
 */
export async function* readFacts(bytes: Bytes, rules: ReadingRules): AsyncGenerator<Batch> {
  const to = new Collector(rules)
  try {
    yield* read(bytes, to)
  } catch (error) {
    if (!to.isEmpty) yield to.take() // what was found before it breaks off
    throw error
  }
}

async function* read(bytes: Bytes, to: Collector): AsyncGenerator<Batch> {
  const head = await headOf(bytes, 4)
  if (head.subarray(0, 2).toString("latin1") === "PK") {
    const entries = await openArchive(bytes, { mayHold: () => true })
    if (!entries.some(({ name }) => name === "xl/workbook.xml")) refuse("format_unknown", { field: "(archive)", line: null })
    return yield* readXlsx(entries, to)
  }
  const text = decoded(await plainBytes(bytes))
  let first = ""
  while (first.trim() === "") {
    const { value, done } = await text.next()
    if (done) refuse("format_unknown", { field: "(empty)", line: 1 })
    first += value
  }
  const whole = startingWith(first.replace(/^\ufeff/, ""), text)
  yield* first
    .trimStart()
    .replace(/^\ufeff/, "")
    .startsWith("<")
    ? readXml(whole, to)
    : readCsv(whole, to)
}

/** A file as it is, or unpacked where it is gzipped. */
export async function plainBytes(bytes: Bytes): Promise<AsyncIterable<Buffer>> {
  const head = await headOf(bytes, 4)
  return head[0] === 0x1f && head[1] === 0x8b ? gunzipped(bytes) : bytes.stream()
}

async function* startingWith(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

async function* readXml(text: AsyncIterable<string>, to: Collector): AsyncGenerator<Batch> {
  const stream = new XmlStream(byRoot(to))
  for await (const part of text) {
    for (let from = 0; from < part.length; from += STEP) {
      stream.write(part.slice(from, from + STEP))
      if (!to.isEmpty) yield to.take()
    }
  }
  stream.end()
  if (!to.isEmpty) yield to.take()
}

const STEP = 262_144

const COMMERCEML_ROOTS = new Set(["КоммерческаяИнформация", "Классификатор", "Каталог", "ПакетПредложений"])

/** The root says which language it is. */
function byRoot(to: Collector): XmlHandler {
  let handler: XmlHandler | undefined
  return {
    isRecord: (path) => path.length > 1 && handler!.isRecord(path),
    record(element, path) {
      const found = crossOut(element)
      handler!.record(element, path)
      for (const { line, field } of found) to.fault(line, field, "bank_card_number")
    },
    opened(path, attributes, line) {
      const [root = ""] = path
      if (path.length === 1) handler = COMMERCEML_ROOTS.has(root) ? commerceMl(to) : root === "yml_catalog" ? yml(to) : undefined
      if (!handler) return refuse("format_unknown", { line, field: root })
      handler.opened(path, attributes, line)
    },
  }
}
