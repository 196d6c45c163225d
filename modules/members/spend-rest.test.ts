import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { changeEmail, changePhone, mergeMembers, profilesOf, proveEmail } from "./index.ts"
import { aMember, aPhone, SOME_DAY as at } from "./testing.ts"

after(closeTestDatabases)

const by = "staff:1"

test("A07: spending rests by the clock the act was told of, to the minute, and a merge away does not end the rest", () =>
  rolledBack(async (tx) => {
    const hour = (count: number) => new Date(at.getTime() + count * 3_600_000)
    const closed = async (memberId: number, hours: number) => (await profilesOf(tx, [memberId])).get(memberId)!.spendClosed(hour(hours))
    const [from, into] = [await aMember(tx, { email: "anna@example.by" }), await aMember(tx)]
    await changePhone(tx, { memberId: from, phone: aPhone(), at })
    assert.deepEqual([await closed(from, 0), await closed(from, 23.9), await closed(from, 24)], [true, true, false])
    assert.equal(await closed(into, 1), false)
    await mergeMembers(tx, { from, into, at: hour(1), by })
    assert.deepEqual([await closed(into, 1), await closed(from, 23.9), await closed(into, 24)], [true, true, false])
  }))

test("A07: spending rests when an e-mail address is given later, changed or taken away, and not when the one there is is proven", () =>
  rolledBack(async (tx) => {
    const closed = async (memberId: number) => (await profilesOf(tx, [memberId])).get(memberId)!.spendClosed(at)
    const [first, proven, changed, removed] = [
      await aMember(tx),
      await aMember(tx, { email: "typed@example.by", emailProven: false }),
      await aMember(tx, { email: "a@example.by" }),
      await aMember(tx, { email: "b@example.by" }),
    ]
    await changeEmail(tx, { memberId: first, email: "first@example.by", at })
    await changeEmail(tx, { memberId: changed, email: "a@example.by", at })
    await proveEmail(tx, { memberId: proven, email: "typed@example.by", at })
    assert.deepEqual([await closed(first), await closed(proven), await closed(changed)], [true, false, false])
    await changeEmail(tx, { memberId: changed, email: "thief@example.by", at })
    await changeEmail(tx, { memberId: removed, email: null, at })
    assert.deepEqual([await closed(changed), await closed(removed)], [true, true])
  }))
