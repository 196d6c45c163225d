import { cardsOf } from "@mila/cards"
import { dayText, type Locale, momentText, money, pointsText, type Tx } from "@mila/kernel"
import { balancesOf } from "@mila/ledger"
import { memberHistory, personOf, sessionsOf } from "@mila/members"
import { statement } from "@mila/membership"
import { outboxOf } from "@mila/messages"
import type { DataSection, PersonalData } from "@mila/papers"
import { consentHistory, disclosuresOf, requestsOf } from "@mila/privacy"
import { receiptsOf } from "@mila/tills"
import { CARD } from "../card/words.ts"
import { DEVICES } from "../devices/words.ts"
import { RECEIPTS } from "../receipts/words.ts"
import { SUBSCRIPTIONS } from "../subscriptions/words.ts"
import { FRAME } from "../../words/frame.ts"
import { DATA } from "./words.ts"

const MOST = 1_000

/** Everything we hold of a person; codes are nobody's to keep. */
export async function everythingOf(tx: Tx, { memberId, locale, at }: { memberId: number; locale: Locale; at: Date }) {
  return {
    madeAt: at,
    person: (await personOf(tx, memberId)) ?? null,
    history: await memberHistory(tx, memberId),
    cards: await cardsOf(tx, memberId),
    points: (await balancesOf(tx, [memberId])).get(memberId) ?? null,
    statement: await statement(tx, { memberId, most: MOST, locale }),
    receipts: await receiptsOf(tx, { memberId, most: MOST }),
    consents: await consentHistory(tx, memberId),
    disclosures: await disclosuresOf(tx, { memberId, since: new Date(0) }),
    requests: await requestsOf(tx, memberId),
    sessions: await sessionsOf(tx, { memberId, at }),
    messages: (await outboxOf(tx, { memberId, most: MOST })).filter(({ template }) => template !== "confirmation_code"),
  }
}

type Everything = Awaited<ReturnType<typeof everythingOf>>

/** The same, to be read. */
export function asPaper(everything: Everything, locale: Locale): PersonalData {
  const words = DATA[locale]
  const [cards, devices, receipts, subscriptions] = [CARD[locale], DEVICES[locale], RECEIPTS[locale], SUBSCRIPTIONS[locale]]
  const moment = (at: Date) => momentText(at, locale)
  const { person, points } = everything
  const table = (title: string, columns: string[], rows: string[][]): DataSection => ({ title, table: { columns, rows } })
  return {
    chain: FRAME[locale].brand,
    title: words.title,
    madeAt: everything.madeAt,
    sections: [
      {
        title: words.who,
        rows: [
          [words.name, [person?.name?.family, person?.name?.given, person?.name?.patronymic].filter(Boolean).join(" ")],
          [words.phone, person?.phone ?? words.none],
          [words.email, person?.email ?? words.none],
          [FRAME[locale].points, pointsText(points?.available ?? 0, locale)],
        ],
      },
      table(
        cards.cards,
        [cards.number, cards.name],
        everything.cards.map(({ number, kind, state }) => [number ?? "", `${cards.kinds[kind]}, ${cards.states[state]}`]),
      ),
      table(
        receipts.title,
        [receipts.receipt, receipts.total],
        everything.receipts.map(({ soldAt, kind, totalMinor }) => [`${receipts[kind]}, ${moment(soldAt)}`, money(totalMinor, locale)]),
      ),
      table(
        words.consents,
        [words.consents, words.history],
        everything.consents.map(({ purpose, what, at, means }) => [purpose, `${words.what[what]}, ${moment(at)}, ${words.means[means]}`]),
      ),
      table(
        words.shared,
        [words.shared, words.history],
        everything.disclosures.map(({ recipient, what, at }) => [`${recipient}: ${what.join(", ")}`, moment(at)]),
      ),
      table(
        words.requests,
        [words.kind, words.history],
        everything.requests.map(({ kind, madeAt, due }) => [words.kinds[kind], `${moment(madeAt)} – ${dayText(due, locale)}`]),
      ),
      table(
        devices.sessions,
        [devices.title, words.history],
        everything.sessions.map(({ device, seenAt }) => [device, moment(seenAt)]),
      ),
      table(
        subscriptions.last,
        [subscriptions.title, words.history],
        everything.messages.map(({ subject, text, queuedAt }) => [subject ?? text, moment(queuedAt)]),
      ),
    ],
  }
}
