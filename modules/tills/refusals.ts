import type { RedemptionRefusal } from "@mila/loyalty"
import { refuserOf } from "@mila/kernel"

export type TillRefusal =
  /** no shop has this code */
  | "shop_not_found"
  /** this shop already has a till of this number */
  | "till_exists"
  /** no till has this id */
  | "till_not_found"
  /** the enrolment code is wrong, used or older than a day; all three look alike */
  | "enrolment_code_invalid"
  /** the public key is not an Ed25519 key in JWK form */
  | "public_key_invalid"
  /** a till acts for its own shop under its own number only */
  | "not_your_shop"
  /** nobody has this card, phone or stamp */
  | "card_unknown"
  /** the card is blocked, replaced or removed: nothing is spent with it */
  | "card_blocked"
  /** the member closed spending; earning goes on */
  | "spend_locked"
  /** spending rests for a day after a change of phone, e-mail or password; earning goes on */
  | "spend_rests"
  /** spending needs a proof that the member is there: a rotating code or a code sent to the phone */
  | "confirmation_required"
  /** the proof is wrong, used or too old */
  | "confirmation_invalid"
  /** a code was sent a moment ago, or too many were */
  | "confirmation_too_soon"
  /** the quote was made for another till, or is not a quote of ours */
  | "quote_invalid"
  /** the quote is too old: calculate again */
  | "quote_expired"
  /** the points are not a whole number above zero */
  | "points_out_of_range"
  /** this till set no such points aside */
  | "redemption_not_found"
  /** the points were already spent on a receipt: cancel or return that one */
  | "redemption_captured"
  /** this till sent no such receipt */
  | "receipt_not_found"
  /** a return is taken back by a new sale, not by a cancellation */
  | "receipt_is_a_return"
  /** the till asked about too many unknown cards; it may ask again later */
  | "look_up_budget_spent"
  /** the key was used with other content; nothing happened */
  | "idempotency_mismatch"
  /** no such item waits in quarantine */
  | "quarantine_not_found"
  /** somebody decided about it already */
  | "quarantine_decided"
  /** the item cannot be settled as it is; dismiss it, and let the till send the right one */
  | "quarantine_not_releasable"
  /** a bank card number was sent; it is kept nowhere */
  | "bank_card_number"

/** Also what the programme refuses, passed on as it is. */
export const refuse = refuserOf<TillRefusal | RedemptionRefusal>()

/** What is told to a member who asks for the points of a receipt. */
export type PointsAskRefusal =
  /** points of a receipt are asked for within fourteen days */
  | "receipt_too_old"
  /** ten asks in a day are enough */
  | "too_often"
  /** what was typed is no УИ, sum or day of a receipt */
  | "malformed"

/** What is told to the person who decides about such an ask. */
export type PointsClaimRefusal =
  /** nobody asked for points under this id */
  | "points_claim_not_found"
  /** it was decided, or waits for its receipt */
  | "points_claim_decided"
  /** the receipt cannot be counted for the asker any more; adjust points by hand */
  | "points_claim_not_countable"

export const refuseClaim = refuserOf<PointsAskRefusal | PointsClaimRefusal>()

/** What is told about a purchase that somebody says is not theirs. */
export type DisownedRefusal =
  /** the member has no such receipt, or said it already */
  | "receipt_not_found"
  /** what came back goes with its sale */
  | "receipt_is_a_return"
  /** nobody said so under this id */
  | "disowned_not_found"
  /** a person decided, or it was taken back */
  | "disowned_decided"

export const refuseDisowned = refuserOf<DisownedRefusal>()
