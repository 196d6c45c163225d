import assert from "node:assert/strict"
import { test } from "node:test"
import { crc32, inflateSync } from "node:zlib"
import { picturesOf } from "./pictures.ts"

const COLOURS = { background: "#1b5e20", text: "#ffffff" }

/** The chunks of a PNG by type, each checksum verified. */
function chunksOf(file: Buffer): Map<string, Buffer> {
  assert.equal(file.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n")
  const chunks = new Map<string, Buffer>()
  for (let from = 8; from < file.length;) {
    const length = file.readUInt32BE(from)
    const body = file.subarray(from + 4, from + 8 + length)
    assert.equal(file.readUInt32BE(from + 8 + length), crc32(body))
    chunks.set(body.toString("latin1", 0, 4), body.subarray(4))
    from += 12 + length
  }
  return chunks
}

function pixelsOf(file: Buffer) {
  const chunks = chunksOf(file)
  const header = chunks.get("IHDR")!
  const side = header.readUInt32BE(0)
  assert.deepEqual([header.readUInt32BE(4), ...header.subarray(8)], [side, 8, 6, 0, 0, 0])
  const rows = inflateSync(chunks.get("IDAT")!)
  assert.equal(rows.length, side * (side * 4 + 1))
  const at = (x: number, y: number) => {
    const from = Math.floor(y * side) * (side * 4 + 1) + 1 + Math.floor(x * side) * 4
    return [...rows.subarray(from, from + 4)]
  }
  return { side, at }
}

test("icon and logo are there for screens of one, two and three pixels a point", () => {
  const sides = Object.entries(picturesOf(COLOURS)).map(([name, file]) => [name, pixelsOf(file).side])
  assert.deepEqual(Object.fromEntries(sides), {
    ...{ "icon.png": 29, "icon@2x.png": 58, "icon@3x.png": 87 },
    ...{ "logo.png": 50, "logo@2x.png": 100, "logo@3x.png": 150 },
  })
})

test("the icon is a card with bars in the programme's two colours, and the logo stands on nothing", () => {
  const icon = pixelsOf(picturesOf(COLOURS)["icon@3x.png"]!)
  assert.deepEqual(icon.at(0.02, 0.02), [27, 94, 32, 255])
  assert.deepEqual(icon.at(0.5, 0.3), [255, 255, 255, 255])
  assert.deepEqual(icon.at(0.48, 0.5), [27, 94, 32, 255])
  const logo = pixelsOf(picturesOf(COLOURS)["logo@3x.png"]!)
  assert.deepEqual(logo.at(0.02, 0.02)[3], 0)
  assert.deepEqual(logo.at(0.5, 0.3), [255, 255, 255, 255])
})

test("another pair of colours is another picture, and the same pair is drawn once", () => {
  assert.equal(picturesOf(COLOURS), picturesOf({ ...COLOURS }))
  assert.notDeepEqual(picturesOf({ ...COLOURS, background: "#000000" })["icon.png"], picturesOf(COLOURS)["icon.png"])
})
