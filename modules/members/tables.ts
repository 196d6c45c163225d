import { type Locale, tablesOf } from "@mila/kernel"
import type { Generated, JSONColumnType } from "kysely"
import type { KeptOfMerge } from "./unmerge.ts"

export type MemberState = "active" | "merged" | "left"

type MemberTables = {
  member: {
    id: Generated<number>
    state: Generated<MemberState>
    merged_into: number | null
    phone_hash: Buffer | null
    left_phone_hash: Buffer | null
    phone_sealed: Buffer | null
    name_sealed: Buffer | null
    email_sealed: Buffer | null
    email_proven_at: Generated<Date | null>
    birth_month: number | null
    birth_day: number | null
    locale: Locale
    employee: Generated<boolean>
    employee_shop: string | null
    employee_till: number | null
    spend_locked: Generated<boolean>
    parked_phone_hash: Generated<Buffer | null>
    parked_at: Generated<Date | null>
    registered_at: Date
    left_at: Date | null
  }
  merge: {
    id: Generated<number>
    from_id: number
    into_id: number
    merged_at: Date
    by: string
    kept: JSONColumnType<KeptOfMerge>
    undone_at: Date | null
    undone_by: string | null
  }
  event: {
    id: Generated<number>
    member_id: number
    what: MemberEventKind
    at: Date
    by: string
    details: JSONColumnType<Record<string, unknown>>
  }
}

export type MemberEventKind =
  | "registered"
  | "employee_marked"
  | "employee_unmarked"
  | "spending_locked"
  | "spending_unlocked"
  | "phone_changed"
  | "email_changed"
  | "person_changed"
  | "password_changed"
  | "passkey_added"
  | "passkey_removed"
  | "passkey_doubted"
  | "passkeys_slept"
  | "passkey_woken"
  | "merged"
  | "took_over"
  | "came_apart"
  | "left"
  | "represented"
  | "own_consent"

export const members = tablesOf<MemberTables>("members")
