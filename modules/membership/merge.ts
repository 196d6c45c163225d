import { cardsOf, moveCards, moveCardsBack } from "@mila/cards"
import { favouriteNumbers, joinFavourites, partFavourites } from "@mila/favourites"
import { balancesOf, mergePurses, type Unmerged, unmergePurses } from "@mila/ledger"
import { day, type Locale, type Tx } from "@mila/kernel"
import { mergeStandings, splitStandings, turnoverOf } from "@mila/loyalty"
import {
  type Actor,
  childOf,
  followersOf,
  keepMerge,
  leavingOf,
  mergeMembers,
  mergesInto,
  type Merge,
  personOf,
  profilesOf,
  unmergeMembers,
} from "@mila/members"
import { type ConsentDoor, currentTexts, giveConsents, heldBy, isPurpose, mergeConsents, NEEDED, type Purpose } from "@mila/privacy"
import { queueMessage } from "@mila/messages"
import { partPartnerConsent } from "./partner-consent.ts"
import { oneReviewAThing, reviewsOfMember } from "@mila/reviews"
import { levelTogether } from "./level.ts"
import { ownRequests } from "./own-requests.ts"
import { refuse } from "./refusals.ts"
import { tellMember } from "./tell.ts"

type Pair = { from: number; into: number; at: Date }

/** What one membership brings: cards that are in use, points, its level, how many things it likes and wrote of, what was agreed to. */
export type Brought = {
  memberId: number
  maskedName: string
  cards: number
  pending: number
  available: number
  owed: number
  level: string | null
  favourites: number
  reviews: number
  consents: Purpose[]
}

/** What the two are together; `twice`: of how many things both wrote, so that one review of each gives way. */
type Together = Pick<Brought, "level" | "favourites" | "reviews"> & { twice: number }

/** What two memberships of one person have, and what of advertising would end: of that, only what both agreed to goes on. Refuses as `mergeMemberships`. */
export async function previewMerge(
  tx: Tx,
  { from, into, locale, at }: Pair & { locale: Locale },
): Promise<{ from: Brought; into: Brought; together: Together; ends: Purpose[] }> {
  await refuseUnfit(tx, { from, into })
  const [gives, takes] = [await broughtBy(tx, { memberId: from, locale, at }), await broughtBy(tx, { memberId: into, locale, at })]
  const ends = takes.consents.filter(
    (purpose) => purpose !== "partner_card" && !NEEDED.includes(purpose) && !gives.consents.includes(purpose),
  )
  return { from: gives, into: takes, together: await whatTheyAre(tx, { from, into, locale, at }), ends }
}

async function whatTheyAre(tx: Tx, { from, into, locale, at }: Pair & { locale: Locale }): Promise<Together> {
  const liked = [await favouriteNumbers(tx, { memberId: from }), await favouriteNumbers(tx, { memberId: into })].flat()
  const [theirs, here] = [await writtenOf(tx, from), await writtenOf(tx, into)]
  return {
    level: (await levelTogether(tx, { memberIds: [from, into], locale, at }))?.name ?? null,
    favourites: new Set(liked).size,
    reviews: new Set([...theirs, ...here]).size,
    twice: [...theirs].filter((groupNo) => here.has(groupNo)).length,
  }
}

/** The things somebody wrote of. */
const writtenOf = async (tx: Tx, memberId: number): Promise<Set<number>> =>
  new Set((await reviewsOfMember(tx, { memberId, most: Number.MAX_SAFE_INTEGER })).map(({ groupNo }) => groupNo))

async function broughtBy(tx: Tx, { memberId, locale, at }: { memberId: number; locale: Locale; at: Date }): Promise<Brought> {
  const balance = (await balancesOf(tx, [memberId])).get(memberId)
  const cards = (await cardsOf(tx, memberId)).filter(({ state }) => state === "active" || state === "blocked")
  const { pending = 0, available = 0, held = 0, owed = 0 } = balance ?? {}
  return {
    ...{ memberId, maskedName: (await profilesOf(tx, [memberId])).get(memberId)!.maskedName, cards: cards.length },
    ...{ pending, available: available + held, owed },
    level: (await levelTogether(tx, { memberIds: [memberId], locale, at }))?.name ?? null,
    favourites: (await favouriteNumbers(tx, { memberId })).length,
    reviews: (await writtenOf(tx, memberId)).size,
    consents: [...(await heldBy(tx, { memberId, at })).keys()],
  }
}

/**
 * Two memberships of one person become one, in one transaction: cards, points with their dates, debts, turnover and favourites of `from` go to `into`, of two
 * reviews of one thing one is read, of advertising only what both agreed to goes on. What an undo needs is kept. The caller has proof of both phones, or two people's word; both phones are told. Repeating it is harmless.
 * Refuses `merge_erasure_open` (who asked to be erased is erased), `merge_child` (a child's membership hangs on their representative's consent), and what
 * `mergeMembers` does.
 */
