import type { Tx } from "@mila/kernel"
import type { PassUpdates } from "./apple-pass.ts"
import type { Pass } from "./pass.ts"
import { noteSaid, passNow, saysHash } from "./pass-now.ts"
import { passFor, shownCard } from "./passes.ts"
import { refuse } from "./refusals.ts"
import { type PassRow, wallet } from "./tables.ts"
import { appleUpdatesUrl, type Wallets } from "./wallets.ts"

export type ApplePassToSign = Pass & { updates: PassUpdates }

/** Makes the Apple pass of the card a member shows, if there is none yet. Refuses `card_not_shown`. */
export async function makeApplePass(tx: Tx, { memberId, at }: { memberId: number; at: Date }, wallets: Wallets): Promise<void> {
  const { cardId } = await shownCard(tx, memberId)
  await applePassToSign(tx, await passFor(tx, { kind: "apple", cardId, memberId, at }), { wallets, at })
}

/** What the member's Apple pass says now, to be signed and handed over: as often as it is asked for. Refuses `pass_unknown`: it was not made, or removed. */
export async function ownApplePass(tx: Tx, { memberId, at }: { memberId: number; at: Date }, wallets: Wallets): Promise<ApplePassToSign> {
  const { cardId } = await shownCard(tx, memberId)
  const found = wallet(tx).selectFrom("pass").selectAll().where("card_id", "=", cardId).where("kind", "=", "apple")
  const row = await found.where("ended_at", "is", null).forUpdate().executeTakeFirst()
  return row ? (await applePassToSign(tx, row, { wallets, at })).pass : refuse("pass_unknown")
}

/** What a pass says now, and since when; written down, so that a later change shows. */
export async function applePassToSign(
  tx: Tx,
  row: PassRow,
  { wallets, at }: { wallets: Wallets; at: Date },
): Promise<{ pass: ApplePassToSign; row: PassRow }> {
  const pass = await passNow(tx, row, { programme: wallets.programme, at })
  const said = await noteSaid(tx, row, { says: saysHash(tx, pass), at })
  return { pass: { ...pass, updates: { url: appleUpdatesUrl(wallets), token: tokenOf(tx, row.serial) } }, row: said }
}

/** A pass's own secret, which its phones show when they ask for it: made from its name by our key, so that it lies nowhere. */
export function tokenOf(tx: Tx, serial: string): string {
  return tx.secrets.hmac("wallet.apple_token", serial).toString("base64url")
}
