import { tablesOf } from "@mila/kernel"
import type { Generated, Selectable } from "kysely"

export type PassKind = "apple" | "google"

type PassTable = {
  id: Generated<number>
  kind: PassKind
  serial: string
  card_id: number
  member_id: number
  device_id: number | null
  says_hash: Buffer | null
  changed_at: Date | null
  due_at: Date | null
  told_at: Date | null
  tries: Generated<number>
  placing_until: Date | null
  made_at: Date
  ended_at: Date | null
}

export type PassRow = Selectable<PassTable>

type WalletTables = {
  pass: PassTable
  registration: { pass_id: number; device_hash: Buffer; push_token_sealed: Buffer; registered_at: Date }
  known: { one: Generated<boolean>; read_upto: number | null; class_hash: Buffer | null }
}

export const wallet = tablesOf<WalletTables>("wallet")
