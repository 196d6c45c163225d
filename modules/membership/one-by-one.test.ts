import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { oneByOne } from "./one-by-one.ts"

after(closeTestDatabases)

test("one for whom it fails holds up nobody behind them, a refusal means what is said of it, and what failed is thrown at the end", async () => {
  const own = await ownDb()
  const waiting = new Set([1, 2, 3, 4])
  const through: number[] = []
  const run = () =>
    oneByOne(own.db, {
      next: async (_, passedOver) => [...waiting].filter((id) => !passedOver.includes(id)).map((memberId) => ({ memberId }))[0],
      act: async (_, { memberId }) => {
        if (memberId === 1) throw new Error("a fault of ours")
        if (memberId === 2) throw new Refusal("member_left")
        waiting.delete(memberId)
        through.push(memberId)
        return "done"
      },
      refused: async (_, { memberId }) => {
        waiting.delete(memberId)
        return "dropped"
      },
    })
  await assert.rejects(run, /1 passed over, the first: Error: a fault of ours/)
  assert.deepEqual([through, [...waiting]], [[3, 4], [1]])
  waiting.clear()
  waiting.add(2).add(5)
  assert.deepEqual(await run(), ["dropped", "done"])
  await own.drop()
})
