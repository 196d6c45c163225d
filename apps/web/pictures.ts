import { groupByNo, type Picture } from "@mila/catalog"
import { pictureSent } from "@mila/exchange"
import { type Clock, type Db, inTransaction } from "@mila/kernel"
import { drawPackshot } from "@mila/media"
import { Hono } from "hono"

const FOREVER = "public, max-age=31536000, immutable"
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** Pictures of goods: `/pictures/<thing>/<place>-<print>` and `/pictures/<thing>/<sku>/<print>`. An address changes with its picture, so it is kept for ever. */
export function pictures({ db, clock }: { db: Db; clock: Clock }): Hono {
  const app = new Hono()
  const groupOf = (no: string) =>
    /^\d{1,9}$/.test(no) ? inTransaction(db, (tx) => groupByNo(tx, { no: Number(no), at: clock.now() })) : Promise.resolve(undefined)
  app.get("/pictures/:group/:name", async (c) => {
    const place = /^(\d{1,3})-[\w-]{10}$/.exec(c.req.param("name"))?.[1]
    const group = place === undefined ? undefined : await groupOf(c.req.param("group"))
    return answer(db, group?.pictures[Number(place)])
  })
  app.get("/pictures/:group/:sku/:print", async (c) => {
    const group = await groupOf(c.req.param("group"))
    const variant = group?.variants.find(({ sku }) => sku === c.req.param("sku"))
    return answer(db, variant && (variant.picture ?? group?.pictures[0]))
  })
  return app
}

async function answer(db: Db, picture: Picture | undefined): Promise<Response> {
  const shown =
    picture && ("drawn" in picture ? { type: "image/svg+xml", bytes: drawPackshot(picture.drawn) } : await pictureSent(db, picture.file))
  if (!shown) return new Response(null, { status: 404 })
  return new Response(shown.bytes, {
    headers: {
      "content-type": shown.type,
      "cache-control": FOREVER,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
    },
  })
}
