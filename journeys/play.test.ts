import { HABITS, play } from "@mila/till-simulator"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Mila, milaUnderTest } from "./adapter.ts"

const SEED = Number(process.env["FAULT_SEED"] ?? 7)

let mila: Mila
before(async () => {
  mila = await milaUnderTest()
})
after(() => mila.stop())

test(`a day of tills over a bad network: each receipt counts once and all points add up (FAULT_SEED=${SEED})`, async () => {
  const { objections, told, faults } = await play({
    ...{ url: mila.url, key: mila.key, seed: SEED, shops: 2, tills: 2, receipts: 240, rate: 40, clock: () => mila.now() },
    habits: { ...HABITS, return: 0.16, alone: 0.3 }, // ten times a day a return comes before its sale
  })
  assert.deepEqual(objections, [])
  for (const happened of ["sale ok", "return ok", "return parked", "points earned", "points redeemed", "points clawed"])
    assert.ok((told[happened] ?? 0) > 0, happened)
  assert.ok(faults.size > 3, "the line was good: nothing is proven")
})
