import type { SearchAnswer, SearchEngine, SearchQuery, Suggestion } from "@mila/search"
import { Worker } from "node:worker_threads"

export type ThreadData = { url: string; role: string | null }
export type Asked =
  | { what: "search"; id: number; query: SearchQuery }
  | { what: "suggest"; id: number; query: Parameters<SearchEngine["suggest"]>[0] }
  | { what: "follow"; id: number }
  | { what: "close" }
export type Told =
  | { what: "ready" }
  | { what: "answer"; id: number; answer: string | void }
  | { what: "failed"; id: number; message: string }
  | { what: "error"; message: string }

const PATIENCE = { readingMs: 20_000, answerMs: 5_000 }
const BEFORE_ANOTHER_MS = 1_000

/** The search broke and is being read again, or did not answer in time: ask again in a moment. */
export class SearchAway extends Error {
  constructor() {
    super("the search is not there yet")
    this.name = "SearchAway"
  }
}

type Waiting = { resolve(answer: unknown): void; reject(error: Error): void; late: NodeJS.Timeout }
type Options = { url: string; role?: string | null; onError: (error: Error) => void; patience?: typeof PATIENCE }

/**
 * The search index of this process in a thread of its own. Questions wait while it reads for the first time: right after a start a page is rather late than empty.
 * A thread that breaks is started again; until it has read everything anew questions are told so at once. Errors of questions: SearchAway.
 */
export class SearchThread implements SearchEngine {
  readonly #options: Options
  readonly #waiting = new Map<number, Waiting>()
  readonly #queued: Asked[] = []
  #id = 0
  #state: "reading" | "ready" | "broken" = "reading"
  #closed = false
  #thread: Worker | undefined

  constructor(options: Options) {
    this.#options = options
  }

  /** Begins to read the catalogue, if that has not begun yet; the first question does it too. */
  start(): void {
    this.#thread ??= this.#open()
  }

  search(query: SearchQuery): Promise<SearchAnswer> {
    return this.#ask((id) => ({ what: "search", id, query }))
  }

  suggest(query: Parameters<SearchEngine["suggest"]>[0]): Promise<Suggestion> {
    return this.#ask((id) => ({ what: "suggest", id, query }))
  }

  /** Reads what changed, now: for tests and for who has just written something. */
  follow(): Promise<void> {
    return this.#ask((id) => ({ what: "follow", id }))
  }

  async close(): Promise<void> {
    this.#closed = true
    const thread = this.#thread
    if (!thread) return
    thread.ref() // until it is gone
    thread.postMessage({ what: "close" } satisfies Asked)
    await Promise.race([new Promise((gone) => thread.once("exit", gone)), new Promise((late) => setTimeout(late, 2_000).unref())])
    await thread.terminate()
  }

  #open(): Worker {
    const { url, role = null, onError } = this.#options
    const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData: { url, role } satisfies ThreadData, execArgv: [] })
    worker.unref()
    worker.on("message", (told: Told) => this.#hear(told))
    worker.on("error", onError)
    worker.on("exit", () => {
      this.#state = "broken"
      this.#thread = undefined
      this.#queued.length = 0
      for (const { reject, late } of this.#waiting.values()) {
        clearTimeout(late)
        reject(new SearchAway())
      }
      this.#waiting.clear()
      if (!this.#closed) setTimeout(() => this.#closed || this.start(), BEFORE_ANOTHER_MS).unref()
    })
    return worker
  }

  #hear(told: Told): void {
    if (told.what === "error") return this.#options.onError(new Error(told.message))
    if (told.what === "ready") {
      this.#state = "ready"
      for (const asked of this.#queued.splice(0)) this.#thread?.postMessage(asked)
      return
    }
    const waiter = this.#waiting.get(told.id)
    if (!waiter) return
    this.#waiting.delete(told.id)
    clearTimeout(waiter.late)
    if (told.what === "answer") waiter.resolve(told.answer && JSON.parse(told.answer))
    else waiter.reject(new Error(told.message))
  }

  #ask<Answer>(asked: (id: number) => Asked): Promise<Answer> {
    if (this.#state === "broken") return Promise.reject(new SearchAway())
    this.start()
    const isReady = this.#state === "ready"
    const { readingMs, answerMs } = this.#options.patience ?? PATIENCE
    const id = (this.#id += 1)
    return new Promise<Answer>((resolve, reject) => {
      const late = setTimeout(
        () => {
          this.#waiting.delete(id)
          reject(new SearchAway())
        },
        isReady ? answerMs : readingMs,
      )
      this.#waiting.set(id, { resolve, reject, late })
      if (isReady) this.#thread!.postMessage(asked(id))
      else this.#queued.push(asked(id))
    })
  }
}
