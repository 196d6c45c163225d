import { type OwnDb, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { beginSession, pictureSent, receivePiece } from "./index.ts"

let own: OwnDb
before(async () => void (own = await ownDb()))
after(() => own.drop())

const at = new Date("2026-11-02T09:00:00Z")

async function send(name: string, bytes: Buffer): Promise<void> {
  await inTransaction(own.db, async (tx) => {
    const { session } = await beginSession(tx, { staffId: 1, at })
    await receivePiece(tx, { session, name, bytes, most: 1_000_000, at })
  })
}

const segment = (marker: number, text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker, 0, text.length + 2]), Buffer.from(text, "latin1")])
const chunk = (name: string, text: string): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, Buffer.from(name + text + "CRC!", "latin1")])
}

test("A49: a picture leaves without what a camera wrote into it, the newest of its name", async () => {
  const jpeg = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, "JFIF\0"),
    segment(0xe1, "Exif\0\0GPS 53.9"),
    segment(0xfe, "note"),
    segment(0xdb, "table"),
    segment(0xda, "scan"),
    Buffer.from("data"),
  ])
  await send("import_files/a.jpg", Buffer.from("older"))
  await send("import_files/a.jpg", jpeg)
  const shown = await pictureSent(own.db, "import_files/a.jpg")
  assert.equal(shown?.type, "image/jpeg")
  const text = Buffer.from(shown.bytes).toString("latin1")
  assert.deepEqual([text.includes("GPS"), text.includes("note"), text.includes("table"), text.endsWith("data")], [false, false, true, true])
  const png = Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", "13"),
    chunk("eXIf", "GPS"),
    chunk("IDAT", "drawn"),
    chunk("IEND", ""),
    Buffer.from("<?php"),
  ])
  await send("b.png", png)
  const drawn = Buffer.from((await pictureSent(own.db, "b.png"))!.bytes).toString("latin1")
  assert.deepEqual([drawn.includes("GPS"), drawn.includes("drawn"), drawn.includes("php")], [false, true, false])
})

test("A49: what only says it is a picture is not shown", async () => {
  for (const content of ["<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "<script>", "GIF89a", "\u00ff\u00d8\u00ff"]) {
    await send("evil.jpg", Buffer.from(content, "latin1"))
    assert.equal(await pictureSent(own.db, "evil.jpg"), undefined, content)
  }
  assert.equal(await pictureSent(own.db, "never.jpg"), undefined)
})
