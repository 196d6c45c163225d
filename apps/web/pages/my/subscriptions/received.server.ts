import { dayIn, inTransaction, type Locale, MINSK, momentText } from "@mila/kernel"
import { idsOf } from "@mila/members"
import { classOf, isCode, type OutboxMessage, outboxOf } from "@mila/messages"
import { isPurpose } from "@mila/privacy"
import type { MemberVisit } from "../../visit-context.ts"
import { SUBSCRIPTIONS, type SubscriptionWords } from "./words.ts"

const ON_A_PAGE = 30

/** Everything that was sent to a member and why, newest first; codes are nobody's to keep. */
export async function myMessages(visit: MemberVisit, { before }: { before: number | undefined }) {
  const { db, clock, locale, session } = visit
  const words = SUBSCRIPTIONS[locale]
  const at = clock.now()
  const found = await inTransaction(db, async (tx) =>
    outboxOf(tx, { memberId: await idsOf(tx, session.memberId), most: ON_A_PAGE + 1, ...(before === undefined ? {} : { before }) }),
  )
  const shown = found.slice(0, ON_A_PAGE)
  return {
    words,
    messages: shown.filter(({ template }) => !isCode(template)).map((message) => receivedRow(message, { words, locale, at })),
    older: found.length > ON_A_PAGE ? shown.at(-1)!.messageId : null,
  }
}

/** One message as its person may ask about it: what it was, by which channel and when, on what ground, what became of it. */
export function receivedRow(message: OutboxMessage, { words, locale, at }: { words: SubscriptionWords; locale: Locale; at: Date }) {
  const { messageId, channel, subject, text, template, queuedAt, settledAt, forgotten } = message
  const today = dayIn(MINSK, at)
  const kind = classOf(template)
  const when = momentText(settledAt ?? queuedAt, locale, today)
  return {
    messageId,
    text: forgotten ? words.forgotten : channel === "push" ? `${subject}. ${text}` : (subject ?? text),
    says: `${words[channel]} · ${when} · ${words.classes[kind]}`,
    why: consentOf(message, { words, locale }) ?? words.why[kind],
    became: becameOf(message, words),
  }
}

/** The consent that allowed it, as it stood when it was sent. */
function consentOf({ allowedBy }: OutboxMessage, { words, locale }: { words: SubscriptionWords; locale: Locale }) {
  if (!allowedBy || !isPurpose(allowedBy.purpose)) return undefined
  const { purpose, version, givenAt } = allowedBy
  const channel = words.channels[purpose as keyof typeof words.channels] ?? purpose
  return words.allowedBy
    .replace("{at}", momentText(new Date(givenAt), locale))
    .replace("{channel}", channel)
    .replace("{version}", String(version))
}

function becameOf({ state, delivery, why }: OutboxMessage, words: SubscriptionWords): string {
  if (state === "queued") return words.became.queued
  if (state === "failed") return words.notSent[why as keyof typeof words.notSent] ?? words.became.failed
  return delivery === null || delivery === "under_way" ? words.became.sent : words.became[delivery]
}
