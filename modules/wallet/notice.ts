import { cardById } from "@mila/cards"
import type { Tx } from "@mila/kernel"
import { moversSince } from "@mila/ledger"
import { endPasses, passesMayHaveChanged, passIdsOf } from "./passes.ts"
import { wallet } from "./tables.ts"

/** Cards were blocked, found, replaced, removed or given to another member: their passes end with them, or are looked at again. Harmless twice. */
export async function noteCards(tx: Tx, { cardIds, at }: { cardIds: readonly number[]; at: Date }): Promise<void> {
  for (const cardId of cardIds) {
    const open = wallet(tx).selectFrom("pass").select("id").where("card_id", "=", cardId).where("ended_at", "is", null)
    const passIds = (await open.execute()).map(({ id }) => id)
    if (passIds.length === 0) continue
    const { state, memberId } = await cardById(tx, cardId)
    if (memberId !== null) await wallet(tx).updateTable("pass").set({ member_id: memberId }).where("id", "in", passIds).execute()
    if (state === "replaced" || state === "removed") await endPasses(tx, { passIds, at })
    else await passesMayHaveChanged(tx, { passIds, isGrave: true, at })
  }
}

/** Reads in the ledger whose points have moved, and lets their passes be looked at; answers how many. */
export async function noteMovers(tx: Tx, { at }: { at: Date }): Promise<number> {
  const known = await wallet(tx).selectFrom("known").select("read_upto").forUpdate().executeTakeFirstOrThrow()
  const { memberIds, upto } = await moversSince(tx, { after: known.read_upto })
  await wallet(tx).updateTable("known").set({ read_upto: upto }).execute()
  const passIds = await passIdsOf(tx, memberIds)
  await passesMayHaveChanged(tx, { passIds, at })
  return passIds.length
}
