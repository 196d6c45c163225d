import { LOCALES, statement, type Tx } from "@mila/kernel"
import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  answerRequest,
  consentHistory,
  currentTexts,
  defaultTexts,
  disclosuresOf,
  findRequests,
  FIELDS,
  giveConsents,
  heldBy,
  makeRequest,
  mayDo,
  mergeConsents,
  publishMissing,
  publishText,
  type Purpose,
  PURPOSES,
  recordDisclosures,
  requestsOf,
  textOf,
  withdrawAll,
  withdrawConsents,
} from "./index.ts"
import { SOME_OPERATOR, someTexts } from "./testing.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T09:00:00Z")
const TEXTS = defaultTexts(SOME_OPERATOR)
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000)

const rewrite = statement("privacy.test_rewrite", "update privacy.consent_event set member_id = 18")

const agree = (tx: Tx, memberId: number, purposes: readonly Purpose[], { at = AT, version = 1 } = {}) =>
  giveConsents(tx, {
    ...{ memberId, given: purposes.map((purpose) => ({ purpose, version })), locale: "ru", means: "tick", door: "web", at },
    ...{ origin: { ip: "203.0.113.7", device: "Chrome" }, by: `member:${memberId}` },
  })

test("every purpose has its eight fields, a title and a line for the tick in each language", () => {
  for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
    for (const locale of LOCALES) {
      const text = TEXTS[purpose][locale]
      for (const field of ["title", "ask", ...FIELDS] as const) assert.ok(text[field].length > 5, `${purpose} ${locale} ${field}`)
      assert.ok(text.operator.includes(SOME_OPERATOR.name) && !/[{}]/.test(JSON.stringify(Object.values(text))))
      if (locale !== "ru") assert.notEqual(text.purposes, TEXTS[purpose].ru.purposes)
      if (locale === "be")
        assert.doesNotMatch(
          Object.values(text).join(" ").replaceAll(SOME_OPERATOR.name, "").replaceAll(SOME_OPERATOR.address, ""),
          /[ищъ]/,
          `${purpose} is written in Belarusian`,
        )
    }
  }
})

test("the first wordings are published once, whoever tries", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    await publishMissing(tx, { texts: TEXTS, at: later(1) })
    for (const [, { version }] of await currentTexts(tx, "be", later(1))) assert.equal(version, 1)
  }))

test("what was agreed to is kept word for word, also when the wording changes", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    await agree(tx, 17, ["programme", "ads_sms"])
    const newer = { ...TEXTS.ads_sms.ru, purposes: "Другое." }
    await publishText(tx, { purpose: "ads_sms", texts: { ...TEXTS.ads_sms, ru: newer }, at: later(1), by: "staff:1" })
    const held = (await heldBy(tx, { memberId: 17, at: later(2) })).get("ads_sms")!
    assert.equal((await textOf(tx, held))?.purposes, TEXTS.ads_sms.ru.purposes)
    assert.equal((await currentTexts(tx, "ru", later(1))).get("ads_sms")?.purposes, "Другое.")
    await assert.rejects(agree(tx, 18, ["ads_sms"], { at: later(1) }), { code: "consent_text_outdated" })
    assert.equal((await heldBy(tx, { memberId: 18, at: AT })).size, 0)
  }))

test("a consent is withdrawn at once, asked at the moment of doing, and lapses with its term", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    await agree(tx, 17, ["programme", "policy", "ads_sms"])
    await agree(tx, 18, ["programme", "policy", "ads_sms"])
    const may = (at: Date) => mayDo(tx, { memberIds: [17, 18, 19], purpose: "ads_sms", at })
    assert.deepEqual(await may(later(1)), new Set([17, 18]))
    await withdrawConsents(tx, { memberId: 17, purposes: ["ads_sms"], means: "tick", door: "web", at: later(2), by: "member:17" })
    assert.deepEqual(await may(later(2)), new Set([18]))
    assert.deepEqual(await may(new Date("2029-11-23T20:59:59Z")), new Set([18]))
    assert.deepEqual(await may(new Date("2029-11-23T21:00:00Z")), new Set(), "three years are over in Minsk")
    assert.deepEqual(await mayDo(tx, { memberIds: [18], purpose: "programme", at: new Date("2040-01-01T00:00:00Z") }), new Set([18]))
  }))

