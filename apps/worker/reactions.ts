import { CARDS_CHANGED } from "@mila/cards"
import type { Tx } from "@mila/kernel"
import { settleNotices } from "@mila/loyalty"
import { carriedBy, classOf, MESSAGES_SETTLED, type Settled } from "@mila/messages"
import { recordDisclosures } from "@mila/privacy"
import { tellOfPointsClaim, tellOtherwise } from "@mila/membership"
import { POINTS_CLAIM_DECIDED, type PointsClaimDecided } from "@mila/tills"
import { noteCards } from "@mila/wallet"

/** What follows from what: the name an act left a job under, and what is done about it, in one transaction with taking it. May happen twice. */
export type Reaction = (tx: Tx, data: never, moment: { at: Date }) => Promise<void>

export const REACTIONS: Readonly<Record<string, Reaction>> = {
  /** messages were delivered, or failed: points whose member was told may expire, and who carried them was given data of theirs */
  [MESSAGES_SETTLED]: async (tx, { settled }: { settled: readonly Settled[] }, { at }) => {
    await settleNotices(tx, { settled, at })
    await noteDisclosures(tx, { settled, at })
    await tellOtherwise(tx, { settled, at })
  },
  /** a receipt that a member asked for came, was looked at, or never came */
  [POINTS_CLAIM_DECIDED]: (tx, decided: PointsClaimDecided, { at }) => tellOfPointsClaim(tx, { ...decided, at }),
  /** virtual cards were blocked, found, replaced, removed or given to another member: their passes in phones say so */
  [CARDS_CHANGED]: (tx, { cardIds }: { cardIds: readonly number[] }, { at }) => noteCards(tx, { cardIds, at }),
}

const ADDRESS_OF = { sms: "phone", email: "email", push: "push" } as const

/** A gateway is a third party: it learned an address and a text (Law 99-З, article 12). */
async function noteDisclosures(tx: Tx, { settled, at }: { settled: readonly Settled[]; at: Date }): Promise<void> {
  const carried = await carriedBy(
    tx,
    settled.map(({ messageId }) => messageId),
  )
  const disclosures = carried.map(({ memberId, gateway, channel, template }) => {
    const kind = classOf(template)
    const basis = kind === "advertising" ? "consent" : kind === "legal" ? "law" : "contract"
    return { memberId, recipient: gateway, purpose: kind, basis, what: [ADDRESS_OF[channel], "text"] } as const
  })
  await recordDisclosures(tx, { disclosures, at })
}
