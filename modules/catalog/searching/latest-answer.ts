/**
 * Many ask the same at once: each gets an answer that was asked for after it came, and no more than one question is on its way, with one behind it.
 */
export class LatestAnswer<Answer> {
  readonly #ask: () => Promise<Answer>
  #underWay: Promise<Answer> | undefined
  #next: Promise<Answer> | undefined

  constructor(ask: () => Promise<Answer>) {
    this.#ask = ask
  }

  /** Errors: what the question throws, to each who waits for it. */
  now(): Promise<Answer> {
    if (!this.#underWay) return (this.#underWay = this.#asked())
    return (this.#next ??= this.#underWay.then(...again(() => this.#begin())))
  }

  #begin(): Promise<Answer> {
    this.#next = undefined
    return (this.#underWay = this.#asked())
  }

  #asked(): Promise<Answer> {
    const asked = this.#ask().finally(() => {
      if (this.#underWay === asked) this.#underWay = undefined
    })
    return asked
  }
}

/** Whether it went well or not. */
const again = <Result>(go: () => Promise<Result>): [() => Promise<Result>, () => Promise<Result>] => [go, go]
