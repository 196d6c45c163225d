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

test("a name in brackets or beside a slash is known as well as alone, and by what people call it", () => {
  for (const printed of ["Parfum", "PARFUM (FRAGRANCE)", "Fragrance (Parfum)", "Parfum/Fragrance", "Parfum / Aroma", "Perfume"]) {
    const [read] = ingredientsOf(printed)
    assert.ok(printed === "Perfume" || (read!.role === "scent" && read!.allergen), printed)
    for (const word of ["отдушка", "араматызатар"]) assert.ok(read!.called.split(", ").includes(word), `${printed}: ${word}`)
  }
  const calledOf = (printed: string) => ingredientsOf(printed)[0]!.called
  assert.match(calledOf("Methylparaben"), /парабены/)
  assert.match(calledOf("Sodium Laureth Sulfate"), /sles.*|сульфаты/)
  assert.match(calledOf("Cyclopentasiloxane"), /силикон/)
  assert.equal(calledOf("Cetearyl Alcohol"), "", "a fatty alcohol is no spirit")
  assert.match(calledOf("Alcohol Denat."), /спирт/)
  assert.equal(ingredientsOf("Aqua (Water)")[0]!.role, "solvent")
})
