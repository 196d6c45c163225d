import { refuserOf } from "@mila/kernel"

export type MembershipRefusal =
  /** the points somebody gives up are no longer those they were shown */
  | "points_changed"
  /** a text or a tick that nobody joins without is missing */
  | "consents_missing"
  | "member_left"
  /** the request asks for something else than what is to be done with its answer */
  | "deed_unfit"
  /** no such card, or not theirs */
  | "card_unknown"

export const refuse = refuserOf<MembershipRefusal>()
