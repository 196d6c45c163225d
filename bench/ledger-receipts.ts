import { addDays, dayIn, gatherer, type Gatherer, inTransaction, MINSK, points, type Db } from "@mila/kernel"
import { post, type PostingOutcome, type PostingRequest } from "@mila/ledger"

/** Receipts as the ledger sees them: three lines, two of them in a lot that opens in fourteen days and one in a lot that opens tomorrow. */
export class LedgerReceipts {
  readonly #at = new Date()
  #made = 0

  one(memberId: number): PostingRequest {
    this.#made += 1
    const today = dayIn(MINSK, this.#at)
    const sealed = { activatesOn: addDays(today, 14), expiresOn: addDays(today, 194) }
    const opened = { activatesOn: addDays(today, 1), expiresOn: addDays(today, 181) }
    return {
      ...{ reference: `receipt:${this.#made}/settled`, memberId, kind: "receipt", occurredAt: this.#at },
      earn: [
        { line: 1, points: points(12), ...sealed },
        { line: 2, points: points(7), ...sealed },
        { line: 3, points: points(25), ...opened },
      ],
      ...{ redeem: points(0), holdId: null, shortage: "refuse" },
    }
  }

  get made(): number {
    return this.#made
  }

  /** The lane that settles them together, as the tills' door does. */
  laneOf(db: Db): Gatherer<PostingRequest, PostingOutcome> {
    return gatherer<PostingRequest, PostingOutcome>({
      settle: (requests) => inTransaction(db, (tx) => post(tx, requests, { at: this.#at })),
      keysOf: ({ memberId }) => [memberId],
    })
  }
}

/** `callers` settle receipts of `anybody` through the lane for `seconds`, each again as soon as it is answered; answers the milliseconds of each. */
export async function settledFor(
  seconds: number,
  { callers, lane, next }: { callers: number; lane: Gatherer<PostingRequest, PostingOutcome>; next: () => PostingRequest },
): Promise<number[]> {
  const millis: number[] = []
  const ends = performance.now() + seconds * 1000
  const caller = async () => {
    while (performance.now() < ends) {
      const began = performance.now()
      const { status } = await lane.submit(next())
      if (status !== "posted") throw new Error(status)
      millis.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return millis
}
