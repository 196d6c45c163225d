import { inTransaction } from "@mila/kernel"
import type { Db, Tx } from "@mila/kernel"
import { aMember, SOME_DAY } from "@mila/members/testing"
import type { CardView } from "./card-view.ts"
import { checkDigit } from "./ean13.ts"
import { issueVirtualCard } from "./issue.ts"
import { issueBatch } from "./batch.ts"

export { aMember, SOME_DAY }

/** A member's active virtual card; the member is made if none is given. */
export async function aCard(
  tx: Tx,
  { memberId, at = SOME_DAY }: { memberId?: number; at?: Date } = {},
): Promise<CardView & { memberId: number; number: string }> {
  const holder = memberId ?? (await aMember(tx))
  const card = await issueVirtualCard(tx, { memberId: holder, at, by: "system" })
  return { ...card, memberId: holder, number: card.number! }
}

/** The number of a plastic card nobody has attached. */
export async function aPlasticNumber(tx: Tx, { at = SOME_DAY }: { at?: Date } = {}): Promise<string> {
  const { numbers } = await issueBatch(tx, { range: "plastic", count: 1, at, by: "system" })
  return numbers[0]!
}

let lastSerial = 1_000 // tests that care name smaller ones

/** A barcode of «Моцная картка» that its scheme knows and nobody in this process had before, of Альфа-Банк unless said otherwise. */
export function aPartnerNumber({ issuer = "07", serial = (lastSerial += 1) }: { issuer?: string; serial?: number } = {}): string {
  const first12 = `9968${issuer}${String(serial).padStart(6, "0")}`
  return first12 + checkDigit(first12)
}

/** Runs each act in a transaction of its own, all at once, and says how each ended: its answer or its refusal's code. */
export async function crowd<Answer>(db: Db, acts: readonly ((tx: Tx) => Promise<Answer>)[]): Promise<(Answer | string)[]> {
  return Promise.all(
    acts.map((act) =>
      inTransaction(db, act).catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.name === "Refusal") return String(error.code)
        throw error
      }),
    ),
  )
}
