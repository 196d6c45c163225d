import { type Localized, tablesOf } from "@mila/kernel"

type ShopTables = {
  shop: {
    code: string
    name: Localized
    city: Localized
    address: Localized
    latitude: number
    longitude: number
    legal_entity: string | null
    state: "open" | "closed"
    opened_at: Date
    closed_at: Date | null
    week: string[] | null
    holiday: string
    phone: string | null
    services: string[]
  }
  service: { code: string; name: Localized; position: number }
}

export const shops = tablesOf<ShopTables>("shops")
