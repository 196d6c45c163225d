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
