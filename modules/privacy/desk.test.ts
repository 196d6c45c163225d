import type { Day, Tx } from "@mila/kernel"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  answerRequest,
  changesOf,
  countRequests,
  currentTexts,
  defaultTexts,
  findRequests,
  giveConsents,
  makeRequest,
  publishText,
  requestHistory,
  takeRequest,
  textVersions,
} from "./index.ts"
import { SOME_OPERATOR, someTexts } from "./testing.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T09:00:00Z")
const TEXTS = defaultTexts(SOME_OPERATOR)
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000)
const agree = (tx: Tx, memberId: number, { at, version = 1 }: { at: Date; version?: number }) =>
  giveConsents(tx, {
    ...{ memberId, given: [{ purpose: "ads_sms", version }], locale: "ru", means: "tick", door: "web", at },
    by: `member:${memberId}`,
  })

test("a wording published ahead is in force from its moment; a newer one that begins earlier overtakes it", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const worded = (purposes: string) => ({ ...TEXTS.ads_sms, ru: { ...TEXTS.ads_sms.ru, purposes } })
    const publish = (purposes: string, inForceFrom: Date) =>
      publishText(tx, { purpose: "ads_sms", texts: worded(purposes), inForceFrom, at: AT, by: "staff:1" })
    await publish("Второе.", later(10))
    const inForce = async (at: Date) => (await currentTexts(tx, "ru", at)).get("ads_sms")?.version
    assert.deepEqual([await inForce(later(9)), await inForce(later(10))], [1, 2])
    await agree(tx, 17, { at: later(9) })
    await assert.rejects(agree(tx, 18, { at: later(9), version: 2 }), { code: "consent_text_outdated" })
    await assert.rejects(publish("Второе.", later(12)), { code: "text_unchanged" })
    await assert.rejects(publish("Карта 4111 1111 1111 1111.", later(12)), { code: "bank_card_number" })
    await publish("Третье.", later(5))
    assert.deepEqual([await inForce(later(4)), await inForce(later(5)), await inForce(later(11))], [1, 3, 3])
    assert.deepEqual(
      (await textVersions(tx, "ads_sms")).map(({ version, inForceFrom }) => [version, inForceFrom]),
      [
        [3, later(5)],
        [2, later(10)],
        [1, AT],
      ],
    )
  }))

test("what a new wording changes is shown word by word, and both wordings can be read out of it", () => {
  const before = TEXTS.ads_sms.ru
  assert.deepEqual(changesOf(before, before), [])
  const after = { ...before, title: "Реклама в SMS и звонках", term: `${before.term} Не дольше.` }
  const changes = changesOf(before, after)
  assert.deepEqual(
    changes.map(({ field }) => field),
    ["title", "term"],
  )
  for (const { field, parts } of changes) {
    const read = (without: string) =>
      parts
        .filter(({ is }) => is !== without)
        .map(({ text }) => text)
        .join("")
    assert.deepEqual([read("gone"), read("new")], [after[field], before[field]])
  }
  assert.deepEqual(changes[1]!.parts.at(-1), { is: "new", text: " Не дольше." })
  assert.ok(changesOf(null, after).every(({ parts }) => parts.every(({ is }) => is === "new")))
})

test("a request is one clerk's at a time; every step of it is a line, and the late ones are counted", () =>
  rolledBack(async (tx) => {
    const { requestId } = await makeRequest(tx, { memberId: 17, kind: "information", essence: "Прошу.", at: AT, by: "member:17" })
    await takeRequest(tx, { requestId, at: AT, by: "staff:1" })
    await assert.rejects(takeRequest(tx, { requestId, at: AT, by: "staff:2" }), { code: "request_taken" })
    const answer = { requestId, state: "answered", answer: "Вот.", at: later(1) } as const
    await assert.rejects(answerRequest(tx, { ...answer, by: "staff:2" }), { code: "request_taken" })
    await takeRequest(tx, { requestId, overtake: true, at: AT, by: "staff:2" })
    assert.deepEqual(await countRequests(tx, { today: "2026-11-30" as Day }), { open: 1, late: 0, dueToday: 1, untaken: 0 })
    assert.deepEqual(await countRequests(tx, { today: "2026-12-01" as Day }), { open: 1, late: 1, dueToday: 0, untaken: 0 })
    assert.equal((await findRequests(tx, { lateOn: "2026-11-30" as Day, most: 10 })).length, 0)
    await answerRequest(tx, { ...answer, by: "staff:2" })
    await assert.rejects(takeRequest(tx, { requestId, at: AT, by: "staff:2" }), { code: "request_answered" })
    assert.deepEqual(
      (await requestHistory(tx, requestId)).map(({ what, by }) => `${what} ${by}`),
      ["made member:17", "taken staff:1", "taken staff:2", "answered staff:2"],
    )
  }))
