import assert from "node:assert/strict"
import { test } from "node:test"
import { namedPlace, placeText, unparted, wholePlace } from "./place.ts"

const said = (text: string) => ({ ru: text, be: text, en: text })

test("the kind of a street is never parted from its name by the end of a line, nor a house from its street", () => {
  assert.equal(placeText({ city: said("Минск"), address: said("ул. Ленина, 5") }, "ru"), "Минск, ул.\u00a0Ленина,\u00a05")
  assert.equal(unparted("пр-т Независимости, 44, корп. 2"), "пр-т\u00a0Независимости,\u00a044, корп.\u00a02")
  assert.equal(unparted("вул. Якуба Коласа, 7"), "вул.\u00a0Якуба Коласа,\u00a07")
  assert.equal(unparted("12 Savieckaja St."), "12 Savieckaja\u00a0St.")
  assert.equal(unparted("Караул. Дом 3"), "Караул. Дом 3", "the end of a longer word is none of them")
})

test("a shop that is called by its address says it once", () => {
  const shop = { city: said("Брест"), address: said("ул. Советская, 12") }
  assert.deepEqual(namedPlace({ ...shop, name: said("«Мила», ул. Советская, 12") }, "ru"), {
    name: "«Мила», ул.\u00a0Советская,\u00a012",
    place: "Брест",
  })
  assert.deepEqual(namedPlace({ ...shop, name: said("Мила № 7") }, "ru"), { name: "Мила № 7", place: "Брест, ул.\u00a0Советская,\u00a012" })
  assert.equal(wholePlace({ ...shop, name: said("«Мила», ул. Советская, 12") }, "ru"), "Брест, «Мила», ул.\u00a0Советская,\u00a012")
  assert.equal(wholePlace({ ...shop, name: said("Мила № 7") }, "ru"), "Брест, Мила № 7, ул.\u00a0Советская,\u00a012")
})
