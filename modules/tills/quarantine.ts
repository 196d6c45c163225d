import { assert, type Locale, statement, type Tx } from "@mila/kernel"
import type { TillIdentity } from "./facts.ts"
import type { Reason } from "./receipt-rules.ts"
import { refuse } from "./refusals.ts"
import { cashierText } from "./slip.ts"
import type { Given, ReceiptAnswer } from "./told.ts"

export type QuarantineKind = "sale" | "return" | "cancel" | "void" | "unreadable"
export type QuarantineState = "open" | "released" | "dismissed"

export type QuarantinedFact = {
  id: number
  tillId: number
  shop: string
  till: number
  kind: QuarantineKind
  reasons: string[]
  receiptId: string | null
  arrivedAt: Date
  state: QuarantineState
  decidedAt: Date | null
  decidedBy: string | null
  note: string | null
  /** the fact as the till told it, without identifiers; null where nothing could be read */
  body: unknown
}

type Row = QuarantinedFact & { sealed: Buffer | null }

const keep = statement<{ answer: string | null }>(
  "tills.keep_fact",
  `insert into tills.quarantine (till_id, kind, reasons, receipt_id, sequence, fingerprint, sealed, answer, arrived_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   on conflict (till_id, fingerprint) do update set arrived_at = quarantine.arrived_at returning answer`,
)
const keepAsked = statement(
  "tills.keep_asked",
  `insert into tills.request (till_id, key, fingerprint, status, answer, asked_at) values ($1, $2, $3, 202, $4, $5) on conflict do nothing`,
)
const COLUMNS = `q.id, q.till_id as "tillId", t.shop, t.number as till, q.kind, q.reasons, q.receipt_id as "receiptId", q.arrived_at as "arrivedAt", q.state,
  q.decided_at as "decidedAt", q.decided_by as "decidedBy", q.note, r.body, q.sealed`
const FROM = `from tills.quarantine q join tills.till t on t.id = q.till_id
  left join tills.receipt r on r.id = q.receipt_id and r.fingerprint = q.fingerprint`
const page = statement<Row>(
  "tills.quarantined",
  `select ${COLUMNS} ${FROM}
    where q.id > $1 and ($2::text is null or q.state = $2) and ($3::text is null or t.shop = $3) order by q.id limit $4`,
)
const byId = statement<Row>("tills.quarantined_by_id", `select ${COLUMNS} ${FROM} where q.id = $1 for update of q`)
const decide = statement(
  "tills.decide",
  "update tills.quarantine set state = $2, decided_at = $3, decided_by = $4, note = $5 where id = $1",
)

/** Keeps other content under a taken natural key; told again, it is given the same answer. */
export async function keepConflict(
  tx: Tx,
  {
    till,
    id,
    requestKey,
    fingerprint,
    kind,
    body,
    sequence,
    locale,
    at,
  }: {
    till: TillIdentity
    id: string
    requestKey: string | null
    fingerprint: Buffer
    kind: "sale" | "return"
    body: unknown
    sequence: number | null
    locale: Locale
    at: Date
  },
): Promise<Given> {
  const told: ReceiptAnswer = {
    ...{ receiptId: id, status: "conflict", reasons: ["natural_key_taken"], flags: [], earned: 0, redeemed: 0, owing: 0, exposed: 0 },
    ...{ balance: null, lines: [], slip: [], cashierMessages: [cashierText("receipt_waits", locale)] },
  }
  const { answer, repeated } = await keepFact(tx, {
    ...{ till, kind, reasons: ["natural_key_taken"], receiptId: id, sequence, fingerprint, at },
    ...{ text: JSON.stringify(body), answer: JSON.stringify(told) },
  })
  if (requestKey !== null) await keepAsked(tx, [till.tillId, requestKey, fingerprint, answer, at])
  return { outcome: "given", status: "conflict", repeated, answer }
}

/** Keeps a fact no receipt row can hold, sealed, for a person to see. Told again, it is given the answer of the first time. */
export async function keepFact(
  tx: Tx,
  {
    till,
    kind,
    reasons,
    receiptId,
    sequence,
    fingerprint,
    text,
    answer,
    at,
  }: {
    till: TillIdentity
    kind: QuarantineKind
    reasons: readonly Reason[]
    receiptId: string | null
    sequence: number | null
    fingerprint: Buffer
    text: string
    answer: string
    at: Date
  },
): Promise<{ answer: string; repeated: boolean }> {
  const sealed = tx.secrets.seal("tills.fact", text)
  const [kept] = await keep(tx, [till.tillId, kind, reasons, receiptId, sequence, fingerprint, sealed, answer, at])
  assert(kept, "a fact is kept")
  return { answer: kept.answer ?? answer, repeated: kept.answer !== answer }
}

/** What waits for a person, oldest first, from after `after` on; of one shop when named. `state: null` shows decided ones too. */
export async function quarantined(
  tx: Tx,
  {
    after = 0,
    state = "open",
    shop = null,
    most = 100,
  }: { after?: number; state?: QuarantineState | null; shop?: string | null; most?: number } = {},
): Promise<QuarantinedFact[]> {
  return (await page(tx, [after, state, shop, most])).map((row) => opened(tx, row))
}

/** One item, locked until the transaction ends. Refuses `quarantine_not_found`. */
export async function quarantinedById(tx: Tx, id: number): Promise<QuarantinedFact> {
  const [row] = await byId(tx, [id])
  return row ? opened(tx, row) : refuse("quarantine_not_found", { id })
}

/** Lays an item aside for good: nothing is settled. The fact itself stays. Refuses `quarantine_not_found` and `quarantine_decided`. */
export async function dismissFromQuarantine(
  tx: Tx,
  { id, by, note, at }: { id: number; by: string; note: string; at: Date },
): Promise<void> {
  const { state } = await quarantinedById(tx, id)
  if (state !== "open") refuse("quarantine_decided", { state })
  await decideAbout(tx, { id, state: "dismissed", by, note, at })
}

export async function decideAbout(
  tx: Tx,
  { id, state, by, note, at }: { id: number; state: "released" | "dismissed"; by: string; note: string; at: Date },
): Promise<void> {
  await decide(tx, [id, state, at, by, note])
}

/** Identifiers are left out: whoever works through the list decides about facts, not about cards. */
function opened(tx: Tx, { sealed, body, ...fact }: Row): QuarantinedFact {
  if (!sealed) return { ...fact, body }
  const text = tx.secrets.open("tills.fact", sealed)
  if (fact.kind === "unreadable") return { ...fact, body: { raw: text } }
  const { identifier: _, ...rest } = JSON.parse(text) as Record<string, unknown>
  return { ...fact, body: rest }
}
