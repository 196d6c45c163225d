import { type Day, dayText, type Locale, momentText, money, numberText } from "@mila/kernel"
import type { DataSection, PersonalData } from "@mila/papers"
import { COPY_WORDS, type CopyWords } from "./copy-words.ts"
import type { Everything } from "./everything.ts"
import { recipientName } from "./recipient-names.ts"

/** What it takes to say a part of it. */
type Saying = { words: CopyWords; locale: Locale; moment: (at: Date) => string }

/** Everything we hold of a person, as a paper that is read from its beginning to its end. */
export function copyPaper(everything: Everything, locale: Locale): PersonalData {
  const words = COPY_WORDS[locale]
  const saying = { words, locale, moment: (at: Date) => momentText(at, locale) }
  const sections = [
    ...whoTheyAre(everything, saying),
    ...whatTheyHave(everything, saying),
    ...whatTheySaid(everything, saying),
    ...whatTheyAgreedTo(everything, saying),
    ...whatWasDone(everything, saying),
    ...whereTheyAre(everything, saying),
  ]
  return { chain: words.chain, title: words.title, madeAt: everything.madeAt, sections }
}

const inWords = (words: Readonly<Record<string, string>>, code: string): string => (Object.hasOwn(words, code) ? words[code]! : code)

const table = (
  { title, says, columns }: { title: string; says?: string; columns: readonly string[] },
  rows: readonly (readonly (string | null | undefined)[])[],
): DataSection => ({
  title,
  ...(says === undefined ? {} : { explanation: says }),
  table: { columns, rows: rows.map((row) => row.map((cell) => cell ?? "")) },
})

/** Of one line below the other those that say something. */
const lines = (...said: (string | null | undefined | false)[]): string => said.filter(Boolean).join(". ")

function whoTheyAre({ person, representative, history, merges, leaving }: Everything, { words, locale, moment }: Saying): DataSection[] {
  const who = words.who
  const born = person?.birthday
  const bornOn = born && (`2024-${String(born.month).padStart(2, "0")}-${String(born.day).padStart(2, "0")}` as Day)
  const rows: [string, string][] = [
    [who.name, [person?.name?.family, person?.name?.given, person?.name?.patronymic].filter(Boolean).join(" ") || who.none],
    [who.phone, person?.phone ?? who.none],
    [who.email, person?.email ?? who.none],
    [who.birthday, bornOn ? dayText(bornOn, locale, bornOn) : who.none],
    [who.language, who.languages[person?.locale ?? locale]],
    [who.since, person ? moment(person.registeredAt) : who.none],
    ...(representative ? [[who.representative, representedBy(representative, { words, locale, moment })] as [string, string]] : []),
    ...(leaving ? [[who.leaves, moment(leaving.leavesAt)] as [string, string]] : []),
  ]
  const hand = (by: string) => inWords(words.hands, by.split(":")[0]!)
  const changed = history.toReversed().map(({ what, at, by }) => [moment(at), inWords(words.changes, what), hand(by)])
  const joined = merges.map(({ mergedAt, undoneAt }) => [moment(mergedAt), undoneAt ? words.undone.replace("{at}", moment(undoneAt)) : ""])
  return [
    { title: who.title, explanation: who.says, rows },
    table(words.history, changed),
    ...(joined.length > 0 ? [table(words.merges, joined)] : []),
  ]
}

function representedBy(
  { name, phone, agreedAt, sixteenOn }: NonNullable<Everything["representative"]>,
  { words: { who }, locale, moment }: Saying,
): string {
  const says = who.represented.replace("{name}", name ?? who.none).replace("{phone}", phone ?? who.none)
  return says.replace("{at}", moment(agreedAt)).replace("{day}", dayText(sixteenOn, locale))
}

function whatTheyHave({ cards, points, statement, receipts, pointsClaims }: Everything, { words, locale, moment }: Saying): DataSection[] {
  const { purse } = words
  const held = cards.map(({ number, kind, state, issuer, issuedAt }) => [
    [words.cardKinds[kind], number, issuer].filter(Boolean).join(" "),
    words.cardStates[state],
    moment(issuedAt),
  ])
  const rows = (["available", "pending", "held", "owed"] as const).map((part): [string, string] => [
    purse[part],
    numberText(points?.[part] ?? 0, locale),
  ])
  const moves = statement.map(({ occurredAt, text, receipt, balance }) => [
    moment(occurredAt),
    text ?? (receipt ? `${words.receiptKinds[receipt.kind]}, ${money(receipt.totalMinor, locale)}` : ""),
    numberText(balance.available, locale),
  ])
  const bought = receipts.map((receipt) => [
    moment(receipt.soldAt),
    lines(`${words.receiptKinds[receipt.kind]}, ${receipt.shopName}`, thingsOn(receipt.body)),
    money(receipt.totalMinor, locale),
  ])
  const asked = pointsClaims.map(({ askedAt, soldOn, totalMinor, fiscalUid, state }) => [
    moment(askedAt),
    `${fiscalUid}, ${dayText(soldOn, locale)}, ${money(totalMinor, locale)}`,
    words.claimStates[state],
  ])
  return [
    table(words.cards, held),
    { title: purse.title, explanation: purse.says, rows },
    table(words.moves, moves),
    table(words.receipts, bought),
    table(words.pointsClaims, asked),
  ]
}

