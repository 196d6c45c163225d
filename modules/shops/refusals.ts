import { refuserOf } from "@mila/kernel"

export type ShopRefusal =
  /** another shop has this code, or had it: a code is for ever */
  | "shop_code_taken"
  /** no shop has this code */
  | "shop_not_found"
  /** what was typed holds a bank card number, which is kept nowhere */
  | "bank_card_number"

export const refuse = refuserOf<ShopRefusal>()