test("what the contract rests on is left, not withdrawn; what was never given is withdrawn without a trace", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    await agree(tx, 17, ["programme"])
    const withdrawal = { memberId: 17, means: "tick", door: "web", at: AT, by: "member:17" } as const
    await assert.rejects(withdrawConsents(tx, { ...withdrawal, purposes: ["ads_sms", "programme"] }), { code: "consent_needed" })
    await withdrawConsents(tx, { ...withdrawal, purposes: ["ads_sms"] })
    assert.equal((await consentHistory(tx, 17)).length, 1)
    await withdrawAll(tx, { memberId: 17, door: "web", at: AT, by: "member:17" })
    assert.equal((await heldBy(tx, { memberId: 17, at: AT })).size, 0)
  }))

test("agreeing twice to the same wording is one line; agreeing after a withdrawal is a new one", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    await agree(tx, 17, ["ads_email"])
    await agree(tx, 17, ["ads_email"])
    await withdrawConsents(tx, { memberId: 17, purposes: ["ads_email"], means: "link", door: "mail", at: AT, by: "member:17" })
    await agree(tx, 17, ["ads_email"], { at: later(1) })
    assert.deepEqual(
      (await consentHistory(tx, 17)).map(({ what, means }) => `${what} ${means}`),
      ["given tick", "withdrawn link", "given tick"],
    )
  }))

test("of two memberships that become one, the stricter wish goes on", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    await agree(tx, 1, ["programme", "policy", "ads_sms", "ads_email"])
    await agree(tx, 2, ["programme", "policy", "ads_sms", "profiling"])
    await mergeConsents(tx, { from: 1, into: 2, at: later(1), by: "staff:1" })
    assert.deepEqual(new Set((await heldBy(tx, { memberId: 2, at: later(1) })).keys()), new Set(["programme", "policy", "ads_sms"]))
    assert.equal((await heldBy(tx, { memberId: 1, at: later(1) })).size, 0)
  }))

test("consents can be neither changed nor deleted, by the programs or by the owner", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    await agree(tx, 17, ["ads_sms"])
    await assert.rejects(rewrite(tx, []), /permission denied/)
  }))

test("whoever received data is listed, with what and why", () =>
  rolledBack(async (tx) => {
    const sms = { recipient: "RocketSMS", purpose: "service", basis: "contract", what: ["phone", "text"] } as const
    await recordDisclosures(tx, {
      disclosures: [
        { ...sms, memberId: 17 },
        { ...sms, memberId: 18, what: ["phone"] },
      ],
      at: AT,
    })
    assert.deepEqual(await disclosuresOf(tx, { memberId: 17, since: later(-1) }), [{ ...sms, at: AT }])
    assert.deepEqual((await disclosuresOf(tx, { memberId: 18, since: later(-1) }))[0]?.what, ["phone"])
    assert.deepEqual(await disclosuresOf(tx, { memberId: 17, since: later(1) }), [])
  }))

test("an application has its clock: five working days for information, fifteen for the rest", () =>
  rolledBack(async (tx) => {
    const ask = (kind: "information" | "deletion", at: Date) =>
      makeRequest(tx, { memberId: 17, kind, essence: "Прошу.", at, by: "member:17" })
    assert.equal((await ask("information", new Date("2026-12-29T21:01:00Z"))).due, "2027-01-08") // 30 December in Minsk: 31, 4, 5, 6, and 8, for Christmas is free
    assert.equal((await ask("deletion", AT)).due, "2026-12-08")
    await assert.rejects(ask("deletion", AT), { code: "request_open" })
    const [soonest] = await findRequests(tx, { state: "open", most: 10 })
    assert.ok(soonest)
    assert.equal(soonest.kind, "deletion")
    await answerRequest(tx, { requestId: soonest.requestId, state: "answered", answer: "Удалено.", at: AT, by: "staff:1" })
    await assert.rejects(
      answerRequest(tx, { requestId: soonest.requestId, state: "refused", ground: "kept_by_law", answer: "Нет.", at: AT, by: "staff:1" }),
      {
        code: "request_answered",
      },
    )
    await assert.rejects(
      answerRequest(tx, { requestId: 10 ** 9, state: "refused", ground: "kept_by_law", answer: "Нет.", at: AT, by: "staff:1" }),
      {
        code: "request_unknown",
      },
    )
    assert.deepEqual(
      (await requestsOf(tx, [17])).map(({ state, answer }) => [state, answer]),
      [
        ["answered", "Удалено."],
        ["open", null],
      ],
    )
    await assert.rejects(makeRequest(tx, { memberId: 17, kind: "correction", essence: "4111 1111 1111 1111", at: AT, by: "member:17" }), {
      code: "bank_card_number",
    })
  }))
