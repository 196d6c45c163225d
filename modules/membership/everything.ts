import { cardsOf } from "@mila/cards"
import { groupByNo } from "@mila/catalog"
import { favouritesOf } from "@mila/favourites"
import type { Locale, Tx } from "@mila/kernel"
import { balancesOf } from "@mila/ledger"
import { childOf, idsOf, leavingOf, memberHistory, mergesInto, passkeysOf, personOf, sessionsOf } from "@mila/members"
import { isCode, outboxOf, pushPlacesOf, wishesOf } from "@mila/messages"
import { claimsOfPerson } from "@mila/pricecheck"
import { consentHistory, currentTexts, disclosuresOf, type Purpose, renewalAnswers } from "@mila/privacy"
import { reviewsOfMember } from "@mila/reviews"
import { shopsByCode } from "@mila/shops"
import { actionText, auditTrail } from "@mila/staff"
import { disownedOf, pointsClaimsOf, receiptsByIds, receiptsOf } from "@mila/tills"
import { passesOf } from "@mila/wallet"
import { ownRequests } from "./own-requests.ts"
import { statement } from "./statement.ts"

/** A copy leaves nothing out, however long somebody has been with us. */
const MOST = Number.MAX_SAFE_INTEGER

export type Everything = Awaited<ReturnType<typeof everythingOf>>

type Asked = { memberId: number; locale: Locale; at: Date }

/** Everything we hold of a person, to be read or carried elsewhere; codes are nobody's to keep. */
export async function everythingOf(tx: Tx, asked: Asked) {
  return { madeAt: asked.at, ...(await whoTheyAre(tx, asked)), ...(await whatTheyDid(tx, asked)), ...(await whatWeDid(tx, asked)) }
}

async function whoTheyAre(tx: Tx, { memberId, at }: Asked) {
  return {
    person: (await personOf(tx, memberId)) ?? null,
    representative: await representativeOf(tx, memberId),
    history: await underAll(await idsOf(tx, memberId), (id) => memberHistory(tx, id)),
    leaving: (await leavingOf(tx, memberId)) ?? null,
    merges: (await mergesInto(tx, memberId)).map(({ mergeId, mergedAt, undoneAt }) => ({ mergeId, mergedAt, undoneAt })),
    sessions: await sessionsOf(tx, { memberId, at }),
    passkeys: (await passkeysOf(tx, memberId)).map(({ name, state, synced, madeAt, usedAt }) => ({ name, state, synced, madeAt, usedAt })),
    notifications: ((await pushPlacesOf(tx, [memberId])).get(memberId) ?? []).map(({ service, madeAt }) => ({ service, madeAt })),
    passes: (await passesOf(tx, memberId)).map(({ kind, cardNumber, madeAt }) => ({ kind, cardNumber, madeAt })),
  }
}

async function whatTheyDid(tx: Tx, { memberId, locale, at }: Asked) {
  const receipts = await receiptsOf(tx, { memberId, most: MOST })
  const whole = await receiptsByIds(
    tx,
    receipts.map(({ receiptId }) => receiptId),
  )
  const shops = await shopsByCode(tx, [...new Set(receipts.map(({ shop }) => shop))])
  return {
    cards: await cardsOf(tx, memberId),
    points: (await balancesOf(tx, [memberId])).get(memberId) ?? null,
    statement: await statement(tx, { memberId, most: MOST, locale }),
    receipts: receipts.map((receipt) => ({
      ...receipt,
      shopName: shops.get(receipt.shop)?.name[locale] ?? receipt.shop,
      body: whole.get(receipt.receiptId)?.body ?? null,
    })),
    pointsClaims: await pointsClaimsOf(tx, { memberId, most: MOST }),
    priceClaims: await underAll(await idsOf(tx, memberId), (id) => claimsOfPerson(tx, { memberId: id, device: null })),
    disowned: await disownedOf(tx, { memberId, most: MOST }),
    reviews: await named(tx, await reviewsOfMember(tx, { memberId, most: MOST }), { locale, at }),
    favourites: await favouritesNamed(tx, { memberId, locale, at }),
  }
}

async function whatWeDid(tx: Tx, { memberId, locale, at }: Asked) {
  const ids = await idsOf(tx, memberId)
  return {
    consents: await titled(tx, { consents: await underAll(ids, (id) => consentHistory(tx, id)), locale, at }),
    renewals: await titled(tx, { consents: await underAll(ids, (id) => renewalAnswers(tx, id)), locale, at }),
    wishes: (await wishesOf(tx, [memberId])).get(memberId) ?? null,
    disclosures: await underAll(ids, (id) => disclosuresOf(tx, { memberId: id, since: new Date(0) })),
    looks: (await underAll(ids, (id) => auditTrail(tx, { object: `member:${id}`, most: MOST }))).flatMap(
      ({ staffId, action, details, at: lookedAt }) =>
        staffId === null ? [] : [{ staffId, what: actionText(action, details, locale), at: lookedAt }],
    ),
    requests: await ownRequests(tx, memberId),
    messages: (await outboxOf(tx, { memberId: ids, most: MOST })).filter(({ template }) => !isCode(template)),
  }
}

/** What was written down under each of a person's numbers, their own first. */
async function underAll<Line>(ids: readonly number[], read: (id: number) => Promise<readonly Line[]>): Promise<Line[]> {
  const lines: Line[] = []
  for (const id of ids) lines.push(...(await read(id)))
  return lines
}

/** Who consented for a child, and until when. */
async function representativeOf(tx: Tx, memberId: number) {
  const child = await childOf(tx, memberId)
  if (!child) return null
  const { kinship, sixteenOn, agreedAt, askedAt, representative } = child
  return { kinship, sixteenOn, agreedAt, askedAt, name: representative?.maskedName ?? null, phone: representative?.maskedPhone ?? null }
}

async function titled<Of extends { purpose: Purpose }>(
  tx: Tx,
  { consents, locale, at }: { consents: readonly Of[]; locale: Locale; at: Date },
): Promise<(Of & { title: string })[]> {
  const texts = await currentTexts(tx, locale, at)
  return consents.map((consent) => ({ title: texts.get(consent.purpose)?.title ?? consent.purpose, ...consent }))
}

/** With the name of the thing, as it is called today; what is sold no more keeps its number. */
async function named<Of extends { groupNo: number }>(
  tx: Tx,
  things: readonly Of[],
  { locale, at }: { locale: Locale; at: Date },
): Promise<(Of & { thing: string })[]> {
  const told: (Of & { thing: string })[] = []
  for (const one of things) told.push({ thing: (await groupByNo(tx, { no: one.groupNo, at }))?.name[locale] ?? `№ ${one.groupNo}`, ...one })
  return told
}

async function favouritesNamed(tx: Tx, { memberId, locale, at }: Asked) {
  const lists: { name: string; shared: boolean; items: { thing: string; addedAt: Date }[] }[] = []
  for (const { name, share, items } of await favouritesOf(tx, { memberId }))
    lists.push({ name, shared: share !== null, items: await named(tx, items, { locale, at }) })
  return lists
}
