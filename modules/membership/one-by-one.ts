import { type Db, inTransaction, Refusal, type Tx } from "@mila/kernel"

type Due<One, Came> = {
  /** the next one that is due, but for those passed over */
  next: (tx: Tx, passedOver: readonly number[]) => Promise<One | undefined>
  /** does it, so that it is due no more */
  act: (tx: Tx, one: One) => Promise<Came>
  /** what a refusal means for them; throws it again where it means nothing */
  refused?: (tx: Tx, one: One, refusal: Refusal) => Promise<Came>
}

/**
 * Does what is due for one member after another, a transaction each. Whoever is refused, or for whom it fails, holds up nobody behind them: they are passed
 * over, and what failed is thrown when everybody else is through. Answers what each came to.
 */
export async function oneByOne<One extends { memberId: number }, Came>(db: Db, { next, act, refused }: Due<One, Came>): Promise<Came[]> {
  const came: Came[] = []
  const failures: unknown[] = []
  const passedOver: number[] = []
  for (;;) {
    const taken: { one?: One | undefined } = {}
    try {
      const done = await inTransaction(db, async (tx) => {
        taken.one = await next(tx, passedOver)
        return taken.one && { came: await act(tx, taken.one) }
      })
      if (!done) break
      came.push(done.came)
    } catch (error) {
      const { one } = taken
      if (!one) throw error // nobody's own fault
      passedOver.push(one.memberId)
      try {
        if (!(error instanceof Refusal) || !refused) throw error
        came.push(await inTransaction(db, (tx) => refused(tx, one, error)))
      } catch (failure) {
        failures.push(failure)
      }
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} passed over, the first: ${String(failures[0])}`)
  return came
}
