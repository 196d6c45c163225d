import { CROSSED_OUT, inTransaction, isDatabaseAway, Overloaded, withoutBankCardNumbers } from "@mila/kernel"
import {
  answerGivenBefore,
  canonical,
  fingerprintOf,
  gapsOf,
  type ItemResult,
  type JournalAnswer,
  type JournalItem,
  journalResult,
  keepAnswer,
  recordJournalItem,
  type TillIdentity,
} from "@mila/tills"
import type { Hono } from "hono"
import { JournalBody, JournalItemBody } from "./bodies.ts"
import type { Answer, Calls } from "./calls.ts"
import type { Call, TillEnv } from "./context.ts"
import { Late, within } from "./problem.ts"
import type { Lane } from "./receipts.route.ts"
import { refuse } from "./refusals.ts"

/** A journal of 500 receipts waits behind other journals, never behind a live till. */
const PATIENCE_MS = 25_000

type Journal = { storeCode: string; tillNo: number; items: unknown[] }

/** What happened while a till was alone: read item by item, recorded item by item, answered item by item. */
export function journalRoute(app: Hono<TillEnv>, calls: Calls, lane: Lane): void {
  const { context, signed } = calls
  app.post("/journal", (c) =>
    signed<Journal>(c, JournalBody, "needed", (call) => within(PATIENCE_MS, drain(call)), { bankCardsInside: true }),
  )

  async function drain(call: Call<Journal>): Promise<Answer> {
    const { till, body, key, at } = call
    const fingerprint = await inTransaction(context.tillDb, async (tx) => fingerprintOf(tx, canonical(withoutBankCardNumbers(body))))
    const asked = { tillId: till.tillId, key, fingerprint }
    const earlier = await inTransaction(context.tillDb, (tx) => answerGivenBefore(tx, asked))
    if (earlier === "mismatch") return refuse("idempotency_mismatch")
    if (earlier) return { status: earlier.status, text: earlier.answer }
    const items = body.items.map((item) => itemFrom(item, till))
    const results = await recorded(items, call)
    return inTransaction(context.tillDb, async (tx) => {
      const answer: JournalAnswer = { results: results.map((result, index) => ({ index, ...result })), gaps: await gapsOf(tx, till) }
      const text = JSON.stringify(answer)
      await keepAnswer(tx, { ...asked, status: 200, answer: text, at })
      return { status: 200, text }
    })
  }

  /** Sales first, all at once: they do not wait for each other. Then the rest, in its order: a return finds its sale. */
  async function recorded(items: readonly JournalItem[], { till, locale, at }: Call<Journal>): Promise<ItemResult[]> {
    const results = new Array<ItemResult>(items.length)
    await Promise.all(
      items.map(async (item, place) => {
        if (item.type !== "sale") return
        const submitted = lane.submit({ till, requestKey: null, sale: item.sale, locale }).then(journalResult)
        results[place] = await submitted.catch((error: unknown) => laidAside(error, item, till, at))
      }),
    )
    for (const [place, item] of items.entries()) {
      if (item.type === "sale") continue
      const done = inTransaction(context.tillDb, (tx) => recordJournalItem(tx, { till, item, locale, at }))
      results[place] = await done.catch((error: unknown) => laidAside(error, item, till, at))
    }
    return results
  }

  /** A fault of ours with one item must not hold up the others: the item is kept for a person, and the fault is in the log. */
  async function laidAside(error: unknown, item: JournalItem, till: TillIdentity, at: Date): Promise<ItemResult> {
    if (isDatabaseAway(error) || error instanceof Overloaded || error instanceof Late) throw error
    context.log.error({ till: till.tillId, err: error }, "an item of a journal could not be recorded")
    const kept: JournalItem = { type: "unreadable", raw: canonical(item), sequence: null, reason: "fault_of_ours" }
    return inTransaction(context.tillDb, (tx) => recordJournalItem(tx, { till, item: kept, locale: "ru", at }))
  }
}

/** Reads one item; what cannot be read, is another till's, or holds a bank card number is kept word for word, without the number. */
function itemFrom(item: unknown, till: TillIdentity): JournalItem {
  const text = JSON.stringify(withoutBankCardNumbers(item))
  const sequence =
    typeof item === "object" && item !== null && "sequence" in item && Number.isSafeInteger(item.sequence) ? Number(item.sequence) : 0
  const unreadable = (reason: Extract<JournalItem, { type: "unreadable" }>["reason"]): JournalItem => ({
    type: "unreadable",
    raw: text,
    sequence: sequence > 0 ? sequence : null,
    reason,
  })
  if (text.includes(CROSSED_OUT)) return unreadable("bank_card_number")
  const read = JournalItemBody.safeParse(item)
  if (!read.success) return unreadable("unreadable")
  const { data } = read
  if (data.storeCode !== till.shop || data.tillNo !== till.till) return unreadable("not_your_shop")
  if (data.type === "sale") {
    const { type, ...sale } = data
    return { type, sale }
  }
  if (data.type === "return") {
    const { type, ...words } = data
    return { type, return: words }
  }
  if (data.type === "cancel") {
    const { type, receiptId, ...cancel } = data
    return { type, receiptId, cancel }
  }
  const { type, authId, ...voided } = data
  return { type, authId, void: voided }
}
