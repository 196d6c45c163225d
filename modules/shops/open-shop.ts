import { assert, type Localized, looksLikeBankCardNumber, statement, type Tx } from "@mila/kernel"
import { refuse } from "./refusals.ts"
import { type Shop, shopByCode } from "./shops.ts"
import { shops } from "./tables.ts"

export type NewShop = {
  /** 1–32 letters, digits, dots, dashes: what tills and receipts name the shop by, for ever */
  code: string
  name: Localized
  city: Localized
  address: Localized
  /** degrees, WGS 84 */
  latitude: number
  longitude: number
  legalEntity?: string | null
}

const insert = statement<{ code: string }>(
  "shops.open",
  `insert into shops.shop (code, name, city, address, latitude, longitude, legal_entity, opened_at)
   select code, name, city, address, latitude, longitude, legal_entity, $2
   from jsonb_to_recordset($1::jsonb) as
     given(code text, name jsonb, city jsonb, address jsonb, latitude float8, longitude float8, legal_entity text)
   on conflict (code) do nothing
   returning code`,
)

/** Opens a shop. Refuses a code that is taken: codes are never used twice. */
export async function openShop(tx: Tx, { at, ...shop }: NewShop & { at: Date }): Promise<Shop> {
  const opened = await openShops(tx, { shops: [shop], at })
  if (opened.length === 0) refuse("shop_code_taken", { code: shop.code })
  const made = await shopByCode(tx, shop.code)
  assert(made, "what was opened is there")
  return made
}

/** Opens many shops in one statement. Codes that exist are left as they are; answers the codes that are new. */
export async function openShops(tx: Tx, { shops, at }: { shops: readonly NewShop[]; at: Date }): Promise<string[]> {
  for (const shop of shops) {
    if (looksLikeBankCardNumber(JSON.stringify([shop.name, shop.city, shop.address, shop.legalEntity ?? ""]))) refuse("bank_card_number")
  }
  const rows = shops.map(({ legalEntity = null, ...shop }) => ({ ...shop, legal_entity: legalEntity }))
  return (await insert(tx, [JSON.stringify(rows), at])).map(({ code }) => code)
}

/** Closes a shop for good or for a while; its receipts and tills stay known. Repeating it keeps the first date. */
export async function closeShop(tx: Tx, { code, at }: { code: string; at: Date }): Promise<Shop> {
  await shops(tx).updateTable("shop").set({ state: "closed", closed_at: at }).where("code", "=", code).where("state", "=", "open").execute()
  return known(tx, code)
}

/** Opens a closed shop again. Repeating it is harmless. */
export async function reopenShop(tx: Tx, { code }: { code: string }): Promise<Shop> {
  await shops(tx).updateTable("shop").set({ state: "open", closed_at: null }).where("code", "=", code).execute()
  return known(tx, code)
}

async function known(tx: Tx, code: string): Promise<Shop> {
  return (await shopByCode(tx, code)) ?? refuse("shop_not_found", { code })
}
