import type { Db, Tx } from "@mila/kernel"
import { recordDisclosures } from "@mila/privacy"
import { endPassKeys, saveToGoogle, type Wallets } from "@mila/wallet"
import { endDevicesSignedOut } from "./own-cards.ts"
import { tellMemberEverywhere } from "./tell.ts"

/**
 * Puts the member's card to Google Wallet as saveToGoogle does and refuses, and answers the link that saves it to their phone. It is written down that Google
 * was given a name, a card and a balance (Law 99-З, article 12), and of a new key the member hears by SMS and e-mail.
 */
export function saveOwnPassToGoogle(db: Db, { memberId, at }: { memberId: number; at: Date }, wallets: Wallets): Promise<{ url: string }> {
  const disclosure = {
    memberId,
    recipient: "Google Wallet",
    purpose: "wallet",
    basis: "contract",
    what: ["name", "card", "points"],
  } as const
  const done = async (tx: Tx, { isNew }: { isNew: boolean }): Promise<void> => {
    await recordDisclosures(tx, { disclosures: [disclosure], at })
    if (isNew) await tellMemberEverywhere(tx, { memberId, template: "google_pass_added", params: {}, at })
  }
  return saveToGoogle(db, { memberId, at }, { wallets, done })
}

/** The account may have been in other hands: what shows codes and is signed in no more, or was put into a wallet of a phone, shows good ones no more. */
export async function endKeysGiven(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  await endDevicesSignedOut(tx, { memberId, at })
  await endPassKeys(tx, { memberId, at })
}