export async function mergeMemberships(
  tx: Tx,
  { from, into, door, at, by }: Pair & { door: ConsentDoor; by: Actor },
): Promise<"merged" | "already_merged"> {
  const followers = await followersOf(tx, from)
  const donor = await personOf(tx, from)
  const outcome = await mergeMembers(tx, { from, into, at, by })
  if (outcome === "already_merged") return outcome
  await refuseUnfit(tx, { from, into })
  const kept = { followers, ...(await whatToKeep(tx, { from, at })), lists: await joinFavourites(tx, { from, into }) }
  await moveCards(tx, { from, into, at, by })
  await mergePurses(tx, { from, into, reference: movedUnder(await keepMerge(tx, { from, into, kept, at, by })), at })
  await mergeStandings(tx, { from, into, at })
  await mergeConsents(tx, { from, into, door, at, by })
  await oneReviewAThing(tx, { memberId: into, at })
  await tellMember(tx, { memberId: into, template: "memberships_joined", params: {}, at })
  if (donor?.phone) {
    await queueMessage(tx, {
      ...{ memberId: into, channel: "sms", to: donor.phone, template: "memberships_joined", params: {}, locale: donor.locale, at },
    })
  }
  return outcome
}

async function whatToKeep(tx: Tx, { from, at }: Omit<Pair, "into">) {
  return {
    cards: (await cardsOf(tx, from)).map(({ cardId }) => cardId),
    months: await turnoverOf(tx, from),
    consents: [...(await heldBy(tx, { memberId: from, at }))].map(([purpose, { version }]) => ({ purpose, version })),
  }
}

const movedUnder = ({ mergeId }: { mergeId: number }) => `merge:${mergeId}/moved` as const

async function refuseUnfit(tx: Tx, { from, into }: Omit<Pair, "at">): Promise<void> {
  for (const memberId of [from, into]) {
    const erasure = (await ownRequests(tx, memberId)).some(({ kind, state }) => kind === "deletion" && state === "open")
    if (erasure || (await leavingOf(tx, memberId))) refuse("merge_erasure_open")
    if (await childOf(tx, memberId)) refuse("merge_child")
  }
}

/**
 * Within fourteen days a merge is undone: what came along and is still there goes back, points lot by lot with their dates, lists and reviews as they were; what
 * was spent, bought, liked or agreed to since stays. The other membership is signed in to by a code of its own phone; its advertising stays off. Refuses what `unmergeMembers` does, and
 * `merge_unknown` for who it is not about.
 */
export async function undoMerge(
  tx: Tx,
  { mergeId, memberId, door, at, by }: { mergeId: number; memberId: number; door: ConsentDoor; at: Date; by: Actor },
): Promise<Unmerged> {
  if (!(await mergesInto(tx, memberId)).some((one) => one.mergeId === mergeId)) return refuse("merge_unknown")
  const { from, into, kept } = await unmergeMembers(tx, { mergeId, at, by })
  await moveCardsBack(tx, { from, into, cardIds: kept.cards, at, by })
  const home = await unmergePurses(tx, { from, into, merge: movedUnder({ mergeId }), reference: `merge:${mergeId}/undone`, at })
  await splitStandings(tx, { from, into, months: kept.months.map(({ month, netMinor }) => ({ month: day(month), netMinor })), at })
  const had = kept.consents.some(({ purpose }) => purpose === "partner_card")
  await partPartnerConsent(tx, { from, into, had, door, at, by })
  if (kept.lists) await partFavourites(tx, { from, into, lists: kept.lists })
  for (const each of [from, into]) await oneReviewAThing(tx, { memberId: each, at })
  await agreeAgain(tx, { memberId: from, consents: kept.consents, door, at, by })
  for (const each of [from, into]) await tellMember(tx, { memberId: each, template: "memberships_parted", params: {}, at })
  return home
}

/** The programme goes on for who had joined it; a wording that changed meanwhile they are asked for anew (`newConsents`). */
async function agreeAgain(
  tx: Tx,
  { memberId, consents, door, at, by }: { memberId: number; consents: Merge["kept"]["consents"]; door: ConsentDoor; at: Date; by: Actor },
): Promise<void> {
  const { locale } = (await profilesOf(tx, [memberId])).get(memberId)!
  const inForce = await currentTexts(tx, locale, at)
  const given = consents.flatMap(({ purpose, version }) =>
    isPurpose(purpose) && NEEDED.includes(purpose) && inForce.get(purpose)?.version === version ? [{ purpose, version }] : [],
  )
  await giveConsents(tx, { memberId, given, locale, means: "merge", door, at, by })
}
