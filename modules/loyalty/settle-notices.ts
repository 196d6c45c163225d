import { addDays, type Day, dayIn, MINSK, statement, type Tx } from "@mila/kernel"
import { contactsOf } from "@mila/members"
import type { Channel, Settled } from "@mila/messages"
import { noticedBefore, rememberTold } from "./notice-rows.ts"
import { sendReminder } from "./reminder-message.ts"
import { programmeAt } from "./versions.ts"

type Waiting = { notice_id: number; member_id: number; message_id: number; channel: Channel }
type LotRow = { notice_id: number; lot_id: number; expires_on: Day; points: number }

const lockWaiting = statement<Waiting>(
  "loyalty.lock_notices",
  `select notice_id, member_id, message_id, channel from loyalty.expiry_notice
    where message_id = any ($1::bigint[]) and state = 'waiting' order by notice_id for update`,
)
const lotsOf = statement<LotRow>(
  "loyalty.lots_of_notices",
  "select notice_id, lot_id, expires_on, points from loyalty.noticed_lot where notice_id = any ($1::bigint[]) order by notice_id, lot_id",
)
const end = statement<never>(
  "loyalty.end_notices",
  `update loyalty.expiry_notice n set state = e.state, settled_at = $3, channel = case e.state when 'offered' then null else channel end,
          message_id = case e.state when 'offered' then null else message_id end
     from unnest($1::bigint[], $2::text[]) e(notice_id, state) where n.notice_id = e.notice_id`,
)
const NEXT: Partial<Record<Channel, "sms" | "email">> = { push: "sms", sms: "email" }

const resend = statement<never>(
  "loyalty.resend_notice",
  "update loyalty.expiry_notice set channel = $2, message_id = $3 where notice_id = $1",
)

/**
 * What follows when messages are settled: of a reminder that was delivered the ledger learns that its lots may expire. One that failed goes by
 * the next way there is: a notification by SMS, an SMS by e-mail; when there is none left it is *offered* only: it stands in the account and is said at the till. Either way the
 * lots live at least `leastDays` more. Messages about something else are left alone; hearing it twice is harmless.
 */
export async function settleNotices(tx: Tx, { settled, at }: { settled: readonly Settled[]; at: Date }): Promise<void> {
  const waiting = await lockWaiting(tx, [settled.map(({ messageId }) => messageId)])
  if (waiting.length === 0) return
  const sent = new Set(settled.filter(({ outcome }) => outcome === "sent").map(({ messageId }) => messageId))
  const { leastDays } = (await programmeAt(tx, at)).programme.reminders
  const today = dayIn(MINSK, at)
  const lots = await lotsOf(tx, [waiting.map(({ notice_id }) => notice_id)])

  const ended: { notice: Waiting; state: "delivered" | "offered" }[] = []
  for (const notice of waiting) {
    if (sent.has(notice.message_id)) ended.push({ notice, state: "delivered" })
    else if (!(await sentAgain(tx, notice, { lots, soonest: addDays(today, leastDays), at }))) ended.push({ notice, state: "offered" })
  }
  const ids = ended.map(({ notice }) => notice.notice_id)
  await end(tx, [ids, ended.map(({ state }) => state), at])
  const holders = new Map(ended.map(({ notice }) => [notice.notice_id, notice.member_id]))
  const told = lots.flatMap(({ notice_id, lot_id }) => {
    const memberId = holders.get(notice_id)
    return memberId === undefined ? [] : [{ memberId, lotId: lot_id }]
  })
  await rememberTold(tx, { lots: told, leastDays, at })
}

/** Sends a reminder that failed by the next way there is; false when there is none. */
async function sentAgain(
  tx: Tx,
  { notice_id, member_id, channel }: Waiting,
  { lots, soonest, at }: { lots: readonly LotRow[]; soonest: Day; at: Date },
): Promise<boolean> {
  const by = NEXT[channel]
  const contact = by && (await contactsOf(tx, [member_id])).get(member_id)
  if (!contact || (by === "email" && contact.email === null)) return false
  const theirs = lots.filter((lot) => lot.notice_id === notice_id)
  const before = await noticedBefore(
    tx,
    theirs.map(({ lot_id }) => lot_id),
  )
  const expiring = theirs.map(({ lot_id, expires_on, points }) => {
    const isProlonged = expires_on < soonest && !(before.get(lot_id) ?? []).some(({ settled }) => settled)
    return { day: isProlonged ? soonest : expires_on, points }
  })
  if (expiring.length === 0) return false
  const next = await sendReminder(tx, { contact, channel: by, expiring, at })
  await resend(tx, [notice_id, next.channel, next.messageId])
  return true
}
