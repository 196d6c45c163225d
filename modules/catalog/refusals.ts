import { refuserOf } from "@mila/kernel"

export type CatalogRefusal =
  /** a product names a category that is not there */
  | "category_not_found"
  /** a barcode's check digit is wrong, or it is no EAN/UPC/GTIN at all */
  | "barcode_invalid"
  /** the card price is above the regular price */
  | "card_price_above_regular"
  /** no such thing is sold */
  | "product_group_not_found"
  /** a promotion ends before it begins, or is over already */
  | "promotion_period_invalid"
  /** a promotion names products nobody knows */
  | "promotion_goods_unknown"
  /** a product costs as much in the promotion as without it, or more */
  | "promotion_lowers_nothing"
  /** the promotion's price is below the product's lowest */
  | "promotion_below_lowest"
  | "promotion_not_found"
  | "promotion_over"

export const refuse = refuserOf<CatalogRefusal>()
