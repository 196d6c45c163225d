import { randomUUID } from "node:crypto"
import { setTimeout as wait } from "node:timers/promises"
import { type Answer, call, type EnrolledTill } from "./till-client.ts"
import { NoAnswer } from "./transport.ts"

export type Asking = { key?: string; language?: string }

export type SteadyOptions = {
  /** the till's own clock, right or wrong */
  clock?: () => Date
  /** patience with one try */
  timeoutMs?: number
  /** patience with all tries together; then NoAnswer is thrown and the outcome is unknown */
  patienceMs?: number
  /** hears of every try, answered or not */
  onTry?: (tried: { path: string; key: string; status: number | null }) => void
}

/**
 * A till as it should be built: it repeats under the same key until it is answered, waits as long as it is told to, and learns the server's time
 * when its own clock is too far off to sign with. What it repeats has the same body, only the signature is new.
 */
export class SteadyTill {
  readonly enrolled: EnrolledTill
  readonly #options: Required<SteadyOptions>
  #aheadMs = 0

  constructor(
    enrolled: EnrolledTill,
    { clock = () => new Date(), timeoutMs = 2_500, patienceMs = 30_000, onTry = () => undefined }: SteadyOptions = {},
  ) {
    this.enrolled = enrolled
    this.#options = { clock, timeoutMs, patienceMs, onTry }
  }

  /** The time as this till knows it, corrected by what the server told. */
  now(): Date {
    return new Date(this.#options.clock().getTime() + this.#aheadMs)
  }

  get(path: string, { language }: Asking = {}): Promise<Answer> {
    return this.#steadily("GET", path, undefined, { key: "", ...(language ? { language } : {}) })
  }

  /** Sends a write until it is answered; the answer may be a no. Errors: NoAnswer. */
  post(path: string, body: object, { key = randomUUID(), language }: Asking = {}): Promise<Answer> {
    const { storeCode, tillNo } = this.enrolled
    return this.#steadily("POST", path, { storeCode, tillNo, ...body }, { key, ...(language ? { language } : {}) })
  }

  async #steadily(
    method: "GET" | "POST",
    path: string,
    body: object | undefined,
    { key, language }: { key: string; language?: string },
  ): Promise<Answer> {
    const { timeoutMs, patienceMs, onTry } = this.#options
    const deadline = performance.now() + patienceMs
    for (let tries = 1; ; tries += 1) {
      const once = {
        method,
        path,
        at: this.now(),
        timeoutMs,
        ...(key ? { key } : {}),
        ...(language ? { language } : {}),
        ...(body ? { body } : {}),
      }
      const answer = await call(this.enrolled, once).catch((error: unknown) => (error instanceof NoAnswer ? error : Promise.reject(error)))
      onTry({ path, key, status: answer instanceof NoAnswer ? null : answer.status })
      const pauseMs = answer instanceof NoAnswer ? pauseAfter(tries) : this.#pauseOf(answer, tries)
      if (pauseMs === null) return answer as Answer
      if (performance.now() + pauseMs > deadline) {
        if (answer instanceof NoAnswer) throw answer
        return answer
      }
      await wait(pauseMs)
    }
  }

  /** How long to wait before the same is asked again; null when this is the answer. */
  #pauseOf({ status, body, headers }: Answer, tries: number): number | null {
    if (status === 429 && body?.code !== "too_many_requests") return null // a budget of the business, not of the line
    if (status === 429 || status === 503 || (status === 409 && body?.code === "in_flight")) {
      return Math.max(Number(headers["retry-after"] ?? 0) * 1_000, pauseAfter(tries) / 2)
    }
    if (status === 502 || status === 504) return pauseAfter(tries)
    if (status === 401 && body?.code === "signature_expired" && body.serverTime && tries < 3) {
      this.#aheadMs = Date.parse(body.serverTime) - this.#options.clock().getTime()
      return 0
    }
    return null
  }
}

const pauseAfter = (tries: number): number => Math.min(2_000, 40 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random() / 2)
