import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { addDays, dayIn, MINSK, points } from "@mila/kernel"
import { openPurses, post } from "@mila/ledger"
import { aMember } from "@mila/members/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { everythingOf } from "./everything.ts"

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
