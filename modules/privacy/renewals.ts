import { addDays, dayIn, MINSK, statement, together, type Tx } from "@mila/kernel"
import { currentTexts } from "./publish-texts.ts"
import { NEEDED, PURPOSES, type Purpose } from "./purposes.ts"

/** So many days before its term is over a consent is asked for anew; and so long rests what the contract rests on when somebody says «not now». */
export const RENEWAL_RULES = { daysBefore: 30, restDays: 14 }

/**
 * Why a consent is asked for anew: there is `none` on record of what the contract rests on, its wording `changed`, its term is `ending` or has `ended`.
 */
export type RenewalReason = "none" | "changed" | "ending" | "ended"

/** A consent to be asked for anew. It blocks nothing: until it is answered, what was agreed to holds as it did. */
export type Renewal = {
  purpose: Purpose
  why: RenewalReason
  /** the wording in force */
  version: number
  /** the one that was agreed to, to say what changed; null when it is the same, or there was none */
  before: number | null
  /** when the consent there was ends, or ended */
  holdsUntil: Date | null
  /** the contract rests on it */
  isNeeded: boolean
  /** they said «not now»: it is shown where one looks for it, and not announced */
  rests: boolean
}

/** What somebody said where they were asked anew and did not agree. */
type RenewalAnswer = { purpose: Purpose; version: number; answer: "no" | "later"; at: Date }

type Last = { id: number; purpose: Purpose; what: "given" | "withdrawn"; version: number; holdsUntil: Date | null }
type Answered = { purpose: Purpose; version: number; consentId: number | null; at: Date }

const last = statement<Last>(
  "privacy.last_consents",
  `select distinct on (purpose) id, purpose, what, version, holds_until "holdsUntil" from privacy.consent_event
    where member_id = $1 order by purpose, id desc`,
)
const answered = statement<Answered>(
  "privacy.last_answers",
  `select distinct on (purpose) purpose, version, consent_id "consentId", at from privacy.asked_again where member_id = $1 order by purpose, id desc`,
)
const everyAnswer = statement<RenewalAnswer>(
  "privacy.renewal_answers",
  "select purpose, version, answer, at from privacy.asked_again where member_id = $1 order by id desc",
)
const insert = statement(
  "privacy.answer_renewal",
  "insert into privacy.asked_again (member_id, purpose, version, consent_id, answer, at) values ($1, $2, $3, $4, $5, $6)",
)

/**
 * What a member is to be asked for anew, what the contract rests on first: a wording that changed, a term that ends within thirty days or has passed. What was
 * withdrawn is not asked for, and of what rests on consent nothing twice that was answered, or waved away.
 */
export async function renewalsOf(tx: Tx, member: { memberId: number; at: Date }): Promise<Renewal[]> {
  return (await renewals(tx, member)).map(({ renewal }) => renewal)
}

/**
 * Somebody was asked for consents anew and did not agree: `no`, or `later`, which for advertising is the same. What they agreed to before holds as it did. What is
 * not asked for is passed over.
 */
export async function answerRenewals(
  tx: Tx,
  { memberId, purposes, answer, at }: { memberId: number; purposes: readonly Purpose[]; answer: "no" | "later"; at: Date },
): Promise<void> {
  for (const { renewal, consentId } of await renewals(tx, { memberId, at })) {
    if (!purposes.includes(renewal.purpose) || renewal.rests) continue
    await insert(tx, [memberId, renewal.purpose, renewal.version, consentId, answer, at])
  }
}

/** Everything a member said where they were asked anew and did not agree, the latest first. */
export function renewalAnswers(tx: Tx, memberId: number): Promise<RenewalAnswer[]> {
  return everyAnswer(tx, [memberId])
}

/** Whether a consent with a term of its own may be given anew at this moment, though it holds. */
export function endsSoon(holdsUntil: Date | null, at: Date): boolean {
  return holdsUntil !== null && dayIn(MINSK, holdsUntil) <= addDays(dayIn(MINSK, at), RENEWAL_RULES.daysBefore)
}

async function renewals(
  tx: Tx,
  { memberId, at }: { memberId: number; at: Date },
): Promise<{ renewal: Renewal; consentId: number | null }[]> {
  const [texts, lasts, answers] = await together([currentTexts(tx, "ru", at), last(tx, [memberId]), answered(tx, [memberId])])
  const given = new Map(lasts.map((one) => [one.purpose, one]))
  const said = new Map(answers.map((one) => [one.purpose, one]))
  const purposes = [...NEEDED, ...(Object.keys(PURPOSES) as Purpose[]).filter((purpose) => PURPOSES[purpose].basis === "consent")]
  return purposes.flatMap((purpose) => {
    const [there, version] = [given.get(purpose), texts.get(purpose)?.version]
    const isNeeded = PURPOSES[purpose].basis === "contract"
    const why = version === undefined ? null : reasonFor(there, { version, isNeeded, at })
    if (version === undefined || why === null) return []
    const answer = said.get(purpose)
    const isSaid = answer !== undefined && answer.consentId === (there?.id ?? null) && (answer.version === version || why === "ended")
    if (isSaid && !isNeeded) return []
    const rests = isSaid && dayIn(MINSK, at) < addDays(dayIn(MINSK, answer.at), RENEWAL_RULES.restDays)
    const before = there && there.version !== version ? there.version : null
    return [
      { renewal: { purpose, why, version, before, holdsUntil: there?.holdsUntil ?? null, isNeeded, rests }, consentId: there?.id ?? null },
    ]
  })
}

function reasonFor(
  there: Last | undefined,
  { version, isNeeded, at }: { version: number; isNeeded: boolean; at: Date },
): RenewalReason | null {
  if (there === undefined || there.what === "withdrawn") return isNeeded ? "none" : null // who took it back is not asked
  if (there.holdsUntil !== null && there.holdsUntil < at) return "ended"
  if (there.version !== version) return "changed"
  return endsSoon(there.holdsUntil, at) ? "ending" : null
}
