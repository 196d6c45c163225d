import { stopWatching } from "@mila/favourites"
import { addDays, type Day, type Db, dayIn, type Job, type Locale, MINSK, type Tx } from "@mila/kernel"
import {
  type Child,
  childOf,
  growUp,
  isUnder16,
  noteAskedAtSixteen,
  noteSilentAtSixteen,
  silentAtSixteen,
  SIXTEEN_RULES,
  turnedSixteen,
} from "@mila/members"
import { endSubscriptions } from "@mila/messages"
import { giveConsents, NEEDED, type Origin, type Purpose } from "@mila/privacy"
import { oneByOne } from "./one-by-one.ts"
import { refuse } from "./refusals.ts"
import { dayInWords } from "./statement-words.ts"
import { tellMemberEverywhere } from "./tell.ts"

/** Whether somebody who is sixteen still has to consent themselves; `until`: their last day, null when it is over. Undefined for everybody else. */
export async function owesConsent(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<{ until: Day | null } | undefined> {
  const child = await childOf(tx, memberId)
  if (!child || isUnder16(child.sixteenOn, at)) return undefined
  return { until: child.silentAt ? null : lastDayOf(child, at) }
}

type Consenting = {
  memberId: number
  given: readonly { purpose: Purpose; version: number }[]
  locale: Locale
  door: "web" | "app"
  origin: Origin
  at: Date
}

/**
 * Who is sixteen agrees themselves, word for word, and is a member as everybody; what they did not tick is off, whatever their representative had agreed to.
 * Refuses `consents_missing`, `child_unknown` for who has nothing to answer, `child_young`, `consent_text_outdated`.
 */
export async function consentAtSixteen(tx: Tx, { memberId, given, ...how }: Consenting): Promise<void> {
  if (!NEEDED.every((purpose) => given.some((one) => one.purpose === purpose))) refuse("consents_missing")
  await growUp(tx, { memberId, at: how.at })
  await giveConsents(tx, {
    memberId,
    given: given.filter(({ purpose }) => purpose !== "child"),
    ...how,
    means: "tick",
    by: `member:${memberId}`,
  })
}

/** Asks everybody who is sixteen for their own consent, and switches off what is not needed for the card of who does not answer. One transaction each; whom it fails for holds up nobody else. */
async function askAtSixteen(db: Db, { at }: { at: Date }): Promise<{ asked: number; silent: number }> {
  const asked = await oneByOne(db, {
    next: async (tx, except) => (await turnedSixteen(tx, { at, most: 1, except }))[0],
    act: (tx, child) => ask(tx, child, at),
  })
  const silent = await oneByOne(db, {
    next: async (tx, except) => (await silentAtSixteen(tx, { at, most: 1, except }))[0],
    act: (tx, child) => goOnWithout(tx, child, at),
  })
  return { asked: asked.length, silent: silent.length }
}

async function ask(tx: Tx, child: Child, at: Date): Promise<void> {
  const { memberId } = child
  const params = { day: dayInWords(lastDayOf(child, at)) }
  await noteAskedAtSixteen(tx, { memberId, at })
  await tellMemberEverywhere(tx, { memberId, template: "sixteen_asked", params, at })
}

/** Card, points and receipts rest on the contract and go on; notifications of browsers and news of favourites were theirs by somebody else's consent. */
async function goOnWithout(tx: Tx, { memberId }: Child, at: Date): Promise<void> {
  await noteSilentAtSixteen(tx, { memberId, at })
  await tellMemberEverywhere(tx, { memberId, template: "sixteen_silent", params: {}, at })
  await endSubscriptions(tx, { memberId, exceptSessions: null })
  await stopWatching(tx, { memberId })
}

const lastDayOf = ({ askedAt }: Child, at: Date): Day => addDays(dayIn(MINSK, askedAt ?? at), SIXTEEN_RULES.answerDays)

/** In the daytime: it writes to people. */
export const sixteenJob: Job = { name: "askAtSixteen", cron: "0 10 * * *", run: askAtSixteen }
