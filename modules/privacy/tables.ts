import { type Locale, tablesOf } from "@mila/kernel"
import type { Generated, JSONColumnType } from "kysely"
import type { ConsentText } from "./consent-text.ts"
import type { Purpose } from "./purposes.ts"

export type Means = "tick" | "code" | "paper" | "link" | "message" | "merge" | "leaving"
export type ConsentDoor = "web" | "app" | "office" | "till" | "mail"
export type RequestKind = "information" | "disclosures" | "correction" | "withdrawal" | "deletion"
export type RequestState = "open" | "answered" | "refused"

type PrivacyTables = {
  text: {
    purpose: Purpose
    version: number
    locale: Locale
    fields: JSONColumnType<ConsentText>
    hash: Buffer
    published_at: Date
    published_by: string
  }
  consent_event: {
    id: Generated<number>
    member_id: number
    purpose: Purpose
    what: "given" | "withdrawn"
    version: number
    locale: Locale
    means: Means
    door: ConsentDoor
    origin_sealed: Buffer | null
    holds_until: Date | null
    at: Date
    by: string
  }
  disclosure: {
    id: Generated<number>
    member_id: number
    recipient: string
    purpose: string
    basis: "contract" | "consent" | "law"
    what: string[]
    at: Date
  }
  request: {
    id: Generated<number>
    member_id: number
    kind: RequestKind
    essence: Buffer
    made_at: Date
    made_by: string
    due: string
    state: Generated<RequestState>
    answer: Buffer | null
    answered_at: Date | null
    answered_by: string | null
  }
  moved_day: { day: string; is_work: boolean }
}

export const privacy = tablesOf<PrivacyTables>("privacy")
