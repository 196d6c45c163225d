import { Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { canonicalPhone, maskedPhone } from "./phone.ts"

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return "fine"
  } catch (error) {
    return error instanceof Refusal ? error.code : "a bug"
  }
}

test("every spelling people use comes to one number", () => {
  const spellings = [
    "+375 29 123-45-67",
    "+375(29)1234567",
    "375291234567",
    "00375 29 1234567",
    "8 10 375 29 1234567",
    "8 029 123 45 67",
    "80291234567",
    "8(029)123-45-67",
    "029 123 45 67",
    "0291234567",
    "29 123 45 67",
    "＋375２９1234567",
    "+375\u00a029\u2011123\u201345\u221267",
  ]
  for (const spelling of spellings) assert.equal(canonicalPhone(spelling), "+375291234567", spelling)
})

test("the mobile codes of Belarus are taken, its landlines and half numbers are not", () => {
  for (const code of ["25", "29", "33", "44"]) assert.equal(canonicalPhone(`80${code}7654321`), `+375${code}7654321`)
  for (const wrong of [
    "+375172223344",
    "+37529123456",
    "+3752912345678",
    "8029123456",
    "291234567x",
    "",
    "+",
    "375",
    "+0291234567",
    "٠٢٩١٢٣٤٥٦٧",
  ]) {
    assert.equal(
      codeOf(() => canonicalPhone(wrong)),
      "phone_invalid",
      wrong,
    )
  }
})

test("a foreign number needs the chain's consent and its plus", () => {
  assert.equal(
    codeOf(() => canonicalPhone("+7 921 123-45-67")),
    "phone_foreign",
  )
  assert.equal(canonicalPhone("+7 921 123-45-67", { foreign: "allow" }), "+79211234567")
  assert.equal(canonicalPhone("8 10 48 601 234 567", { foreign: "allow" }), "+48601234567")
  assert.equal(
    codeOf(() => canonicalPhone("8 921 123-45-67", { foreign: "allow" })),
    "phone_invalid",
  )
})

test("a canonical number is its own canonical form, and its mask shows no more than four digits of the owner's", () => {
  const numbers = fc.tuple(fc.constantFrom("25", "29", "33", "44"), fc.integer({ min: 0, max: 9_999_999 }))
  fc.assert(
    fc.property(numbers, ([code, rest]) => {
      const phone = `+375${code}${String(rest).padStart(7, "0")}`
      assert.equal(canonicalPhone(phone), phone)
      assert.equal(maskedPhone(phone), `+375 ${code} ***-**-${phone.slice(-2)}`)
    }),
  )
})

test("no text makes it crash or give something that is no phone number", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.stringMatching(/^[+0-9 ()-]{0,30}$/)), (text) => {
      try {
        assert.match(canonicalPhone(text, { foreign: "allow" }), /^\+[1-9]\d{7,14}$/)
      } catch (error) {
        assert.ok(error instanceof Refusal, String(error))
      }
    }),
  )
})
