import { refuserOf } from "@mila/kernel"

export type ShopRefusal =
  /** another shop has this code, or had it: a code is for ever */
  | "shop_code_taken"
  /** no shop has this code */
  | "shop_not_found"
  /** opening hours are written 09:00-21:00 or closed; a week has seven days; a special day does not end before it begins */
  | "shop_hours_invalid"
  /** a service nobody has named yet */
  | "shop_service_unknown"
  /** no such special day, or it was taken back already */
  | "special_hours_not_found"
  /** what was typed holds a bank card number, which is kept nowhere */
  | "bank_card_number"

export const refuse = refuserOf<ShopRefusal>()
