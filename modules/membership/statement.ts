import { type LotOrigin, lotOrigins, type StatementEntry, statementOf } from "@mila/ledger"
import { type Day, dayIn, type Locale, MINSK, together, type Tx } from "@mila/kernel"
import { expiringSoon, lastToldOf } from "@mila/loyalty"
import { newestDetails } from "@mila/staff"
import { cameBack, explained, type ExplanationShown, hiddenAmong, receiptsByIds, type WholeReceipt } from "@mila/tills"
import { dayInWords, STATEMENT_WORDS, type StatementWords } from "./statement-words.ts"

export type ToldEntry = StatementEntry & {
  /** the receipt it comes from */
  receipt: { receiptId: string; kind: "sale" | "return"; shop: string; soldAt: Date; totalMinor: number } | null
  /** every number of the receipt explained; empty for what no receipt explains */
  explanation: ExplanationShown[]
  /** one sentence about the whole movement, where no receipt explains it */
  text: string | null
}

const NUMBERS: Record<Locale, Intl.NumberFormat> = {
  ru: new Intl.NumberFormat("ru"),
  be: new Intl.NumberFormat("be"),
  en: new Intl.NumberFormat("en"),
}

/** What the entries of a page rest on, read at once. */
type Grounds = {
  receipts: ReadonlyMap<string, WholeReceipt>
  /** what came back on returns, and what it had cost */
  back: Awaited<ReturnType<typeof cameBack>>
  /** of corrections, by their name in the audit trail */
  reasons: ReadonlyMap<string, Record<string, unknown>>
  /** when members were told of lots that expired */
  told: ReadonlyMap<number, Date>
  /** of lots that awoke or expired */
  origins: ReadonlyMap<number, LotOrigin>
}

/**
 * A page of a member's statement, newest first: the ledger's movements, joined with the receipts that explain them, in the reader's language.
 * As many statements for a page of a hundred as for one.
 */
export async function statement(tx: Tx, asked: AskedStatement): Promise<ToldEntry[]> {
  return (await statementWithReceipts(tx, asked)).entries
}

type AskedStatement = { memberId: number; before?: number | undefined; most: number; locale: Locale }

/** The same, with the receipts it rests on by their names: for who says what was bought. */
export async function statementWithReceipts(
  tx: Tx,
  { memberId, before, most, locale }: AskedStatement,
): Promise<{ entries: ToldEntry[]; receipts: ReadonlyMap<string, WholeReceipt> }> {
  const entries = await statementOf(tx, { memberId, most, ...(before === undefined ? {} : { before }) })
  const grounds = await groundsOf(tx, { memberId, entries })
  const told: ToldEntry[] = []
  for (const entry of entries) told.push(await tell(tx, entry, { grounds, locale }))
  return { entries: told, receipts: grounds.receipts }
}

/** `receipt:0101-1-1-7/settled`: where it comes from, under which name, and what was done. */
function causeOf({ reference }: StatementEntry): { origin: string; name: string; what: string } {
  const [, origin = "", name = "", what = ""] = /^([a-z]+):(.+)\/([a-z]+)$/.exec(reference) ?? []
  return { origin, name, what }
}

async function groundsOf(tx: Tx, { memberId, entries }: { memberId: number; entries: readonly StatementEntry[] }): Promise<Grounds> {
  const causes = entries.map(causeOf)
  const namesOf = (...origins: string[]) => causes.flatMap(({ origin, name }) => (origins.includes(origin) ? [name] : []))
  const lotsOf = (...kinds: string[]) =>
    entries.flatMap(({ kind, postings }) => (kinds.includes(kind) ? postings.map(({ lotId }) => lotId) : []))
  const adjustments = namesOf("adjustment").map((name) => `adjustment:${name}`)
  const [receipts, hidden, back, reasons, told, origins] = await together([
    receiptsByIds(tx, namesOf("receipt", "return")),
    hiddenAmong(tx, namesOf("receipt", "return")),
    cameBack(tx, namesOf("return")),
    newestDetails(tx, adjustments),
    lastToldOf(tx, lotsOf("expiry")),
    lotOrigins(tx, { memberId, lotIds: lotsOf("activation", "expiry") }),
  ])
  for (const receiptId of hidden) receipts.delete(receiptId) // what is not theirs tells them nothing but the points
  return { receipts, back, reasons, told, origins: new Map(origins.map((origin) => [origin.lotId, origin])) }
}

