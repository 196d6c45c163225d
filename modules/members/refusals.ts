import { refuserOf } from "@mila/kernel"

export type MemberRefusal =
  /** not a phone number, or not a mobile one of Belarus */
  | "phone_invalid"
  /** a number of another country, and the chain takes Belarusian ones only */
  | "phone_foreign"
  /** the number is somebody's already; the door decides how much of that it says */
  | "phone_taken"
  | "name_invalid"
  | "email_invalid"
  /** no such day in any year */
  | "birthday_invalid"
  /** the member moved it within the last year; a clerk can correct it */
  | "birthday_moved_lately"
  /** a bank card number was typed; it is kept nowhere */
  | "bank_card_number"
  | "member_unknown"
  | "member_left"
  /** merged into somebody else before */
  | "member_merged"
  /** a member is not merged into themselves */
  | "same_member"

export const refuse = refuserOf<MemberRefusal>()
