import { type CardView, issueVirtualCard } from "@mila/cards"
import type { Locale, Tx } from "@mila/kernel"
import { openPurses } from "@mila/ledger"
import { type PersonalData, type PhoneRules, registerMember } from "@mila/members"
import { giveConsents, type Means, NEEDED, type Origin, type Purpose } from "@mila/privacy"
import { refuse } from "./refusals.ts"
import { tellMember } from "./tell.ts"

/**
 * Makes somebody a member who has proven their phone: the person, what they agreed to word for word, a purse, a virtual card and a word of welcome, all or
 * nothing. `given` are the texts they ticked, by version. Refuses `representative_needed`, `consents_missing`, `consent_text_outdated` and what registerMember does.
 */
export async function join(
  tx: Tx,
  joining: PersonalData & {
    given: readonly { purpose: Purpose; version: number }[]
    /** says themselves that they are not sixteen: a representative's consent is needed (Law 99-З, article 5) */
    under16?: boolean
    means: Means
    door: "web" | "app"
    origin: Origin
    locale: Locale
    phoneRules?: PhoneRules
    at: Date
  },
): Promise<{ memberId: number; card: CardView }> {
  const { given, under16 = false, means, door, origin, locale, at, ...person } = joining
  if (under16 && !given.some(({ purpose }) => purpose === "child")) refuse("representative_needed")
  if (!NEEDED.every((purpose) => given.some((one) => one.purpose === purpose))) refuse("consents_missing")
  const { memberId } = await registerMember(tx, { ...person, locale, at, by: "system" })
  const by = `member:${memberId}` as const
  await giveConsents(tx, { memberId, given, locale, means, door, origin, at, by })
  await openPurses(tx, { memberIds: [memberId] })
  const card = await issueVirtualCard(tx, { memberId, at, by })
  await tellMember(tx, { memberId, template: "welcome", params: {}, at })
  return { memberId, card }
}
