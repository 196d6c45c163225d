import type { ProductFacts } from "@mila/catalog"
import type { Earner, ReceiptToSettle } from "@mila/loyalty"
import { worksAt } from "@mila/members"
import { dayIn, MINSK, type Points, startOfDay, statement, type Tx } from "@mila/kernel"
import type { Sale, TillIdentity } from "./facts.ts"
import { redemptionProven } from "./offline-redemption.ts"
import type { TillPolicy } from "./policy.ts"
import { productsNow } from "./product-memory.ts"
import { basketOf, faultsOf, type Flag, type Reason } from "./receipt-rules.ts"
import { recognise, type Recognised } from "./recognise.ts"
import { lockRedemptions, redemptionId, type RedemptionRow } from "./redemption-rows.ts"

/** A sale nobody has decided about yet. */
export type SaleFact = {
  till: TillIdentity
  sale: Sale
  /** its natural key, spelt */
  id: string
  soldAt: Date
  flags: Flag[]
  /** a person looked at it and let it pass */
  released?: boolean
}

export type Judged<Fact extends SaleFact> = Fact & {
  reasons: Reason[]
  who: Recognised | null
  redemption: RedemptionRow | null
  /** what the programme shall settle; null when nothing is to be settled */
  toSettle: ReceiptToSettle | null
}

type Looked = { products: ReadonlyMap<string, ProductFacts>; before: ReadonlyMap<string, number>; at: Date; policy: TillPolicy }

const receiptsOfDay = statement<{ key: string; receipts: number }>(
  "tills.receipts_of_day",
  `select asked.key, (select count(*) from tills.receipt r
                       where r.member_id = asked.member_id and r.sold_at >= asked.since and r.sold_at < asked.since + interval '1 day'
                         and r.till_id = asked.till_id and r.kind = 'sale') receipts
     from unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[]) as asked(key, member_id, till_id, since)`,
)

/**
 * Decides about many sales at once: who bought (`shown`, as `whoShowed` tells), what is odd, what is to be settled. Locks the redemptions they name,
 * and nothing else.
 */
export async function judge<Fact extends SaleFact>(
  tx: Tx,
  facts: readonly Fact[],
  { shown, at, policy }: { shown: ReadonlyMap<string, Recognised>; at: Date; policy: TillPolicy },
): Promise<Judged<Fact>[]> {
  const redemptions = await lockRedemptions(
    tx,
    facts.map(({ sale }) => redemptionId(sale.authId)).filter((id) => id !== null),
  )
  const own = facts.map(({ sale, till }) => {
    const found = redemptions.get(redemptionId(sale.authId) ?? 0)
    return found?.tillId === till.tillId ? found : null
  })
  const people = await peopleOf(tx, facts, { shown, redemptions: own, at })
  const products = await productsNow(
    tx,
    facts.flatMap(({ sale }) => sale.lines.map(({ sku }) => sku)),
    at,
  )
  const before = await receiptsBefore(tx, facts, people)
  const looked = { products, before, at, policy }
  const judged: Judged<Fact>[] = []
  for (const [place, fact] of facts.entries()) {
    judged.push(await judgeOne(tx, fact, { who: people[place] ?? null, redemption: own[place] ?? null }, looked))
  }
  return judged
}

/** Who showed something at the till, by the sale's natural key. */
export async function whoShowed(tx: Tx, facts: readonly SaleFact[], { at }: { at: Date }): Promise<Map<string, Recognised>> {
  const asked = facts.flatMap(({ id, sale: { identifier }, till }) => (identifier ? [{ id, till, identifier }] : []))
  const people = asked.length === 0 ? [] : await recognise(tx, asked, { at })
  return new Map(asked.flatMap(({ id }, place) => (people[place] ? [[id, people[place]]] : [])))
}

/** Who showed nothing is the member whose points were set aside for the purchase. */
async function peopleOf(
  tx: Tx,
  facts: readonly SaleFact[],
  { shown, redemptions, at }: { shown: ReadonlyMap<string, Recognised>; redemptions: readonly (RedemptionRow | null)[]; at: Date },
): Promise<(Recognised | undefined)[]> {
  const people = facts.map(({ id }) => shown.get(id))
  const asked = facts.flatMap(({ sale, till }, place) => {
    const memberId = sale.identifier ? undefined : redemptions[place]?.memberId
    return memberId === undefined ? [] : [{ place, till, note: { number: null, memberId, proof: null } }]
  })
  if (asked.length > 0) (await recognise(tx, asked, { at })).forEach((who, nth) => (people[asked[nth]!.place] = who))
  return people
}

async function judgeOne<Fact extends SaleFact>(
  tx: Tx,
  fact: Fact,
  { who, redemption }: { who: Recognised | null; redemption: RedemptionRow | null },
  { products, before, at, policy }: Looked,
): Promise<Judged<Fact>> {
  const { sale, till, soldAt, flags, released = false } = fact
  const reasons = faultsOf(sale, { known: products, soldAt, at, policy })
  if (sale.identifier && !who) reasons.push("card_unknown")
  if (who) noteCard(who, { soldAt, reasons, flags })
  const wanted = sale.redeemed?.points ?? 0
  const earner = who?.profile ? earnerOf(who, till) : null
  if (earner?.employeeAtOwnTill) flags.push("employee_at_own_till")
  if (earner && (before.get(fact.id) ?? 0) >= policy.receiptsADay) reasons.push("too_many_receipts")
  if (wanted > 0 && !released) await noteRedemption(tx, { fact, who, redemption, wanted, earner, reasons, flags, at })
  const settles = earner !== null && (reasons.length === 0 || released)
  return {
    ...fact,
    reasons: released ? [] : reasons,
    who,
    redemption,
    toSettle: settles ? settlementOf(fact, { earner, redemption, products, policy }) : null,
  }
}