/** What was sold on a receipt, as its till called it. */
function thingsOn(body: Record<string, unknown> | null): string {
  const sold = (body?.["lines"] ?? []) as readonly { name?: string; sku?: string }[]
  return sold.flatMap(({ name, sku }) => name ?? sku ?? []).join("; ")
}

function whatTheySaid({ reviews, favourites, priceClaims }: Everything, { words, locale, moment }: Saying): DataSection[] {
  const written = reviews.map(({ writtenAt, thing, stars, text, state, answer }) => [
    moment(writtenAt),
    lines(`${thing}: ${"★".repeat(stars)}`, text, answer && `${words.answer} ${answer}`),
    words.reviewStates[state],
  ])
  const liked = favourites.flatMap(({ name, items }) => items.map(({ thing, addedAt }) => [name, thing, moment(addedAt)]))
  const claimed = priceClaims.map(({ claimId, shown, tillMinor, madeAt, answer }) => [
    moment(madeAt),
    lines(`№ ${claimId}: ${shown.name[locale]}`, words.atTheTill.replace("{sum}", money(tillMinor, locale))),
    answer,
  ])
  return [table(words.reviews, written), table(words.favourites, liked), table(words.priceClaims, claimed)]
}

function whatTheyAgreedTo({ consents, renewals, wishes, requests }: Everything, { words, locale, moment }: Saying): DataSection[] {
  const agreed = consents.map(({ title, what, version, at, means, by, holdsUntil }) => [
    moment(at),
    `${title}, ${words.version.replace("{version}", String(version))}`,
    lines(
      `${words.consentActs[what]}: ${words.means[means]}${by.startsWith("representative:") ? `, ${words.hands.representative}` : ""}`,
      what === "given" && holdsUntil && words.until.replace("{at}", moment(holdsUntil)),
    ),
  ])
  const declined = renewals.map(({ title, version, answer, at }) => [
    moment(at),
    `${title}, ${words.version.replace("{version}", String(version))}`,
    words.renewals[answer],
  ])
  const { title, none } = words.wishes
  const quiet =
    wishes?.quiet && words.wishes.hours.replace("{from}", String(wishes.quiet.fromHour)).replace("{until}", String(wishes.quiet.untilHour))
  const wished: [string, string][] = [
    [words.wishes.quiet, quiet || none],
    [words.wishes.most, wishes?.mostAWeek === null || wishes === null ? none : String(wishes.mostAWeek)],
  ]
  const asked = requests.map(({ kind, essence, madeAt, due, state, answer }) => [
    moment(madeAt),
    lines(words.requestKinds[kind], essence !== words.requestKinds[kind] && essence, answer && `${words.answer} ${answer}`),
    state === "open" ? words.due.replace("{day}", dayText(due, locale)) : words.requestStates[state],
  ])
  return [table(words.consents, agreed), table(words.renewals, declined), { title, rows: wished }, table(words.requests, asked)]
}

function whatWasDone({ disclosures, looks, messages }: Everything, { words, locale, moment }: Saying): DataSection[] {
  const told = disclosures.map(({ recipient, purpose, basis, what, at }) => [
    moment(at),
    `${recipientName(recipient, locale)}: ${what.map((one) => inWords(words.shared, one)).join(", ")}`,
    `${inWords(words.sharedFor, purpose)}, ${words.bases[basis]}`,
  ])
  const looked = looks.map(({ staffId, what, at }) => [moment(at), what, words.staff.replace("{id}", String(staffId))])
  const sent = messages.map(({ channel, subject, text, queuedAt, forgotten }) => [
    moment(queuedAt),
    forgotten ? "—" : lines(subject, text),
    words.channels[channel],
  ])
  return [table(words.disclosures, told), table(words.looks, looked), table(words.messages, sent)]
}

function whereTheyAre({ sessions, passkeys, notifications, passes }: Everything, { words, moment }: Saying): DataSection[] {
  const { places } = words
  const seen = [
    ...sessions.map(({ device, startedAt, seenAt }) => [`${places.session}: ${device}`, moment(startedAt), moment(seenAt)]),
    ...passkeys.map(({ name, madeAt, usedAt }) => [`${places.passkey}: ${name}`, moment(madeAt), usedAt && moment(usedAt)]),
    ...notifications.map(({ service, madeAt }) => [`${places.notifications}: ${service}`, moment(madeAt), null]),
    ...passes.map(({ kind, cardNumber, madeAt }) => [`${places[kind]}: ${cardNumber}`, moment(madeAt), null]),
  ]
  return [table(places, seen)]
}
