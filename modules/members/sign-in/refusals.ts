import { refuserOf } from "@mila/kernel"

export type SignInRefusal =
  | "password_too_short"
  | "password_too_long"
  /** leaked and known to everybody, or made of the phone number or the shop's name */
  | "password_common"
  /** the one they have, or one of those before it */
  | "password_used_before"
  /** where they are signed in no more, or somebody else is */
  | "session_unknown"
  /** a name of 1 to 100 characters, without a bank card number */
  | "session_name_invalid"

export const refuse = refuserOf<SignInRefusal>()
