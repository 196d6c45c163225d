import type { Tx } from "@mila/kernel"
import { withdrawConsents } from "@mila/privacy"

const CHANNELS = ["ads_sms", "ads_email", "ads_push"] as const

export type AdvertisingPurpose = (typeof CHANNELS)[number]

/** What stands in the link of a letter: sealed, so that nobody guesses another's, and it names nobody (security case A57). */
export function unsubscribeToken(tx: Tx, { memberId, purpose }: { memberId: number; purpose: AdvertisingPurpose }): string {
  return tx.secrets.seal("membership.unsubscribe", `${memberId}/${purpose}`).toString("base64url")
}

/** Whose advertising a link ends; undefined when it is none of ours. */
export function readUnsubscribe(tx: Tx, token: string): { memberId: number; purpose: AdvertisingPurpose } | undefined {
  try {
    const [memberId, purpose] = tx.secrets.open("membership.unsubscribe", Buffer.from(token.slice(0, 200), "base64url")).split("/")
    const known = CHANNELS.find((one) => one === purpose)
    return known && { memberId: Number(memberId), purpose: known }
  } catch {
    return undefined // changed, cut short, or sealed with another secret
  }
}

/** Ends the advertising a link is about; false when the link is none of ours. Harmless twice. */
export async function endAdvertising(tx: Tx, { token, at }: { token: string; at: Date }): Promise<boolean> {
  const meant = readUnsubscribe(tx, token)
  if (!meant) return false
  const { memberId, purpose } = meant
  await withdrawConsents(tx, { memberId, purposes: [purpose], means: "link", door: "mail", at, by: `member:${memberId}` })
  return true
}
