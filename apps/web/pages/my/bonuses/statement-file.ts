import { cardsOf } from "@mila/cards"
import { dayIn, inTransaction, type Locale, MINSK, minor, points, type Tx } from "@mila/kernel"
import { personOf } from "@mila/members"
import { statement, type ToldEntry } from "@mila/membership"
import { type Movement, type PointsStatement, statementCsv, statementPdf } from "@mila/papers"
import { receiptsByIds } from "@mila/tills"
import { shopsByCode } from "@mila/shops"
import { standingOf } from "../../parts/points.server.ts"
import { FRAME } from "../../words/frame.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { RECEIPTS } from "../receipts/words.ts"

const MOST = 1_000

/** The last thousand movements of available points, as a paper or as a table for a spreadsheet. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const at = clock.now()
  const asPdf = new URL(loading.request.url).searchParams.get("as") === "pdf"
  const paper = await inTransaction(db, (tx) => paperOf(tx, { memberId: session.memberId, locale, at }))
  const body = asPdf ? new Uint8Array(await statementPdf(paper, locale)) : statementCsv(paper, locale)
  const [type, name] = asPdf ? ["application/pdf", "mila-points.pdf"] : ["text/csv; charset=utf-8", "mila-points.csv"]
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  })
}

async function paperOf(tx: Tx, { memberId, locale, at }: { memberId: number; locale: Locale; at: Date }): Promise<PointsStatement> {
  const entries = (await statement(tx, { memberId, most: MOST, locale })).toReversed()
  const person = await personOf(tx, memberId)
  const card = (await cardsOf(tx, memberId)).findLast(({ state, kind }) => state === "active" && kind !== "partner")
  const movements = await movementsOf(tx, { entries, locale })
  const closing = entries.at(-1)?.balance.available ?? 0
  const moved = movements.reduce((sum, { points }) => sum + points, 0)
  return {
    chain: FRAME[locale].brand,
    member: [person?.name?.family, person?.name?.given, person?.name?.patronymic].filter(Boolean).join(" "),
    card: card?.number ?? null,
    from: dayIn(MINSK, entries[0]?.occurredAt ?? at),
    to: dayIn(MINSK, at),
    opening: points(closing - moved),
    closing: points(closing),
    movements,
    pending: (await standingOf(tx, { memberId, locale })).activations.map(({ day, points: number }) => ({
      points: points(number),
      activatesOn: day,
    })),
    pointWorth: minor(1),
    madeAt: at,
  }
}

async function movementsOf(tx: Tx, { entries, locale }: { entries: readonly ToldEntry[]; locale: Locale }): Promise<Movement[]> {
  const shops = await shopsByCode(
    tx,
    entries.flatMap(({ receipt }) => receipt?.shop ?? []),
  )
  const receipts = await receiptsByIds(tx, [...new Set(entries.flatMap(({ receipt }) => receipt?.receiptId ?? []))])
  return entries.flatMap((entry): Movement[] => {
    const change = changeOf(entry)
    if (change === 0) return []
    const { receipt, text, occurredAt, balance } = entry
    const { fiscal } = ((receipt ? receipts.get(receipt.receiptId)?.body : undefined) as { fiscal?: { uid?: string } }) ?? {}
    return [
      {
        occurredAt,
        kind: entry.kind === "expiry" ? "expired" : change > 0 ? "earned" : receipt ? "spent" : "other",
        what: receipt ? RECEIPTS[locale][receipt.kind] : (text ?? ""),
        shop: receipt ? (shops.get(receipt.shop)?.name[locale] ?? receipt.shop) : null,
        fiscalUid: fiscal?.uid ?? null,
        points: points(change),
        balance: points(balance.available),
      },
    ]
  })
}

/** What a movement did to the points that can be spent. */
const changeOf = ({ postings }: ToldEntry): number =>
  postings.reduce(
    (change, { source, target, points }) => change + (target === "available" ? points : 0) - (source === "available" ? points : 0),
    0,
  )
