import { statement, type Tx } from "@mila/kernel"
import type { Identifier, Sale } from "./facts.ts"
import { judge, type SaleFact, whoShowed } from "./judge.ts"
import { settleWhatWaited } from "./parked.ts"
import { TILL_POLICY, type TillPolicy } from "./policy.ts"
import { decideAbout, quarantinedById } from "./quarantine.ts"
import { RELEASABLE } from "./receipt-rules.ts"
import { refuse } from "./refusals.ts"
import { settleLate } from "./settle-late.ts"

type Row = {
  tillId: number
  shop: string
  till: number
  soldAt: Date
  body: Omit<Sale, "identifier">
  identifier: Buffer | null
  flags: SaleFact["flags"]
}

const lock = statement<Row>(
  "tills.lock_quarantined",
  `select r.till_id as "tillId", t.shop, t.number as till, r.sold_at as "soldAt", r.body, r.identifier, r.flags
     from tills.receipt r join tills.till t on t.id = r.till_id
    where r.id = $1 and r.state = 'quarantined' and r.kind = 'sale' for update of r`,
)
/**
 * Lets a sale pass that a person looked at: it is settled as it stands, by the rules of the day it was sold, and what waited for it too. The answer
 * the till was given stays what it was. Points it redeemed without proof are booked to the member. Refuses `quarantine_not_found`,
 * `quarantine_decided`, and `quarantine_not_releasable` for what cannot be counted.
 */
export async function releaseFromQuarantine(
  tx: Tx,
  { id, by, note, at, policy = TILL_POLICY }: { id: number; by: string; note: string; at: Date; policy?: TillPolicy },
): Promise<{ receiptId: string; earned: number; redeemed: number }> {
  const waiting = await quarantinedById(tx, id)
  if (waiting.state !== "open") refuse("quarantine_decided", { state: waiting.state })
  const hopeless = waiting.reasons.filter((reason) => !RELEASABLE.has(reason))
  if (waiting.kind !== "sale" || hopeless.length > 0) refuse("quarantine_not_releasable", { reasons: hopeless })
  const receiptId = waiting.receiptId!
  const [row] = await lock(tx, [receiptId])
  if (!row) return refuse("quarantine_decided")
  const identifier = row.identifier && (JSON.parse(tx.secrets.open("tills.identifier", row.identifier)) as Identifier)
  const { tillId, shop, till, soldAt, body, flags } = row
  const fact: SaleFact = { till: { tillId, shop, till }, sale: { ...body, identifier }, id: receiptId, soldAt, flags, released: true }
  const [judged] = await judge(tx, [fact], { shown: await whoShowed(tx, [fact], { at }), at, policy })
  const settlement = await settleLate(tx, judged!, { at })
  await settleWhatWaited(tx, { sales: [judged!], at })
  await decideAbout(tx, { id, state: "released", by, note, at })
  return { receiptId, earned: settlement?.earned ?? 0, redeemed: settlement?.redeemed ?? 0 }
}
