import type { Locale } from "@mila/kernel"
import { saidInGeneral, saidOf } from "@mila/sayings"
import { data } from "react-router"

/** A refusal as a person reads it, and beside which field it stands. */
export type Refused = { code: string; says: string; field?: string; wait?: number }

const FIELD: Readonly<Record<string, string>> = {
  phone_invalid: "phone",
  phone_foreign: "phone",
  phone_taken: "phone",
  name_invalid: "given",
  email_invalid: "email",
  birthday_invalid: "birthday",
  birthday_moved_lately: "birthday",
  code_invalid: "code",
  password_too_short: "password",
  password_too_long: "password",
  password_common: "password",
  password_used_before: "password",
  sign_in_failed: "password",
  consents_missing: "programme",
  representative_name_invalid: "rep_given",
  birth_date_needed: "birthday",
  child_grown: "birthday",
  till_price_invalid: "till_price",
  claim_contact_invalid: "contact",
  card_number_invalid: "number",
  card_unknown: "number",
  card_taken: "number",
  card_proof_wrong: "sum",
  partner_scheme_unknown: "number",
}

/** What is said for a code; one we have no words for is said in general. */
export function refused(code: string, locale: Locale, details: { wait?: number; field?: string } = {}): Refused {
  const field = details.field ?? FIELD[code]
  return {
    code,
    says: saidOf(code, locale, details) ?? saidInGeneral(locale),
    ...(field === undefined ? {} : { field }),
    ...(details.wait ? { wait: details.wait } : {}),
  }
}

const STATUSES: Readonly<Record<string, number>> = {
  reauth_required: 401,
  too_often: 429,
  code_invalid: 400,
  passkey_failed: 400,
  passkey_known: 409,
  malformed: 400,
  phone_taken: 409,
  card_taken: 409,
  partner_card_taken: 409,
  points_changed: 409,
  spend_lock_of_staff: 409,
  request_open: 409,
  request_at_hand: 409,
  copy_unavailable: 404,
  receipt_claimed: 409,
  receipt_yours: 409,
  review_not_bought: 403,
  child_consent: 403,
  child_partner_card: 403,
  child_photos: 403,
  child_unknown: 404,
  child_grown: 409,
  child_young: 409,
  review_unknown: 404,
  merge_undone: 409,
  merge_settled: 409,
  merge_erasure_open: 409,
  member_merged: 409,
  pass_being_made: 409,
  wallet_away: 503,
}

/** A page that says no answers with the status of its refusal (security, 3.3); what is no refusal passes. */
export function told<Answer extends { refused: Refused }>(answer: Response | Answer) {
  if (answer instanceof Response) return answer
  const { code, wait } = answer.refused
  return data(answer, { status: STATUSES[code] ?? 422, ...(wait ? { headers: { "retry-after": String(wait) } } : {}) })
}
