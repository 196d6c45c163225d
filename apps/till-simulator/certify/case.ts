import { isDeepStrictEqual } from "node:util"
import type { Answer } from "../till-client.ts"
import type { Kit } from "./kit.ts"

/** What a case cannot do without; a kit that lacks it skips the case and says so. */
export type Need =
  /** a member's card number */
  | "card"
  /** a phone enrolled for that card: its rotating codes */
  | "proof"
  /** points that can be used at once */
  | "points"
  /** a card that is blocked */
  | "blockedCard"
  /** the rules the golden figures were written for: one point in a hundred kopecks for everything, 30 % of a receipt by points */
  | "referenceProgramme"

/** One thing a till must be able to rely on. */
export type Case = { id: string; title: string; needs: readonly Need[]; run(kit: Kit): Promise<void> }

/** The server did not answer as the contract says. */
class Unexpected extends Error {
  constructor(what: string, expected: unknown, got: unknown) {
    super(`${what}: expected ${shown(expected)}, got ${shown(got)}`)
    this.name = "Unexpected"
  }
}

/** Compares as the contract does: names, order and types of everything named. */
export function same(what: string, got: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(got, expected)) throw new Unexpected(what, expected, got)
}

export function holds(what: string, truth: boolean, got: unknown = truth): void {
  if (!truth) throw new Unexpected(what, "to hold", got)
}

/** The status, told with the whole answer when it is another one. */
export function answered(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Unexpected("status", status, `${answer.status} ${answer.text.slice(0, 300)}`)
  return answer
}

/** A problem (RFC 9457) with this status and stable code, made for programs and for people. */
export function refused(answer: Answer, status: number, code: string): Answer {
  answered(answer, status)
  same("code", answer.body?.code, code)
  holds(
    "content-type is application/problem+json",
    /^application\/problem\+json/.test(String(answer.headers["content-type"])),
    answer.headers["content-type"],
  )
  for (const field of ["type", "title", "detail", "requestId"])
    holds(`${field} is a text`, typeof answer.body[field] === "string", answer.body[field])
  same("status inside", answer.body.status, status)
  return answer
}

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value))
