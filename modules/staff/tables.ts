import { tablesOf } from "@mila/kernel"
import type { Generated, JSONColumnType } from "kysely"

type StaffTables = {
  person: {
    id: Generated<number>
    name: string
    permissions: string[]
    member_id: number | null
    state: Generated<"active" | "left">
    added_at: Date
  }
  key: {
    id: Generated<number>
    staff_id: number
    hash: Buffer
    label: string
    kind: Generated<"person" | "machine" | "demo">
    created_at: Date
    last_used_at: Generated<Date>
    ends_at: Generated<Date>
    revoked_at: Date | null
  }
  audit: {
    id: Generated<number>
    at: Date
    staff_id: number | null
    action: string
    object: string
    details: JSONColumnType<Record<string, unknown>, string, never>
  }
  approval: {
    id: Generated<number>
    kind: string
    object: string
    request: JSONColumnType<Record<string, unknown>, string, never>
    state: Generated<"pending" | "approved" | "rejected">
    asked_by: number
    asked_at: Date
    decided_by: number | null
    decided_at: Date | null
  }
}

export const staff = tablesOf<StaffTables>("staff")
