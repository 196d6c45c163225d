/**
 * A bucket of tokens a key: `perSecond` flow in, a burst of two seconds' worth fits. Answers how many seconds to wait, or 0. Kept in the process:
 * a till talks to one process at a time, and a second process at worst doubles the pace.
 */
export function pace({ perSecond, mostKeys = 50_000 }: { perSecond: number; mostKeys?: number }): (key: string | number) => number {
  const buckets = new Map<string | number, { tokens: number; at: number }>()
  const most = perSecond * 2
  return (key) => {
    const at = performance.now()
    let bucket = buckets.get(key)
    if (!bucket) {
      if (buckets.size >= mostKeys) buckets.clear()
      buckets.set(key, (bucket = { tokens: most, at }))
    }
    bucket.tokens = Math.min(most, bucket.tokens + ((at - bucket.at) / 1000) * perSecond)
    bucket.at = at
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond))
    bucket.tokens -= 1
    return 0
  }
}
