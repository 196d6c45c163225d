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
