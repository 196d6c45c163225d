import { setTimeout as wait } from "node:timers/promises"

/** of the time a step took */
const SHARE = 0.5

/**
 * Takes a step, and then leaves processor and disk to others for half the time it took: a receipt that comes meanwhile waits for a step, never for an import. Where a
 * disk makes steps long, rests are long.
 */
export async function thenRest<Result>(step: () => Promise<Result>): Promise<Result> {
  const began = performance.now()
  const result = await step()
  await wait((performance.now() - began) * SHARE)
  return result
}
