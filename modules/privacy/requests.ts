import { addDays, addWorkingDays, type Day, dayIn, looksLikeBankCardNumber, MINSK, statement, type Tx, workingDayBy } from "@mila/kernel"
import type { Actor } from "./consents.ts"
import { refuse } from "./refusals.ts"
import { recordStep } from "./request-history.ts"
import type { Ground, RequestKind, RequestState } from "./states.ts"

export type LegalRequest = {
  requestId: number
  memberId: number
  kind: RequestKind
  essence: string
  madeAt: Date
  /** the last day on which it may be answered, in Minsk */
  due: Day
  state: RequestState
  /** the clerk who works on it */
  takenBy: Actor | null
  takenAt: Date | null
  /** why it was refused */
  ground: Ground | null
  answer: string | null
  answeredAt: Date | null
}

/**
 * How long each may take (Law 99-З, articles 10–13): information five working days, everything else fifteen days. The law knows no extension: what cannot be
 * done in time is refused with its reason, or blocked instead of deleted (decision 0021).
 */
export const CLOCKS: Readonly<Record<RequestKind, { days: number; working: boolean }>> = {
  information: { days: 5, working: true },
  disclosures: { days: 15, working: false },
  correction: { days: 15, working: false },
  withdrawal: { days: 15, working: false },
  deletion: { days: 15, working: false },
}

const LONGEST = 2_000
const LONGEST_ANSWER = 20_000

type Row = Omit<LegalRequest, "essence" | "answer"> & { essence: Buffer; answer: Buffer | null }

const COLUMNS = `id "requestId", member_id "memberId", kind, essence, made_at "madeAt", due::text due, state, taken_by "takenBy", taken_at "takenAt", ground, answer, answered_at "answeredAt"`

const moved = statement<{ day: Day; is_work: boolean }>(
  "privacy.moved_days",
  "select day::text as day, is_work from privacy.moved_day order by day",
)
const forgetMoved = statement("privacy.forget_moved", "delete from privacy.moved_day where day = $1")
const insertMoved = statement("privacy.insert_moved", "insert into privacy.moved_day (day, is_work) values ($1, $2)")
const alone = statement("privacy.requests_alone", "select pg_advisory_xact_lock(7265020, $1::int)")
const sameOpen = statement<{ id: number }>(
  "privacy.same_open",
  "select id from privacy.request where member_id = any ($1::bigint[]) and kind = $2 and state = 'open'",
)
const insert = statement<{ id: number }>(
  "privacy.request",
  "insert into privacy.request (member_id, kind, essence, made_at, made_by, due) values ($1, $2, $3, $4, $5, $6) returning id",
)
const settle = statement<{ id: number }>(
  "privacy.answer",
  `update privacy.request set state = $2, answer = $3, answered_at = $4, answered_by = $5, ground = $6
    where id = $1 and state = 'open' and ($7 or taken_by is null or taken_by = $5) returning id`,
)
const take = statement<{ id: number }>(
  "privacy.take",
  `update privacy.request set taken_by = $2, taken_at = $3
    where id = $1 and state = 'open' and ($4 or taken_by is null or taken_by = $2) returning id`,
)
const one = statement<Row>("privacy.one_request", `select ${COLUMNS} from privacy.request where id = $1`)
const ofMember = statement<Row>(
  "privacy.requests",
  `select ${COLUMNS} from privacy.request where member_id = any ($1::bigint[]) order by id desc limit 200`,
)
const found = statement<Row>(
  "privacy.find_requests",
  `select ${COLUMNS} from privacy.request
    where ($1::text is null or state = $1) and ($2::date is null or due < $2) and ($3::bigint[] is null or member_id = any ($3)) order by due, id limit $4`,
)
const counted = statement<RequestCounts>(
  "privacy.count_requests",
  `select count(*)::int open, count(*) filter (where due < $1::date)::int late, count(*) filter (where due = $1::date)::int "dueToday",
     count(*) filter (where taken_by is null)::int untaken from privacy.request where state = 'open'`,
)

type Making = { memberId: number; became?: readonly number[]; kind: RequestKind; essence: string; at: Date; by: Actor }

/**
 * Takes an application and starts its clock: the last day is counted from the next one, in Minsk, and when nobody works then, it is the working day
 * before. `became`: who became this member, and may have asked the same. Refuses `request_open` while the same is asked and not answered, `bank_card_number`.
 */
