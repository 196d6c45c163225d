import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { inTransaction, type Tx } from "@mila/kernel"
import { proveEmail } from "@mila/members"
import { aChild, aMember } from "@mila/members/testing"
import { outboxOf } from "@mila/messages"
import { currentTexts, defaultTexts, giveConsents, heldBy, publishText, type Purpose, withdrawAll, withdrawConsents } from "@mila/privacy"
import { SOME_OPERATOR, someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { jobs, newConsents, notNow, ownRenewals, renewOwnConsents } from "./index.ts"

after(closeTestDatabases)

const AT = new Date("2026-11-23T09:00:00Z")
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000)
const TEXTS = defaultTexts(SOME_OPERATOR)
const ORIGIN = { ip: "203.0.113.7", device: "Chrome" }

async function agreed(tx: Tx, purposes: readonly Purpose[], memberId?: number): Promise<number> {
  const who = memberId ?? (await aMember(tx))
  const given = purposes.map((purpose) => ({ purpose, version: 1 }))
  await giveConsents(tx, { memberId: who, given, locale: "ru", means: "tick", door: "web", at: AT, by: `member:${who}` })
  return who
}

function publish(tx: Tx, purpose: Purpose, { at = later(1), from = at }: { at?: Date; from?: Date } = {}) {
  const { ru, be, en } = TEXTS[purpose]
  const texts = { ru: { ...ru, purposes: `${ru.purposes} И ещё кое-что.` }, be: { ...be, purposes: `${be.purposes} І яшчэ.` }, en }
  return publishText(tx, { purpose, texts, inForceFrom: from, at, by: "staff:1" })
}

const asked = async (tx: Tx, memberId: number, at: Date) =>
  (await ownRenewals(tx, { memberId, at })).map(({ purpose, why, rests }) => `${purpose} ${why}${rests ? ", rests" : ""}`)
const answer = (tx: Tx, memberId: number, at: Date, { shown, given }: { shown: Purpose[]; given: [Purpose, number][] }) =>
  renewOwnConsents(tx, {
    ...{ memberId, shown, locale: "ru", door: "web", origin: ORIGIN, at },
    given: given.map(([purpose, version]) => ({ purpose: purpose as "policy", version })),
  })

test("new rules are asked for from the day they begin, with what they change; until the answer the ones agreed to hold", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const memberId = await agreed(tx, ["programme", "policy", "ads_sms"])
    await publish(tx, "programme", { from: later(30) })
    assert.deepEqual(await asked(tx, memberId, later(29)), [])
    const before = await newConsents(tx, { memberId, locale: "ru", at: later(29) })
    assert.deepEqual(
      before.coming.map(({ text, changes }) => [text.purpose, text.inForceFrom, changes[0]?.field]),
      [["programme", later(30), "purposes"]],
    )
    assert.deepEqual(await asked(tx, memberId, later(30)), ["programme changed"])
    const { asked: now, coming } = await newConsents(tx, { memberId, locale: "ru", at: later(30) })
    assert.deepEqual(now[0]?.changes[0]?.parts.at(-1), { is: "new", text: " И ещё кое-что." })
    assert.deepEqual(coming, [])
    assert.equal((await heldBy(tx, { memberId, at: later(31) })).get("programme")?.version, 1)
    await answer(tx, memberId, later(31), { shown: ["programme"], given: [["programme", 2]] })
    assert.deepEqual(await asked(tx, memberId, later(31)), [])
  }))

test("«not now» puts the rules off for two weeks; they block nothing meanwhile", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const memberId = await agreed(tx, ["programme", "policy"])
    await publish(tx, "policy")
    await notNow(tx, { memberId, purposes: ["policy", "ads_sms"], at: later(2) })
    assert.deepEqual(await asked(tx, memberId, later(15)), ["policy changed, rests"])
    assert.deepEqual(await asked(tx, memberId, later(16)), ["policy changed"])
  }))

