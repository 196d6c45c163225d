import { refuserOf } from "@mila/kernel"

export type CatalogRefusal =
  /** a product names a category that is not there */
  | "category_not_found"
  /** a barcode belongs to another product */
  | "barcode_taken"
  /** a barcode's check digit is wrong, or it is no EAN/UPC/GTIN at all */
  | "barcode_invalid"
  /** the card price is above the regular price */
  | "card_price_above_regular"
  /** no such thing is sold */
  | "product_group_not_found"

export const refuse = refuserOf<CatalogRefusal>()
