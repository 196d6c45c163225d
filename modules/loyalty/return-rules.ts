import { portion } from "@mila/kernel"

/** Of `whole` (points or kopecks of a line), how much belongs to the first `returnedMilli` of `soldMilli` that came back. Down, until all is back. */
export function partReturned(whole: number, returnedMilli: number, soldMilli: number): number {
  return portion(whole, returnedMilli, soldMilli)
}

/**
 * What one return takes of a line: the part that belongs to everything returned by now, less what earlier returns took. It depends on how
 * much came back, not on how often somebody came, so slicing gains nobody a kopeck and the last slice makes it the whole, exactly.
 */
export function sliceOf(
  whole: number,
  { soldMilli, beforeMilli, nowMilli, taken }: { soldMilli: number; beforeMilli: number; nowMilli: number; taken: number },
): number {
  return Math.max(0, partReturned(whole, beforeMilli + nowMilli, soldMilli) - taken)
}
