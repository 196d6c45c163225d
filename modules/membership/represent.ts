import { dayIn, type Locale, MINSK, addDays, endOfDay, type Tx } from "@mila/kernel"
import {
  type Actor,
  askToLeave,
  type Child,
  childOf,
  childrenOf,
  isChild,
  isUnder16,
  leavingOf,
  profilesOf,
  stayAfterAll,
} from "@mila/members"
import { queueMessage } from "@mila/messages"
import {
  ASKED,
  type ConsentDoor,
  type ConsentEvent,
  giveConsents,
  heldBy,
  type Means,
  type Origin,
  type Purpose,
  PURPOSES,
  withdrawConsents,
} from "@mila/privacy"
import { chooseParting } from "@mila/reviews"
import { refuse } from "./refusals.ts"
import { dayInWords } from "./statement-words.ts"
import { tellMemberEverywhere } from "./tell.ts"

/** A child as their representative sees them: nothing of what they buy. */
export type Represented = Pick<Child, "memberId" | "sixteenOn" | "agreedAt" | "kinship"> & {
  maskedName: string
  /** what holds, agreed to by the representative */
  consents: Map<Purpose, ConsentEvent>
  /** the consent was withdrawn: when the membership ends */
  leavesAt: Date | null
}

/** The children under sixteen for whom the owner of a proven phone has consented. */
export async function representedBy(tx: Tx, { phone, at }: { phone: string; at: Date }): Promise<Represented[]> {
  const represented = []
  for (const { memberId, sixteenOn, agreedAt, kinship } of await childrenOf(tx, { phone, at })) {
    represented.push({
      ...{ memberId, sixteenOn, agreedAt, kinship },
      maskedName: (await profilesOf(tx, [memberId])).get(memberId)!.maskedName,
      consents: await heldBy(tx, { memberId, at }),
      leavesAt: (await leavingOf(tx, memberId))?.leavesAt ?? null,
    })
  }
  return represented
}

/** Whose phone was proven, and which child of theirs it is about. */
type ForChild = { phone: string; childId: number; door: "web" | "app"; at: Date }
type Agreeing = ForChild & { given: readonly { purpose: Purpose; version: number }[]; locale: Locale; origin: Origin }

/** Agrees for a child to advertising or personal offers, until they are sixteen. Refuses `child_unknown`, `consent_needed` for anything else, `consent_text_outdated`. */
export async function agreeForChild(tx: Tx, agreeing: Agreeing): Promise<void> {
  const child = await theirChild(tx, agreeing)
  if (agreeing.given.some(({ purpose }) => !ASKED.includes(purpose))) refuse("consent_needed")
  await agree(tx, child, agreeing)
}

/** Agrees no more to advertising or personal offers. Refuses `child_unknown`, `consent_needed` for anything else. */
export async function withdrawForChild(tx: Tx, { purposes, ...of }: ForChild & { purposes: readonly Purpose[] }): Promise<void> {
  const { memberId } = await theirChild(tx, of)
  if (purposes.some((purpose) => !ASKED.includes(purpose))) refuse("consent_needed")
  await withdrawConsents(tx, { memberId, purposes, means: "code", door: of.door, at: of.at, by: `representative:${memberId}` })
}

/**
 * Withdraws the consent on which a child's membership rests: nothing is done under consent from now on, and the membership ends in three days, within the fifteen
 * the law gives; `giftTo` the representative the child's points go, if they have a card. Until then they may agree again. Refuses `child_unknown`.
 */
export async function endRepresentation(tx: Tx, { giftToSelf, ...of }: ForChild & { giftToSelf: boolean }): Promise<{ leavesAt: Date }> {
  const child = await theirChild(tx, of)
  const { memberId } = child
  return withdrawRepresentation(tx, child, {
    ...{ means: "code", door: of.door, at: of.at, by: `representative:${memberId}`, giftTo: giftToSelf ? of.phone : null },
  })
}

/** The same by the hand of a clerk, at a representative's application. Refuses `child_unknown` for who is no child. */
export async function endRepresentationAtDesk(tx: Tx, { memberId, at, by }: { memberId: number; at: Date; by: Actor }): Promise<void> {
  const child = await childOf(tx, memberId)
  if (!child || !isUnder16(child.sixteenOn, at)) return refuse("child_unknown")
  await withdrawRepresentation(tx, child, { means: "request", door: "office", at, by, giftTo: null })
}

/** Agrees again before the membership has ended: it goes on, without advertising. Refuses `child_unknown`, `consent_text_outdated`. */
export async function representAgain(tx: Tx, { version, ...agreeing }: Omit<Agreeing, "given"> & { version: number }): Promise<void> {
  const child = await theirChild(tx, agreeing)
  await agree(tx, child, { ...agreeing, given: [{ purpose: "child", version }] })
  await stayAfterAll(tx, child)
}

/** A member changes their mind about leaving; a child cannot where their representative consents no more. Refuses `representative_needed`. */
export async function stayInProgramme(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  const isLeft = (await isChild(tx, { memberId, at })) && !(await heldBy(tx, { memberId, at })).has("child")
  if (isLeft) refuse("representative_needed")
  await stayAfterAll(tx, { memberId })
  await chooseParting(tx, { memberId, keeps: false })
}

async function theirChild(tx: Tx, { phone, childId, at }: Pick<ForChild, "phone" | "childId" | "at">): Promise<Child> {
  return (await childrenOf(tx, { phone, at })).find(({ memberId }) => memberId === childId) ?? refuse("child_unknown")
}

async function agree(tx: Tx, { memberId, sixteenOn }: Child, { given, locale, door, origin, at }: Agreeing): Promise<void> {
  const until = endOfDay(MINSK, addDays(sixteenOn, -1))
  await giveConsents(tx, { memberId, given, locale, means: "code", door, origin, until, at, by: `representative:${memberId}` })
}

type Withdrawing = {
  means: Means
  door: ConsentDoor
  at: Date
  by: Actor
  giftTo: string | null
}

async function withdrawRepresentation(
  tx: Tx,
  { memberId, representative }: Child,
  { giftTo, ...how }: Withdrawing,
): Promise<{ leavesAt: Date }> {
  const resting = (Object.keys(PURPOSES) as Purpose[]).filter((purpose) => PURPOSES[purpose].basis === "consent")
  await withdrawConsents(tx, { memberId, purposes: resting, ...how })
  const { leavesAt } = await askToLeave(tx, { memberId, giftTo, phoneRules: { foreign: "allow" }, at: how.at })
  const params = { day: dayInWords(dayIn(MINSK, leavesAt)) }
  await tellMemberEverywhere(tx, { memberId, template: "representative_withdrew", params, at: how.at })
  const { locale } = (await profilesOf(tx, [memberId])).get(memberId)!
  if (representative) {
    const to = { memberId: representative.memberId, channel: "sms", to: representative.phone, locale } as const
    await queueMessage(tx, { ...to, template: "representative_withdrew", params, at: how.at })
  }
  return { leavesAt }
}
