import { groupByCode } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction, Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { buffer } from "node:stream/consumers"
import { after, before, test } from "node:test"
import { gzipSync } from "node:zlib"
import { ZipFile } from "yazl"
import { openArchive } from "./reading/archive.ts"
import { bytesOf } from "./reading/bytes.ts"
import { kindOf } from "./reading/file-name-rules.ts"
import { readFacts } from "./reading/read-facts.ts"
import { imported, importXml, offersXml } from "./testing.ts"

let own: OwnDb
before(async () => void (own = await ownDb()))
after(() => own.drop())

/** Reads all of it; what it is refused for, with line and field. */
async function refusalOf(content: string | Buffer): Promise<string | undefined> {
  try {
    for await (const _ of readFacts(bytesOf(content), { currencies: ["byn"] })) {
      // only how it ends matters
    }
    return undefined
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    return `${error.code} ${String(error.details["line"])} ${String(error.details["field"])}`
  }
}

test("a document that declares types or entities is refused before anything of it is obeyed: XXE, billion laughs, a foreign DTD", async () => {
  const body =
    "<КоммерческаяИнформация ВерсияСхемы='2.10'><Каталог><Товары><Товар><Ид>1</Ид><Наименование>&x;</Наименование></Товар></Товары></Каталог></КоммерческаяИнформация>"
  const doctypes = [
    `<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>`,
    `<!DOCTYPE x [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]>`,
    `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY x "${"&a;".repeat(1000)}">]>`,
    `<!DOCTYPE x SYSTEM "http://127.0.0.1:1/evil.dtd">`,
    `<!DOCTYPE yml_catalog SYSTEM "shops.dtd" [<!ENTITY x "y">]>`,
  ]
  for (const doctype of doctypes)
    assert.equal(await refusalOf(`<?xml version="1.0"?>\n${doctype}\n${body}`), "xml_doctype 2 (root)", doctype)
  assert.match((await refusalOf(`<?xml version="1.0"?>\n${body}`))!, /^xml_broken 2 .*Наименование$/, "no entity but XML's five is known")
})

test("a document that is too deep, or one sign of which never ends, is cut off", async () => {
  assert.match((await refusalOf(`<КоммерческаяИнформация>${"<a>".repeat(200)}`))!, /^too_large 1 /)
  assert.match((await refusalOf(`<КоммерческаяИнформация><Каталог Имя="${"x".repeat(5_000_000)}`))!, /^too_large 1 /)
  assert.match((await refusalOf(`<КоммерческаяИнформация><Товары><Товар>${"<a/>".repeat(600_000)}`))!, /^too_large 1 .*Товар\/a$/)
})

test("an encoding nobody said, or another than was said, is refused and not guessed", async () => {
  assert.equal(await refusalOf(`<?xml version="1.0" encoding="koi8-r"?><x/>`), "encoding_unknown 1 encoding")
  assert.equal(
    await refusalOf(Buffer.concat([Buffer.from('<?xml version="1.0" encoding="UTF-8"?><x a="'), Buffer.from([0xcf, 0xf0])])),
    "encoding_unknown 1 encoding",
  )
  assert.match((await refusalOf(""))!, /^format_unknown/)
})

async function zipOf(files: readonly { name: string; content: string | Buffer; mode?: number }[]): Promise<Buffer> {
  const zip = new ZipFile()
  for (const { name, content, mode = 0o100644 } of files) zip.addBuffer(Buffer.from(content as string), name, { mode })
  zip.end()
  return buffer(zip.outputStream)
}

/** yazl writes no evil names: they are put in place of innocent ones of the same length. */
const renamed = (zip: Buffer, from: string, to: string): Buffer => Buffer.from(zip.toString("latin1").replaceAll(from, to), "latin1")

async function archiveRefusal(zip: Buffer): Promise<unknown> {
  try {
    for (const { stream } of await openArchive(bytesOf(zip))) for await (const _ of await stream()) continue
    return undefined
  } catch (error) {
    return error instanceof Refusal ? `${error.code} ${String(error.details["reason"])}` : error
  }
}

test("an archive that names a place outside itself, links, hides a bomb or lies about sizes is refused", async () => {
  const plain = await zipOf([{ name: "aaaaaaaaaa.xml", content: "<x/>" }])
  assert.equal(await archiveRefusal(plain), undefined)
  for (const evil of ["../../aa/b.xml", "/etc/aaaaa.xml", "C:/aaaaaaa.xml", "..\\..\\aaa.xml", "aaaaaaaaaa.php"]) {
    assert.match(String(await archiveRefusal(renamed(plain, "aaaaaaaaaa.xml", evil))), /^archive_unfit /, evil)
  }
  assert.equal(await archiveRefusal(await zipOf([{ name: "a.xml", content: "/etc/passwd", mode: 0o120777 }])), "archive_unfit link")
  assert.equal(await archiveRefusal(await zipOf([{ name: "a.xml", content: Buffer.alloc(20_000_000, " ") }])), "archive_unfit bomb")
  const lying = Buffer.from(plain)
  lying.writeUInt32LE(2, lying.lastIndexOf(Buffer.from("PK\u0001\u0002", "latin1")) + 24) // says that two bytes come out of it
  assert.match(String(await archiveRefusal(lying)), /^archive_unfit /)
  assert.match(String(await archiveRefusal(plain.subarray(0, plain.length - 10))), /^archive_unfit /)
  assert.equal(await refusalOf(gzipSync(Buffer.alloc(20_000_000, " "))), "archive_unfit null (archive)")
})

test("only names of files a catalogue has are taken", () => {
  const kinds = ["import.xml", "import_files/9d/ёлка (1).jpg", "v8_1.zip", "note.pdf"].map(kindOf)
  assert.deepEqual(kinds, ["document", "picture", "archive", "unkept"])
  for (const name of ["../a.xml", "a//b.xml", ".env", "a/.ssh/b.xml", "a.xml.php", "a", "con\u0000.xml", "a/b/c/d/e/f/g.xml"])
    assert.equal(kindOf(name), undefined, name)
})

test("a script in a name is a name: it arrives as text, letter for letter", async () => {
  const name = `<img src=x onerror=alert(1)> "Крем" '); drop table catalog.product; --`
  const escaped = name.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
  await imported(own.db, importXml([{ id: "script", name: escaped }]))
  const job = await imported(own.db, offersXml([{ id: "script", prices: { r: "1" } }]), { name: "offers.xml" })
  assert.equal(job.state, "done")
  const page = await inTransaction(own.db, (tx) => groupByCode(tx, { code: "script", at: new Date("2026-11-03") }))
  assert.equal(page?.name.ru, name)
  assert.match(page.slug, /^[a-z0-9-]+$/)
})
