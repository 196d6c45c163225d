import { type Db, inTransaction, statement } from "@mila/kernel"
import sharp, { type Sharp } from "sharp"

export type RenditionType = "avif" | "webp" | "jpeg"

/** Widths a picture is made in, pixels: a thumbnail, a tile, a tile on a fine screen, a page, a page on a fine screen. */
export const WIDTHS = [120, 240, 480, 800, 1_200] as const

export const isRenditionType = (type: string): type is RenditionType => ["avif", "webp", "jpeg"].includes(type)

const made = statement<{ bytes: Buffer }>(
  "media.rendition",
  "select bytes from media.rendition where print = $1 and width = $2 and type = $3",
)
const whole = statement<{ bytes: Buffer }>("media.picture", "select bytes from media.picture where print = $1")
const add = statement<never>(
  "media.add_rendition",
  "insert into media.rendition (print, width, type, bytes) values ($1, $2, $3, $4) on conflict do nothing",
)

type Wanted = { print: string; width: number; type: RenditionType }

const underWay = new Map<string, Promise<Buffer | undefined>>()
/** Drawing takes a core for a tenth of a second: so many at once, the others wait their turn. */
const MOST_AT_ONCE = 2
const waiting: (() => void)[] = []
let drawing = 0

/** A picture in one of `WIDTHS` (never wider than it is), made when first asked for and kept; undefined when there is no such picture. */
export async function renditionOf(db: Db, wanted: Wanted): Promise<Buffer | undefined> {
  const { print, width, type } = wanted
  const [found] = await inTransaction(db, (tx) => made(tx, [print, width, type]), { readsFirst: true })
  if (found) return found.bytes
  const key = `${print} ${width} ${type}`
  let drawn = underWay.get(key)
  if (!drawn) underWay.set(key, (drawn = make(db, wanted).finally(() => underWay.delete(key))))
  return drawn
}

async function make(db: Db, { print, width, type }: Wanted): Promise<Buffer | undefined> {
  const [picture] = await inTransaction(db, (tx) => whole(tx, [print]), { readsFirst: true })
  if (!picture) return undefined
  if (drawing >= MOST_AT_ONCE) await new Promise<void>((turn) => waiting.push(turn))
  drawing += 1
  try {
    const smaller = sharp(picture.bytes).resize({ width, withoutEnlargement: true })
    const bytes = await inType(smaller, type).toBuffer()
    await inTransaction(db, (tx) => add(tx, [print, width, type, bytes]))
    return bytes
  } finally {
    drawing -= 1
    waiting.shift()?.()
  }
}

function inType(picture: Sharp, type: RenditionType): Sharp {
  if (type === "avif") return picture.avif({ quality: 55, effort: 2 })
  if (type === "webp") return picture.webp({ quality: 78 })
  return picture.flatten({ background: "#ffffff" }).jpeg({ quality: 82, mozjpeg: true })
}
