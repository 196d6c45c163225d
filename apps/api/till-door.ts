import { Hono } from "hono"
import { callsOf } from "./calls.ts"
import type { TillDoorContext, TillEnv } from "./context.ts"
import { docsRoutes } from "./docs.routes.ts"
import { journalRoute } from "./journal.route.ts"
import { openApiDocument } from "./openapi.ts"
import { packRoute } from "./pack.route.ts"
import { enrolRoute, purchaseRoutes } from "./purchase.routes.ts"
import { laneOf, receiptRoutes } from "./receipts.route.ts"

/**
 * The door tills come through: `/pos/v1/*`, its document at `/pos/v1/openapi.json`, and the readable page at `/docs`. It has its own connections and its own
 * queues: load elsewhere is not felt here, and a till that catches up is not felt by one with a customer.
 */
export function tillDoor(context: TillDoorContext): Hono<TillEnv> {
  const calls = callsOf(context)
  const { tillQueue } = calls.settings
  const live = laneOf(context, { flights: 2, mostWaiting: tillQueue })
  const catchingUp = laneOf(context, { flights: 1, mostWaiting: tillQueue * 2 })
  context.watchQueue?.("till_receipts", () => live.waiting)
  context.watchQueue?.("till_journal", () => catchingUp.waiting)
  const pos = new Hono<TillEnv>()
  enrolRoute(pos, calls)
  purchaseRoutes(pos, calls)
  receiptRoutes(pos, calls, live)
  journalRoute(pos, calls, catchingUp)
  packRoute(pos, calls)
  let document: string | undefined
  pos.get("/openapi.json", (c) => {
    document ??= JSON.stringify(openApiDocument())
    return c.body(document, 200, { "content-type": "application/json; charset=utf-8", "cache-control": "public, max-age=300" })
  })
  const door = new Hono<TillEnv>()
  door.route("/pos/v1", pos)
  door.route("/", docsRoutes())
  return door
}
