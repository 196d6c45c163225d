import type { Facet } from "@mila/search"
import assert from "node:assert/strict"
import { test } from "node:test"
import { isChosenBy } from "../facet-rules.ts"
import { facetsInOrder } from "./facet-order-rules.ts"

const facet = (code: string, chosen = false): Facet => ({ code, values: [{ code: "one", count: 1, chosen }] })
const facets = ["brand", "age", "scent", "skin", "country"].map((code) => facet(code))
const codes = (of: readonly Facet[]): string[] => of.map(({ code }) => code)

test("without a family attributes stand by their position, and other facets where they were", () => {
  assert.deepEqual(codes(facetsInOrder(facets, { attributes: ["skin", "scent", "age"], family: [] })), [
    "brand",
    "skin",
    "scent",
    "age",
    "country",
  ])
})

test("a family picks its attributes in its order; one that is chosen from stays in sight behind them", () => {
  const order = { attributes: ["skin", "scent", "age"], family: ["age", "skin"] }
  assert.deepEqual(codes(facetsInOrder(facets, order)), ["brand", "age", "skin", "country"])
  const chosen = facets.map(({ code }) => facet(code, code === "scent"))
  assert.deepEqual(codes(facetsInOrder(chosen, order)), ["brand", "age", "skin", "scent", "country"])
})

test("a property is chosen by when its values repeat and are few; it stays until they are far too many", () => {
  const of = (goods: number, values: number, filtered = false): boolean => isChosenBy({ goods, values, filtered })
  assert.deepEqual([of(4, 1), of(5, 1), of(5, 2), of(10, 6), of(120, 60), of(500, 61)], [false, true, true, false, true, false])
  assert.deepEqual(
    [of(3, 2, true), of(500, 61, true), of(500, 90, true), of(500, 91, true), of(0, 0, true)],
    [true, true, true, false, false],
  )
})
