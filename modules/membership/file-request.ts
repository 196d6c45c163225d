import { addDays, dayIn, type Locale, MINSK, type Tx } from "@mila/kernel"
import { answerRequest, type LegalRequest, requestById, requestHistory, type RequestKind } from "@mila/privacy"
import { disclosuresFor, informationFor } from "./answer-at-once.ts"
import { makeOwnRequest, ownRequests } from "./own-requests.ts"
import { refuse } from "./refusals.ts"

/** So long after an answer of the system the same application is one for a clerk: the answer was not enough. */
const ENOUGH_DAYS = 30

type Filing = { memberId: number; kind: RequestKind; essence: string; anyway: boolean; locale: Locale; at: Date }

/**
 * A member files an application. What the system itself holds is answered in this very transaction: what is processed of them, and whom it went to; who asks the
 * same again within thirty days is answered by a clerk. Refuses `request_at_hand` for what one touch in the account does at once, unless they want it filed `anyway`,
 * and what makeOwnRequest does.
 */
export async function fileOwnRequest(tx: Tx, { memberId, kind, essence, anyway, locale, at }: Filing): Promise<LegalRequest> {
  if (!anyway && (kind === "withdrawal" || kind === "deletion")) refuse("request_at_hand", { kind })
  const answered = await wasAnsweredAtOnce(tx, { memberId, kind, at })
  const { requestId } = await makeOwnRequest(tx, { memberId, kind, essence, at, by: `member:${memberId}` })
  const answer = answered ? null : await answerAtOnce(tx, { memberId, kind, locale, at })
  if (answer !== null) await answerRequest(tx, { requestId, state: "answered", answer, at, by: "system" })
  return requestById(tx, requestId)
}

async function answerAtOnce(
  tx: Tx,
  { kind, ...asked }: { memberId: number; kind: RequestKind; locale: Locale; at: Date },
): Promise<string | null> {
  if (kind === "information") return informationFor(tx, asked)
  return kind === "disclosures" ? disclosuresFor(tx, asked) : null
}

async function wasAnsweredAtOnce(tx: Tx, { memberId, kind, at }: { memberId: number; kind: RequestKind; at: Date }): Promise<boolean> {
  const since = addDays(dayIn(MINSK, at), -ENOUGH_DAYS)
  const lately = (await ownRequests(tx, memberId)).find(
    (one) => one.kind === kind && one.answeredAt !== null && dayIn(MINSK, one.answeredAt) >= since,
  )
  if (!lately) return false
  return (await requestHistory(tx, lately.requestId)).some(({ what, by }) => what === "answered" && by === "system")
}
