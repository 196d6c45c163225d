import type { Locale, Tx } from "@mila/kernel"
import { isChild } from "@mila/members"
import { type ConsentDoor, giveConsents, isPurpose, type Origin, type Purpose, withdrawConsents } from "@mila/privacy"
import { unlinkPartnerCards } from "./partner-consent.ts"
import { refuse } from "./refusals.ts"

type Own = { memberId: number; door: Extract<ConsentDoor, "web" | "app">; at: Date }
/** What a member agrees to for themselves: all but the consent of a representative. */
export type OwnPurpose = Exclude<Purpose, "child">
export const isOwnPurpose = (text: string): text is OwnPurpose => isPurpose(text) && text !== "child"

type Agreeing = Own & { given: readonly { purpose: OwnPurpose; version: number }[]; locale: Locale; origin: Origin }

/**
 * A member agrees for themselves, at one touch. Refuses `child_consent` for who is under sixteen: their representative agrees for them (Law 99-З, article 5); and what
 * giveConsents does.
 */
export async function giveOwnConsents(tx: Tx, { memberId, at, ...how }: Agreeing): Promise<void> {
  if (await isChild(tx, { memberId, at })) refuse("child_consent")
  await giveConsents(tx, { memberId, ...how, means: "tick", at, by: `member:${memberId}` })
}

/**
 * A member agrees no more; a child may say no to advertising too, but the consent they are a member by is their representative's. With the consent to a
 * partner's card its links end. Refuses `consent_needed`.
 */
export async function withdrawOwnConsents(tx: Tx, { purposes, ...own }: Own & { purposes: readonly Purpose[] }): Promise<void> {
  if (purposes.includes("child")) refuse("consent_needed")
  await withdrawConsents(tx, { ...own, purposes, means: "tick", by: `member:${own.memberId}` })
  if (purposes.includes("partner_card")) await unlinkPartnerCards(tx, { ...own, by: `member:${own.memberId}` })
}
