import { refuserOf } from "@mila/kernel"

export type PriceCheckRefusal =
  /** one network told more today than people can have seen */
  | "told_too_often"
  /** the proof of what was shown is older than a week, or was changed on the way */
  | "shown_price_invalid"
  /** a claim says what the till asked: more than nothing, and not what was shown */
  | "till_price_invalid"
  /** a guest leaves a phone or an e-mail the answer can go to, or none; what was left is neither */
  | "claim_contact_invalid"
  /** no such claim */
  | "price_claim_not_found"
  /** somebody answered it already */
  | "price_claim_answered"
  /** nobody asked about this code */
  | "unknown_code_not_found"
  /** what was typed holds a bank card number, which is kept nowhere */
  | "bank_card_number"

export const refuse = refuserOf<PriceCheckRefusal>()
