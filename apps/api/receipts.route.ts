import {
  cancelReceipt,
  explained,
  type Given,
  receiptById,
  receiptIdOf,
  recordReceipts,
  recordReturn,
  type SaleToRecord,
} from "@mila/tills"
import { type Gatherer, gatherer, inTransaction, isDatabaseAway } from "@mila/kernel"
import type { Hono } from "hono"
import { CancelBody, ReturnBody, SaleBody } from "./bodies.ts"
import type { Answer, Calls } from "./calls.ts"
import type { TillDoorContext, TillEnv } from "./context.ts"
import { within } from "./problem.ts"
import { refuse } from "./refusals.ts"

export type Lane = Gatherer<SaleToRecord, Given>

/**
 * Sales that arrive together are recorded together. Live ones and those of journals have lanes of their own, so that a till catching up with three
 * days never stands in front of a till with a customer.
 */
export function laneOf({ tillDb, clock }: TillDoorContext, { flights, mostWaiting }: { flights: number; mostWaiting: number }): Lane {
  return gatherer<SaleToRecord, Given>({
    settle: (sales) => inTransaction(tillDb, (tx) => recordReceipts(tx, sales, { at: clock.now() }), { readsFirst: true }),
    keysOf,
    flights,
    mostWaiting,
    isWorthSplitting: (error) => !isDatabaseAway(error),
  })
}

/** One natural key, one idempotency key and one card ride once in a batch, and never in two batches at the same time. */
function keysOf({ till, requestKey, sale }: SaleToRecord): string[] {
  const keys = [receiptIdOf(sale)]
  if (requestKey !== null) keys.push(`key ${till.tillId} ${requestKey}`)
  if (sale.identifier) keys.push(`card ${sale.identifier.value.slice(0, sale.identifier.type === "rotating" ? 13 : undefined)}`)
  if (sale.authId !== undefined) keys.push(`auth ${sale.authId}`)
  return keys
}

/** The routes of facts: confirm, cancel, return, and the receipt with its explanation. */
export function receiptRoutes(app: Hono<TillEnv>, calls: Calls, live: Lane): void {
  const { context, settings, signed, write, read } = calls
  app.post("/receipts", (c) =>
    signed(c, SaleBody, "needed", async ({ till, body, key, locale }) =>
      told(await within(settings.patienceMs, live.submit({ till, requestKey: key, sale: body, locale }))),
    ),
  )
  app.post("/receipts/:id/cancel", (c) =>
    write(c, CancelBody, "needed", 200, async (tx, { till, body, at }) => {
      const answer = await cancelReceipt(tx, { till, receiptId: c.req.param("id"), cancel: body, at })
      return { status: answer.status === "parked" ? 202 : 200, text: JSON.stringify(answer) }
    }),
  )
  app.post("/returns", (c) =>
    signed(c, ReturnBody, "needed", async ({ till, body, key, locale, at }) => {
      const given = await within(
        settings.patienceMs,
        inTransaction(context.tillDb, (tx) => recordReturn(tx, { till, requestKey: key, return: body, locale }, { at })),
      )
      return told(given)
    }),
  )
  app.get("/receipts/:id", (c) =>
    read(c, async ({ till, locale }) => {
      const shown = await inTransaction(context.tillDb, async (tx) => {
        const receipt = await receiptById(tx, c.req.param("id"))
        if (!receipt || receipt.shop !== till.shop || receipt.till !== till.till) return refuse("receipt_not_found")
        const { body: _, memberId: __, ...told } = receipt
        return { ...told, explanation: await explained(tx, receipt.explanation, locale) }
      })
      return { status: 200, text: JSON.stringify(shown) }
    }),
  )
}

/** A fact is accepted, or accepted to be looked at; refused only when its key was used for something else. */
function told(given: Given): Answer {
  if (given.outcome === "mismatch") return refuse("idempotency_mismatch")
  return { status: given.status === "accepted" ? 201 : 202, text: given.answer }
}