test("advertising is asked for thirty days before its term ends, and after it; answered or waved away it is never asked for twice", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const [yes, no, wave, silent] = [
      await agreed(tx, ["programme", "policy", "ads_sms"]),
      await agreed(tx, ["programme", "policy", "ads_sms"]),
      await agreed(tx, ["programme", "policy", "ads_sms", "ads_email"]),
      await agreed(tx, ["programme", "policy", "ads_sms"]),
    ]
    const soon = new Date("2029-10-24T09:00:00Z")
    const over = new Date("2029-11-24T09:00:00Z")
    assert.deepEqual(await asked(tx, yes, new Date("2029-10-23T09:00:00Z")), [])
    assert.deepEqual(await asked(tx, yes, soon), ["ads_sms ending"])
    await answer(tx, yes, soon, { shown: ["ads_sms"], given: [["ads_sms", 1]] })
    assert.deepEqual(await asked(tx, yes, soon), [])
    assert.equal((await heldBy(tx, { memberId: yes, at: over })).get("ads_sms")?.holdsUntil?.getUTCFullYear(), 2032, "another term began")
    await answer(tx, no, soon, { shown: ["ads_sms"], given: [] })
    await notNow(tx, { memberId: wave, purposes: ["ads_sms"], at: soon })
    await publish(tx, "ads_sms", { at: over })
    const muchLater = new Date("2029-12-24T09:00:00Z")
    assert.deepEqual(await asked(tx, no, muchLater), [], "nor is it when the words change afterwards")
    assert.deepEqual(await asked(tx, wave, muchLater), ["ads_email ended"])
    assert.deepEqual(await asked(tx, silent, muchLater), ["ads_sms ended"])
    await withdrawConsents(tx, { memberId: silent, purposes: ["ads_sms"], means: "tick", door: "web", at: muchLater, by: "system" })
    assert.deepEqual(await asked(tx, silent, muchLater), ["ads_sms ended"], "what had ended could not be withdrawn")
  }))

test("what somebody took back is not asked for; what the contract rests on is, when there is none on record", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const memberId = await agreed(tx, ["programme", "policy", "ads_sms"])
    await withdrawConsents(tx, { memberId, purposes: ["ads_sms"], means: "tick", door: "web", at: AT, by: `member:${memberId}` })
    await publish(tx, "ads_sms")
    assert.deepEqual(await asked(tx, memberId, later(1)), [])
    await withdrawAll(tx, { memberId, door: "web", at: later(1), by: "system" }) // as a merge leaves them that was undone across a new wording
    assert.deepEqual(await asked(tx, memberId, later(1)), ["programme none", "policy none"])
  }))

test("who is under sixteen is asked nothing: their representative agrees", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, AT)
    const { memberId } = await aChild(tx)
    await publish(tx, "programme")
    assert.deepEqual(await asked(tx, memberId, later(1)), [])
  }))

test("members hear once of new rules and the day they begin: by e-mail who has one, by SMS the others, their representative of who is under sixteen", async () => {
  const own = await ownDb()
  try {
    const within = <Result>(act: (tx: Tx) => Promise<Result>) => inTransaction(own.db, act)
    const tell = async (at: Date) => jobs.find(({ name }) => name === "tellOfNewTerms")!.run(own.db, { at, now: () => at })
    await within((tx) => someTexts(tx, AT))
    const [plain, mailed, known] = await within(async (tx) => [
      await agreed(tx, ["programme", "policy"]),
      await agreed(tx, ["programme", "policy"], await aMember(tx, { email: "anna@example.by" })),
      await aMember(tx),
    ])
    await within((tx) => proveEmail(tx, { memberId: mailed, email: "anna@example.by", at: AT }))
    const child = await within((tx) => aChild(tx))
    assert.deepEqual(await tell(AT), { told: 0, sms: 0 }, "the first wordings are news to nobody")
    await within(async (tx) => {
      for (const purpose of ["programme", "policy"] as const) await publish(tx, purpose, { from: later(30) })
      await publish(tx, "ads_sms", { from: later(30) })
      const { version } = (await currentTexts(tx, "ru", later(30))).get("programme")!
      const given = (["programme", "policy"] as const).map((purpose) => ({ purpose, version }))
      await giveConsents(tx, { memberId: known, given, locale: "ru", means: "tick", door: "web", at: later(30), by: `member:${known}` })
    })
    assert.deepEqual(await tell(later(1)), { told: 3, sms: 3 })
    assert.deepEqual(await tell(later(1)), { told: 0, sms: 0 })
    const letters = await within((tx) => outboxOf(tx, { most: 20 }))
    const told = (memberId: number) =>
      letters.filter((one) => one.memberId === memberId).map(({ channel, template }) => `${channel} ${template}`)
    assert.deepEqual([told(plain), told(mailed), told(known)], [["sms terms_changed"], ["email terms_changed"], []])
    assert.deepEqual(new Set(letters.filter(({ memberId }) => memberId === child.memberId).map(({ to }) => to)).has(child.phone), true)
    const letter = letters.find(({ channel }) => channel === "email")!
    assert.match(letter.text, /С 23\.12\.2026.*«Правила программы лояльности», «Политика обработки персональных данных»/)
  } finally {
    await own.drop()
  }
})
