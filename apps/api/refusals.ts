import type { CardRefusal } from "@mila/cards"
import type { RedemptionRefusal } from "@mila/loyalty"
import { refuserOf } from "@mila/kernel"
import type { TillRefusal } from "@mila/tills"
import type { SignatureFault } from "./signature.ts"

/** What the door itself says no with. */
type DoorRefusal =
  | SignatureFault
  /** no till has this key, or it was revoked */
  | "key_unknown"
  /** the body is not JSON, or not the shape of this call; `errors` says where */
  | "unreadable"
  /** every write carries an Idempotency-Key of 1–128 visible ASCII characters */
  | "idempotency_key_missing"
  /** the same key is being answered right now; come back in a second */
  | "in_flight"
  | "media_type_unsupported"
  | "body_too_large"
  | "method_not_allowed"
  | "not_found"
  /** this till asks too often */
  | "too_many_requests"
  /** the database is away, or too much is waiting; repeat with the same key */
  | "unavailable"
  | "internal"

/** What other modules say no with on the way of a till's call. */
type Passed = RedemptionRefusal | Extract<CardRefusal, "rotating_code_invalid" | "rotating_code_used" | "rotating_code_locked">

export type ApiCode = DoorRefusal | TillRefusal | Passed

export const refuse = refuserOf<ApiCode>()
