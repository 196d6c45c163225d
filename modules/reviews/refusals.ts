import { refuserOf } from "@mila/kernel"

export type ReviewRefusal =
  /** only who bought the thing says something of it (A44) */
  | "review_not_bought"
  /** one member says one thing of one product: change it instead */
  | "review_exists"
  /** no such review, or not theirs, or not to be seen */
  | "review_unknown"
  /** it waits for nobody, or was decided */
  | "review_decided"
  /** it was not refused, or was appealed already */
  | "appeal_unfit"
  /** too short, too long, or no stars */
  | "review_malformed"
  /** a link, a phone, an e-mail address */
  | "review_contacts"
  /** a bank card number was typed; it is kept nowhere */
  | "bank_card_number"
  /** too many in a short time */
  | "too_often"
  /** not a picture, too big, or too many of them */
  | "photo_unfit"
  /** under sixteen: words and stars alone */
  | "child_photos"
  /** nobody finds their own words helpful */
  | "own_review"

export const refuse = refuserOf<ReviewRefusal>()
