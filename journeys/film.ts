import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const [WIDTH, HEIGHT, MODULE] = [640, 480, 4]

/** A film of a barcode held before a camera (YUV4MPEG2, two frames), from the bars a page drew: `M3 0h1v44h-1z` is a bar at 3, one module wide. */
export function filmOf(path: string): { file: string; drop: () => void } {
  const bars = [...path.matchAll(/M(\d+) 0h(\d+)v/g)].map(([, at, wide]) => ({
    from: Number(at) * MODULE + 130,
    wide: Number(wide) * MODULE,
  }))
  const light = Buffer.alloc(WIDTH * HEIGHT, 235)
  for (let y = 140; y < 340; y += 1) {
    for (const { from, wide } of bars) light.fill(16, y * WIDTH + from, y * WIDTH + from + wide)
  }
  const frame = Buffer.concat([Buffer.from("FRAME\n"), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)])
  const folder = mkdtempSync(join(tmpdir(), "mila-film-"))
  const file = join(folder, "barcode.y4m")
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]))
  return { file, drop: () => rmSync(folder, { recursive: true, force: true }) }
}

const [ODD, EVEN, RIGHT]: readonly (readonly string[])[] = [
  ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"],
  ["0100111", "0110011", "0011011", "0100001", "0011101", "0111001", "0000101", "0010001", "0001001", "0010111"],
  ["1110010", "1100110", "1101100", "1000010", "1011100", "1001110", "1010000", "1000100", "1001000", "1110100"],
]
const FIRST = ["OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO"]

/** The bars of an EAN-13 (GS1 General Specifications 5.2), in the same words as a page draws them. */
export function barsOf(ean: string): string {
  const digits = Array.from(ean, Number)
  const left = digits.slice(1, 7).map((digit, place) => (FIRST[digits[0]!]![place] === "O" ? ODD : EVEN)?.[digit])
  const right = digits.slice(7).map((digit) => RIGHT?.[digit])
  const modules = `101${left.join("")}01010${right.join("")}101`
  return [...modules.matchAll(/1+/g)].map(({ index, 0: bar }) => `M${index} 0h${bar.length}v44h-${bar.length}z`).join("")
}
