import { type Localized, statement, type Tx } from "@mila/kernel"
import type { HolidayHours, WeekHours } from "./hours-rules.ts"
import { shops } from "./tables.ts"

export type ShopState = "open" | "closed"

export type Shop = {
  code: string
  name: Localized
  city: Localized
  address: Localized
  latitude: number
  longitude: number
  legalEntity: string | null
  state: ShopState
  openedAt: Date
  closedAt: Date | null
  /** Monday first, clock times of Minsk; null where nobody has said */
  week: WeekHours | null
  /** what holds on state holidays */
  holiday: HolidayHours
  /** `+375…`, for people to call */
  phone: string | null
  /** codes of `listServices` */
  services: readonly string[]
}

const COLUMNS = `code, name, city, address, latitude, longitude, legal_entity as "legalEntity", state, opened_at as "openedAt", closed_at as "closedAt",
  week, holiday, phone, services`

const byCodes = statement<Shop>("shops.by_codes", `select ${COLUMNS} from shops.shop where code = any($1::text[])`)
const page = statement<Shop>(
  "shops.page",
  `select ${COLUMNS} from shops.shop where code > $1 and ($2::text is null or state = $2) order by code limit $3`,
)

/** The shop with this code, open or closed; undefined when there never was one. */
export async function shopByCode(tx: Tx, code: string): Promise<Shop | undefined> {
  const [shop] = await byCodes(tx, [[code]])
  return shop
}

/** The shops with these codes, in one statement; codes nobody knows are missing from the answer. */
export async function shopsByCode(tx: Tx, codes: readonly string[]): Promise<Map<string, Shop>> {
  if (codes.length === 0) return new Map()
  const found = await byCodes(tx, [[...new Set(codes)]])
  return new Map(found.map((shop) => [shop.code, shop]))
}

/** Shops by code, from the one after `after` on: pages of at most `most`. */
export function listShops(
  tx: Tx,
  { after = "", state = null, most = 100 }: { after?: string; state?: ShopState | null; most?: number } = {},
): Promise<Shop[]> {
  return page(tx, [after, state, most])
}

/** How many shops there are, closed ones included. */
export async function countShops(tx: Tx): Promise<number> {
  const { count } = await shops(tx)
    .selectFrom("shop")
    .select((of) => of.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow()
  return count
}
