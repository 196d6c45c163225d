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
  /** no such merge, or not theirs */
  | "merge_unknown"
  /** it was undone already */
  | "merge_undone"
  /** the link of the letter is nobody's, or too old */
  | "new_number_unknown"
  /** by the birth date they are sixteen: they consent themselves */
  | "child_grown"
  /** nobody under sixteen of whom they are the representative; or nobody who is still to consent themselves */
  | "child_unknown"
  /** not sixteen yet: their representative consents */
  | "child_young"
  /** not the name of a person, of whoever consents for a child */
  | "representative_name_invalid"
  /** the child's own number, or that of another child */
  | "representative_unfit"
  /** fourteen days are over, or one of the two went on to be somebody else */
  | "merge_settled"

export const refuse = refuserOf<MemberRefusal>()
