import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { fromBase32, toBase32 } from "@mila/kernel"
import { canonicalNumber, checkDigit, isCardNumber, randomNumber } from "./ean13.ts"

// Both ends of all thirteen ranges of «Моцная картка» that were given out, as printed on the backs of cards.
const MOCNAYA_ENDS = [
  "9968010000018",
  "9968014062005",
  "9968020000015",
  "9968020600000",
  "9968030000012",
  "9968030120000",
  "9968040000019",
  "9968040200006",
  "9968050000016",
  "9968050250008",
  "9968060000013",
  "9968060060000",
  "9968070000010",
  "9968070650000",
  "9968080000017",
  "9968081000009",
  "9968090000014",
  "9968091000006",
  "9968100000010",
  "9968105000008",
  "9968110000017",
  "9968111379983",
  "9968120000014",
  "9968121260004",
  "9968150000015",
  "9968150649993",
]

test("the check digit is the one printed on known articles and on all 26 ends of the partner's ranges", () => {
  for (const number of ["4006381333931", "5901234123457", "4810268012345".slice(0, 12) + checkDigit("481026801234"), ...MOCNAYA_ENDS]) {
    assert.ok(isCardNumber(number), number)
  }
  assert.equal(new Set(MOCNAYA_ENDS).size, 26)
})

test("one wrong digit is always noticed, and anything but thirteen digits is no card number", () => {
  fc.assert(
    fc.property(fc.constantFrom("29", "28", "9968"), fc.nat(12), fc.integer({ min: 1, max: 9 }), (prefix, place, off) => {
      const number = randomNumber(prefix)
      const wrong = number.slice(0, place) + ((Number(number[place]) + off) % 10) + number.slice(place + 1)
      assert.ok(isCardNumber(number) && !isCardNumber(wrong))
    }),
  )
  for (const wrong of ["", "996801000001", "99680100000188", "996801000001x", "٩٩٦٨٠١٠٠٠٠٠١٨"]) assert.ok(!isCardNumber(wrong))
})

test("a number typed with spaces, dashes or full-width digits is the same number", () => {
  for (const text of ["9 968010 000018", "9968-0100-00018", "９９６８０１００００018", " 9968010000018\n"])
    assert.equal(canonicalNumber(text), "9968010000018")
  assert.equal(canonicalNumber("9968010000019"), undefined)
})

test("random numbers keep their prefix, and every digit of the serial takes every value", () => {
  const numbers = Array.from({ length: 4_000 }, () => randomNumber("29"))
  assert.ok(numbers.every((number) => number.startsWith("29") && isCardNumber(number)))
  for (let place = 2; place < 12; place += 1) {
    const counts = Array.from({ length: 10 }, (_, digit) => numbers.filter((number) => number[place] === String(digit)).length)
    assert.ok(Math.min(...counts) > 280 && Math.max(...counts) < 530, `place ${place}: ${counts.join(" ")}`)
  }
})

test("base32 is RFC 4648's, and gives back what went in", () => {
  assert.equal(toBase32(Buffer.from("foobar")), "MZXW6YTBOI")
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) =>
      assert.deepEqual(fromBase32(toBase32(Buffer.from(bytes))), Buffer.from(bytes)),
    ),
  )
})
