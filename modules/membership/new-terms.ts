import { type Db, dayIn, inTransaction, type Job, MINSK, type Tx } from "@mila/kernel"
import { childrenAmong, type Contact, contactsOf, isUnder16, membersAfter } from "@mila/members"
import { pushPlacesOf, queueMessage } from "@mila/messages"
import { nextTextNotice, noteTold, type TextNotice, titlesOf, whoKnowsNot } from "@mila/privacy"
import { notifyMember } from "./push.ts"
import { dayInWords } from "./statement-words.ts"

/** Members looked at in one transaction; and when a run is over: codes and news of points go by SMS too, and a whole chain is not told at once. */
const RULES = { atOnce: 500, mostMembers: 20_000, mostSms: 250 }

/**
 * Members hear of new programme rules and a new policy, with the day on which they begin: by e-mail and notification where there is one, by SMS who has neither.
 * Who has agreed to them already is not told. Goes on where the last run stopped; a step that dies is done again whole.
 */
async function tellOfNewTerms(db: Db, { at }: { at: Date }): Promise<{ told: number; sms: number }> {
  let [told, sms] = [0, 0]
  for (let seen = 0; seen < RULES.mostMembers && sms < RULES.mostSms; seen += RULES.atOnce) {
    const step = await inTransaction(db, (tx) => tellSome(tx, at))
    if (!step) break
    told += step.told
    sms += step.sms
  }
  return { told, sms }
}

async function tellSome(tx: Tx, at: Date): Promise<{ told: number; sms: number } | undefined> {
  const notice = await nextTextNotice(tx, at)
  if (!notice) return undefined
  const members = await membersAfter(tx, { after: notice.toldUpTo, most: RULES.atOnce })
  const unknowing = await whoKnowsNot(tx, { memberIds: members, texts: notice.texts })
  const told = await tellEach(tx, notice, { memberIds: unknowing, at })
  await noteTold(tx, notice, { upTo: members.length < RULES.atOnce ? null : members.at(-1)!, at })
  return told
}

async function tellEach(
  tx: Tx,
  notice: TextNotice,
  { memberIds, at }: { memberIds: readonly number[]; at: Date },
): Promise<{ told: number; sms: number }> {
  const places = await pushPlacesOf(tx, memberIds)
  const children = await childrenAmong(tx, memberIds)
  const paramsIn = new Map<Contact["locale"], { what: string; day: string }>()
  let [told, sms] = [0, 0]
  for (const [memberId, { phone, email, locale }] of await contactsOf(tx, memberIds)) {
    const params = paramsIn.get(locale) ?? { what: await titled(tx, notice, locale), day: dayInWords(dayIn(MINSK, notice.beginsAt)) }
    paramsIn.set(locale, params)
    const letter = { memberId, template: "terms_changed", params, locale, at } as const
    await notifyMember(tx, letter)
    if (email !== null) await queueMessage(tx, { ...letter, channel: "email", to: email })
    const phones = phone !== null && email === null && !places.has(memberId) ? [phone] : []
    const child = children.get(memberId)
    // for who is under sixteen the representative agreed, and hears of it too
    if (child?.representative && isUnder16(child.sixteenOn, at)) phones.push(child.representative.phone)
    for (const to of phones) await queueMessage(tx, { ...letter, channel: "sms", to })
    told += 1
    sms += phones.length
  }
  return { told, sms }
}

const titled = async (tx: Tx, { texts }: TextNotice, locale: Contact["locale"]): Promise<string> =>
  (await titlesOf(tx, { texts, locale })).map((title) => `«${title}»`).join(", ")

/** In the daytime: it writes to people. */
export const newTermsJob: Job = { name: "tellOfNewTerms", cron: "*/10 10-19 * * *", run: tellOfNewTerms }
