import { refuserOf } from "@mila/kernel"

export type PasskeyRefusal =
  /** what the phone answered proves nothing: another challenge, another site, another key, nobody verified; never said which */
  | "passkey_failed"
  /** this phone or key chain has one already, of this member or of another */
  | "passkey_known"
  /** as many as anybody needs; one has to be removed first */
  | "too_many_passkeys"
  /** none of this member's */
  | "passkey_unknown"
  | "passkey_name_invalid"

export const refuse = refuserOf<PasskeyRefusal>()
