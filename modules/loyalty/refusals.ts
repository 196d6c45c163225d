import { refuserOf } from "@mila/kernel"

/** Why points cannot be redeemed, in the order in which it is checked. */
export type RedemptionRefusal =
  /** a tender of the receipt forbids points: an installment card */
  | "tender_cannot_redeem"
  /** who holds the card has not been proven: a rotating code, or a confirmation */
  | "proof_needed"
  /** less than the programme's minimum */
  | "points_below_minimum"
  /** not a multiple of the programme's step */
  | "points_not_in_step"
  /** no line of the basket takes points */
  | "nothing_redeemable"
  /** more than the basket's cap */
  | "too_many_points_for_basket"
  /** more than the member has */
  | "not_enough_points"
  /** the reference was used for another member or amount */
  | "redemption_conflict"

/** Every no the programme can say. */
export type LoyaltyRefusal =
  | RedemptionRefusal
  /** the document has faults: `problems` lists path and name of each */
  | "programme_invalid"
  /** rules would change under receipts that are settled */
  | "programme_backdated"
  /** a campaign has given more points than its new budget */
  | "budget_below_given"
  /** a return of a line that the sale does not have */
  | "return_line_unknown"
  /** more of a line comes back than is left of it */
  | "return_exceeds_sale"

export const refuse: ReturnType<typeof refuserOf<LoyaltyRefusal>> = refuserOf<LoyaltyRefusal>()
