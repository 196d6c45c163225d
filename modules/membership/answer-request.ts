import type { Tx } from "@mila/kernel"
import { type Actor, type Birthday, holdStill, type PersonName } from "@mila/members"
import { answerRequest, type Ground, type LegalRequest, type Purpose, requestById, withdrawConsents } from "@mila/privacy"
import { correctChildsBirthDate, type Correction, correctPerson } from "./correct.ts"
import { endMembership } from "./leave.ts"
import { endRepresentationAtDesk } from "./represent.ts"
import { unlinkPartnerCards } from "./partner-consent.ts"
import { refuse } from "./refusals.ts"
import { tellMember } from "./tell.ts"

/** What is done at once with the answer: what was asked for. */
export type Deed =
  /** the year is that of a child, whose sixteenth birthday it moves */
  | { is: "correction"; name: PersonName; birthday: (Birthday & { year?: number | null }) | null; representativeAgrees?: boolean }
  | { is: "withdrawal"; purposes: readonly Purpose[] }
  /** `givesUp` is what the person was shown and gives up with the membership; `keepsReviews`: published reviews stay without their author */
  | { is: "deletion"; givesUp: number; keepsReviews?: boolean }

type Answering = { requestId: number; answer: string; at: Date; by: Actor }

/**
 * Does what a legal request asks for, answers it and tells the member, all or nothing; without a deed it is answered in words alone. Who left with it hears
 * that they left. Refuses `deed_unfit` when something else was asked for, and what the deed and answerRequest do.
 */
export async function fulfilRequest(tx: Tx, { deed = null, ...answering }: Answering & { deed?: Deed | null }): Promise<LegalRequest> {
  const { at, by } = answering
  const { kind, memberId: asker } = await requestById(tx, answering.requestId)
  const memberId = (await holdStill(tx, asker))?.memberId ?? asker // who asked may have become somebody else since
  if (deed !== null && deed.is !== kind) refuse("deed_unfit", { kind })
  await answerRequest(tx, { ...answering, state: "answered" })
  if (deed?.is === "correction") await correct(tx, { ...deed, memberId, at, by })
  if (deed?.is === "withdrawal") await withdraw(tx, { memberId, purposes: deed.purposes, at, by })
  if (deed?.is === "deletion")
    await endMembership(tx, { memberId, givesUp: deed.givesUp, keepsReviews: deed.keepsReviews ?? false, door: "office", at, by })
  else await tellAnswer(tx, { memberId, at })
  return requestById(tx, answering.requestId)
}

async function correct(
  tx: Tx,
  {
    name,
    birthday: born,
    representativeAgrees = false,
    ...of
  }: Extract<Deed, { is: "correction" }> & Pick<Correction, "memberId" | "at" | "by">,
): Promise<void> {
  await correctPerson(tx, { ...of, name, birthday: born && { month: born.month, day: born.day } })
  if (born?.year) await correctChildsBirthDate(tx, { ...of, born: { ...born, year: born.year }, representativeAgrees })
}

/** A child's membership ends with the consent it rests on, and the link of a partner's card with its own. */
async function withdraw(
  tx: Tx,
  { memberId, purposes, at, by }: { memberId: number; purposes: readonly Purpose[]; at: Date; by: Actor },
): Promise<void> {
  if (purposes.includes("child")) await endRepresentationAtDesk(tx, { memberId, at, by })
  else await withdrawConsents(tx, { memberId, purposes, means: "request", door: "office", at, by })
  if (purposes.includes("partner_card")) await unlinkPartnerCards(tx, { memberId, at, by })
}

/** Refuses a legal request with its ground and the reasons in words, and tells the member. Errors: those of answerRequest. */
export async function refuseRequest(tx: Tx, { ground, ...answering }: Answering & { ground: Ground }): Promise<LegalRequest> {
  const { memberId } = await requestById(tx, answering.requestId)
  await answerRequest(tx, { ...answering, state: "refused", ground })
  await tellAnswer(tx, { memberId, at: answering.at })
  return requestById(tx, answering.requestId)
}

const tellAnswer = (tx: Tx, { memberId, at }: { memberId: number; at: Date }) =>
  tellMember(tx, { memberId, template: "request_answered", params: {}, at })
