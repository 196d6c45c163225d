import { type CardView, issueVirtualCard } from "@mila/cards"
import { addDays, type Day, endOfDay, type Locale, MINSK, type Tx } from "@mila/kernel"
import { openPurses } from "@mila/ledger"
import {
  isUnder16,
  type PersonalData,
  type PhoneRules,
  registerMember,
  type Representative,
  representChild,
  sixteenthBirthday,
} from "@mila/members"
import { queueMessage } from "@mila/messages"
import { giveConsents, type Means, NEEDED, type Origin, type Purpose } from "@mila/privacy"
import { writeToProve } from "./prove-email.ts"
import { refuse } from "./refusals.ts"
import { tellMember } from "./tell.ts"

type Joining = PersonalData & {
  given: readonly { purpose: Purpose; version: number }[]
  /** says themselves that they are not sixteen: a representative's consent is needed (Law 99-З, article 5) */
  under16?: boolean
  /** the whole birth date, from who is under sixteen; it is not kept, only the day they are sixteen */
  bornOn?: Day | null
  /** who consents for them, their phone proven */
  representative?: Representative | null
  means: Means
  door: "web" | "app"
  origin: Origin
  /** where the letter that proves the e-mail address leads, without its token */
  letterLink: string
  locale: Locale
  phoneRules?: PhoneRules
  at: Date
}

/**
 * Makes somebody a member who has proven their phone: the person, what they agreed to word for word, a purse, a virtual card, a word of welcome and a letter that proves the e-mail address, all or
 * nothing. `given` are the texts they ticked, by version; of who is under sixteen, by the birth date or their own word, the representative ticked them, and what
 * rests on consent ends with the sixteenth birthday. Refuses `representative_needed`, `birth_date_needed`, `consents_missing`, `consent_text_outdated` and what
 * registerMember and representChild do.
 */
export async function join(
  tx: Tx,
  { under16 = false, bornOn = null, representative = null, ...joining }: Joining,
): Promise<{ memberId: number; card: CardView }> {
  const { given, means, door, origin, letterLink, locale, at, ...person } = joining
  const child = childIn({ given, under16, bornOn, representative, at })
  if (!NEEDED.every((purpose) => given.some((one) => one.purpose === purpose))) refuse("consents_missing")
  const { memberId } = await registerMember(tx, { ...person, locale, at, by: "system" })
  const own = `member:${memberId}` as const
  const how = { memberId, given, locale, door, origin, at }
  if (child) {
    const { phoneRules } = person
    const { representativeId } = await representChild(tx, { memberId, ...child, ...(phoneRules ? { phoneRules } : {}), at })
    const until = endOfDay(MINSK, addDays(sixteenthBirthday(child.bornOn), -1))
    await giveConsents(tx, { ...how, means: "code", until, by: `representative:${memberId}` })
    await tellRepresentative(tx, { representativeId, to: child.representative.phone, locale, at })
  } else await giveConsents(tx, { ...how, given: given.filter(({ purpose }) => purpose !== "child"), means, by: own })
  await openPurses(tx, { memberIds: [memberId] })
  const card = await issueVirtualCard(tx, { memberId, at, by: own })
  await tellMember(tx, { memberId, template: "welcome", params: {}, at })
  await writeToProve(tx, { memberId, link: letterLink, at })
  return { memberId, card }
}

/** Who is under sixteen and by whose consent they join; undefined for everybody else. */
function childIn({
  given,
  under16,
  bornOn,
  representative,
  at,
}: Required<Pick<Joining, "given" | "under16" | "bornOn" | "representative" | "at">>) {
  if (!under16 && representative === null && (bornOn === null || !isUnder16(sixteenthBirthday(bornOn), at))) return undefined
  if (representative === null || !given.some(({ purpose }) => purpose === "child")) return refuse("representative_needed")
  return { bornOn: bornOn ?? refuse("birth_date_needed"), representative }
}

/** The representative hears what they agreed to, and where it is taken back. */
async function tellRepresentative(
  tx: Tx,
  { representativeId, to, locale, at }: { representativeId: number | null; to: string; locale: Locale; at: Date },
): Promise<void> {
  await queueMessage(tx, { memberId: representativeId, channel: "sms", to, template: "child_card_issued", params: {}, locale, at })
}
