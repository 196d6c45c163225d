import assert from "node:assert/strict"
import { test } from "node:test"
import { toBase32 } from "./base32.ts"
import { codeOfStep, parseRotatingCode, rotatingCode, stepAt } from "./rotating-code.ts"

const SECRET = Buffer.from("12345678901234567890123456789012")

test("codes are those of RFC 6238, appendix B, SHA-256", () => {
  const vectors: [seconds: number, code: string][] = [
    [59, "46119246"],
    [1111111109, "68084774"],
    [1111111111, "67062674"],
    [1234567890, "91819424"],
    [2000000000, "90698825"],
    [20000000000, "77737706"],
  ]
  for (const [seconds, code] of vectors) assert.equal(codeOfStep(SECRET, stepAt(new Date(seconds * 1000))), code)
})

test("what a phone shows is 23 digits: card, device, code", () => {
  const text = rotatingCode({ number: "9968010000018", deviceNo: 7, secret: toBase32(SECRET), at: new Date(59_000) })
  assert.equal(text, "99680100000180746119246")
  assert.deepEqual(parseRotatingCode(text), { number: "9968010000018", deviceNo: 7, code: "46119246" })
  assert.deepEqual(parseRotatingCode("9968010000018 07 46119246"), parseRotatingCode(text))
})

test("what is no rotating code has no parts", () => {
  for (const text of [
    "",
    "9968010000018",
    "99680100000190746119246",
    "99680100000180046119246",
    "9968010000018074611924x",
    "1".repeat(100),
  ]) {
    assert.equal(parseRotatingCode(text), undefined, text)
  }
})
