// The public face of the shops: what a shop is called, where it stands, when it is open, what it offers.
export { closeShop, openShop, openShops, reopenShop, type NewShop } from "./open-shop.ts"
export { countShops, listShops, shopByCode, shopsByCode, type Shop, type ShopState } from "./shops.ts"
export {
  daysOf,
  type DayHours,
  type HolidayHours,
  hoursOn,
  type OpenDay,
  type Opening,
  openingAt,
  type Schedule,
  type SpecialHours,
  weekdayOf,
  type WeekHours,
} from "./hours-rules.ts"
export {
  endSpecialHours,
  listServices,
  putService,
  putSpecialHours,
  schedulesOf,
  type Service,
  setShopDetails,
  setShopsDetails,
  type ShopDetails,
  specialHoursOf,
} from "./opening-hours.ts"
export { findShops, kilometres, type FoundShop, nearestFirst, placeNamed } from "./find-shops.ts"
export { inOrderOfStreets } from "./order-rules.ts"
export type { ShopRefusal } from "./refusals.ts"
