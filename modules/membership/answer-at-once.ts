import { cardsOf } from "@mila/cards"
import { favouritesOf } from "@mila/favourites"
import { addDays, counted, type Day, dayIn, dayText, type Locale, MINSK, startOfDay, type Tx } from "@mila/kernel"
import { childOf, idsOf, personOf } from "@mila/members"
import { currentTexts, type Disclosure, disclosuresOf, heldBy, type Purpose, PURPOSES, textOf } from "@mila/privacy"
import { reviewsOfMember } from "@mila/reviews"
import { receiptsOf } from "@mila/tills"
import { ANSWER_WORDS, type AnswerWords } from "./answer-words.ts"
import { COPY_WORDS } from "./copy-words.ts"
import { recipientName } from "./recipient-names.ts"

const YEAR = 365
const MOST = Number.MAX_SAFE_INTEGER

type Asked = { memberId: number; locale: Locale; at: Date }

/** What is processed of a person, why, on what ground, how long, whence and by whom (Law 99-З, article 11), in their language. */
export async function informationFor(tx: Tx, { memberId, locale, at }: Asked): Promise<string> {
  const words = ANSWER_WORDS[locale]
  const policy = (await currentTexts(tx, locale, at)).get("policy")!
  const isChild = (await childOf(tx, memberId)) !== undefined
  return [
    words.information.replace("{day}", dayText(dayIn(MINSK, at), locale)),
    words.operator.replace("{text}", policy.operator),
    words.held.replace("{what}", (await heldOf(tx, { memberId, words })).join(", ")),
    [words.purposes, ...(await purposesOf(tx, { memberId, locale, at }))].join("\n"),
    isChild ? `${words.sources} ${words.ofRepresentative}` : words.sources,
    words.processors.replace("{text}", policy.processors),
    words.actions.replace("{text}", policy.actions),
    words.rights.replace("{text}", policy.rights),
    words.copy,
    words.more,
  ].join("\n\n")
}

/** Whom a person's data went to in the year before, what of it and why (article 12), each recipient once for the same. */
export async function disclosuresFor(tx: Tx, { memberId, locale, at }: Asked): Promise<string> {
  const words = ANSWER_WORDS[locale]
  const today = dayIn(MINSK, at)
  const from = addDays(today, -YEAR)
  const between = (pattern: string) => pattern.replace("{from}", dayText(from, locale)).replace("{day}", dayText(today, locale))
  const told: Disclosure[] = []
  for (const id of await idsOf(tx, memberId)) told.push(...(await disclosuresOf(tx, { memberId: id, since: startOfDay(MINSK, from) })))
  if (told.length === 0) return [between(words.nobody), words.more].join("\n\n")
  const alike = Map.groupBy(told, ({ recipient, purpose, basis, what }) => JSON.stringify([recipient, purpose, basis, what]))
  const lines = [...alike.values()].map((same) => toldLine(same, { words, locale }))
  return [[between(words.disclosures), ...lines].join("\n"), words.more].join("\n\n")
}

/** What there is, by kinds: nothing is named that we do not hold. */
async function heldOf(tx: Tx, { memberId, words: { things } }: { memberId: number; words: AnswerWords }): Promise<string[]> {
  const person = await personOf(tx, memberId)
  const child = await childOf(tx, memberId)
  const number = (pattern: string, count: number) => (count > 0 ? pattern.replace("{count}", String(count)) : null)
  const liked = (await favouritesOf(tx, { memberId })).reduce((sum, { items }) => sum + items.length, 0)
  return [
    person?.name ? things.name : null,
    person?.maskedPhone ? things.phone : null,
    person?.email ? things.email : null,
    person?.birthday ? things.birthday : null,
    child?.representative ? things.representative : null,
    number(things.cards, (await cardsOf(tx, memberId)).length),
    number(things.receipts, (await receiptsOf(tx, { memberId, most: MOST })).length),
    things.points,
    number(things.reviews, (await reviewsOfMember(tx, { memberId, most: MOST })).length),
    number(things.favourites, liked),
    ...[things.sessions, things.consents, things.messages],
  ].filter((one) => one !== null)
}

/** Every purpose that holds, in the words the person agreed to. */
async function purposesOf(tx: Tx, { memberId, locale, at }: Asked): Promise<string[]> {
  const words = ANSWER_WORDS[locale]
  const day = (of: Date) => dayText(dayIn(MINSK, of), locale)
  const lines = []
  const held = await heldBy(tx, { memberId, at })
  for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
    const given = held.get(purpose)
    if (!given) continue
    const { version, at: givenAt, holdsUntil } = given
    const text = (await textOf(tx, { purpose, version, locale }))!
    const isContract = PURPOSES[purpose].basis === "contract"
    const ground = isContract ? words.byContract : words.byConsent.replace("{day}", day(givenAt))
    const until = holdsUntil ? words.until.replace("{day}", day(holdsUntil)) : ""
    const filled = { title: text.title, basis: `${ground}${until}`, purposes: text.purposes, data: text.data, term: text.term }
    lines.push(words.purpose.replace(/\{(\w+)\}/g, (_, name: keyof typeof filled) => filled[name]))
  }
  return lines
}

function toldLine(same: readonly Disclosure[], { words, locale }: { words: AnswerWords; locale: Locale }): string {
  const { recipient, purpose, basis, what, at } = same[0]!
  const { shared, sharedFor, bases } = COPY_WORDS[locale]
  const inWords = (of: Readonly<Record<string, string>>, code: string) => (Object.hasOwn(of, code) ? of[code]! : code)
  const when: Day = dayIn(MINSK, at)
  return words.told
    .replace("{recipient}", recipientName(recipient, locale))
    .replace("{what}", what.map((one) => inWords(shared, one)).join(", "))
    .replace("{purpose}", inWords(sharedFor, purpose))
    .replace("{basis}", bases[basis])
    .replace("{times}", counted(same.length, words.times, locale))
    .replace("{when}", dayText(when, locale))
    .replace(/\.\.$/, ".")
}
