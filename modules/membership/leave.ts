import { cardsOf, removeCardsOf } from "@mila/cards"
import { forgetFavouritesOf } from "@mila/favourites"
import { balancesOf, closePurse, giveLots, openPurses } from "@mila/ledger"
import { type Db, dayIn, type Job, MINSK, type Tx } from "@mila/kernel"
import {
  type Actor,
  askToLeave,
  idsOf,
  type Leaving,
  leaveMember,
  leaversDue,
  memberByPhone,
  type MemberRefusal,
  personOf,
  type PhoneRules,
  stayAfterAll,
} from "@mila/members"
import { endSubscriptions, forgetMessagesOf, forgetWishes, suppress } from "@mila/messages"
import { type ConsentDoor, withdrawAll } from "@mila/privacy"
import { chooseParting, partWithReviews } from "@mila/reviews"
import { voidRedemptionsOfCard } from "@mila/tills"
import { forgetClaimsOf } from "@mila/pricecheck"
import { oneByOne } from "./one-by-one.ts"
import { refuse } from "./refusals.ts"
import { dayInWords } from "./statement-words.ts"
import { tellMember, tellMemberEverywhere } from "./tell.ts"

type Ending = {
  memberId: number
  /** what the person was shown and gives up: when it is no longer so, nothing happens. `all`: whatever there is, as they were told days before */
  givesUp: number | "all"
  /** the phone of whoever gets what is available; nobody, when it has no card or the giver owes */
  giftTo?: string | null
  /** whether published reviews stay without their author; else as they chose when they asked to leave, and without a choice they go */
  keepsReviews?: boolean
  door: ConsentDoor
  at: Date
  by: Actor
}

/**
 * Ends a membership at the person's own wish, in one transaction: they are told a last time, what was set aside at tills is given back, cards are
 * removed, points are given away or cancelled, consents are withdrawn, and the person is forgotten, with what was written to them, what they liked and what
 * of their words they do not leave. What tills bring later is nobody's. A debt stays in the
 * ledger, under a number that names nobody. Refuses `points_changed` with what there is now, and what leaveMember does.
 */
export async function endMembership(
  tx: Tx,
  { memberId, givesUp, giftTo = null, keepsReviews, door, at, by }: Ending,
): Promise<{ pending: number; available: number; owed: number; cardsRemoved: number }> {
  for (const { cardId } of await cardsOf(tx, memberId)) await voidRedemptionsOfCard(tx, { cardId, at })
  if (giftTo !== null) await giveAway(tx, { memberId, giftTo, at })
  const had = (await balancesOf(tx, [memberId])).get(memberId)
  const points = givesUp === "all" ? (had?.pending ?? 0) + (had?.available ?? 0) + (had?.held ?? 0) : givesUp
  await tellMember(tx, { memberId, template: "membership_left", params: { points }, at })
  await leaveAlone(tx, { memberId, at })
  await forgetWhatTheyLeave(tx, { memberId, keepsReviews, at })
  await stayAfterAll(tx, { memberId })
  if ((await leaveMember(tx, { memberId, at, by })) === "already_left") refuse("member_left")
  const { removed } = await removeCardsOf(tx, { memberId, at, by, reason: "left" })
  const { pending, available, owed } = await closePurse(tx, { memberId, reference: `leave:${memberId}/closed`, at })
  if (pending + available !== points) refuse("points_changed", { pending, available })
  await withdrawAll(tx, { memberId, door, at, by })
  return { pending, available, owed, cardsRemoved: removed }
}

/** Advertising leaves whoever left alone, also when somebody brings their number in again from a list; what they wished and where they read it is forgotten. */
async function leaveAlone(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  const person = await personOf(tx, memberId)
  if (person?.phone) await suppress(tx, { channel: "sms", to: person.phone, why: "left", at })
  if (person?.email) await suppress(tx, { channel: "email", to: person.email, why: "left", at })
  await endSubscriptions(tx, { memberId, exceptSessions: null })
  await forgetWishes(tx, memberId)
}

/** Under every number of theirs: who became them is forgotten with them. */
async function forgetWhatTheyLeave(
  tx: Tx,
  { memberId, keepsReviews, at }: { memberId: number; keepsReviews: boolean | undefined; at: Date },
): Promise<void> {
  const memberIds = await idsOf(tx, memberId)
  const reached: string[] = []
  for (const id of memberIds) {
    await forgetClaimsOf(tx, id)
    const person = await personOf(tx, id)
    reached.push(...[person?.phone, person?.email].flatMap((to) => to ?? []))
  }
  await forgetMessagesOf(tx, { memberIds, reached, at })
  await forgetFavouritesOf(tx, memberIds)
  await partWithReviews(tx, { memberIds, keeps: keepsReviews, at })
}

async function giveAway(tx: Tx, { memberId, giftTo, at }: { memberId: number; giftTo: string; at: Date }): Promise<void> {
  const friend = await memberByPhone(tx, giftTo)
  if (friend?.state !== "active" || friend.memberId === memberId) return
  await openPurses(tx, { memberIds: [memberId, friend.memberId] })
  const points = await giveLots(tx, { from: memberId, into: friend.memberId, reference: `leave:${memberId}/given`, at })
  if (points > 0) await tellMember(tx, { memberId: friend.memberId, template: "points_given", params: { points }, at })
}

type Beginning = { memberId: number; giftTo: string | null; keepsReviews: boolean; phoneRules: PhoneRules; at: Date }

/**
 * A member says they leave: nothing is gone for three days, and one word takes it back. They hear of it at every address, in case it was somebody else.
 * `giftTo` is the phone of whoever gets their available points; `keepsReviews`: whether what they published stays without its author. Refuses what `askToLeave` of members does.
 */
export async function beginLeaving(tx: Tx, { memberId, giftTo, keepsReviews, phoneRules, at }: Beginning): Promise<Leaving> {
  const leaving = await askToLeave(tx, { memberId, giftTo, phoneRules, at })
  await chooseParting(tx, { memberId: leaving.memberId, keeps: keepsReviews })
  const day = dayInWords(dayIn(MINSK, leaving.leavesAt))
  await tellMemberEverywhere(tx, { memberId, template: "leaving_asked", params: { day }, at })
  return leaving
}

/** Who left already, or became somebody else, has nothing to leave. */
const GONE: ReadonlySet<string> = new Set(["member_left", "member_merged"] satisfies MemberRefusal[])

/** Ends the memberships of those whose time to think is over, one transaction each; whom it fails for holds up nobody else. Answers how many left. */
async function endLeavers(db: Db, { at }: { at: Date }): Promise<{ left: number }> {
  const left = await oneByOne(db, {
    next: async (tx, except) => (await leaversDue(tx, { at, most: 1, except }))[0],
    act: async (tx, { memberId, giftTo }) => {
      await endMembership(tx, { memberId, givesUp: "all", giftTo, door: "web", at, by: `member:${memberId}` })
      return true
    },
    refused: async (tx, leaver, refusal) => {
      if (!GONE.has(refusal.code)) throw refusal
      await stayAfterAll(tx, leaver)
      return false
    },
  })
  return { left: left.filter(Boolean).length }
}

export const leaveJob: Job = { name: "endLeavers", cron: "*/10 * * * *", run: endLeavers }
