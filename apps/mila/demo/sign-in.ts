import { cardsOf } from "@mila/cards"
import { type Db, inTransaction, Refusal, type Tx } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { createKey, employ, type Permission, PERMISSIONS, staffByKey } from "@mila/staff"
import { issueEnrolmentCode, tillByNumber } from "@mila/tills"
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import type { DemoContext } from "./context.ts"
import { phoneOf } from "./people.ts"

export type DemoSignIns = {
  /** bearer keys of the back office */
  staff: { name: string; key: string }[]
  /** codes that enrol tills, once, until they end */
  tills: { shop: string; till: number; code: string; expiresAt: string }[]
  /** people to try things with */
  members: { memberId: number; phone: string; card: string }[]
}

const EVERYTHING = Object.keys(PERMISSIONS) as Permission[]
const CLERK: readonly Permission[] = [
  "members.read",
  "members.write",
  "cards.read",
  "cards.write",
  "points.read",
  "points.adjust",
  "receipts.read",
  "shops.read",
]
const DATA_OFFICER: readonly Permission[] = [
  "members.read",
  "members.reveal",
  "members.correct",
  "members.leave",
  "privacy.read",
  "privacy.answer",
  "privacy.publish",
  "approvals.decide",
  "audit.read",
]
const STAFF: readonly { name: string; permissions: readonly Permission[] }[] = [
  { name: "Администратор", permissions: EVERYTHING },
  { name: "Второй администратор", permissions: EVERYTHING },
  { name: "Оператор", permissions: CLERK },
  { name: "Ответственный за персональные данные", permissions: DATA_OFFICER },
]
const TILLS = [
  ["0001", 1],
  ["0001", 2],
  ["0002", 1],
  ["0003", 1],
] as const
const SHOWN_MEMBERS = [1, 2, 61, 111]

/**
 * Keys, codes and people for trying things out. They are random, kept in `demo-sign-in.json` of the data folder, which only its owner may read,
 * and made anew when the file is gone, belongs to another database, or its codes have ended.
 */
export async function demoSignIns({ db, clock, settings }: DemoContext): Promise<DemoSignIns> {
  const file = fileOf(settings.dataDir)
  const at = clock.now()
  const kept = read(file)
  const staff = kept && (await opens(db, kept.staff)) ? kept.staff : await inTransaction(db, (tx) => employAll(tx, at))
  const tills = await inTransaction(db, (tx) => codesFor(tx, { kept: kept && staff === kept.staff ? kept.tills : [], at }))
  const signIns = { staff, tills, members: await inTransaction(db, someMembers) }
  if (JSON.stringify(signIns) !== JSON.stringify(kept)) write(file, signIns)
  return signIns
}

/** The sign-ins as lines of two columns, for a screen. */
export function signInLines({ staff, tills, members }: DemoSignIns): [name: string, value: string][] {
  return [
    ...staff.map(({ name, key }): [string, string] => [name, key]),
    ...tills.map(({ shop, till, code }): [string, string] => [`Till · Касса ${shop}/${till}`, code]),
    ...members.map(({ phone, card }): [string, string] => [`Member · Участник ${card}`, `${phone}; code · код: /demo/outbox`]),
  ]
}

/** Where the sign-ins are kept. */
export const fileOf = (dataDir: string): string => join(resolve(dataDir), "demo-sign-in.json")

function read(file: string): DemoSignIns | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as DemoSignIns
  } catch {
    return undefined // it is made anew
  }
}

function write(file: string, signIns: DemoSignIns): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 })
  chmodSync(file, 0o600) // also when the file was there with another mode
}

async function opens(db: Db, staff: DemoSignIns["staff"]): Promise<boolean> {
  for (const { key } of staff) {
    const found = await inTransaction(db, (tx) => staffByKey(tx, key, { isDemo: true })).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined // after a year it ends, as every key does
      throw error
    })
    if (!found) return false
  }
  return staff.length === STAFF.length
}

async function employAll(tx: Tx, at: Date): Promise<DemoSignIns["staff"]> {
  const staff: DemoSignIns["staff"] = []
  for (const { name, permissions } of STAFF) {
    const { staffId } = await employ(tx, { name, permissions, at })
    staff.push({ name, key: (await createKey(tx, { staffId, label: "demo", kind: "demo", at })).key })
  }
  return staff
}

/** Codes of the tills that wait: those still good, new ones for the others. A till that was enrolled needs none. */
async function codesFor(tx: Tx, { kept, at }: { kept: DemoSignIns["tills"]; at: Date }): Promise<DemoSignIns["tills"]> {
  const codes: DemoSignIns["tills"] = []
  for (const [shop, no] of TILLS) {
    const till = await tillByNumber(tx, { shop, till: no })
    if (till?.state !== "waiting") continue
    const good = kept.find((one) => one.shop === shop && one.till === no && new Date(one.expiresAt) > at)
    if (good) codes.push(good)
    else {
      const { code, expiresAt } = await issueEnrolmentCode(tx, { tillId: till.tillId, at })
      codes.push({ shop, till: no, code, expiresAt: expiresAt.toISOString() })
    }
  }
  return codes
}

async function someMembers(tx: Tx): Promise<DemoSignIns["members"]> {
  const members: DemoSignIns["members"] = []
  for (const no of SHOWN_MEMBERS) {
    const member = await memberByPhone(tx, phoneOf(no))
    const card = member && (await cardsOf(tx, member.memberId)).findLast(({ state }) => state === "active")
    if (member && card?.number) members.push({ memberId: member.memberId, phone: phoneOf(no), card: card.number })
  }
  return members
}
