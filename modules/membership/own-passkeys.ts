import type { Db, Tx } from "@mila/kernel"
import { addPasskey, removePasskey } from "@mila/members"
import { endDevicesSignedOut } from "./own-cards.ts"
import { endKeysGiven } from "./own-passes.ts"
import { tellMemberEverywhere } from "./tell.ts"

/** Keeps the passkey a member's phone has made, as addPasskey of members does and refuses, and tells them by SMS and e-mail. */
export async function addOwnPasskey(db: Db, adding: Parameters<typeof addPasskey>[1]): Promise<{ passkeyId: number }> {
  const { memberId, at } = adding
  return addPasskey(db, adding, (tx) => tellMemberEverywhere(tx, { memberId, template: "passkey_added", params: {}, at }))
}

/** Removes a passkey, the sessions it opened (`keep` aside) and the card's key on their phones, and tells the member. Refuses `passkey_unknown`. */
export async function removeOwnPasskey(
  tx: Tx,
  { memberId, passkeyId, keep, at }: { memberId: number; passkeyId: number; keep: number | null; at: Date },
): Promise<void> {
  await removePasskey(tx, { memberId, passkeyId, keep, at, by: `member:${memberId}` })
  await endDevicesSignedOut(tx, { memberId, at })
  await tellMemberEverywhere(tx, { memberId, template: "passkey_removed", params: {}, at })
}

/** There is a copy of a passkey: what it opened has ended, the card's key goes from those phones, and the member hears of it. */
export async function passkeyDoubted(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  await endKeysGiven(tx, { memberId, at })
  await tellMemberEverywhere(tx, { memberId, template: "passkey_doubted", params: {}, at })
}
