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
  }
}

export const shops = tablesOf<ShopTables>("shops")
