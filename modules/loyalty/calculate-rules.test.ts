import assert from "node:assert/strict"
import { test } from "node:test"
import { DEFAULT_PROGRAMME } from "./default-programme.ts"
import { aBasket, aCalculation, aLine, aProgramme } from "./testing.ts"

const programme = aProgramme({ pending: { days: 14, byCategory: [{ category: "body", days: 3 }] } })

test("points that come and go on the same days are one sentence, others one of their own", () => {
  const lines = [aLine({ line: 1 }), aLine({ line: 2, category: "body/soap", amount: 5_000 }), aLine({ line: 3, amount: 3_000 })]
  const { explanation, lines: counted } = aCalculation({ basket: aBasket(lines), programme })
  const dates = explanation.filter(({ code }) => code === "activates").map(({ params, points }) => [params["from"], params["to"], points])
  assert.deepEqual(dates, [
    ["2026-12-07", "2027-06-05", 50],
    ["2026-11-26", "2027-05-25", 50],
  ])
  assert.deepEqual(
    counted.map(({ earned, activatesOn, expiresOn }) => [earned, activatesOn, expiresOn]),
    [
      [20, "2026-12-07", "2027-06-05"],
      [50, "2026-11-26", "2027-05-25"],
      [30, "2026-12-07", "2027-06-05"],
    ],
  )
})

test("a line that earns nothing has no days", () => {
  const { lines, explanation } = aCalculation({ basket: aBasket([aLine({ line: 1, kind: "certificate" })]), programme: DEFAULT_PROGRAMME })
  assert.deepEqual([lines[0]!.earned, lines[0]!.activatesOn, lines[0]!.expiresOn], [0, null, null])
  assert.ok(!explanation.some(({ code }) => code === "activates"))
})

test("what is paid to the last kopeck in points counts for nothing, one kopeck more does", () => {
  const spent = (redeemed: number) => aCalculation({ redeem: { happened: redeemed as never, perLine: null } })
  assert.deepEqual([spent(2_000).turnoverMinor, spent(2_000).earned], [0, 0])
  assert.ok(spent(2_000).explanation.some(({ code }) => code === "no_money"))
  assert.deepEqual([spent(1_999).turnoverMinor, spent(1_999).explanation.some(({ code }) => code === "no_money")], [1, false])
})
