import assert from "node:assert/strict"
import { test } from "node:test"
import { partsOf } from "./text.ts"

const octets = (text: string) => partsOf(text, { reference: 7 })!.map((part) => part.octets)
const shape = (text: string) => partsOf(text, { reference: 7 })!.map(({ coding, hasHeader, octets }) => [coding, hasHeader, octets.length])

test("each character of GSM 03.38 has its own code, and those of the extension table an escape before it", () => {
  assert.deepEqual([...octets("@£$_Δ Aaà")[0]!], [0x00, 0x01, 0x02, 0x11, 0x10, 0x20, 0x41, 0x61, 0x7f])
  assert.deepEqual([...octets("[€]")[0]!], [0x1b, 0x3c, 0x1b, 0x65, 0x1b, 0x3e])
  assert.deepEqual([...octets("ÄÖÑÜ§¿ñ")[0]!], [0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60, 0x7d])
})

test("one Cyrillic letter, a back-tick or a bare escape makes the whole text UCS-2", () => {
  assert.deepEqual([...octets("Aд")[0]!], [0x00, 0x41, 0x04, 0x34])
  for (const text of ["код 1", "`", "\u001b"]) assert.equal(shape(text)[0]![0], 8, text)
})

test("160 letters of GSM, or 70 of anything, are one SMS; one more makes two, each with a header", () => {
  assert.deepEqual(shape("a".repeat(160)), [[0, false, 160]])
  assert.deepEqual(shape("a".repeat(161)), [
    [0, true, 6 + 153],
    [0, true, 6 + 8],
  ])
  assert.deepEqual(shape("д".repeat(70)), [[8, false, 140]])
  assert.deepEqual(shape("д".repeat(71)), [
    [8, true, 6 + 134],
    [8, true, 6 + 8],
  ])
  assert.deepEqual(shape(""), [[0, false, 0]])
})

test("the header says which text, of how many parts, and which part", () => {
  const [first, second] = octets("a".repeat(161))
  assert.deepEqual([...first!.subarray(0, 6)], [5, 0, 3, 7, 2, 1])
  assert.deepEqual([...second!.subarray(0, 6)], [5, 0, 3, 7, 2, 2])
})

test("neither an escape nor a pair of surrogates is cut in two", () => {
  const euros = octets(`${"a".repeat(152)}€${"a".repeat(20)}`)
  assert.deepEqual([euros[0]!.length, euros[1]![6]], [6 + 152, 0x1b])
  const faces = octets(`${"д".repeat(66)}😀${"д".repeat(20)}`)
  assert.deepEqual([faces[0]!.length, faces[1]!.readUInt16BE(6)], [6 + 132, 0xd83d])
})

test("what has more than 255 parts can't be numbered", () => {
  assert.equal(partsOf("a".repeat(255 * 153), { reference: 0 })?.length, 255)
  assert.equal(partsOf("a".repeat(255 * 153 + 1), { reference: 0 }), undefined)
})
