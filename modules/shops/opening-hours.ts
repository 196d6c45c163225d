import { type Day, type Localized, looksLikeBankCardNumber, statement, type Tx } from "@mila/kernel"
import { areHours, type HolidayHours, type Schedule, type SpecialHours, type WeekHours } from "./hours-rules.ts"
import { refuse } from "./refusals.ts"
import { type Shop, shopByCode } from "./shops.ts"
import { shops } from "./tables.ts"

export type Service = { code: string; name: Localized; position: number }

/** What a shop is told to be: what is left out stays as it was. */
export type ShopDetails = {
  week?: WeekHours | null
  holiday?: HolidayHours
  phone?: string | null
  services?: readonly string[]
}

const SPECIAL = `id, shop, from_day as "fromDay", to_day as "toDay", hours, reason`

const setMany = statement<{ code: string }>(
  "shops.set_details",
  `update shops.shop set
     week = case when given.has_week then given.week else shop.week end,
     holiday = coalesce(given.holiday, shop.holiday),
     phone = case when given.has_phone then given.phone else shop.phone end,
     services = coalesce(given.services, shop.services)
   from jsonb_to_recordset($1::jsonb) as
     given(code text, week text[], has_week boolean, holiday text, phone text, has_phone boolean, services text[])
   where shop.code = given.code returning shop.code`,
)
const services = statement<Service>("shops.services", "select code, name, position from shops.service order by position, code")
const specialOf = statement<SpecialHours>(
  "shops.special_hours",
  `select ${SPECIAL} from shops.special_hours
   where ended_at is null and to_day >= $2::date and ($1::text[] is null or shop = any($1::text[])) order by shop, id`,
)
const addSpecial = statement<SpecialHours>(
  "shops.add_special_hours",
  `insert into shops.special_hours (shop, from_day, to_day, hours, reason, made_at, made_by)
   values ($1, $2::date, $3::date, $4, $5::jsonb, $6, $7) returning ${SPECIAL}`,
)
const endSpecial = statement<SpecialHours>(
  "shops.end_special_hours",
  `update shops.special_hours set ended_at = $3 where id = $1 and shop = $2 and ended_at is null returning ${SPECIAL}`,
)

/** Sets hours, phone and services of a shop. Refuses `shop_not_found`, `shop_hours_invalid`, `shop_service_unknown`. Harmless twice. */
export async function setShopDetails(tx: Tx, { code, ...details }: ShopDetails & { code: string }): Promise<Shop> {
  if ((await setShopsDetails(tx, [{ code, ...details }])) === 0) refuse("shop_not_found", { code })
  return (await shopByCode(tx, code)) ?? refuse("shop_not_found", { code })
}

/** The same for many shops in one statement; shops nobody knows are left out. Answers how many were set. */
export async function setShopsDetails(tx: Tx, given: readonly (ShopDetails & { code: string })[]): Promise<number> {
  const known = new Set((await listServices(tx)).map(({ code }) => code))
  for (const { code, week, holiday, services: offered = [] } of given) {
    if (week && (week.length !== 7 || !week.every(areHours))) refuse("shop_hours_invalid", { code })
    if (holiday !== undefined && holiday !== "usual" && !areHours(holiday)) refuse("shop_hours_invalid", { code })
    const unknown = offered.find((service) => !known.has(service))
    if (unknown !== undefined) refuse("shop_service_unknown", { code, service: unknown })
  }
  const rows = given.map(({ week, phone, ...rest }) => ({
    ...rest,
    week,
    phone,
    has_week: week !== undefined,
    has_phone: phone !== undefined,
  }))
  return (await setMany(tx, [JSON.stringify(rows)])).length
}

/** What shops may offer besides goods, in the order it is shown. */
export const listServices = (tx: Tx): Promise<Service[]> => services(tx, [])

/** Names a service, or names it anew. */
export async function putService(tx: Tx, service: Service): Promise<void> {
  await shops(tx)
    .insertInto("service")
    .values({ ...service, name: JSON.stringify(service.name) as never })
    .onConflict((conflict) =>
      conflict.column("code").doUpdateSet({ name: JSON.stringify(service.name) as never, position: service.position }),
    )
    .execute()
}

/** Days of a shop that differ from its week: other hours, or a closing for a while. The latest word about a day holds. */
export async function putSpecialHours(
  tx: Tx,
  { shop, fromDay, toDay, hours, reason, at, by }: Omit<SpecialHours, "id"> & { at: Date; by: string },
): Promise<SpecialHours> {
  if (!areHours(hours) || toDay < fromDay || Date.parse(toDay) - Date.parse(fromDay) > MOST_DAYS * 86_400_000) {
    refuse("shop_hours_invalid", { shop })
  }
  if (reason && looksLikeBankCardNumber(JSON.stringify(reason))) refuse("bank_card_number")
  if (!(await shopByCode(tx, shop))) refuse("shop_not_found", { code: shop })
  const [made] = await addSpecial(tx, [shop, fromDay, toDay, hours, reason === null ? null : JSON.stringify(reason), at, by])
  return made!
}

const MOST_DAYS = 900

/** Takes special days back. Refuses `special_hours_not_found`, also the second time. */
export async function endSpecialHours(tx: Tx, { shop, id, at }: { shop: string; id: number; at: Date }): Promise<SpecialHours> {
  const [ended] = await endSpecial(tx, [id, shop, at])
  return ended ?? refuse("special_hours_not_found", { id })
}

/** Special days of these shops (of all without names) that are not over by `from`. */
export function specialHoursOf(tx: Tx, { codes = null, from }: { codes?: readonly string[] | null; from: Day }): Promise<SpecialHours[]> {
  return specialOf(tx, [codes, from])
}

/** Everything that decides when each of these shops is open, from the day before `from` on. */
export async function schedulesOf(tx: Tx, { shops: of, from }: { shops: readonly Shop[]; from: Day }): Promise<Map<string, Schedule>> {
  const codes = of.length > MOST_NAMED ? null : of.map(({ code }) => code)
  const special = Map.groupBy(await specialHoursOf(tx, { codes, from }), ({ shop }) => shop)
  return new Map(of.map(({ code, state, week, holiday }) => [code, { state, week, holiday, special: special.get(code) ?? [] }]))
}

const MOST_NAMED = 100 // past it reading them all is cheaper than naming them
