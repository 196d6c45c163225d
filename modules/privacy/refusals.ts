import { refuserOf } from "@mila/kernel"

export type PrivacyRefusal =
  /** the text shown is not the one in force: it is to be read anew */
  | "consent_text_outdated"
  /** what the contract rests on is not withdrawn but left: leaving the programme is another act */
  | "consent_needed"
  | "request_unknown"
  /** a request is answered once */
  | "request_answered"
  /** somebody else works on it */
  | "request_taken"
  /** the same is asked already and not answered yet */
  | "request_open"
  /** the wording is the one in force, letter by letter */
  | "text_unchanged"
  /** there was no such wording */
  | "text_unknown"
  /** the link to a copy was opened before, is too old, or is for another session: which of it is not said */
  | "copy_unavailable"
  | "bank_card_number"

export const refuse = refuserOf<PrivacyRefusal>()
