import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { LOCALES, type Locale, type Tx } from "@mila/kernel"
import { aMember } from "@mila/members/testing"
import { giveConsents, recordDisclosures, requestHistory, type RequestKind } from "@mila/privacy"
import { SOME_OPERATOR, someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { fileOwnRequest } from "./index.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T09:00:00Z")
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000)
const file = (
  tx: Tx,
  memberId: number,
  kind: RequestKind,
  { at = AT, locale = "ru", anyway = false }: { at?: Date; locale?: Locale; anyway?: boolean } = {},
) => fileOwnRequest(tx, { memberId, kind, essence: "Прошу ответить.", anyway, locale, at })

async function someone(tx: Tx): Promise<number> {
  const memberId = await aMember(tx, { email: "anna@example.by" })
  const given = (["programme", "policy", "ads_sms"] as const).map((purpose) => ({ purpose, version: 1 }))
  await giveConsents(tx, { memberId, given, locale: "ru", means: "tick", door: "web", at: AT, by: `member:${memberId}` })
  return memberId
}

test("who asks what we process is answered in the same moment: what there is, why, on what ground, how long and whence", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const memberId = await someone(tx)
    const { state, answer, answeredAt, requestId } = await file(tx, memberId, "information")
    assert.deepEqual([state, answeredAt], ["answered", AT])
    assert.match(answer!, /Что у нас есть: имя, телефон, почта, движения бонусов/)
    assert.match(answer!, /Реклама в SMS \(по согласию от 23\u00a0ноября 2026\u00a0г\., до 23\u00a0ноября 2029\u00a0г\.\)/)
    assert.match(answer!, /Откуда данные[\s\S]*с касс/)
    assert.doesNotMatch(answer!, /Личные предложения|день рождения,|\{/, "nothing is named that is not held")
    assert.deepEqual(
      (await requestHistory(tx, requestId)).map(({ what, by }) => `${what} ${by}`),
      [`made member:${memberId}`, "answered system"],
    )
  }))

test("the year's recipients are listed at once, each once for the same; what is older is not among them", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const memberId = await someone(tx)
    assert.match((await file(tx, memberId, "disclosures")).answer!, /никому не передавали/)
    const sms = { memberId, recipient: "rocketsms", purpose: "service", basis: "contract", what: ["phone", "text"] } as const
    for (const at of [later(-400), later(40), later(41)]) await recordDisclosures(tx, { disclosures: [sms], at })
    const { answer } = await file(tx, memberId, "disclosures", { at: later(45) })
    assert.match(
      answer!,
      /RocketSMS, доставка SMS: телефон, текст сообщения\. Зачем: служебное сообщение, по договору\. 2\u00a0раза, последний 3\u00a0января/,
    )
  }))

test("the same again within thirty days is one for a clerk; after them it is answered at once anew", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const [insists, waits] = [await someone(tx), await someone(tx)]
    await file(tx, insists, "information")
    await file(tx, waits, "information")
    const second = await file(tx, insists, "information", { at: later(1) })
    assert.deepEqual([second.state, second.answer], ["open", null])
    await assert.rejects(file(tx, insists, "information", { at: later(2) }), { code: "request_open" })
    assert.equal((await file(tx, waits, "information", { at: later(31) })).state, "answered")
  }))

test("what one touch does is filed only for who wants that all the same; a correction is filed as ever", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const memberId = await someone(tx)
    for (const kind of ["withdrawal", "deletion"] as const) {
      await assert.rejects(file(tx, memberId, kind), { code: "request_at_hand" })
      assert.equal((await file(tx, memberId, kind, { anyway: true })).state, "open")
    }
    assert.equal((await file(tx, memberId, "correction")).state, "open")
  }))

test("the answer is in the reader's language, whole", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    for (const locale of LOCALES) {
      const memberId = await someone(tx)
      for (const kind of ["information", "disclosures"] as const) {
        const { answer } = await file(tx, memberId, kind, { locale })
        assert.doesNotMatch(answer!, /[{}]|undefined/)
        if (locale === "be") assert.doesNotMatch(answer!.replaceAll(SOME_OPERATOR.name, "").replaceAll(SOME_OPERATOR.address, ""), /[ищъ]/)
        assert.match(answer!, { ru: /ещё раз/, be: /яшчэ раз/, en: /again/ }[locale])
      }
    }
  }))
