import { refuserOf } from "@mila/kernel"
import type { MemberRefusal } from "@mila/members"

export type CardRefusal =
  /** a bank card number was typed; it is kept nowhere. The number we want is the 13-digit barcode */
  | "bank_card_number"
  /** not 13 digits, or the check digit is wrong */
  | "card_number_invalid"
  | "card_unknown"
  /** attached to another member */
  | "card_taken"
  | "card_blocked"
  | "card_replaced"
  | "card_removed"
  /** a plastic card nobody has attached yet */
  | "card_not_attached"
  /** only plastic cards are attached, only our own cards are replaced and show rotating codes */
  | "card_kind_unfit"
  /** the days in which a found card may be unblocked are over */
  | "unblock_too_late"
  /** another virtual card of this member is active; it is blocked or replaced first */
  | "virtual_card_active"
  | "range_taken"
  | "range_unknown"
  | "range_closed"
  /** a prefix of a partner scheme, or not two to four digits */
  | "prefix_unfit"
  | "batch_unknown"
  | "batch_too_large"
  /** in nobody's scheme, or outside the numbers its issuers gave out */
  | "partner_scheme_unknown"
  | "partner_scheme_closed"
  /** the partner card's own end has passed */
  | "partner_card_expired"
  /** linked by another member; the second one's claim is written down for a clerk to decide */
  | "partner_card_taken"
  /** under sixteen: no partner's card */
  | "child_partner_card"
  | "claim_unknown"
  /** somebody decided about it already */
  | "claim_decided"
  /** who wrote a claim down does not decide about it */
  | "claim_own_record"
  | "too_many_devices"
  | "device_unknown"
  | "rotating_code_invalid"
  | "rotating_code_used"
  /** too many wrong codes of this phone; try again after `until` */
  | "rotating_code_locked"
  | Extract<MemberRefusal, "member_unknown" | "member_left">

export const refuse = refuserOf<CardRefusal>()
