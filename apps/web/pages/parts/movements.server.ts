import { type Day, dayIn, type Locale, MINSK, momentText, money, numberText, type Tx } from "@mila/kernel"
import { type StatementEntry, statementOf } from "@mila/ledger"
import { statementWithReceipts, type ToldEntry } from "@mila/membership"
import { shopsByCode } from "@mila/shops"
import type { WholeReceipt } from "@mila/tills"
import { unparted } from "./place.ts"
import { type Reason, reasonsOf } from "./reasons.server.ts"

/** One line of the history as it is read: what happened, when and where, how many points, and why so many. */
export type Movement = {
  id: number
  title: string
  when: string
  where: string | null
  kind: StatementEntry["kind"]
  /** «+48», and «−120» with it when one purchase brought and took; neither where points only changed their state */
  gained: string
  taken: string
  why: Reason[]
  receiptId: string | null
  day: Day
  came: number
  went: number
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
  const { entries, receipts } = await statementWithReceipts(tx, { memberId, before, most, locale })
  const shops = await shopsByCode(tx, [...new Set(entries.flatMap(({ receipt }) => receipt?.shop ?? []))])
  return entries.map((entry) =>
    movement(entry, { locale, at, receipts, shopName: (code) => unparted(shops.get(code)?.name[locale] ?? code) }),
  )
}

/** What a movement brought or took and when, and nothing else of it. */
export type Change = Pick<Movement, "day" | "came" | "went">

/** All of them from a day of Minsk on: read back page by page until one was written down before it, as nothing is before it happens. */
export async function changesSince(tx: Tx, { memberId, since }: { memberId: number; since: Day }): Promise<Change[]> {
  const changes: Change[] = []
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    const entries = await statementOf(tx, { memberId, before, most: CHANGES_AT_ONCE })
    changes.push(...entries.map((entry) => ({ day: dayIn(MINSK, entry.occurredAt), ...sumsOf(entry) })))
    const last = entries.at(-1)
    if (!last || entries.length < CHANGES_AT_ONCE || dayIn(MINSK, last.recordedAt) < since) return changes.filter(({ day }) => day >= since)
    before = last.transactionId
  }
}

const CHANGES_AT_ONCE = 100

type Beside = { locale: Locale; at: Date; receipts: ReadonlyMap<string, WholeReceipt>; shopName: (code: string) => string }

function movement(entry: ToldEntry, { locale, at, receipts, shopName }: Beside): Movement {
  const { receipt, explanation, text, transactionId, occurredAt } = entry
  const { came, went } = sumsOf(entry)
  const title = receipt ? TITLES[locale][receipt.kind].replace("{money}", money(receipt.totalMinor, locale)) : (text ?? "")
  const why = reasonsOf(explanation, receipts.get(receipt?.receiptId ?? "")?.body)
  return {
    ...{ id: transactionId, kind: entry.kind, title, came, went, receiptId: receipt?.receiptId ?? null, day: dayIn(MINSK, occurredAt) },
    when: momentText(occurredAt, locale, dayIn(MINSK, at)),
    where: receipt ? shopName(receipt.shop) : null,
    gained: came > 0 ? `+${numberText(came, locale)}` : "",
    taken: went > 0 ? numberText(-went, locale) : "",
    why: receipt && text ? [...why, { line: null, of: null, says: [text] }] : why,
  }
}

const OWN: ReadonlySet<string> = new Set(["pending", "available", "held"])

/** What a movement brought and what it took, of everything that is the member's. */
function sumsOf({ postings }: Pick<StatementEntry, "postings">): { came: number; went: number } {
  const sum = (of: (posting: StatementEntry["postings"][number]) => boolean) =>
    postings.reduce((all, posting) => all + (of(posting) ? posting.points : 0), 0)
  return {
    came: sum(({ source, target }) => OWN.has(target) && !OWN.has(source)),
    went: sum(({ source, target }) => OWN.has(source) && !OWN.has(target)),
  }
}
