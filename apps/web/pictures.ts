import { groupByNo, type Picture } from "@mila/catalog"
import { type Clock, type Db, inTransaction } from "@mila/kernel"
import { drawPackshot, renditionOf, type RenditionType, WIDTHS } from "@mila/media"
import { Hono } from "hono"

const FOREVER = "public, max-age=31536000, immutable"
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/**
 * Pictures of goods. Drawn ones: `/pictures/<thing>/<place>-<print>` and `/pictures/<thing>/<sku>/<print>`. Photographs: `/pictures/kept/<print>-<width>`, in AVIF or WebP, as the
 * browser takes it; with `.jpg` as anybody draws it. An address changes with its picture, so it is kept for ever.
 */
export function pictures({ db, clock }: { db: Db; clock: Clock }): Hono {
  const app = new Hono()
  const groupOf = (no: string) =>
    /^\d{1,9}$/.test(no) ? inTransaction(db, (tx) => groupByNo(tx, { no: Number(no), at: clock.now() })) : Promise.resolve(undefined)
  app.get("/pictures/kept/:name", async (c) => {
    const [, print, digits, ending] = /^([0-9a-f]{32})-(\d{2,4})(\.jpg)?$/.exec(c.req.param("name")) ?? []
    const width = WIDTHS.find((one) => one === Number(digits))
    if (print === undefined || width === undefined) return new Response(null, { status: 404 })
    const type = ending ? "jpeg" : typeTaken(c.req.header("accept") ?? "")
    const bytes = await renditionOf(db, { print, width, type })
    return answer(bytes && { type: `image/${type}`, bytes: new Uint8Array(bytes) })
  })
  app.get("/pictures/:group/:name", async (c) => {
    const place = /^(\d{1,3})-[\w-]{10}$/.exec(c.req.param("name"))?.[1]
    const group = place === undefined ? undefined : await groupOf(c.req.param("group"))
    return answer(drawn(group?.pictures[Number(place)]))
  })
  app.get("/pictures/:group/:sku/:print", async (c) => {
    const group = await groupOf(c.req.param("group"))
    const variant = group?.variants.find(({ sku }) => sku === c.req.param("sku"))
    return answer(drawn(variant && (variant.picture ?? group?.pictures[0])))
  })
  return app
}

/** Who takes neither of the two says so; every browser since 2020 takes WebP, and says `*` or `image/*` at least. */
function typeTaken(accept: string): RenditionType {
  return accept.includes("image/avif") ? "avif" : accept.includes("image/webp") ? "webp" : "jpeg"
}

type Shown = { type: string; bytes: string | Uint8Array<ArrayBuffer> }

const drawn = (picture: Picture | undefined): Shown | undefined =>
  picture && "drawn" in picture ? { type: "image/svg+xml", bytes: drawPackshot(picture.drawn) } : undefined

function answer(shown: Shown | undefined): Response {
  if (!shown) return new Response(null, { status: 404 })
  return new Response(shown.bytes, {
    headers: {
      "content-type": shown.type,
      "cache-control": FOREVER,
      vary: "accept",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
    },
  })
}
