import assert from "node:assert/strict"
import { readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { openLog } from "./log.ts"
import { withoutPersonalData } from "./personal-data.ts"

test("fields that hold personal data or secrets by their name are not logged, at any depth", () => {
  const logged = withoutPersonalData({
    member: { phone: "+375291234567", email: "a@b.by", id: 42 },
    card: "2912345678901",
    list: [{ code: "123456" }],
  })
  assert.deepEqual(logged, {
    member: { phone: "[not logged]", email: "[not logged]", id: 42 },
    card: "[not logged]",
    list: [{ code: "[not logged]" }],
  })
})

test("phones, card numbers, rotating codes and addresses are masked inside any text", () => {
  for (const text of [
    "+375 29 123-45-67",
    "9968010000017",
    "29123456789010112345678",
    "4111 1111 1111 1111",
    "anna.p@mail.example.by",
    "(8017) 200-00-00",
  ]) {
    const logged = String(withoutPersonalData(`value ${text} is wrong`))
    assert.doesNotMatch(logged, /\d{4}|@/, logged)
  }
})

test("instants, small numbers and request ids stay readable", () => {
  const line = { requestId: "12345678-1234-4123-8123-123456789012", at: "2026-11-23T10:00:00.000Z", ms: 12.5, points: 145 }
  assert.deepEqual(withoutPersonalData(line), line)
})

test("of a database error only type, code and words are logged, never the row it shows", () => {
  const error = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: "Key (phone)=(+375291234567) already exists",
    where: "…",
  })
  const logged = withoutPersonalData({ err: error }) as { err: Record<string, unknown> }
  assert.deepEqual(Object.keys(logged.err).toSorted(), ["code", "message", "stack", "type"])
})

test("the log itself writes one JSON line an event, cleaned, before the next turn", async () => {
  const file = join(tmpdir(), `mila-log-${process.pid}.log`)
  const log = openLog({ level: "info", to: { file } })
  log.info({ requestId: "r", card: "2912345678901", err: new Error("no card 2912345678901") }, "request")
  log.debug({}, "not asked for")
  await new Promise(setImmediate)
  const lines = readFileSync(file, "utf8").trim().split("\n")
  rmSync(file)
  assert.equal(lines.length, 1)
  assert.doesNotMatch(lines[0]!, /29123/)
  assert.equal(JSON.parse(lines[0]!).msg, "request")
})
