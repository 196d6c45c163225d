import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { addDays, dayIn, MINSK, points } from "@mila/kernel"
import { openPurses, post } from "@mila/ledger"
import { aMember } from "@mila/members/testing"
import { giveConsents } from "@mila/privacy"
import { someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { everythingOf } from "./everything.ts"
import { makeOwnRequest, mergeMemberships, tellMember } from "./index.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")
const today = dayIn(MINSK, at)

test("a copy of what we hold leaves nothing out, however much it is", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    await openPurses(tx, { memberIds: [memberId] })
    const given = { kind: "receipt", memberId, occurredAt: at, redeem: points(0), holdId: null, shortage: "refuse" } as const
    const earn = [{ line: 1, points: points(1), activatesOn: today, expiresOn: addDays(today, 180) }]
    for (let no = 0; no < 1_001; no += 1) await post(tx, [{ ...given, reference: `receipt:${no}/settled`, earn }], { at })
    assert.equal((await everythingOf(tx, { memberId, locale: "ru", at })).statement.length, 1_001)
  }))

test("a copy holds what was done under every number of a person: messages, applications and consents of who became them", () =>
  rolledBack(async (tx) => {
    await someTexts(tx, at)
    const [from, into] = [await aMember(tx), await aMember(tx)]
    await openPurses(tx, { memberIds: [from, into] })
    const given = [{ purpose: "profiling", version: 1 }] as const
    await giveConsents(tx, { memberId: from, given, locale: "ru", means: "tick", door: "web", at, by: `member:${from}` })
    await tellMember(tx, { memberId: from, template: "card_blocked", params: { lastDigits: "1234" }, at })
    await makeOwnRequest(tx, { memberId: from, kind: "information", essence: "Что у вас есть?", at, by: `member:${from}` })
    await mergeMemberships(tx, { from, into, door: "web", at, by: `member:${into}` })
    const copy = await everythingOf(tx, { memberId: into, locale: "ru", at })
    assert.ok(copy.messages.some(({ template }) => template === "card_blocked"))
    assert.equal(copy.requests.length, 1)
    assert.ok(copy.consents.some(({ purpose, what }) => purpose === "profiling" && what === "given"))
    assert.ok(copy.history.some(({ what }) => what === "merged"))
    const again = makeOwnRequest(tx, { memberId: into, kind: "information", essence: "Ещё раз", at, by: `member:${into}` })
    await assert.rejects(again, { code: "request_open" })
  }))
