import assert from "node:assert/strict"
import { setImmediate as turn } from "node:timers/promises"
import { test } from "node:test"
import { gatherer, Overloaded } from "./gatherer.ts"

type Asked = { key: string; bad?: boolean }

/** A settler that is told when to go on, and remembers what rode together. */
function aSettler() {
  const batches: Asked[][] = []
  const gates: (() => void)[] = []
  const settle = async (asked: Asked[]): Promise<string[]> => {
    batches.push(asked)
    await new Promise<void>((open) => gates.push(open))
    if (asked.some(({ bad }) => bad)) throw new Error("bad")
    return asked.map(({ key }) => `done ${key}`)
  }
  const letOneGo = async () => {
    gates.shift()!()
    for (let turns = 0; turns < 5; turns += 1) await turn()
  }
  return { batches, gates, settle, letOneGo }
}

const keysOf = ({ key }: Asked) => [key]

test("requests that arrive while a batch is under way leave together in the next one, each with its own answer", async () => {
  const { batches, settle, letOneGo } = aSettler()
  const lane = gatherer({ settle, keysOf, flights: 1 })
  const first = lane.submit({ key: "a" })
  await turn()
  const later = ["b", "c", "d"].map((key) => lane.submit({ key }))
  await turn()
  assert.deepEqual(
    batches.map((batch) => batch.length),
    [1],
  )
  await letOneGo()
  await letOneGo()
  assert.equal(await first, "done a")
  assert.deepEqual(await Promise.all(later), ["done b", "done c", "done d"])
  assert.deepEqual(
    batches.map((batch) => batch.length),
    [1, 3],
  )
})

test("a key rides once in a batch, and never in two batches at the same time; others overtake it", async () => {
  const { batches, settle, letOneGo } = aSettler()
  const lane = gatherer({ settle, keysOf, flights: 2 })
  const all = ["a", "a", "b", "a"].map((key) => lane.submit({ key }))
  await turn()
  await turn()
  assert.deepEqual(
    batches.map((batch) => batch.map(({ key }) => key)),
    [["a", "b"]],
  )
  await letOneGo()
  await letOneGo()
  await letOneGo()
  await Promise.all(all)
  assert.deepEqual(
    batches.map((batch) => batch.map(({ key }) => key)),
    [["a", "b"], ["a"], ["a"]],
  )
})

test("one bad request fails alone: its neighbours are settled", async () => {
  const { batches, gates, settle } = aSettler()
  const lane = gatherer({ settle, keysOf, flights: 1 })
  const asked = ["a", "b", "c", "d", "e"].map((key) => lane.submit({ key, bad: key === "d" }))
  const outcomes = Promise.allSettled(asked)
  let settled = false
  void outcomes.then(() => (settled = true))
  while (!settled) {
    gates.shift()?.()
    await turn()
  }
  assert.deepEqual(
    (await outcomes).map(({ status }) => status),
    ["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"],
  )
  assert.ok(batches.length > 1)
})

test("an error that hits everybody alike is told to everybody at once, without a search", async () => {
  const { batches, settle, letOneGo } = aSettler()
  const lane = gatherer({ settle, keysOf, flights: 1, isWorthSplitting: () => false })
  const outcomes = Promise.allSettled(["a", "b", "c"].map((key) => lane.submit({ key, bad: true })))
  await turn()
  await letOneGo()
  assert.deepEqual(
    (await outcomes).map(({ status }) => status),
    ["rejected", "rejected", "rejected"],
  )
  assert.equal(batches.length, 1)
})

test("a batch is never larger than it may be, and who finds the queue full is told at once", async () => {
  const { batches, settle, letOneGo } = aSettler()
  const lane = gatherer({ settle, keysOf, most: 2, flights: 1, mostWaiting: 3 })
  const taken = ["a", "b", "c"].map((key) => lane.submit({ key }))
  await assert.rejects(lane.submit({ key: "d" }), Overloaded)
  assert.equal(lane.waiting, 3)
  await turn()
  await letOneGo()
  await letOneGo()
  await Promise.all(taken)
  assert.deepEqual(
    batches.map((batch) => batch.length),
    [2, 1],
  )
})
