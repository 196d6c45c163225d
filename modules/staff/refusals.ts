import { refuserOf } from "@mila/kernel"

export type StaffRefusal =
  /** nobody here has this number */
  | "staff_not_found"
  /** no such key */
  | "staff_key_not_found"
  /** the key is as old as a key gets: another one is needed */
  | "key_ended"
  /** nobody used the key for longer than it may rest: another one is needed */
  | "key_idle"
  /** a person's key is what a second factor is given for; nobody gives it by hand */
  | "second_factor_required"
  /** who signs in is not who they say, or it was not proven twice; never said which */
  | "sign_in_failed"
  /** too many tries: not looked at */
  | "sign_in_later"
  /** unknown, used, withdrawn or over; never said which */
  | "invitation_invalid"
  /** nobody invites themselves: a colleague does */
  | "own_invitation"
  /** what the phone answered proves nothing, or it has a passkey already */
  | "factor_failed"
  /** no such factor of this person */
  | "factor_not_found"
  /** what one signs in with; another one has to be there first */
  | "last_factor"
  /** this is done within a quarter of an hour after one signed in */
  | "sign_in_again"
  /** not what the authenticator app shows now */
  | "code_wrong"
  | "password_too_short"
  | "password_too_long"
  /** leaked and known to everybody, or made of the shop's name */
  | "password_common"
  /** passkeys need https, at a host name */
  | "passkeys_unavailable"
  /** the membership is another staff member's already */
  | "staff_member_taken"
  /** nothing waits under this number, or it is of another kind */
  | "approval_not_found"
  /** somebody decided already */
  | "approval_decided"
  /** nobody decides about their own request */
  | "approval_own_request"
  /** the same Idempotency-Key came with another request */
  | "idempotency_mismatch"
  /** a request with this Idempotency-Key is still under way */
  | "idempotency_in_flight"
  /** what was typed holds a bank card number, which is kept nowhere */
  | "bank_card_number"

export const refuse = refuserOf<StaffRefusal>()
