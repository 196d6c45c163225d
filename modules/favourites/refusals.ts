import { refuserOf } from "@mila/kernel"

export type FavouriteRefusal =
  /** no such list, or somebody else's */
  | "list_unknown"
  /** a name of 1 to 60 characters, without a bank card number */
  | "list_name_invalid"
  /** twenty lists, or five hundred things in one */
  | "list_full"
  /** no such thing in the catalogue */
  | "product_group_not_found"

export const refuse = refuserOf<FavouriteRefusal>()
