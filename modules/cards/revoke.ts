import type { Tx } from "@mila/kernel"
import { cards } from "./tables.ts"

/** Wipes the secrets of a card's phones, or of one; answers how many there were. */
export async function revokeDevices(tx: Tx, { cardId, deviceNo, at }: { cardId: number; deviceNo?: number; at: Date }): Promise<number> {
  let wiping = cards(tx)
    .updateTable("device")
    .set({ revoked_at: at, secret_sealed: null })
    .where("card_id", "=", cardId)
    .where("revoked_at", "is", null)
  if (deviceNo !== undefined) wiping = wiping.where("device_no", "=", deviceNo)
  return Number((await wiping.executeTakeFirst()).numUpdatedRows)
}
