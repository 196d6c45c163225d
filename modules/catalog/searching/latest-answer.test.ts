import assert from "node:assert/strict"
import { test } from "node:test"
import { LatestAnswer } from "./latest-answer.ts"

test("whoever comes while a question is on its way gets an answer that was asked for later, together with all who came meanwhile", async () => {
  let asked = 0
  const latest = new LatestAnswer(async () => {
    asked += 1
    const number = asked
    await new Promise((wake) => setTimeout(wake, 5))
    return number
  })
  assert.deepEqual(await Promise.all([latest.now(), latest.now(), latest.now()]), [1, 2, 2])
  assert.equal(await latest.now(), 3)
})

test("a question that failed is told to who waited for it and to nobody after", async () => {
  let asked = 0
  const latest = new LatestAnswer(() => ((asked += 1) === 1 ? Promise.reject(new Error("away")) : Promise.resolve(asked)))
  const [first, second] = await Promise.allSettled([latest.now(), latest.now()])
  assert.equal(first?.status, "rejected")
  assert.deepEqual(second, { status: "fulfilled", value: 2 })
  assert.equal(await latest.now(), 3)
})
