import {
  attachCard,
  blockCard,
  cardById,
  cardsOf,
  type CardView,
  devicesOf,
  enrolDevice,
  linkPartnerCard,
  nameCard,
  removeCard,
  replaceCard,
  revokeDevice,
  unblockCard,
} from "@mila/cards"
import type { Tx } from "@mila/kernel"
import { isProvenOnce, type Limit, sessionsOf, takeUses } from "@mila/members"
import { giveConsents, type Origin } from "@mila/privacy"
import { lastSumOfCard, takeReceiptsOfCard, voidRedemptionsOfCard } from "@mila/tills"
import { endPartnerConsent } from "./partner-consent.ts"
import { refuse } from "./refusals.ts"
import { tellMember } from "./tell.ts"
import { endPlacesSignedOut } from "./push.ts"

type Own = { memberId: number; cardId: number; at: Date }

/** Stops a card at its member's wish: tills refuse it, what was set aside with it is given back. Errors: `card_unknown` (also somebody else's) and blockCard's. */
export async function blockOwnCard(tx: Tx, own: Own): Promise<CardView> {
  const change = await changeOf(tx, own, "member")
  const card = await blockCard(tx, change)
  await voidRedemptionsOfCard(tx, own)
  await tell(tx, own, "card_blocked", card)
  return card
}

/** A card was found again. Errors: `card_unknown`, and those of unblockCard. */
export async function unblockOwnCard(tx: Tx, own: Own): Promise<CardView> {
  const card = await unblockCard(tx, await changeOf(tx, own, "member"))
  await tell(tx, own, "card_unblocked", card)
  return card
}

/** Puts a virtual card in the place of a lost one; the points stay. Errors: `card_unknown`, and those of replaceCard. */
export async function replaceOwnCard(tx: Tx, own: Own): Promise<CardView> {
  const card = await replaceCard(tx, await changeOf(tx, own, "lost"))
  await voidRedemptionsOfCard(tx, own)
  await tell(tx, own, "card_replaced", card)
  return card
}

/**
 * Takes a card from the account, and unlinks a partner's; with the last of those the consent to them ends. The points stay. Errors: `card_unknown`, `virtual_card_stays` (without it there would be nothing to show
 * at a till: it is blocked or replaced), and those of removeCard.
 */
export async function removeOwnCard(tx: Tx, { door, ...own }: Own & { door: "web" | "app" }): Promise<void> {
  const change = await changeOf(tx, own, "member")
  const { kind } = await cardById(tx, own.cardId)
  if (kind === "virtual") refuse("virtual_card_stays")
  await removeCard(tx, change)
  await voidRedemptionsOfCard(tx, own)
  if (kind === "partner") await endPartnerConsent(tx, { memberId: own.memberId, door, at: own.at, by: change.by })
}

/** Errors: `card_unknown`, and those of nameCard. */
export async function nameOwnCard(tx: Tx, { label, ...own }: Own & { label: string }): Promise<void> {
  await changeOf(tx, own, "member")
  await nameCard(tx, { cardId: own.cardId, label })
}

/**
 * Lets the phone in hand show the rotating code of a card, as long as it is signed in; phones whose sessions have ended make room. Errors: `card_unknown`,
 * `reauth_required` where only a password was typed on a phone that is new (A01), and those of enrolDevice.
 */
export async function enrolOwnDevice(
  tx: Tx,
  { deviceName, sessionId, ...own }: Own & { deviceName: string; sessionId: number },
): Promise<{ deviceNo: number; secret: string }> {
  const { cardId, at, by } = await changeOf(tx, own, "member")
  const session = (await sessionsOf(tx, own)).find((one) => one.sessionId === sessionId)
  if (!session || !isProvenOnce(session)) refuse("reauth_required")
  await endDevicesSignedOut(tx, own)
  const { deviceNo, secret } = await enrolDevice(tx, { cardId, deviceName, sessionId, at, by })
  return { deviceNo, secret }
}

