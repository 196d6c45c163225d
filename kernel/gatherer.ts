/** The queue is full: the caller is told at once and comes back later. */
export class Overloaded extends Error {
  constructor() {
    super("too much is waiting")
    this.name = "Overloaded"
  }
}

type Waiting<Request, Answer> = {
  request: Request
  keys: readonly (string | number)[]
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

export type Gatherer<Request, Answer> = {
  /** Settles `request` together with whatever else is waiting; its answer or error is its own. */
  submit(request: Request): Promise<Answer>
  readonly waiting: number
}

/**
 * Group commit: requests that arrive while a batch is under way leave together in the next one. Nobody waits for a timer.
 * At most one request of a key rides in a batch, and a key never rides in two batches at once, so a batch can be settled
 * set-wise. A batch that throws is split in halves until the culprit stands alone; its neighbours succeed.
 *
 * `settle` must answer in the order of its requests, and must be repeatable: what failed half-way was rolled back.
 */
export function gatherer<Request, Answer>({
  settle,
  keysOf,
  most = 32, // measured: two batches of 32 in flight settle half as much again as two of 64
  flights = 2,
  mostWaiting = 5_000,
  isWorthSplitting = () => true,
}: {
  settle: (requests: Request[]) => Promise<Answer[]>
  keysOf: (request: Request) => readonly (string | number)[]
  most?: number
  flights?: number
  mostWaiting?: number
  /** an error that hits everybody alike (the database is away) is not searched for a culprit */
  isWorthSplitting?: (error: unknown) => boolean
}): Gatherer<Request, Answer> {
  let queue: Waiting<Request, Answer>[] = []
  const busy = new Set<string | number>()
  let flying = 0
  let scheduled = false

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    // callers freed by the last batch get to queue again first: batches stay full
    setImmediate(() => {
      scheduled = false
      while (flying < flights && queue.length > 0) {
        const batch = board()
        if (batch.length === 0) return
        void fly(batch)
      }
    })
  }

  function board(): Waiting<Request, Answer>[] {
    const batch: Waiting<Request, Answer>[] = []
    const left: Waiting<Request, Answer>[] = []
    for (const waiting of queue) {
      if (batch.length < most && !waiting.keys.some((key) => busy.has(key))) {
        for (const key of waiting.keys) busy.add(key)
        batch.push(waiting)
      } else left.push(waiting)
    }
    queue = left
    return batch
  }

  async function fly(batch: Waiting<Request, Answer>[]): Promise<void> {
    flying += 1
    try {
      await settleOrSplit(batch)
    } finally {
      flying -= 1
      for (const { keys } of batch) for (const key of keys) busy.delete(key)
      schedule()
    }
  }

  async function settleOrSplit(batch: Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await settle(batch.map(({ request }) => request))
      batch.forEach(({ resolve }, place) => resolve(answers[place]!))
    } catch (error) {
      if (batch.length === 1 || !isWorthSplitting(error)) {
        for (const { reject } of batch) reject(error)
        return
      }
      const middle = batch.length >> 1
      await settleOrSplit(batch.slice(0, middle))
      await settleOrSplit(batch.slice(middle))
    }
  }

  return {
    submit(request) {
      if (queue.length >= mostWaiting) return Promise.reject(new Overloaded())
      return new Promise((resolve, reject) => {
        queue.push({ request, keys: keysOf(request), resolve, reject })
        schedule()
      })
    },
    get waiting() {
      return queue.length
    },
  }
}
