import { feedZones, ymlFeed } from "@mila/exchange"
import type { Hono } from "hono"
import type { ExchangeContext, ExchangeEnv } from "./context.ts"

/** A feed reads the whole catalogue: so many at once, and whoever comes then is asked to come back. */
const MOST_AT_ONCE = 2

/** `GET /feeds/yml/<zone>.xml`: what is shown, at the zone's prices, for price aggregators and partners; `main` is there always. */
export function declareFeeds(app: Hono<ExchangeEnv>, { db, clock, log, publicUrl, shopName }: ExchangeContext): void {
  let running = 0
  app.get("/feeds/yml/:file{[a-z0-9-]{1,32}\\.xml}", async (c) => {
    const zone = c.req.param("file").slice(0, -4)
    if (!(await feedZones(db)).has(zone)) return c.notFound()
    if (running >= MOST_AT_ONCE) return c.text("busy", 503, { "retry-after": "30" })
    running += 1
    const text = ymlFeed(db, { zone, shop: { name: shopName, publicUrl }, at: clock.now() })
    const encoder = new TextEncoder()
    const over = (): void => void (running -= 1)
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { value, done } = await text.next()
          if (!done) return controller.enqueue(encoder.encode(value))
          over()
          controller.close()
        } catch (error) {
          log.error({ err: error }, "a feed was cut off")
          over()
          controller.error(error)
        }
      },
      cancel: () => (over(), void text.return(undefined)),
    })
    return c.body(body, 200, { "content-type": "application/xml; charset=utf-8", "cache-control": "public, max-age=600" })
  })
}
