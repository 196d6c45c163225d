import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { day, Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  birthDate,
  changePhone,
  childOf,
  childrenOf,
  growUp,
  isChild,
  leaveMember,
  memberHistory,
  noteAskedAtSixteen,
  noteSilentAtSixteen,
  parkNumber,
  representChild,
  silentAtSixteen,
  turnedSixteen,
} from "../index.ts"
import { aChild, aMember, aPhone, SOME_DAY } from "../testing.ts"

after(closeTestDatabases)

const refusedWith = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const at = SOME_DAY // 23 November 2026
const MOTHER = { family: "Савич", given: "Ольга", patronymic: null }

test("a child is linked to who represents them, under sixteen until the first minute of the birthday in Minsk", () =>
  rolledBack(async (tx) => {
    const { memberId, phone } = await aChild(tx)
    const child = await childOf(tx, memberId)
    assert.deepEqual(
      [child?.sixteenOn, child?.kinship, child?.representative?.maskedName, child?.representative?.phone, child?.representative?.memberId],
      ["2028-05-03", "parent", "Ольга С.", phone, null],
    )
    assert.equal(await isChild(tx, { memberId, at: new Date("2028-05-02T20:59:59Z") }), true)
    assert.equal(await isChild(tx, { memberId, at: new Date("2028-05-02T21:00:00Z") }), false, "midnight in Minsk")
    assert.deepEqual(
      (await memberHistory(tx, memberId)).map(({ what, by }) => [what, by]),
      [
        ["registered", "system"],
        ["represented", `representative:${memberId}`],
      ],
    )
    const { rows } = await tx.client.query("select * from members.child")
    const stored = JSON.stringify(rows, (_, value) => (value?.type === "Buffer" ? Buffer.from(value.data).toString("latin1") : value))
    assert.ok(!stored.includes(phone.slice(1)) && !stored.includes("Ольга"), "who they are is sealed")
  }))

test("a birth date is a day of the calendar that has been; a day of February that comes in leap years alone makes sixteen in one", () =>
  rolledBack(async (tx) => {
    for (const wrong of [
      { year: 2013, month: 2, day: 29 },
      { year: 2026, month: 11, day: 24 },
      { year: 12, month: 1, day: 1 },
    ])
      assert.throws(() => birthDate(wrong, at), refusedWith("birthday_invalid"))
    const { memberId } = await aChild(tx, { bornOn: birthDate({ year: 2012, month: 2, day: 29 }, at) })
    assert.equal((await childOf(tx, memberId))?.sixteenOn, "2028-02-29")
  }))

test("nobody represents themselves, a child represents nobody, and who is sixteen is no child", () =>
  rolledBack(async (tx) => {
    const own = aPhone()
    const big = aPhone()
    await assert.rejects(aChild(tx, { own, phone: own }), refusedWith("representative_unfit"))
    await aChild(tx, { own: big })
    await assert.rejects(aChild(tx, { phone: big }), refusedWith("representative_unfit"))
    await assert.rejects(aChild(tx, { bornOn: "2010-11-23" }), refusedWith("child_grown"))
    await aChild(tx, { bornOn: "2010-11-24" })
    const memberId = await aMember(tx)
    const representative = { name: { ...MOTHER, given: "4" }, phone: aPhone(), kinship: "parent" } as const
    await assert.rejects(
      representChild(tx, { memberId, bornOn: day("2012-05-03"), representative, at }),
      refusedWith("representative_name_invalid"),
    )
  }))

test("a representative who is a member is named; they keep their children with another number, and lose them with a number given to somebody else", () =>
  rolledBack(async (tx) => {
    const [first, next] = [aPhone(), aPhone()]
    const mother = await aMember(tx, { phone: first })
    const { memberId } = await aChild(tx, { phone: first })
    assert.equal((await childOf(tx, memberId))?.representative?.memberId, mother)
    const children = async (phone: string) => (await childrenOf(tx, { phone, at })).map((child) => child.memberId)
    assert.deepEqual(await children(first), [memberId])
    await changePhone(tx, { memberId: mother, phone: next, at })
    assert.deepEqual([await children(first), await children(next)], [[], [memberId]])
    await parkNumber(tx, { phone: next, at })
    assert.deepEqual(await children(next), [], "the new owner of the number is no mother of theirs")
    await changePhone(tx, { memberId: mother, phone: first, at })
    assert.deepEqual(await children(first), [memberId], "she is back with another number")
    await leaveMember(tx, { memberId: mother, at, by: "system" })
    assert.deepEqual(await children(first), [memberId], "who leaves the programme is their mother all the same")
    assert.equal((await childOf(tx, memberId))?.representative?.memberId, null)
  }))

test("with the birthday the representative sees nothing more; who answers is a member as everybody, and of the representative nothing is kept", () =>
  rolledBack(async (tx) => {
    const { memberId, phone } = await aChild(tx, { bornOn: "2010-12-01" })
    const birthday = new Date("2026-12-01T07:00:00Z")
    await assert.rejects(growUp(tx, { memberId, at }), refusedWith("child_young"))
    assert.deepEqual(await turnedSixteen(tx, { at, most: 5 }), [])
    assert.deepEqual(await childrenOf(tx, { phone, at: birthday }), [])
    assert.deepEqual(
      (await turnedSixteen(tx, { at: birthday, most: 5 })).map((child) => child.memberId),
      [memberId],
    )
    await noteAskedAtSixteen(tx, { memberId, at: birthday })
    assert.deepEqual(await turnedSixteen(tx, { at: birthday, most: 5 }), [], "asked once")
    await growUp(tx, { memberId, at: birthday })
    assert.equal(await childOf(tx, memberId), undefined)
    await assert.rejects(growUp(tx, { memberId, at: birthday }), refusedWith("child_unknown"))
  }))

test("who does not answer within thirty days is noted once, and their representative is forgotten; they may still answer", () =>
  rolledBack(async (tx) => {
    const { memberId } = await aChild(tx, { bornOn: "2010-12-01" })
    const asked = new Date("2026-12-03T07:00:00Z") // the job was late
    await noteAskedAtSixteen(tx, { memberId, at: asked })
    const silent = async (on: string) => (await silentAtSixteen(tx, { at: new Date(on), most: 5 })).length
    assert.deepEqual([await silent("2027-01-02T06:59:00Z"), await silent("2027-01-02T07:00:00Z")], [0, 1])
    await noteSilentAtSixteen(tx, { memberId, at: new Date("2027-01-02T07:00:00Z") })
    assert.equal(await silent("2027-01-03T07:00:00Z"), 0)
    assert.equal((await childOf(tx, memberId))?.representative, null)
    await growUp(tx, { memberId, at: new Date("2027-02-01T07:00:00Z") })
  }))

test("whoever leaves is forgotten with who represented them", () =>
  rolledBack(async (tx) => {
    const { memberId } = await aChild(tx)
    await leaveMember(tx, { memberId, at, by: "system" })
    assert.equal(await childOf(tx, memberId), undefined)
  }))
