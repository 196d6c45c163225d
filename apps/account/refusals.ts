import type { CardRefusal } from "@mila/cards"
import type { FavouriteRefusal } from "@mila/favourites"
import { type Locale, refuserOf } from "@mila/kernel"
import type { MemberRefusal, PasskeyRefusal, SignInRefusal } from "@mila/members"
import type { MembershipRefusal } from "@mila/membership"
import type { PrivacyRefusal } from "@mila/privacy"
import type { ReviewRefusal } from "@mila/reviews"
import { type RefusalWords, saidInGeneral, saidOf } from "@mila/sayings"
import type { DisownedRefusal, PointsAskRefusal } from "@mila/tills"
import type { WalletRefusal } from "@mila/wallet"
import { OWN_SAYINGS, type OwnSaid } from "./sayings.ts"

/** What the door itself says no to. */
type DoorRefusal =
  | "malformed"
  | "out_of_range"
  | "not_signed_in"
  | "refresh_invalid"
  | "not_found"
  | "method_not_allowed"
  | "body_too_large"
  | "media_type_unsupported"
  | "too_many_requests"
  | "idempotency_key_missing"
  | "idempotency_in_flight"
  | "idempotency_mismatch"
  | "code_invalid"
  | "proof_missing"
  | "owner_fact_needed"
  | "owner_fact_wrong"
  | "sign_in_failed"
  | "receipt_claimed"
  | "receipt_yours"
  | "receipt_cancelled"
  | "product_not_found"
  | "consent_unknown"
  | "photo_not_found"
  | "nobody_to_merge"
  | "unavailable"
  | "internal"

type Said =
  | MemberRefusal
  | SignInRefusal
  | PasskeyRefusal
  | CardRefusal
  | MembershipRefusal
  | PrivacyRefusal
  | ReviewRefusal
  | FavouriteRefusal
  | PointsAskRefusal
  | DisownedRefusal
  | WalletRefusal

/** What is said in the back office and at tills alone. */
type Elsewhere =
  | "card_not_attached"
  | "range_taken"
  | "range_unknown"
  | "range_closed"
  | "prefix_unfit"
  | "batch_unknown"
  | "batch_too_large"
  | "claim_unknown"
  | "claim_decided"
  | "claim_own_record"
  | "device_unknown"
  | "rotating_code_invalid"
  | "rotating_code_used"
  | "rotating_code_locked"
  | "deed_unfit"
  | "representative_unasked"
  | "request_unknown"
  | "request_answered"
  | "request_taken"
  | "text_unchanged"
  | "text_unknown"
  | "review_decided"

export type AccountCode = DoorRefusal | Exclude<Said, Elsewhere>

export const refuse = refuserOf<AccountCode>()

/** Codes meet HTTP here, and nowhere else. */
export const STATUSES: Readonly<Record<AccountCode, number>> = {
  ...{ malformed: 400, idempotency_key_missing: 400, code_invalid: 400, proof_missing: 400, passkey_failed: 400 },
  ...{ not_signed_in: 401, refresh_invalid: 401, sign_in_failed: 401, reauth_required: 401 },
  ...{ review_not_bought: 403, child_consent: 403, child_partner_card: 403, child_photos: 403 },
  ...{
    not_found: 404,
    receipt_not_found: 404,
    product_not_found: 404,
    product_group_not_found: 404,
    consent_unknown: 404,
    photo_not_found: 404,
  },
  ...{
    card_unknown: 404,
    passkey_unknown: 404,
    session_unknown: 404,
    pass_unknown: 404,
    review_unknown: 404,
    list_unknown: 404,
    copy_unavailable: 404,
  },
  ...{ member_unknown: 404, merge_unknown: 404, new_number_unknown: 404, wallet_unknown: 404, nobody_to_merge: 404 },
  ...{ child_unknown: 404, disowned_not_found: 404 },
  method_not_allowed: 405,
  ...{ request_at_hand: 409, child_grown: 409, child_young: 409, spend_lock_of_staff: 409 },
  ...{ receipt_is_a_return: 409, disowned_decided: 409 },
  ...{ idempotency_in_flight: 409, phone_taken: 409, card_taken: 409, partner_card_taken: 409, points_changed: 409, request_open: 409 },
  ...{
    owner_fact_needed: 409,
    owner_fact_wrong: 409,
    receipt_claimed: 409,
    receipt_yours: 409,
    passkey_known: 409,
    pass_being_made: 409,
    member_merged: 409,
    member_left: 409,
  },
  ...{ merge_undone: 409, merge_settled: 409, merge_erasure_open: 409, card_blocked: 409, card_replaced: 409, card_removed: 409 },
  ...{
    virtual_card_active: 409,
    virtual_card_stays: 422,
    unblock_too_late: 409,
    review_exists: 409,
    appeal_unfit: 409,
    card_not_shown: 409,
    same_member: 409,
  },
  ...{ receipt_cancelled: 409, consent_text_outdated: 409, too_many_devices: 409, too_many_passkeys: 409, list_full: 409 },
  ...{ body_too_large: 413, media_type_unsupported: 415 },
  ...{ out_of_range: 422, idempotency_mismatch: 422, bank_card_number: 422, phone_invalid: 422, phone_foreign: 422, name_invalid: 422 },
  ...{ email_invalid: 422, birthday_invalid: 422, birthday_moved_lately: 422, password_too_short: 422, password_too_long: 422 },
  ...{ password_common: 422, password_used_before: 422, session_name_invalid: 422, passkey_name_invalid: 422, card_number_invalid: 422 },
  ...{ card_kind_unfit: 422, card_proof_wrong: 422, partner_scheme_unknown: 422, partner_scheme_closed: 422, partner_card_expired: 422 },
  ...{
    consents_missing: 422,
    consent_needed: 422,
    representative_needed: 422,
    representative_unfit: 422,
    representative_name_invalid: 422,
    birth_date_needed: 422,
    merge_child: 422,
    receipt_too_old: 422,
  },
  ...{ review_malformed: 422, review_contacts: 422, photo_unfit: 422, own_review: 422, list_name_invalid: 422 },
  ...{ too_often: 429, too_many_requests: 429 },
  ...{ wallet_away: 503, unavailable: 503, internal: 500 },
}

// every code has its words: here those of this door, the others where people read the same on pages
type Wordless = Exclude<AccountCode, OwnSaid | keyof RefusalWords>
const NONE_IS_WORDLESS: [Wordless] extends [never] ? true : Wordless = true

/** What a person reads, in their language. */
export const sayingOf = (code: AccountCode, locale: Locale, details: { wait?: number }): string =>
  NONE_IS_WORDLESS && Object.hasOwn(OWN_SAYINGS[locale], code)
    ? OWN_SAYINGS[locale][code as OwnSaid]
    : (saidOf(code, locale, details) ?? saidInGeneral(locale))
