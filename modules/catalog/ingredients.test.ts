import assert from "node:assert/strict"
import { test } from "node:test"
import { ingredientsOf } from "./index.ts"

test("a printed composition is read in its order, each ingredient with what it does", () => {
  const read = ingredientsOf("Aqua, Glycerin, Toluene-2,5-Diamine, Parfum (Fragrance), Linalool, CI 77491, Something New.")
  assert.deepEqual(
    read.map(({ name, role, allergen }) => [name, role, allergen]),
    [
      ["Aqua", "solvent", false],
      ["Glycerin", "moisture", false],
      ["Toluene-2,5-Diamine", "hair-colour", true],
      ["Parfum (Fragrance)", "scent", true],
      ["Linalool", "allergen", true],
      ["CI 77491", "colour", false],
      ["Something New", null, false],
    ],
  )
  assert.deepEqual(ingredientsOf(" "), [])
})
