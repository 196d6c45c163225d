import { refuserOf } from "@mila/kernel"

export type MembershipRefusal =
  /** the points somebody gives up are no longer those they were shown */
  | "points_changed"
  /** a text or a tick that nobody joins without is missing */
  | "consents_missing"
  | "member_left"
  /** one of the two asked to be erased: that comes first */
  | "merge_erasure_open"
  /** a child's membership hangs on their representative's consent */
  | "merge_child"
  | "merge_unknown"
  /** the card was shown before, and its last receipt had another sum */
  | "card_proof_wrong"
  /** a password alone, on a device nobody was in before, does not let points be spent: a code first */
  | "reauth_required"
  /** a virtual card stays as long as its member: it is blocked or replaced */
  | "virtual_card_stays"
  /** the back office locked spending, and opens it */
  | "spend_lock_of_staff"
  /** the request asks for something else than what is to be done with its answer */
  | "deed_unfit"
  /** one touch in the account does it at once: it is shown first, and filed where the person wants it all the same */
  | "request_at_hand"
  /** no such card, or not theirs */
  | "card_unknown"
  /** under sixteen, and nobody agreed for them */
  | "representative_needed"
  /** under sixteen, and the whole birth date is not said */
  | "birth_date_needed"
  /** a child does not agree to advertising or profiling: their representative does */
  | "child_consent"
  /** the day a child is sixteen moves nearer, and whoever represents them was not asked */
  | "representative_unasked"
  /** no child of theirs */
  | "child_unknown"
  /** the programme rests on it: it is not changed for itself */
  | "consent_needed"

export const refuse = refuserOf<MembershipRefusal>()
