import type { Tx } from "@mila/kernel"
import { lockCard, refuseEnded } from "./card-change.ts"
import { guardText } from "./numbers.ts"
import { cards } from "./tables.ts"

const LONGEST_LABEL = 40

/** Gives a card the name its member knows it by, «мамина»; an empty one takes it away. Errors: `bank_card_number`, `card_unknown`, `card_replaced`, `card_removed`. */
export async function nameCard(tx: Tx, { cardId, label }: { cardId: number; label: string }): Promise<void> {
  guardText(label)
  refuseEnded(await lockCard(tx, cardId))
  const text = label.normalize("NFC").trim().slice(0, LONGEST_LABEL)
  const sealed = text === "" ? null : tx.secrets.seal("cards.label", text)
  await cards(tx).updateTable("card").set({ label_sealed: sealed }).where("id", "=", cardId).execute()
}