/** Phones that are signed in no more show no codes and are told nothing: called after sessions of a member ended. Harmless twice. */
export async function endDevicesSignedOut(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  await endPlacesSignedOut(tx, { memberId, at })
  const alive = new Set((await sessionsOf(tx, { memberId, at })).map(({ sessionId }) => sessionId))
  for (const { cardId, state } of await cardsOf(tx, memberId)) {
    if (state !== "active") continue // the devices of others were revoked with the card
    for (const { deviceNo, sessionId } of await devicesOf(tx, cardId)) {
      if (sessionId !== null && !alive.has(sessionId))
        await revokeDevice(tx, { cardId, deviceNo, at, by: `member:${memberId}`, reason: null })
    }
  }
}

const ATTACHING = { what: "cards.attach", most: 10, minutes: 24 * 60 } satisfies Limit

/** Counts one try to add a card by its digits: nobody counts through numbers. The seconds to wait when there were too many; the caller commits either way. */
export function takeAttachTry(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<number> {
  return takeUses(tx, [{ limit: ATTACHING, key: String(memberId) }], at)
}

/**
 * Attaches a plastic card taken at a till. One that was shown already is proven by the sum of its last receipt, in kopecks, and brings its receipts along:
 * whoever finds a card has not found its purchases (domain, 5.2). Errors: `card_proof_wrong`, and those of attachCard.
 */
export async function attachOwnCard(
  tx: Tx,
  { memberId, number, lastSumMinor, at }: { memberId: number; number: string; lastSumMinor: number | null; at: Date },
): Promise<CardView> {
  const card = await attachCard(tx, { memberId, number, at, by: `member:${memberId}` })
  const lastSum = await lastSumOfCard(tx, card)
  if (lastSum !== null && lastSum !== lastSumMinor) refuse("card_proof_wrong")
  await takeReceiptsOfCard(tx, { cardId: card.cardId, memberId, at })
  return card
}

/**
 * Links a partner's card by the 13 digits on its back, with the consent to it. When it is somebody else's the claim is written down and both are told:
 * answered, not thrown, so that it commits. Errors: those of linkPartnerCard and giveConsents.
 */
export async function linkOwnCard(
  tx: Tx,
  link: {
    memberId: number
    number: string
    scanned: boolean
    consentVersion: number
    locale: "ru" | "be" | "en"
    door: "web" | "app"
    origin: Origin
    at: Date
  },
): Promise<"linked" | "partner_card_taken"> {
  const { memberId, number, scanned, consentVersion, locale, door, origin, at } = link
  const by = `member:${memberId}` as const
  const given = [{ purpose: "partner_card" as const, version: consentVersion }]
  await giveConsents(tx, { memberId, given, locale, means: "tick", door, origin, at, by })
  const outcome = await linkPartnerCard(tx, { number, memberId, assurance: scanned ? "scanned" : "typed", at, by })
  if (outcome.status === "linked") {
    await tell(tx, { memberId, at }, "partner_card_linked", outcome.card)
    return "linked"
  }
  const { holderId, claimantId, lastDigits, isNew } = outcome
  for (const told of isNew ? [holderId, claimantId] : []) {
    await tellMember(tx, { memberId: told, template: "partner_card_claimed", params: { lastDigits }, at })
  }
  return "partner_card_taken"
}

/** Whose card it is decides; somebody else's is as if there were none. */
async function changeOf(tx: Tx, { memberId, cardId, at }: Own, reason: string) {
  const own = (await cardsOf(tx, memberId)).find((card) => card.cardId === cardId)
  if (!own) refuse("card_unknown")
  return { cardId, at, by: `member:${memberId}` as const, reason }
}

function tell(
  tx: Tx,
  { memberId, at }: { memberId: number; at: Date },
  template: "card_blocked" | "card_unblocked" | "card_replaced" | "partner_card_linked",
  { number }: CardView,
): Promise<void> {
  return tellMember(tx, { memberId, template, params: { lastDigits: number?.slice(-4) ?? "" }, at })
}
