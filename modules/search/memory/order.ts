/**
 * The rows from `offset` on, `limit` of them, highest key first, lowest row first among equals. Only as much is sorted as is shown: a heap of what was best
 * so far.
 */
export function best(rows: Uint32Array, keys: Float64Array, { offset, limit }: { offset: number; limit: number }): number[] {
  const wanted = Math.min(rows.length, offset + limit)
  if (wanted <= offset) return []
  const worse = (one: number, other: number): boolean =>
    keys[one]! < keys[other]! || (keys[one] === keys[other] && rows[one]! > rows[other]!)
  const heap: number[] = [] // places, the worst on top
  const sink = (from: number): void => {
    for (let at = from; ;) {
      const left = 2 * at + 1
      let least = at
      if (left < heap.length && worse(heap[left]!, heap[least]!)) least = left
      if (left + 1 < heap.length && worse(heap[left + 1]!, heap[least]!)) least = left + 1
      if (least === at) return
      ;[heap[at], heap[least]] = [heap[least]!, heap[at]!]
      at = least
    }
  }
  for (let place = 0; place < rows.length; place += 1) {
    if (heap.length < wanted) {
      heap.push(place)
      if (heap.length === wanted) for (let at = wanted >> 1; at >= 0; at -= 1) sink(at)
    } else if (worse(heap[0]!, place)) {
      heap[0] = place
      sink(0)
    }
  }
  return heap
    .toSorted((one, other) => (worse(one, other) ? 1 : -1))
    .slice(offset)
    .map((place) => rows[place]!)
}
