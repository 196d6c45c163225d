// The public face of the shops: what a shop is called, where it stands, whether it is open.
export { closeShop, openShop, openShops, reopenShop, type NewShop } from "./open-shop.ts"
export { countShops, listShops, shopByCode, shopsByCode, type Shop, type ShopState } from "./shops.ts"
export type { ShopRefusal } from "./refusals.ts"
