import type { CardRefusal } from "@mila/cards"
import { refuserOf } from "@mila/kernel"

export type WalletRefusal =
  /** the shop has no keys of this wallet */
  | "wallet_unknown"
  /** there is no virtual card that works */
  | "card_not_shown"
  | "pass_unknown"
  /** it is being put to Google at this moment; half a minute later it is done, or may be asked for again */
  | "pass_being_made"
  /** Google does not answer, or does not take it */
  | "wallet_away"
  | Extract<CardRefusal, "too_many_devices">

export const refuse = refuserOf<WalletRefusal>()
