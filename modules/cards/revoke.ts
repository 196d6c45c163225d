import type { Tx } from "@mila/kernel"
import { cards } from "./tables.ts"

/**
 * Ends a card's phones, or one of them, and answers how many there were. Their secrets stay sealed until no offline till can bring a code from before
 * any more; `forgetRevokedSecrets` wipes them then.
 */
export async function revokeDevices(tx: Tx, { cardId, deviceNo, at }: { cardId: number; deviceNo?: number; at: Date }): Promise<number> {
  let wiping = cards(tx).updateTable("device").set({ revoked_at: at }).where("card_id", "=", cardId).where("revoked_at", "is", null)
  if (deviceNo !== undefined) wiping = wiping.where("device_no", "=", deviceNo)
  return Number((await wiping.executeTakeFirst()).numUpdatedRows)
}