async function tell(tx: Tx, entry: StatementEntry, { grounds, locale }: { grounds: Grounds; locale: Locale }): Promise<ToldEntry> {
  const { name, what } = causeOf(entry)
  const receipt = grounds.receipts.get(name)
  const shown = receipt ? summaryOf(receipt, grounds) : null
  if (receipt && what === "settled")
    return { ...entry, receipt: shown, explanation: await explained(tx, receipt.explanation, locale), text: null }
  return { ...entry, receipt: shown, explanation: [], text: sentence(entry, { grounds, locale }) }
}

function summaryOf({ receiptId, kind, shop, soldAt, totalMinor }: WholeReceipt, { back }: Grounds): NonNullable<ToldEntry["receipt"]> {
  return { receiptId, kind, shop, soldAt, totalMinor: back.get(receiptId)?.totalMinor ?? totalMinor }
}

function sentence(entry: StatementEntry, { grounds, locale }: { grounds: Grounds; locale: Locale }): string {
  const { kind, postings } = entry
  const { name, what } = causeOf(entry)
  const { kinds, reasons } = STATEMENT_WORDS[locale]
  const key = what === "cancelled" ? what : kind
  const pattern = Object.hasOwn(kinds, key) ? kinds[key as keyof StatementWords["kinds"]] : kinds.other
  const taken = postings.some(({ target }) => target === "redeemed" || target === "cancelled" || target === "expired")
  const points = postings.reduce((before, posting) => before + posting.points, 0)
  const number = NUMBERS[locale].format(points)
  const reason = reasonFrom(grounds.reasons.get(`adjustment:${name}`))
  const text = pattern
    .replace("{points}", key === "adjustment" ? `${taken ? "−" : "+"}${number}` : number)
    .replace("{reason}", reasons[reason])
  return [text, ...(kind === "activation" || kind === "expiry" ? ofLots(entry, { grounds, locale }) : [])].join(" ")
}

/** Of lots that awoke or expired: which purchases they were of, and when their member was told that they would expire. */
function ofLots({ kind, postings }: StatementEntry, { grounds, locale }: { grounds: Grounds; locale: Locale }): string[] {
  const { bought, told } = STATEMENT_WORDS[locale]
  const origins = postings
    .flatMap(({ lotId }) => grounds.origins.get(lotId) ?? [])
    .filter(({ reference }) => reference.startsWith("receipt:"))
  const days = [...new Set(origins.map(({ occurredAt }) => dayIn(MINSK, occurredAt)))].toSorted().map(dayInWords)
  const toldAt = postings.flatMap(({ lotId }) => grounds.told.get(lotId) ?? []).toSorted((one, other) => Number(other) - Number(one))[0]
  return [
    ...(days.length > 0 ? [(days.length > 1 ? bought.more : bought.one).replace("{days}", days.join(", "))] : []),
    ...(toldAt && kind === "expiry" ? [told.replace("{day}", dayInWords(dayIn(MINSK, toldAt)))] : []),
  ]
}

/** Why somebody corrected the balance, as the audit trail has it. */
function reasonFrom(details: Record<string, unknown> | undefined): keyof StatementWords["reasons"] {
  const reason = details?.["reason"]
  return typeof reason === "string" && Object.hasOwn(STATEMENT_WORDS.ru.reasons, reason)
    ? (reason as keyof StatementWords["reasons"])
    : "none"
}

/** What of a member's points is about to end, in sentences. */
export async function expiring(
  tx: Tx,
  { memberId, locale, at }: { memberId: number; locale: Locale; at: Date },
): Promise<{ day: Day; points: number; text: string }[]> {
  return (await expiringSoon(tx, { memberId, at })).map(({ day, points }) => {
    const text = STATEMENT_WORDS[locale].expiring.replace("{day}", dayInWords(day)).replace("{points}", NUMBERS[locale].format(points))
    return { day, points, text }
  })
}
