import { cardById, type CardView } from "@mila/cards"
import { points, type Tx } from "@mila/kernel"
import { balancesOf } from "@mila/ledger"
import { expiringSoon } from "@mila/loyalty"
import { personOf } from "@mila/members"
import type { Pass, Programme } from "./pass.ts"
import { type PassRow, wallet } from "./tables.ts"

const LOOK = 1 // of passes: raised when they look different for the same facts, so that all of them are told

/** What a pass says at `at`. Of a blocked card, and of one that is gone, it says nothing of a person. */
export async function passNow(tx: Tx, row: PassRow, { programme, at }: { programme: Programme; at: Date }): Promise<Pass> {
  const card = await cardById(tx, row.card_id)
  const isActive = row.ended_at === null && card.state === "active" && card.memberId !== null
  const shown = { serial: row.serial, number: card.number!, isActive, programme }
  if (!isActive) return { ...shown, firstName: "", balance: points(0), expiring: null }
  return { ...shown, ...(await ofMember(tx, card, at)) }
}

async function ofMember(tx: Tx, { memberId: holder }: CardView, at: Date): Promise<Pick<Pass, "firstName" | "balance" | "expiring">> {
  const memberId = holder!
  const person = await personOf(tx, memberId)
  const balance = (await balancesOf(tx, [memberId])).get(memberId)?.available ?? points(0)
  const [soon] = (await expiringSoon(tx, { memberId, at })).toSorted((one, other) => (one.day < other.day ? -1 : 1))
  return { firstName: person?.name?.given ?? "", balance, expiring: soon ? { points: points(soon.points), lastDay: soon.day } : null }
}

/** A keyed hash of everything a pass says: whether it says something else by now is compared, and what it said is not kept. */
export function saysHash(tx: Tx, pass: Pass & { isRotating?: boolean }): Buffer {
  return tx.secrets.hmac("wallet.says", JSON.stringify([LOOK, pass]))
}

/**
 * Writes down what a pass says, and since when if that is news. Phones compare whole seconds, so the next change is always in a later one.
 * Answers the row as it is now.
 */
export async function noteSaid(tx: Tx, row: PassRow, { says, at }: { says: Buffer; at: Date }): Promise<PassRow> {
  if (row.says_hash?.equals(says)) return row
  const before = row.changed_at?.getTime() ?? 0
  const changed_at = new Date(Math.max(Math.floor(at.getTime() / 1000) * 1000, before + 1000))
  const told_at = row.says_hash === null ? changed_at : row.told_at // whoever gets it first is told by getting it
  await wallet(tx).updateTable("pass").set({ says_hash: says, changed_at, told_at }).where("id", "=", row.id).execute()
  return { ...row, says_hash: says, changed_at, told_at }
}
