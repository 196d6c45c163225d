import type { Locale, Tx } from "@mila/kernel"
import { childOf } from "@mila/members"
import {
  answerRenewals,
  changesOf,
  comingTexts,
  currentTexts,
  heldBy,
  NEEDED,
  type Origin,
  type PublishedText,
  type Purpose,
  type Renewal,
  renewalsOf,
  textOf,
} from "@mila/privacy"
import { giveOwnConsents, type OwnPurpose } from "./own-consents.ts"
import { partnerCardsOf } from "./partner-consent.ts"

type Changes = ReturnType<typeof changesOf>

/** A consent to be asked for anew with its words in force, and what they changed against the ones that were agreed to. */
export type Asked = Renewal & { purpose: OwnPurpose; text: PublishedText; changes: Changes }

/** What the contract rests on will read so from `text.inForceFrom` on. */
export type Coming = { text: PublishedText; changes: Changes }

type Reader = { memberId: number; locale: Locale; at: Date }

/**
 * What a member is asked for anew. For who is under sixteen, and who is asked as they turn it, nothing is asked here: their representative agrees, or they do to
 * everything at once (`consentAtSixteen`). Who has unlinked a partner's card is not asked for it.
 */
export async function ownRenewals(tx: Tx, { memberId, at }: Omit<Reader, "locale">): Promise<Renewal[]> {
  if (await childOf(tx, memberId)) return []
  const renewals = await renewalsOf(tx, { memberId, at })
  if (!renewals.some(({ purpose }) => purpose === "partner_card")) return renewals
  const isLinked = (await partnerCardsOf(tx, memberId)).length > 0
  return renewals.filter(({ purpose }) => purpose !== "partner_card" || isLinked)
}

/**
 * What a member is asked for anew, and what the contract will rest on: to be read before it begins, each with what it changes against the
 * words that were agreed to.
 */
export async function newConsents(tx: Tx, { memberId, locale, at }: Reader): Promise<{ asked: Asked[]; coming: Coming[] }> {
  const renewals = await ownRenewals(tx, { memberId, at })
  const texts = await currentTexts(tx, locale, at)
  const asked: Asked[] = []
  for (const renewal of renewals) {
    const purpose = renewal.purpose as OwnPurpose // a child's is asked for nowhere here
    const text = texts.get(purpose)!
    const before = renewal.before === null ? undefined : await textOf(tx, { purpose, version: renewal.before, locale })
    asked.push({ ...renewal, purpose, text, changes: before ? changesOf(before, text) : [] })
  }
  return { asked, coming: await comingTo(tx, { memberId, locale, at }, texts) }
}

async function comingTo(tx: Tx, { memberId, locale, at }: Reader, texts: Map<Purpose, PublishedText>): Promise<Coming[]> {
  const coming = await comingTexts(tx, locale, at)
  const held = await heldBy(tx, { memberId, at })
  const next: Coming[] = []
  for (const purpose of NEEDED) {
    const text = coming.get(purpose)
    if (!text) continue
    const theirs = held.get(purpose)
    const before = theirs ? await textOf(tx, { purpose, version: theirs.version, locale }) : texts.get(purpose)
    next.push({ text, changes: changesOf(before ?? null, text) })
  }
  return next
}

type Answering = Reader & { given: readonly { purpose: OwnPurpose; version: number }[]; door: "web" | "app"; origin: Origin }

/**
 * A member answers what they are asked for anew, each for itself: what they agree to is given, to the rest of what was shown (`shown`) they said no. Errors: those of
 * giveOwnConsents.
 */
export async function renewOwnConsents(tx: Tx, { shown, ...answering }: Answering & { shown: readonly Purpose[] }): Promise<void> {
  const { memberId, given, at } = answering
  await giveOwnConsents(tx, answering)
  const no = shown.filter((purpose) => !given.some((one) => one.purpose === purpose))
  await answerRenewals(tx, { memberId, purposes: no, answer: "no", at })
}

/** «Not now»: advertising is not asked for again, and what the contract rests on rests for two weeks. Saying it again is harmless. */
export async function notNow(tx: Tx, of: { memberId: number; purposes: readonly Purpose[]; at: Date }): Promise<void> {
  await answerRenewals(tx, { ...of, answer: "later" })
}
