import { checkPrice, isBarcode } from "@mila/catalog"
import { looksLikeBankCardNumber, statement, type Tx } from "@mila/kernel"
import { shopsByCode } from "@mila/shops"
import { refuse } from "./refusals.ts"
import { countTold } from "./told-limits.ts"

/** A barcode people held before a phone and nobody knows. */
export type UnknownCode = {
  code: string
  /** where; null where nobody said */
  shop: string | null
  times: number
  firstSeenAt: Date
  lastSeenAt: Date
  state: "open" | "settled"
  settledAt: Date | null
  settledBy: string | null
  note: string | null
}

/** One look of a phone at a code, perhaps days ago without a network. */
export type CodeSeen = { code: string; shop: string | null; seenAt: Date }

const COLUMNS = `code, nullif(shop, '') as shop, times, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt", state,
  settled_at as "settledAt", settled_by as "settledBy", note`

const put = statement<{ code: string }>(
  "pricecheck.put_unknown",
  `insert into pricecheck.unknown_code as known (code, shop, first_seen_at, last_seen_at)
   select code, shop, min(seen), max(seen) from unnest($1::text[], $2::text[], $3::timestamptz[]) as given(code, shop, seen)
   group by code, shop order by code, shop
   on conflict (code, shop) do update set times = known.times + 1,
     first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
     last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at),
     state = case when excluded.last_seen_at > known.settled_at then 'open' else known.state end,
     settled_at = case when excluded.last_seen_at > known.settled_at then null else known.settled_at end,
     settled_by = case when excluded.last_seen_at > known.settled_at then null else known.settled_by end
   returning code`,
)
const list = statement<UnknownCode>(
  "pricecheck.unknown_codes",
  `select ${COLUMNS} from pricecheck.unknown_code
   where ($1::text is null or state = $1) and ($2::text is null or shop = $2) order by times desc, last_seen_at desc limit $3`,
)
const settle = statement<UnknownCode>(
  "pricecheck.settle_unknown",
  `update pricecheck.unknown_code set state = 'settled', settled_at = $2, settled_by = $3, note = $4
   where code = $1 and state = 'open' returning ${COLUMNS}`,
)

/**
 * Whether a code means the same everywhere. Cards, coupons and weighed goods have codes of restricted circulation (GS1 General Specifications 1.4.3): a card
 * somebody held before the camera is never written down.
 */
export function isWorldwide(code: string): boolean {
  const ean = code.length === 8 ? code : code.padStart(13, "0").slice(-13)
  return code.length === 8 ? !/^[02]/.test(ean) : !/^(?:0[2-4]|2|98|99)/.test(ean)
}

const MOST_AT_ONCE = 100
const OLDEST_DAYS = 60

/**
 * Writes down codes nobody knows, for staff to find out about. Left out: what is no barcode, what is a card or a coupon, what the catalogue knows by now, what is older than two months.
 * Refuses `told_too_often`. Answers how many were new to the queue or counted once more.
 */
export async function recordUnknownCodes(
  tx: Tx,
  { seen, network, at }: { seen: readonly CodeSeen[]; network: string; at: Date },
): Promise<{ taken: number }> {
  const oldest = at.getTime() - OLDEST_DAYS * 86_400_000
  const codes = seen.slice(0, MOST_AT_ONCE).filter(({ code, seenAt }) => isBarcode(code) && isWorldwide(code) && seenAt.getTime() > oldest)
  if (codes.length === 0) return { taken: 0 }
  await countTold(tx, { network, what: "codes", times: codes.length, at })
  const known = new Set<string>()
  for (const code of new Set(codes.map((one) => one.code))) if (await checkPrice(tx, { ean: code, at })) known.add(code)
  const shops = await shopsByCode(
    tx,
    codes.flatMap(({ shop }) => shop ?? []),
  )
  const unknown = codes.filter(({ code }) => !known.has(code))
  if (unknown.length === 0) return { taken: 0 }
  const rows = await put(tx, [
    unknown.map(({ code }) => code),
    unknown.map(({ shop }) => (shop !== null && shops.has(shop) ? shop : "")),
    unknown.map(({ seenAt }) => (seenAt > at ? at : seenAt)), // a phone's clock may run ahead
  ])
  return { taken: rows.length }
}

/** Codes nobody knows, the most asked for first. */
export function unknownCodes(
  tx: Tx,
  { state = null, shop = null, most }: { state?: UnknownCode["state"] | null; shop?: string | null; most: number },
): Promise<UnknownCode[]> {
  return list(tx, [state, shop, most])
}

/** Says what became of a code, in every shop; seen again later, it is open again. Refuses `unknown_code_not_found`, `bank_card_number`. */
export async function settleUnknownCode(
  tx: Tx,
  { code, note, at, by }: { code: string; note: string; at: Date; by: string },
): Promise<UnknownCode[]> {
  if (looksLikeBankCardNumber(note)) refuse("bank_card_number")
  const settled = await settle(tx, [code, at, by, note])
  return settled.length > 0 ? settled : refuse("unknown_code_not_found", { code })
}
