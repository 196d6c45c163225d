import { inTransaction, type Locale, momentText } from "@mila/kernel"
import { outboxOf } from "@mila/messages"
import { data } from "react-router"
import { type Loading, visitOf } from "../visit-context.ts"

const WORDS: Record<Locale, { title: string; lead: string; empty: string; sms: string; email: string; push: string }> = {
  ru: {
    title: "Что получили бы люди",
    lead: "Это демонстрация: SMS и письма никуда не отправляются, их видно здесь. На настоящей сети такой страницы нет.",
    empty: "Пока ничего.",
    sms: "SMS",
    email: "Письмо",
    push: "Уведомление",
  },
  be: {
    title: "Што атрымалі б людзі",
    lead: "Гэта дэманстрацыя: SMS і лісты нікуды не адпраўляюцца, іх відаць тут. У сапраўднай сетцы такой старонкі няма.",
    empty: "Пакуль нічога.",
    sms: "SMS",
    email: "Ліст",
    push: "Апавяшчэнне",
  },
  en: {
    title: "What people would have received",
    lead: "This is a demo: SMS and e-mails go nowhere, they are shown here. A real chain has no such page.",
    empty: "Nothing yet.",
    sms: "SMS",
    email: "E-mail",
    push: "Notification",
  },
}

/** Messages of a demo chain, codes among them. On a real chain the page does not exist. */
export async function loader(loading: Loading) {
  const { db, locale, site } = visitOf(loading)
  if (!site.demo) throw data(null, 404)
  const messages = await inTransaction(db, (tx) => outboxOf(tx, { most: 200 }))
  const words = WORDS[locale]
  return {
    words,
    messages: messages.map(({ messageId, channel, to, subject, text, queuedAt }) => ({
      messageId,
      by: words[channel],
      to,
      subject,
      text,
      at: momentText(queuedAt, locale),
    })),
  }
}

export default function Outbox({ loaderData: { words, messages } }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  return (
    <main id="main" className="page">
      <title>{words.title}</title>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {messages.length === 0 && <p>{words.empty}</p>}
      <ol className="rows">
        {messages.map(({ messageId, by, to, subject, text, at }) => (
          <li key={messageId}>
            <small className="soft">
              {by} · {to} · {at}
            </small>
            {subject && <b>{subject}</b>}
            <p className="message">{text}</p>
          </li>
        ))}
      </ol>
    </main>
  )
}
