import { groupByCode } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { renditionOf } from "@mila/media"
import assert from "node:assert/strict"
import { buffer } from "node:stream/consumers"
import { after, before, test } from "node:test"
import sharp from "sharp"
import { ZipFile } from "yazl"
import { beginSession, receivePiece } from "./index.ts"
import { imported, importXml, offersXml, picturesMade, ran } from "./testing.ts"

let own: OwnDb
before(async () => void (own = await ownDb()))
after(() => own.drop())

const at = new Date("2026-11-02T09:00:00Z")
const later = new Date("2026-11-02T09:01:00Z")
const picturesOf = async (code: string): Promise<any[]> => [
  ...(await inTransaction(own.db, (tx) => groupByCode(tx, { code, at: new Date("2026-11-03") })))!.pictures,
]

async function send(name: string, bytes: Buffer, session?: number): Promise<number> {
  return inTransaction(own.db, async (tx) => {
    const into = session ?? (await beginSession(tx, { staffId: 1, at })).session
    await receivePiece(tx, { session: into, name, bytes, most: 50_000_000, at })
    return into
  })
}

/** A photograph as a phone makes it: lying on its side, with where it was taken. */
const photograph = (width: number, height: number, colour = "#b0305a"): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .withExif({ IFD0: { Make: "SecretPhone" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "53/1 54/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

async function aGood(id: string, pictures: readonly string[]): Promise<void> {
  const inner = pictures.map((name) => `<Картинка>${name}</Картинка>`).join("")
  await imported(own.db, importXml([{ id, name: `Крем ${id}`, inner }]), { source: "pics" })
  await imported(own.db, offersXml([{ id, prices: { r: "5" } }]), { source: "pics", name: "offers.xml" })
}

test("A49: a photograph is made anew: upright, without camera and place; what was sent is forgotten, and the goods show it whichever came first", async () => {
  await aGood("early", ["import_files/a.jpg", "import_files/b.jpg"])
  assert.deepEqual(await picturesOf("early"), [])
  const sent = await photograph(900, 600)
  assert.match(sent.toString("latin1"), /SecretPhone/)
  await send("import_files/a.jpg", sent)
  assert.deepEqual(await picturesMade(own.db, { at: later }), { pictures: 1 })
  await aGood("late", ["import_files/a.jpg"])
  const [[early], [late]] = [await picturesOf("early"), await picturesOf("late")]
  assert.deepEqual([early.width, early.height, early], [600, 900, late])
  const { rows } = await own.owner.pool.query("select bytes from media.picture where print = $1", [early.kept])
  const kept = rows[0].bytes as Buffer
  const { format, exif, orientation } = await sharp(kept).metadata()
  assert.deepEqual([format, exif, orientation, /SecretPhone|Exif/.test(kept.toString("latin1"))], ["webp", undefined, undefined, false])
  assert.equal(
    (await own.owner.pool.query("select from exchange.piece join exchange.file on file.id = piece.file where kind = 'picture'")).rows
      .length,
    0,
  )
  for (const [type, format] of [
    ["avif", "heif"],
    ["webp", "webp"],
    ["jpeg", "jpeg"],
  ] as const) {
    const bytes = await renditionOf(own.db, { print: early.kept, width: 480, type })
    const drawn = await sharp(bytes).metadata()
    assert.deepEqual([drawn.format, drawn.width, drawn.height], [format, 480, 720])
    assert.deepEqual(await renditionOf(own.db, { print: early.kept, width: 480, type }), bytes)
  }
  assert.equal(await renditionOf(own.db, { print: "0".repeat(32), width: 480, type: "webp" }), undefined)
})

test("pictures of an archive are found in it, in the order a good names them; a newer one of the same name takes its place", async () => {
  const zip = new ZipFile()
  const xml = importXml([
    { id: "zip", name: "Тени", inner: "<Картинка>import_files/z2.jpg</Картинка><Картинка>import_files/z1.png</Картинка>" },
  ])
  zip.addBuffer(Buffer.from(xml), "import.xml")
  zip.addBuffer(
    await sharp({ create: { width: 30, height: 40, channels: 3, background: "#123456" } })
      .png()
      .toBuffer(),
    "import_files/z1.png",
  )
  zip.addBuffer(await photograph(50, 20, "#654321"), "import_files/z2.jpg")
  zip.end()
  const session = await send("v8.zip", await buffer(zip.outputStream))
  const { askImport } = await import("./index.ts")
  await inTransaction(own.db, (tx) => askImport(tx, { source: "pics", session, file: null, fileName: "import.xml", by: 1, at }))
  await ran(own.db)
  await imported(own.db, offersXml([{ id: "zip", prices: { r: "5" } }]), { source: "pics", name: "offers.xml" })
  assert.equal((await picturesMade(own.db, { at: later })).pictures, 2)
  const sizes = async () => (await picturesOf("zip")).map(({ width, height }) => [width, height])
  assert.deepEqual(await sizes(), [
    [20, 50],
    [30, 40],
  ])
  await send("import_files/z1.png", await photograph(70, 10))
  await picturesMade(own.db, { at: later })
  assert.deepEqual(await sizes(), [
    [20, 50],
    [10, 70],
  ])
})

test("A49: what only says it is a picture, is damaged, or would fill the memory is not shown, and stops nobody", async () => {
  const bomb = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: "#fff" }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer()
  const whole = await photograph(400, 300)
  const unfit: Readonly<Record<string, Buffer>> = {
    "svg.jpg": Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "script.png": Buffer.from("<script>"),
    "cut.jpg": whole.subarray(0, 400),
    "bomb.png": bomb,
    "empty.webp": Buffer.alloc(1),
  }
  await aGood("evil", [...Object.keys(unfit), "sound.jpg"])
  for (const [name, bytes] of Object.entries(unfit)) await send(name, bytes)
  await send("sound.jpg", Buffer.concat([whole, Buffer.from("<?php system($_GET[0]) ?>")]))
  assert.equal((await picturesMade(own.db, { at: later })).pictures, 6)
  const [sound, ...more] = await picturesOf("evil")
  assert.deepEqual([sound.width, more], [300, []])
  const { rows } = await own.owner.pool.query("select bytes from media.picture where print = $1", [sound.kept])
  assert.equal(rows[0].bytes.includes("php"), false, "another format inside is gone")
  assert.equal((await picturesMade(own.db, { at: later })).pictures, 0, "nobody looks at them twice")
})
