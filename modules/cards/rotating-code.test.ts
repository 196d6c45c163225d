import assert from "node:assert/strict"
import { test } from "node:test"
import { stepAt, toBase32 } from "@mila/kernel"
import { codeOfDevice, parseRotatingCode, rotatingCode } from "./rotating-code.ts"

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
  for (const [seconds, code] of vectors) assert.equal(codeOfDevice(SECRET, stepAt(new Date(seconds * 1000)), "sha256"), code)
})

test("codes of a device that knows SHA-1 only are those of RFC 6238, appendix B, SHA-1", () => {
  const vectors: [seconds: number, code: string][] = [
    [59, "94287082"],
    [1111111109, "07081804"],
    [1111111111, "14050471"],
    [1234567890, "89005924"],
    [2000000000, "69279037"],
    [20000000000, "65353130"],
  ]
  const secret = SECRET.subarray(0, 20)
  for (const [seconds, code] of vectors) assert.equal(codeOfDevice(secret, stepAt(new Date(seconds * 1000)), "sha1"), code)
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
