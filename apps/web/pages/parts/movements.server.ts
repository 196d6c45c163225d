import { type Day, dayIn, type Locale, MINSK, momentText, money, numberText, type Tx } from "@mila/kernel"
import { type StatementEntry, statementOf } from "@mila/ledger"
import { statement, type ToldEntry } from "@mila/membership"
import { shopsByCode } from "@mila/shops"

/** One line of the history as it is read: what happened, when and where, how many points, and why so many. */
export type Movement = {
  id: number
  title: string
  when: string
  where: string | null
  /** «+48», «−120»; empty where points only changed their state */
  change: string
  gained: boolean
  why: string[]
  receiptId: string | null
  day: Day
  points: number
}

const TITLES = {
  ru: { sale: "Покупка на {money}", return: "Возврат на {money}" },
  be: { sale: "Пакупка на {money}", return: "Вяртанне на {money}" },
  en: { sale: "Purchase of {money}", return: "Return of {money}" },
} as const

export async function movementsOf(
  tx: Tx,
  { memberId, before, most, locale, at }: { memberId: number; before?: number | undefined; most: number; locale: Locale; at: Date },
): Promise<Movement[]> {
  const entries = await statement(tx, { memberId, before, most, locale })
  const shops = await shopsByCode(tx, [...new Set(entries.flatMap(({ receipt }) => receipt?.shop ?? []))])
  return entries.map((entry) => movement(entry, { locale, at, shopName: (code) => shops.get(code)?.name[locale] ?? code }))
}

/** What movements brought or took and when, and nothing else of them, newest first. */
export type Change = Pick<Movement, "day" | "points">

export async function changesOf(tx: Tx, { memberId, most }: { memberId: number; most: number }): Promise<Change[]> {
  const entries = await statementOf(tx, { memberId, most })
  return entries.map((entry) => ({ day: dayIn(MINSK, entry.occurredAt), points: changeOf(entry) }))
}

function movement(entry: ToldEntry, { locale, at, shopName }: { locale: Locale; at: Date; shopName: (code: string) => string }): Movement {
  const { receipt, explanation, text, transactionId, occurredAt } = entry
  const points = changeOf(entry)
  const title = receipt ? TITLES[locale][receipt.kind].replace("{money}", money(receipt.totalMinor, locale)) : (text ?? "")
  const why = explanation.map(({ text }) => text)
  return {
    ...{ id: transactionId, title, points, gained: points > 0, receiptId: receipt?.receiptId ?? null, day: dayIn(MINSK, occurredAt) },
    when: momentText(occurredAt, locale, dayIn(MINSK, at)),
    where: receipt ? shopName(receipt.shop) : null,
    change: points === 0 ? "" : points > 0 ? `+${numberText(points, locale)}` : numberText(points, locale),
    why: receipt && text ? [...why, text] : why,
  }
}

const OWN: ReadonlySet<string> = new Set(["pending", "available", "held"])

/** What a movement brought or took, of everything that is the member's. */
const changeOf = ({ postings }: Pick<StatementEntry, "postings">): number =>
  postings.reduce((change, { source, target, points }) => change + (OWN.has(target) ? points : 0) - (OWN.has(source) ? points : 0), 0)
