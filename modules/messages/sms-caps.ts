import { type Day, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import type { OutboxMessage } from "./outbox.ts"
import { classOf, isCode } from "./templates.ts"

/** The most SMS a day (Minsk): to one number, to one range of a hundred thousand numbers, in all. */
export type SmsCaps = { perNumber: number; perPrefix: number; perDay: number }

export const SMS_CAPS: SmsCaps = { perNumber: 15, perPrefix: 3_000, perDay: 30_000 }

/** Which cap stopped a message, as it stands in the outbox. */
export type CapReached = "cap_number" | "cap_prefix" | "cap_day"

type Scope = "number" | "prefix" | "day"
type Count = { scope: Scope; key: string }

/** How much of a cap each may use, in per cent: codes go through when advertising has long been stopped. */
const SHARES = { code: 100, service: 90, legal: 90, advertising: 70 }
const PREFIX_LENGTH = "+3752912".length

const make = statement(
  "messages.make_sms_counts",
  `insert into messages.sms_count (day, scope, key) select $1, scope, key from unnest($2::text[], $3::text[]) wanted(scope, key) order by scope, key
   on conflict (day, scope, key) do nothing`,
)
const lock = statement<{ scope: Scope; key: string; sent: number }>(
  "messages.lock_sms_counts",
  `select scope, key, sent from messages.sms_count where day = $1 and (scope, key) in (select * from unnest($2::text[], $3::text[]))
    order by scope, key for update`,
)
const add = statement(
  "messages.add_sms_counts",
  `update messages.sms_count c set sent = c.sent + a.sent, stopped = c.stopped + a.stopped
     from unnest($2::text[], $3::text[], $4::int[], $5::int[]) a(scope, key, sent, stopped) where c.day = $1 and c.scope = a.scope and c.key = a.key`,
)
const ofDay = statement<{ sent: number; stopped: number; scope: Scope; highest: number }>(
  "messages.sms_of_day",
  `select scope, sum(sent)::int sent, sum(stopped)::int stopped, max(sent)::int highest from messages.sms_count where day = $1 group by scope`,
)
const forget = statement<{ key: string }>("messages.forget_sms_counts", "delete from messages.sms_count where day < $1 returning key")

/**
 * Takes room for SMS about to be sent, and says which may not go, and what stopped each. Counted in the database for all senders together; a message that is tried
 * again is not counted again. Codes come before everything else of the same step.
 */
export async function takeSmsRoom(
  tx: Tx,
  messages: readonly OutboxMessage[],
  { caps, at }: { caps: SmsCaps; at: Date },
): Promise<Map<number, CapReached>> {
  const stopped = new Map<number, CapReached>()
  const sms = messages
    .filter(({ channel, tries }) => channel === "sms" && tries <= 1)
    .toSorted((one, other) => shareOf(other) - shareOf(one))
  if (sms.length === 0) return stopped
  const day = dayIn(MINSK, at)
  const counts = sms.flatMap((message) => countsOf(tx, message))
  const names = [...new Map(counts.map((count) => [nameOf(count), count])).values()]
  const columns = [names.map(({ scope }) => scope), names.map(({ key }) => key)]
  await make(tx, [day, ...columns])
  const sent = new Map((await lock(tx, [day, ...columns])).map((row) => [nameOf(row), row.sent]))
  const added = new Map(names.map((count) => [nameOf(count), { sent: 0, stopped: 0 }]))
  for (const message of sms) {
    const theirs = countsOf(tx, message)
    const full = theirs.find((count) => (sent.get(nameOf(count)) ?? 0) >= roomIn(count.scope, { message, caps }))
    if (full) {
      stopped.set(message.messageId, `cap_${full.scope}`)
      added.get(nameOf(full))!.stopped += 1
      continue
    }
    for (const count of theirs.map(nameOf)) {
      sent.set(count, (sent.get(count) ?? 0) + 1)
      added.get(count)!.sent += 1
    }
  }
  const sums = names.map((count) => added.get(nameOf(count))!)
  await add(tx, [day, ...columns, sums.map((one) => one.sent), sums.map((one) => one.stopped)])
  return stopped
}

export type SmsToday = {
  day: Day
  sent: number
  /** messages that did not go because of the cap of a number, of a range, of the day */
  stopped: { number: number; prefix: number; day: number }
  /** the most one range was sent */
  highestPrefix: number
}

/** How many SMS went on the day of `at`, and how many were stopped. */
export async function smsToday(tx: Tx, at: Date): Promise<SmsToday> {
  const day = dayIn(MINSK, at)
  const rows = new Map((await ofDay(tx, [day])).map((row) => [row.scope, row]))
  const stopped = (scope: Scope): number => rows.get(scope)?.stopped ?? 0
  return {
    ...{ day, sent: rows.get("day")?.sent ?? 0, highestPrefix: rows.get("prefix")?.highest ?? 0 },
    stopped: { number: stopped("number"), prefix: stopped("prefix"), day: stopped("day") },
  }
}

/** Forgets the counts of days before `before`. Answers how many. */
export const forgetSmsCounts = async (tx: Tx, { before }: { before: Day }): Promise<number> => (await forget(tx, [before])).length

function countsOf(tx: Tx, { to }: OutboxMessage): Count[] {
  return [
    { scope: "number", key: tx.secrets.hmac("message-sms-count", to).toString("hex") },
    { scope: "prefix", key: to.slice(0, PREFIX_LENGTH) },
    { scope: "day", key: "" },
  ]
}

const nameOf = ({ scope, key }: Count): string => `${scope} ${key}`

const shareOf = ({ template }: OutboxMessage): number => (isCode(template) ? SHARES.code : SHARES[classOf(template)])

function roomIn(scope: Scope, { message, caps }: { message: OutboxMessage; caps: SmsCaps }): number {
  const cap = { number: caps.perNumber, prefix: caps.perPrefix, day: caps.perDay }[scope]
  return Math.max(1, Math.floor((cap * shareOf(message)) / 100))
}
