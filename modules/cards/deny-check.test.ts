import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import { bloomOf, denies, markOf, recentMark } from "./deny-check.ts"
import { randomNumber } from "./ean13.ts"

const salt = Buffer.from("00112233445566778899aabbccddeeff", "hex")

test("every denied card is found, and under one in a hundred of the good ones by mistake", () => {
  const denied = Array.from({ length: 3_000 }, () => randomNumber("29"))
  const list = { salt: salt.toString("hex"), bloom: bloomOf(denied.map((number) => markOf(salt, number))), recent: [] }
  assert.ok(denied.every((number) => denies(list, number).answer === "probably_denied"))
  const good = Array.from({ length: 20_000 }, () => randomNumber("28"))
  const mistaken = good.filter((number) => denies(list, number).answer !== "clear").length
  assert.ok(mistaken < 250, `${mistaken} of 20 000`)
})

test("a recent one is found exactly, with its reason; an empty list denies nobody", () => {
  const number = randomNumber("29")
  const mark = markOf(salt, number)
  const recent = [{ mark: recentMark(mark), reason: "blocked" as const, since: "2026-11-23T09:00:00.000Z" }]
  const list = { salt: salt.toString("hex"), bloom: bloomOf([mark]), recent }
  assert.deepEqual(denies(list, number), { answer: "denied", reason: "blocked" })
  assert.deepEqual(denies({ salt: list.salt, bloom: bloomOf([]), recent: [] }, number), { answer: "clear" })
})

test("an integrator who follows the description alone comes to the same bits", () => {
  const number = "9968010000018"
  const digest = createHash("sha256")
    .update(Buffer.concat([salt, Buffer.from(number, "ascii")]))
    .digest()
  const { bits, hashes, data } = bloomOf([markOf(salt, number)])
  const expected = Buffer.alloc(bits / 8)
  const a = BigInt(digest.readUInt32BE(0))
  const b = BigInt(digest.readUInt32BE(4)) | 1n
  for (let i = 0n; i < BigInt(hashes); i += 1n) {
    const bit = Number((a + i * b) % BigInt(bits))
    expected[Math.floor(bit / 8)]! |= 1 << (bit % 8)
  }
  assert.equal(data, expected.toString("base64"))
  assert.equal(recentMark(markOf(salt, number)), digest.subarray(8, 16).toString("hex"))
})
