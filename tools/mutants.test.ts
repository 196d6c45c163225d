import assert from "node:assert/strict"
import { test } from "node:test"
import { mutantsOf, mutated, sampleOf } from "./mutants.ts"

const RULE = `/** a < b */
export function most(a: number, b: number): number {
  return a < b && b > 0 ? Math.min(a, b) + 1 : a // or a + b
}
const text = "a < b"
`
const SQL = `-- a = b
create or replace function ledger.post(x int) returns int language sql as $$
  select least(x, 0) from t where a = 'x = y' and b is null for update
$$;
`

test("every lie stands in code, never in a comment or a string, and says where it is", () => {
  const found = mutantsOf("most-rules.ts", RULE)
  assert.ok(found.every(({ line, within }) => line === 3 && within === "most"))
  assert.deepEqual(
    found.map(({ was }) => was.trim()),
    ["<", "&&", ">", "0", "Math.min", "+", "1"],
  )
  const sql = mutantsOf("ledger.sql", SQL)
  assert.deepEqual(
    sql.map(({ was }) => was.trim()),
    ["least", "0", "=", "and", "is null", "for update"],
  )
  assert.ok(sql.every(({ within, line }) => within === "post" && line === 3))
})

test("a lie changes its place and nothing else", () => {
  const [first] = mutantsOf("most-rules.ts", RULE)
  assert.equal(mutated(RULE, first!), RULE.replace("return a < b", "return a <= b"))
})

test("a sample is the same for the same seed", () => {
  const all = mutantsOf("most-rules.ts", RULE)
  assert.deepEqual(sampleOf(all, { most: 3, seed: 1 }), sampleOf(all, { most: 3, seed: 1 }))
  assert.equal(sampleOf(all, { most: 3, seed: 1 }).length, 3)
})
