import { cardsOf } from "@mila/cards"
import { dayIn, type Locale, MINSK, minor, points, type Tx } from "@mila/kernel"
import { personOf } from "@mila/members"
import type { Movement, PointsStatement } from "@mila/papers"
import { shopsByCode } from "@mila/shops"
import { receiptsByIds } from "@mila/tills"
import { standingOf } from "./standing.ts"
import { statement, type ToldEntry } from "./statement.ts"

const MOST = 1_000

/** What a receipt is called on the paper, and the chain. */
export type PaperWords = { chain: string; sale: string; return: string }

/** The last thousand movements of a member's available points, to be made a paper or a table for a spreadsheet of. */
export async function statementPaper(
  tx: Tx,
  { memberId, words, locale, at }: { memberId: number; words: PaperWords; locale: Locale; at: Date },
): Promise<PointsStatement> {
  const entries = (await statement(tx, { memberId, most: MOST, locale })).toReversed()
  const person = await personOf(tx, memberId)
  const card = (await cardsOf(tx, memberId)).findLast(({ state, kind }) => state === "active" && kind !== "partner")
  const movements = await movementsOf(tx, { entries, words, locale })
  const closing = entries.at(-1)?.balance.available ?? 0
  const moved = movements.reduce((sum, { points: change }) => sum + change, 0)
  return {
    chain: words.chain,
    member: [person?.name?.family, person?.name?.given, person?.name?.patronymic].filter(Boolean).join(" "),
    card: card?.number ?? null,
    from: dayIn(MINSK, entries[0]?.occurredAt ?? at),
    to: dayIn(MINSK, at),
    opening: points(closing - moved),
    closing: points(closing),
    movements,
    pending: (await standingOf(tx, memberId)).activations.map(({ day, points: sum }) => ({ points: points(sum), activatesOn: day })),
    pointWorth: minor(1),
    madeAt: at,
  }
}

async function movementsOf(
  tx: Tx,
  { entries, words, locale }: { entries: readonly ToldEntry[]; words: PaperWords; locale: Locale },
): Promise<Movement[]> {
  const shops = await shopsByCode(
    tx,
    entries.flatMap(({ receipt }) => receipt?.shop ?? []),
  )
  const receipts = await receiptsByIds(tx, [...new Set(entries.flatMap(({ receipt }) => receipt?.receiptId ?? []))])
  return entries.flatMap((entry): Movement[] => {
    const change = spendableChangeOf(entry)
    if (change === 0) return []
    const { receipt, text, occurredAt, balance } = entry
    const { fiscal } = ((receipt ? receipts.get(receipt.receiptId)?.body : undefined) as { fiscal?: { uid?: string } }) ?? {}
    return [
      {
        occurredAt,
        kind: entry.kind === "expiry" ? "expired" : change > 0 ? "earned" : receipt ? "spent" : "other",
        what: receipt ? words[receipt.kind] : (text ?? ""),
        shop: receipt ? (shops.get(receipt.shop)?.name[locale] ?? receipt.shop) : null,
        fiscalUid: fiscal?.uid ?? null,
        points: points(change),
        balance: points(balance.available),
      },
    ]
  })
}

/** What a movement did to the points that can be spent. */
const spendableChangeOf = ({ postings }: ToldEntry): number =>
  postings.reduce(
    (change, { source, target, points: moved }) => change + (target === "available" ? moved : 0) - (source === "available" ? moved : 0),
    0,
  )
