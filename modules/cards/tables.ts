import { type Day, tablesOf } from "@mila/kernel"
import type { Actor } from "@mila/members"
import type { Generated, JSONColumnType } from "kysely"
import type { Assurance, CardKind, CardState } from "./card-states.ts"
import type { CodeAlgorithm } from "./rotating-code.ts"

export type SchemeStatus = "active" | "no-new-issue" | "closed"

export type CardEventKind =
  | "issued"
  | "attached"
  | "linked"
  | "assured"
  | "blocked"
  | "unblocked"
  | "replaced"
  | "removed"
  | "moved"
  | "device_enrolled"
  | "device_revoked"

export type CardTable = {
  id: Generated<number>
  kind: CardKind
  state: CardState
  number_hash: Buffer | null
  number_sealed: Buffer | null
  member_id: number | null
  batch_id: number | null
  scheme_code: string | null
  issuer: string | null
  assurance: Assurance | null
  valid_until: Day | null
  successor_id: number | null
  label_sealed: Generated<Buffer | null>
  issued_at: Date
  activated_at: Date | null
  blocked_at: Date | null
  ended_at: Date | null
}

type CardTables = {
  card: CardTable
  range: { code: string; kind: "virtual" | "plastic"; prefix: string; open: Generated<boolean>; defined_at: Date; defined_by: Actor }
  batch: { id: Generated<number>; range_code: string; count: number; issued_at: Date; issued_by: Actor }
  scheme: {
    code: string
    name_ru: string
    name_be: string
    name_en: string
    length: number
    check_algorithm: "ean13" | "none"
    status: SchemeStatus
    rate_needs: Assurance
    redeem_needs: Assurance
  }
  scheme_range: {
    scheme_code: string
    prefix: string
    issuer: string
    issuer_name: string | null
    first_serial: number
    last_serial: number
  }
  event: {
    id: Generated<number>
    card_id: number
    what: CardEventKind
    from_state: CardState | null
    to_state: CardState
    member_id: number | null
    at: Date
    by: Actor
    reason: string | null
    details: JSONColumnType<Record<string, unknown>>
  }
  claim: {
    id: Generated<number>
    card_id: number
    member_id: number
    assurance: Assurance
    claimed_at: Date
    claimed_by: Actor
    tries: Generated<number>
    state: Generated<"open" | "upheld" | "rejected">
    decided_at: Date | null
    decided_by: Actor | null
    reason: string | null
  }
  device: {
    id: Generated<number>
    card_id: number
    device_no: number
    name_sealed: Buffer
    secret_sealed: Buffer | null
    algorithm: Generated<CodeAlgorithm>
    enrolled_at: Date
    enrolled_by: Actor
    session_id: Generated<number | null>
    revoked_at: Date | null
    wrong_codes: Generated<number>
    wrong_since: Date | null
    locked_until: Date | null
  }
  used_step: { device_id: number; step: number; used_at: Date }
  denied: { card_id: number; mark: Buffer; reason: "blocked" | "replaced" | "removed"; denied_at: Date }
  deny_state: { salt: Buffer; version: number }
}

export const cards = tablesOf<CardTables>("cards")
