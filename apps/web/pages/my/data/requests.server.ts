import { type Day, dayIn, dayText, inTransaction, type Locale, MINSK, momentText } from "@mila/kernel"
import { fileOwnRequest } from "@mila/membership"
import type { LegalRequest } from "@mila/privacy"
import { refusalOf } from "../../parts/flow.server.ts"
import type { Refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { DESK } from "./desk-words.ts"
import { DATA } from "./words.ts"

const FOLDED_FROM = 300

/** An application with its clock, and its answer; a long one is folded. */
export function requestShown(request: LegalRequest, { locale, today }: { locale: Locale; today: Day }) {
  const { requestId, kind, state, due, answer, answeredAt, madeAt } = request
  const said = stateSaid(request, locale)
    .replace("{day}", dayText(due, locale, today))
    .replace("{when}", answeredAt ? momentText(answeredAt, locale, today) : "")
  return {
    ...{ requestId, answer, state: said },
    title: DATA[locale].kinds[kind],
    when: momentText(madeAt, locale, today),
    isLong: (answer?.length ?? 0) > FOLDED_FROM,
    hasCopy: kind === "information" && state === "answered",
    appeal: state === "refused" ? DESK[locale].appeal : null,
  }
}

/** Where a request stands: whether somebody works on it, and why it was refused. */
function stateSaid({ state, takenBy, ground }: Pick<LegalRequest, "state" | "takenBy" | "ground">, locale: Locale): string {
  const [words, desk] = [DATA[locale], DESK[locale]]
  if (state === "open") return takenBy === null ? words.states.open : desk.taken
  return ground === null ? words.states[state] : `${words.states.refused}: ${desk.grounds[ground]}`
}

/** `atHand`: what was asked for by an application, and one touch does at once. */
export type Answer = { refused?: Refused; atHand?: { kind: "withdrawal" | "deletion"; essence: string } }

/** An application: answered at once where we hold the answer, and shown what does it at once where something does. */
export async function filing(
  { db, filed, essence }: { db: MemberVisit["db"]; filed: Parameters<typeof fileOwnRequest>[1]; essence: string },
  back: (done: string) => Response,
): Promise<Response | Answer> {
  const { kind, locale, at } = filed
  try {
    const { state, due } = await inTransaction(db, (tx) => fileOwnRequest(tx, filed))
    return back(state === "answered" ? "answered" : `due:${dayText(due, locale, dayIn(MINSK, at))}`)
  } catch (error) {
    if ((kind === "withdrawal" || kind === "deletion") && refusalOf(error) === "request_at_hand") return { atHand: { kind, essence } }
    throw error
  }
}
