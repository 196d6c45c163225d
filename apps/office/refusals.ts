import type { CardRefusal } from "@mila/cards"
import type { CatalogRefusal } from "@mila/catalog"
import type { ExchangeRefusal } from "@mila/exchange"
import { type Locale, refuserOf } from "@mila/kernel"
import type { LoyaltyRefusal } from "@mila/loyalty"
import type { MediaRefusal } from "@mila/media"
import type { MemberRefusal } from "@mila/members"
import type { MessageRefusal } from "@mila/messages"
import type { MembershipRefusal } from "@mila/membership"
import type { PriceCheckRefusal } from "@mila/pricecheck"
import type { PrivacyRefusal } from "@mila/privacy"
import type { ReviewRefusal } from "@mila/reviews"
import type { ShopRefusal } from "@mila/shops"
import type { StaffRefusal } from "@mila/staff"
import type { DisownedRefusal, PointsClaimRefusal, TillRefusal } from "@mila/tills"
import { STATUSES } from "./statuses.ts"
import { be } from "./sayings-be.ts"
import { en } from "./sayings-en.ts"
import { ru } from "./sayings-ru.ts"

/** Every no this door says of its own accord. */
type DoorRefusal =
  /** no key, or one that opens nothing */
  | "not_signed_in"
  /** the key does not open this function */
  | "not_allowed"
  /** nothing under this address */
  | "not_found"
  /** there is such an address, but not with this method */
  | "method_not_allowed"
  /** not JSON, a field of the wrong type, or one nobody knows */
  | "malformed"
  /** everything is of the right type, but a value is outside its limits */
  | "out_of_range"
  | "body_too_large"
  | "media_type_unsupported"
  /** this command would do harm twice, so it needs an Idempotency-Key */
  | "idempotency_key_missing"
  | "unavailable"
  | "internal"
  | "job_not_found"
  | "product_not_found"
  /** nobody moves their own points */
  | "own_points"
  /** nobody works with their own data as a clerk */
  | "own_data"
  /** a clock goes forward only */
  | "clock_goes_forward"
  | "programme_not_found"

/** What is said about imports here; files themselves come by another door. */
type ImportRefusal = Extract<
  ExchangeRefusal,
  "import_not_found" | "import_not_held" | "import_ended" | "file_not_found" | "price_type_not_found" | "warehouse_not_found"
>

export type OfficeCode =
  | DoorRefusal
  | ShopRefusal
  | CatalogRefusal
  | MediaRefusal
  | StaffRefusal
  | MemberRefusal
  | CardRefusal
  | LoyaltyRefusal
  | TillRefusal
  | PointsClaimRefusal
  | DisownedRefusal
  | Exclude<PrivacyRefusal, "copy_unavailable"> // people take copies of their own data themselves
  | Extract<ReviewRefusal, "review_unknown" | "review_decided" | "review_malformed" | "review_contacts">
  | Extract<MembershipRefusal, "points_changed" | "deed_unfit" | "merge_erasure_open" | "merge_child" | "representative_unasked">
  | Extract<MessageRefusal, "sms_too_long">
  | PriceCheckRefusal
  | ImportRefusal

/** Codes meet HTTP in one total table: the compiler asks for the missing row. */
export type Statuses = Record<OfficeCode, number>

/** What a person reads. */
export type Sayings = Record<OfficeCode, string>

export const SAYINGS: Record<Locale, Sayings> = { ru, be, en }

export const statusOf = (code: OfficeCode): number => STATUSES[code]

/** Says one of the codes above; modules say their own. */
export const refuse = refuserOf<OfficeCode>()
