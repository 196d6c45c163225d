import { addDays, addWorkingDays, type Day, dayIn, looksLikeBankCardNumber, MINSK, statement, type Tx, workingDayBy } from "@mila/kernel"
import type { Actor } from "./consents.ts"
import { refuse } from "./refusals.ts"
import type { RequestKind, RequestState } from "./states.ts"

export type LegalRequest = {
  requestId: number
  memberId: number
  kind: RequestKind
  essence: string
  madeAt: Date
  /** the last day on which it may be answered, in Minsk */
  due: Day
  state: RequestState
  answer: string | null
  answeredAt: Date | null
}

/** How long each may take (Law 99-З, articles 10–13): information five working days, everything else fifteen days. */
export const CLOCKS: Readonly<Record<RequestKind, { days: number; working: boolean }>> = {
  information: { days: 5, working: true },
  disclosures: { days: 15, working: false },
  correction: { days: 15, working: false },
  withdrawal: { days: 15, working: false },
  deletion: { days: 15, working: false },
}

const LONGEST = 2_000

type Row = Omit<LegalRequest, "essence" | "answer"> & { essence: Buffer; answer: Buffer | null }

const COLUMNS = `id "requestId", member_id "memberId", kind, essence, made_at "madeAt", due::text due, state, answer, answered_at "answeredAt"`

const moved = statement<{ day: Day; is_work: boolean }>("privacy.moved_days", "select day::text as day, is_work from privacy.moved_day")
const alone = statement("privacy.requests_alone", "select pg_advisory_xact_lock(7265020, $1::int)")
const sameOpen = statement<{ id: number }>(
  "privacy.same_open",
  "select id from privacy.request where member_id = $1 and kind = $2 and state = 'open'",
)
const insert = statement<{ id: number }>(
  "privacy.request",
  "insert into privacy.request (member_id, kind, essence, made_at, made_by, due) values ($1, $2, $3, $4, $5, $6) returning id",
)
const settle = statement<{ id: number }>(
  "privacy.answer",
  "update privacy.request set state = $2, answer = $3, answered_at = $4, answered_by = $5 where id = $1 and state = 'open' returning id",
)
const known = statement<{ id: number }>("privacy.request_known", "select id from privacy.request where id = $1")
const ofMember = statement<Row>(
  "privacy.requests",
  `select ${COLUMNS} from privacy.request where member_id = $1 order by id desc limit 200`,
)
const open = statement<Row>(
  "privacy.open_requests",
  `select ${COLUMNS} from privacy.request where state = 'open' order by due, id limit 500`,
)

/**
 * Takes an application and starts its clock: the last day is counted from the next one, in Minsk, and when nobody works then, it is the working day
 * before. Refuses `request_open` while the same is asked and not answered, `bank_card_number`.
 */
export async function makeRequest(
  tx: Tx,
  { memberId, kind, essence, at, by }: { memberId: number; kind: RequestKind; essence: string; at: Date; by: Actor },
): Promise<{ requestId: number; due: Day }> {
  const text = essence.trim().slice(0, LONGEST)
  if (looksLikeBankCardNumber(text)) refuse("bank_card_number")
  await alone(tx, [memberId])
  if ((await sameOpen(tx, [memberId, kind])).length > 0) refuse("request_open", { kind })
  const due = await dueDay(tx, { kind, at })
  const [made] = await insert(tx, [memberId, kind, tx.secrets.seal("privacy.request", text), at, by, due])
  return { requestId: made!.id, due }
}

/** Answers an application, or refuses it with a reason, once. Refuses `request_unknown`, `request_answered`, `bank_card_number`. */
export async function answerRequest(
  tx: Tx,
  { requestId, state, answer, at, by }: { requestId: number; state: "answered" | "refused"; answer: string; at: Date; by: Actor },
): Promise<void> {
  if (looksLikeBankCardNumber(answer)) refuse("bank_card_number")
  const sealed = tx.secrets.seal("privacy.request", answer.trim().slice(0, LONGEST))
  if ((await settle(tx, [requestId, state, sealed, at, by])).length > 0) return
  refuse((await known(tx, [requestId])).length > 0 ? "request_answered" : "request_unknown")
}

/** What a member applied for, the latest first. */
export async function requestsOf(tx: Tx, memberId: number): Promise<LegalRequest[]> {
  return (await ofMember(tx, [memberId])).map((row) => opened(tx, row))
}

/** What waits for an answer, the most urgent first. */
export async function openRequests(tx: Tx): Promise<LegalRequest[]> {
  return (await open(tx, [])).map((row) => opened(tx, row))
}

async function dueDay(tx: Tx, { kind, at }: { kind: RequestKind; at: Date }): Promise<Day> {
  const { days, working } = CLOCKS[kind]
  const isWork = new Map((await moved(tx, [])).map(({ day, is_work }) => [day, is_work]))
  const made = dayIn(MINSK, at)
  return working ? addWorkingDays(made, days, isWork) : workingDayBy(addDays(made, days), isWork)
}

const opened = (tx: Tx, row: Row): LegalRequest => ({
  ...row,
  essence: tx.secrets.open("privacy.request", row.essence),
  answer: row.answer && tx.secrets.open("privacy.request", row.answer),
})
