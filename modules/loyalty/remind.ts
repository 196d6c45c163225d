import { addDays, type Day, dayIn, daysBetween, MINSK, type Tx } from "@mila/kernel"
import { type Lot, lotsExpiring } from "@mila/ledger"
import { type Contact, contactsOf } from "@mila/members"
import { claimLots, keepNotice, noticedBefore, rememberTold } from "./notice-rows.ts"
import { type ExpiringPoints, sendReminder } from "./reminder-message.ts"
import { dueOf, farthestTold } from "./reminder-rules.ts"
import { pushPlacesOf } from "@mila/messages"
import { programmeAt } from "./versions.ts"

type Reminders = { daysBefore: readonly number[]; leastDays: number; pushCounts?: boolean | undefined }

/** A lot and the programme's distance at which its member is to be told of it now. */
type DueLot = Lot & { daysBefore: number }

type Notice = { noticeId: number; memberId: number; points: number; lots: DueLot[] }

/**
 * One step of the daily reminder: members after `after` whose points end soon are told, each in one notice that sums points and days. A notice
 * waits in the outbox in this very transaction, and its lots may expire only when it was delivered (`settleNotices`). Who cannot be told (nobody
 * knows them, or they left) is *offered* it: it stands in the account and is said at the till, and the lot lives at least `leastDays` more.
 * A lot is told of once at each of the programme's distances: running it twice, or in two processes, tells nobody twice. `last` null: all passed.
 */
export async function remindOfExpiry(
  tx: Tx,
  { at, after, most }: { at: Date; after: number; most: number },
): Promise<{ last: number | null; notices: number; offered: number; points: number }> {
  const { reminders } = (await programmeAt(tx, at)).programme
  const today = dayIn(MINSK, at)
  const lots = await lotsExpiring(tx, { until: addDays(today, farthestTold(reminders.daysBefore)), after, most })
  const { due, toldBefore } = await sorted(tx, lots, { today, reminders })
  const notices = noticesFor(await claimLots(tx, due))
  const contacts = await contactsOf(
    tx,
    notices.map(({ memberId }) => memberId),
  )
  for (const notice of notices) await tell(tx, notice, { contact: contacts.get(notice.memberId), reminders, today, at })

  const offered = notices.filter(({ memberId }) => !contacts.has(memberId))
  const told = [...offered.flatMap((notice) => notice.lots), ...toldBefore]
  await rememberTold(tx, { lots: told, leastDays: reminders.leastDays, at })
  return {
    ...{ last: lots.at(-1)?.memberId ?? null, notices: notices.length - offered.length, offered: offered.length },
    points: notices.reduce((sum, { points }) => sum + points, 0),
  }
}

/** Which lots are to be told of, and which were told of while they were set aside or before they were restored, so that the ledger does not know. */
async function sorted(
  tx: Tx,
  lots: readonly Lot[],
  { today, reminders }: { today: Day; reminders: Reminders },
): Promise<{ due: DueLot[]; toldBefore: Lot[] }> {
  const before = await noticedBefore(
    tx,
    lots.map(({ lotId }) => lotId),
  )
  const known = lots.map((lot) => {
    const told = (before.get(lot.lotId) ?? []).filter(({ expiresOn }) => expiresOn >= lot.expiresOn)
    return {
      ...lot,
      left: daysBetween(today, lot.expiresOn),
      told: told.map(({ daysBefore }) => daysBefore),
      settled: told.some(isSettled),
    }
  })
  return {
    due: [...Map.groupBy(known, ({ memberId }) => memberId).values()].flatMap((theirs) => dueOf(theirs, reminders.daysBefore)),
    toldBefore: known.filter(({ remindedOn, settled }) => remindedOn === null && settled),
  }
}

const isSettled = ({ settled }: { settled: boolean }): boolean => settled

function noticesFor(claimed: readonly { lot: DueLot; noticeId: number }[]): Notice[] {
  return [...Map.groupBy(claimed, ({ noticeId }) => noticeId)].map(([noticeId, theirs]) => {
    const lots = theirs.map(({ lot }) => lot)
    return { noticeId, memberId: lots[0]!.memberId, lots, points: lots.reduce((sum, { remaining }) => sum + remaining, 0) }
  })
}

async function tell(
  tx: Tx,
  { noticeId, memberId, points, lots }: Notice,
  { contact, reminders, today, at }: { contact: Contact | undefined; reminders: Reminders; today: Day; at: Date },
): Promise<void> {
  const soonest = addDays(today, reminders.leastDays)
  const expiring = lots.map(({ expiresOn, remindedOn, remaining }): ExpiringPoints => {
    const prolonged = remindedOn === null && expiresOn < soonest
    return { day: prolonged ? soonest : expiresOn, points: remaining }
  })
  const sent = contact ? await sendReminder(tx, { contact, channel: reminders.pushCounts ? "push" : "sms", expiring, at }) : null
  if (contact && !reminders.pushCounts && (await pushPlacesOf(tx, [contact.memberId])).size > 0)
    await sendReminder(tx, { contact, channel: "push", expiring, at }) // beside the one that counts
  await keepNotice(tx, { noticeId, memberId, points, firstDay: firstOf(expiring), sent, at })
}

const firstOf = (expiring: readonly ExpiringPoints[]): Day =>
  expiring.reduce((first, { day }) => (day < first ? day : first), expiring[0]!.day)
