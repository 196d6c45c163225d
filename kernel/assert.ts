/** A broken assertion is a bug, never a business answer; assertions stay on in production. */
export function assert(truth: unknown, saying: string): asserts truth {
  if (!truth) throw new Error(`assertion failed: ${saying}`)
}