export async function makeRequest(
  tx: Tx,
  { memberId, became = [], kind, essence, at, by }: Making,
): Promise<{ requestId: number; due: Day }> {
  const text = essence.trim().slice(0, LONGEST)
  if (looksLikeBankCardNumber(text)) refuse("bank_card_number")
  await alone(tx, [memberId])
  if ((await sameOpen(tx, [[memberId, ...became], kind])).length > 0) refuse("request_open", { kind })
  const due = await dueDay(tx, { kind, at })
  const [made] = await insert(tx, [memberId, kind, tx.secrets.seal("privacy.request", text), at, by, due])
  await recordStep(tx, made!.id, { what: "made", at, by })
  return { requestId: made!.id, due }
}

/**
 * A clerk says that they work on a request; `overtake` takes it from whoever had it before. Repeating it is harmless.
 * Refuses `request_unknown`, `request_answered`, `request_taken`.
 */
export async function takeRequest(
  tx: Tx,
  { requestId, overtake = false, at, by }: { requestId: number; overtake?: boolean; at: Date; by: Actor },
): Promise<void> {
  if ((await take(tx, [requestId, by, at, overtake])).length === 0) await refuseAs(tx, requestId)
  await recordStep(tx, requestId, { what: "taken", at, by })
}

/** Writes down a day the Council of Ministers moved, or takes it back (`isWork` null); requests that were made before keep their day. */
export async function moveDay(tx: Tx, { day, isWork }: { day: Day; isWork: boolean | null }): Promise<void> {
  await forgetMoved(tx, [day])
  if (isWork !== null) await insertMoved(tx, [day, isWork])
}

/** Days that are worked or free against the rule, in order. */
export async function movedDays(tx: Tx): Promise<{ day: Day; isWork: boolean }[]> {
  return (await moved(tx, [])).map(({ day, is_work }) => ({ day, isWork: is_work }))
}

type Answering = { requestId: number; answer: string; at: Date; by: Actor } & ({ state: "answered" } | { state: "refused"; ground: Ground })

/**
 * Answers an application, or refuses it with a ground and in words, once, and only by who took it, if somebody did.
 * Refuses `request_unknown`, `request_answered`, `request_taken`, `bank_card_number`.
 */
export async function answerRequest(tx: Tx, { requestId, answer, at, by, ...said }: Answering): Promise<void> {
  if (looksLikeBankCardNumber(answer)) refuse("bank_card_number")
  const sealed = tx.secrets.seal("privacy.request", answer.trim().slice(0, LONGEST_ANSWER))
  const ground = said.state === "refused" ? said.ground : null
  const settled = await settle(tx, [requestId, said.state, sealed, at, by, ground, by === "system"])
  if (settled.length === 0) await refuseAs(tx, requestId)
  await recordStep(tx, requestId, { what: said.state, at, by })
}

async function refuseAs(tx: Tx, requestId: number): Promise<never> {
  const [there] = await one(tx, [requestId])
  return refuse(there === undefined ? "request_unknown" : there.state === "open" ? "request_taken" : "request_answered")
}

/** One request with what was written in it. Refuses `request_unknown`. */
export async function requestById(tx: Tx, requestId: number): Promise<LegalRequest> {
  const [row] = await one(tx, [requestId])
  return opened(tx, row ?? refuse("request_unknown"))
}

/** What these members applied for, the latest first. */
export async function requestsOf(tx: Tx, memberIds: readonly number[]): Promise<LegalRequest[]> {
  return (await ofMember(tx, [memberIds])).map((row) => opened(tx, row))
}

/** Requests, the most urgent first: in one state, past their day (`lateOn`: the day it is), of some members, if asked. */
export async function findRequests(
  tx: Tx,
  {
    state = null,
    lateOn = null,
    memberIds = null,
    most,
  }: { state?: RequestState | null; lateOn?: Day | null; memberIds?: readonly number[] | null; most: number },
): Promise<LegalRequest[]> {
  return (await found(tx, [state, lateOn, memberIds, most])).map((row) => opened(tx, row))
}

export type RequestCounts = { open: number; late: number; dueToday: number; untaken: number }

/** How many wait, and how many of them too long. */
export async function countRequests(tx: Tx, { today }: { today: Day }): Promise<RequestCounts> {
  return (await counted(tx, [today]))[0]!
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
