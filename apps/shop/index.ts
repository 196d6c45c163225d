// The public door of the shop's catalogue: /api/v1/search, products, prices, shops; without a key.
export { shopDoor, type ShopContext } from "./door.ts"
