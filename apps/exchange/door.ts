import { Refusal } from "@mila/kernel"
import { Hono } from "hono"
import { HTTPException } from "hono/http-exception"
import type { ExchangeContext, ExchangeEnv } from "./context.ts"
import { declareFeeds } from "./feeds.ts"
import { declareFiles } from "./files.ts"
import { declareOneC } from "./one-c.ts"

export type { ExchangeContext } from "./context.ts"

/** `/exchange/1c` for 1C, `/exchange/files` for other sources, `/feeds/yml` for everybody. Whoever sends comes with a staff key that may `exchange.send`. */
export function exchangeDoor(context: ExchangeContext): Hono<ExchangeEnv> {
  const app = new Hono<ExchangeEnv>()
  app.use("/exchange/*", async (c, next) => {
    if (!context.mayCall(c.get("clientAddress") ?? "")) return c.text("failure\nС этого адреса обмен не разрешён", 403)
    return next()
  })
  declareOneC(app, context)
  declareFiles(app, context)
  declareFeeds(app, context)
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof Refusal) {
      const status = error.code === "too_large" ? 413 : error.code.endsWith("_not_found") ? 404 : 422
      return c.json({ code: error.code, ...error.details }, status)
    }
    throw error
  })
  return app
}
