import { cardsOf } from "@mila/cards"
import type { Locale, Tx } from "@mila/kernel"
import { balancesOf } from "@mila/ledger"
import { memberHistory, passkeysOf, personOf, sessionsOf } from "@mila/members"
import { outboxOf } from "@mila/messages"
import { claimsOfPerson } from "@mila/pricecheck"
import { type ConsentEvent, consentHistory, currentTexts, disclosuresOf, requestsOf } from "@mila/privacy"
import { receiptsOf } from "@mila/tills"
import { statement } from "./statement.ts"

const MOST = 1_000

export type Everything = Awaited<ReturnType<typeof everythingOf>>

/** Everything we hold of a person, to be read or carried elsewhere; codes are nobody's to keep. */
export async function everythingOf(tx: Tx, { memberId, locale, at }: { memberId: number; locale: Locale; at: Date }) {
  return {
    madeAt: at,
    person: (await personOf(tx, memberId)) ?? null,
    history: await memberHistory(tx, memberId),
    cards: await cardsOf(tx, memberId),
    points: (await balancesOf(tx, [memberId])).get(memberId) ?? null,
    statement: await statement(tx, { memberId, most: MOST, locale }),
    receipts: await receiptsOf(tx, { memberId, most: MOST }),
    consents: await titled(tx, { consents: await consentHistory(tx, memberId), locale, at }),
    disclosures: await disclosuresOf(tx, { memberId, since: new Date(0) }),
    requests: await requestsOf(tx, memberId),
    priceClaims: await claimsOfPerson(tx, { memberId, device: null }),
    passkeys: (await passkeysOf(tx, memberId)).map(({ name, state, synced, madeAt, usedAt }) => ({ name, state, synced, madeAt, usedAt })),
    sessions: await sessionsOf(tx, { memberId, at }),
    messages: (await outboxOf(tx, { memberId, most: MOST })).filter(({ template }) => template !== "confirmation_code"),
  }
}

async function titled(tx: Tx, { consents, locale, at }: { consents: readonly ConsentEvent[]; locale: Locale; at: Date }) {
  const texts = await currentTexts(tx, locale, at)
  return consents.map((consent) => ({ title: texts.get(consent.purpose)?.title ?? consent.purpose, ...consent }))
}
