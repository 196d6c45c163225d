import { cardsOf } from "@mila/cards"
import { dayIn, type Locale, MINSK, minor, points, type Tx } from "@mila/kernel"
import { personOf } from "@mila/members"
import type { Movement, PointsStatement } from "@mila/papers"
import { shopsByCode } from "@mila/shops"
import { receiptsByIds } from "@mila/tills"
import { standingOf } from "./standing.ts"
import { statement, type ToldEntry } from "./statement.ts"
import { STATEMENT_WORDS } from "./statement-words.ts"

const MOST = 1_000

/** What a receipt is called on the paper, and the chain. */
export type PaperWords = { chain: string; sale: string; return: string }

/**
 * The last thousand movements of the points a member can spend, to be made a paper or a table for a spreadsheet of. What is set aside at a till is theirs
 * until a purchase takes it: it is the purchase that says so, with its shop and УИ. What is still set aside stands last.
 */
export async function statementPaper(
  tx: Tx,
  { memberId, words, locale, at }: { memberId: number; words: PaperWords; locale: Locale; at: Date },
): Promise<PointsStatement> {
  const entries = (await statement(tx, { memberId, most: MOST, locale })).toReversed()
  const person = await personOf(tx, memberId)
  const card = (await cardsOf(tx, memberId)).findLast(({ state, kind }) => state === "active" && kind !== "partner")
  const moved = await movementsOf(tx, { entries, words, locale })
  const movements = [...moved, ...setAside(entries, { locale, at })]
  const closing = entries.at(-1)?.balance.available ?? 0
  const change = movements.reduce((sum, { points: one }) => sum + one, 0)
  return {
    chain: words.chain,
    member: [person?.name?.family, person?.name?.given, person?.name?.patronymic].filter(Boolean).join(" "),
    card: card?.number ?? null,
    from: dayIn(MINSK, entries[0]?.occurredAt ?? at),
    to: dayIn(MINSK, at),
    opening: points(closing - change),
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
        kind: kindOf(entry, change),
        what: receipt ? words[receipt.kind] : (text ?? ""),
        shop: receipt ? (shops.get(receipt.shop)?.name[locale] ?? receipt.shop) : null,
        fiscalUid: fiscal?.uid ?? null,
        points: points(change),
        balance: points(balance.available + balance.held),
      },
    ]
  })
}

/** Which total a movement counts into: what came back or was put right by hand is neither earned nor spent. */
function kindOf({ kind }: ToldEntry, change: number): Movement["kind"] {
  if (kind === "expiry") return "expired"
  if (kind === "activation") return "earned"
  return kind === "receipt" || kind === "order" || kind === "game" ? (change > 0 ? "earned" : "spent") : "other"
}

/** What waits at a till at the end. */
function setAside(entries: readonly ToldEntry[], { locale, at }: { locale: Locale; at: Date }): Movement[] {
  const { available = 0, held = 0 } = entries.at(-1)?.balance ?? {}
  if (held === 0) return []
  const what = STATEMENT_WORDS[locale].kinds.hold.replace("{points}", new Intl.NumberFormat(locale).format(held))
  return [{ occurredAt: at, kind: "other", what, shop: null, fiscalUid: null, points: points(0 - held), balance: points(available) }]
}

const SPENDABLE: ReadonlySet<string> = new Set(["available", "held"])

/** What a movement did to the points that can be spent, set aside or not. */
const spendableChangeOf = ({ postings }: ToldEntry): number =>
  postings.reduce(
    (change, { source, target, points: moved }) => change + (SPENDABLE.has(target) ? moved : 0) - (SPENDABLE.has(source) ? moved : 0),
    0,
  )
