import { dayText, type Locale, momentText, money, pointsText } from "@mila/kernel"
import type { Everything } from "@mila/membership"
import type { DataSection, PersonalData } from "@mila/papers"
import { CARD } from "../card/words.ts"
import { PASSKEYS } from "../devices/passkey-words.ts"
import { DEVICES } from "../devices/words.ts"
import { RECEIPTS } from "../receipts/words.ts"
import { SUBSCRIPTIONS } from "../subscriptions/words.ts"
import { FRAME } from "../../words/frame.ts"
import { PRICE } from "../../price-check/words.ts"
import { DATA } from "./words.ts"

/** Everything we hold of a person, as a paper to be read. */
export function asPaper(everything: Everything, locale: Locale): PersonalData {
  const sections = [
    whoIs(everything, locale),
    ...whatIsBought(everything, locale),
    ...whatIsAgreed(everything, locale),
    ...whatIsSent(everything, locale),
  ]
  return { chain: FRAME[locale].brand, title: DATA[locale].title, madeAt: everything.madeAt, sections }
}

const table = (title: string, columns: string[], rows: string[][]): DataSection => ({ title, table: { columns, rows } })

function whoIs({ person, points }: Everything, locale: Locale): DataSection {
  const words = DATA[locale]
  return {
    title: words.who,
    rows: [
      [words.name, [person?.name?.family, person?.name?.given, person?.name?.patronymic].filter(Boolean).join(" ")],
      [words.phone, person?.phone ?? words.none],
      [words.email, person?.email ?? words.none],
      [FRAME[locale].points, pointsText(points?.available ?? 0, locale)],
    ],
  }
}

function whatIsBought({ cards, receipts }: Everything, locale: Locale): DataSection[] {
  const [ofCards, ofReceipts] = [CARD[locale], RECEIPTS[locale]]
  const held = cards.map(({ number, kind, state }) => [number ?? "", `${ofCards.kinds[kind]}, ${ofCards.states[state]}`])
  const bought = receipts.map(({ soldAt, kind, totalMinor }) => [
    `${ofReceipts[kind]}, ${momentText(soldAt, locale)}`,
    money(totalMinor, locale),
  ])
  return [
    table(ofCards.cards, [ofCards.number, ofCards.name], held),
    table(ofReceipts.title, [ofReceipts.receipt, ofReceipts.total], bought),
  ]
}

function whatIsAgreed({ consents, disclosures, requests, priceClaims }: Everything, locale: Locale): DataSection[] {
  const words = DATA[locale]
  const moment = (at: Date) => momentText(at, locale)
  const agreed = consents.map(({ title, what, at, means }) => [title, `${words.what[what]}, ${moment(at)}, ${words.means[means]}`])
  const shared = disclosures.map(({ recipient, what, at }) => [`${recipient}: ${what.join(", ")}`, moment(at)])
  const asked = requests.map(({ kind, madeAt, due }) => [words.kinds[kind], `${moment(madeAt)} – ${dayText(due, locale)}`])
  const claimed = priceClaims.map(({ claimId, shown, answer, madeAt }) => [
    [`№ ${claimId}`, shown.name[locale], answer].filter(Boolean).join(": "),
    moment(madeAt),
  ])
  return [
    table(words.consents, [words.consents, words.history], agreed),
    table(words.shared, [words.shared, words.history], shared),
    table(words.requests, [words.kind, words.history], asked),
    table(PRICE[locale].claims, [PRICE[locale].claims, words.history], claimed),
  ]
}

function whatIsSent({ sessions, passkeys, messages }: Everything, locale: Locale): DataSection[] {
  const [devices, subscriptions, { history }] = [DEVICES[locale], SUBSCRIPTIONS[locale], DATA[locale]]
  const seen = sessions.map(({ device, seenAt }) => [device, momentText(seenAt, locale)])
  const keys = passkeys.map(({ name, madeAt, usedAt }) => [name, momentText(usedAt ?? madeAt, locale)])
  const sent = messages.map(({ subject, text, queuedAt }) => [subject ?? text, momentText(queuedAt, locale)])
  const opens = PASSKEYS[locale].title
  return [
    table(devices.sessions, [devices.title, history], seen),
    table(opens, [opens, history], keys),
    table(subscriptions.last, [subscriptions.title, history], sent),
  ]
}