/** The card as it was when the sale happened: sold before the block is honoured, sold after it waits for a person. */
function noteCard({ card, profile }: Recognised, { soldAt, reasons, flags }: { soldAt: Date; reasons: Reason[]; flags: Flag[] }): void {
  if (card?.state === "blocked" && !(card.blockedAt && soldAt < card.blockedAt)) reasons.push("card_blocked")
  if (card?.state === "removed" && !(card.endedAt && soldAt < card.endedAt)) reasons.push("card_removed")
  if (card?.state === "replaced") flags.push("earned_on_replaced_card")
  if (!profile) flags.push(card && card.memberId === null ? "card_not_attached" : "member_left")
}

/** Points the till gave away must have been set aside, or proven by a rotating code; otherwise a person decides who carries them. */
async function noteRedemption(
  tx: Tx,
  {
    fact,
    who,
    redemption,
    wanted,
    earner,
    reasons,
    flags,
    at,
  }: {
    fact: SaleFact
    who: Recognised | null
    redemption: RedemptionRow | null
    wanted: number
    earner: Earner | null
    reasons: Reason[]
    flags: Flag[]
    at: Date
  },
): Promise<void> {
  if (!earner || !who) reasons.push("redemption_unproven")
  else if (!redemption) {
    const proof = reasons.length > 0 ? undefined : await redemptionProven(tx, { fact, memberId: earner.memberId, wanted, at })
    if (!proof) reasons.push("redemption_unproven")
    else {
      if (proof.overAllowance) flags.push("over_offline_allowance")
      if (who.profile?.spendClosed(fact.soldAt)) flags.push("spent_while_locked")
    }
  } else if (redemption.state === "captured") reasons.push("redemption_used_twice")
  else {
    if (redemption.state === "voided" || redemption.lapsesAt < fact.soldAt) flags.push("hold_ended")
    if (wanted > redemption.points) flags.push("redeemed_more_than_authorised")
  }
}

function earnerOf({ cardKind, profile }: Recognised, { shop, till }: TillIdentity): Earner {
  return { memberId: profile!.memberId, cardKind, birthday: profile!.birthday, employeeAtOwnTill: worksAt(profile!, { shop, till }) }
}

function settlementOf(
  { id, sale, soldAt }: SaleFact,
  {
    earner,
    redemption,
    products,
    policy,
  }: { earner: Earner; redemption: RedemptionRow | null; products: ReadonlyMap<string, ProductFacts>; policy: TillPolicy },
): ReceiptToSettle {
  const perLine = sale.redeemed?.lines?.map(({ no, points: used }) => ({ line: no, points: used as Points })) ?? null
  const planned = redemption && redemption.points === sale.redeemed?.points ? redemption.perLine : null
  return {
    receipt: id,
    earner,
    basket: basketOf(sale, { products, soldAt }),
    redeem: {
      points: (sale.redeemed?.points ?? 0) as Points,
      perLine: perLine ?? (planned as { line: number; points: Points }[] | null),
      holdId: redemption?.state === "held" ? redemption.holdId : null,
      shortage: policy.shortage,
    },
  }
}

/** How many receipts this member has at this till that day, by the new receipt's id; those beside it in the batch count too. */
async function receiptsBefore(
  tx: Tx,
  facts: readonly SaleFact[],
  people: readonly (Recognised | undefined)[],
): Promise<Map<string, number>> {
  const asked: { id: string; memberId: number; tillId: number; since: Date; beside: number }[] = []
  const beside = new Map<string, number>()
  facts.forEach(({ id, till: { tillId }, soldAt }, place) => {
    const memberId = people[place]?.profile?.memberId
    if (memberId === undefined) return
    const day = dayIn(MINSK, soldAt)
    const key = `${memberId}/${tillId}/${day}`
    asked.push({ id, memberId, tillId, since: sinceOf(day), beside: beside.get(key) ?? 0 })
    beside.set(key, (beside.get(key) ?? 0) + 1)
  })
  if (asked.length === 0) return new Map()
  const rows = await receiptsOfDay(tx, [
    asked.map(({ id }) => id),
    asked.map(({ memberId }) => memberId),
    asked.map(({ tillId }) => tillId),
    asked.map(({ since }) => since.toISOString()),
  ])
  const besideOf = new Map(asked.map(({ id, beside: near }) => [id, near]))
  return new Map(rows.map(({ key, receipts }) => [key, receipts + (besideOf.get(key) ?? 0)]))
}

const STARTS = new Map<string, Date>() // the zone's arithmetic costs more than the look-up, and few days are current

function sinceOf(day: ReturnType<typeof dayIn>): Date {
  let since = STARTS.get(day)
  if (!since) {
    if (STARTS.size > 1_000) STARTS.clear()
    STARTS.set(day, (since = startOfDay(MINSK, day)))
  }
  return since
}
