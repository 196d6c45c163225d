import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { inTransaction, Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  hasLeftBefore,
  leaveMember,
  livingMember,
  lockSpending,
  markEmployee,
  memberByPhone,
  memberHistory,
  mergeMembers,
  personOf,
  profilesOf,
  registerMember,
  unmarkEmployee,
  worksAt,
} from "./index.ts"
import { aMember, aPhone, SOME_DAY } from "./testing.ts"

after(closeTestDatabases)

const at = SOME_DAY
const by = "staff:1"
const refusedWith = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test("a member is found by the phone however it is spelled", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx, { phone: "8 029 123-45-67" })
    for (const spelling of ["+375291234567", "029 1234567", "80291234567", "(29) 123 45 67"]) {
      assert.equal((await memberByPhone(tx, spelling))?.memberId, memberId)
    }
    assert.equal(await memberByPhone(tx, "+375291234568"), undefined)
    assert.equal(await memberByPhone(tx, "not a phone"), undefined)
  }))

test("one number makes one member, in whatever spelling the second registration comes", () =>
  rolledBack(async (tx) => {
    await aMember(tx, { phone: "+375 29 123-45-67" })
    await assert.rejects(aMember(tx, { phone: "80291234567" }), refusedWith("phone_taken"))
  }))

test("what somebody is called, their phone and their e-mail lie in the database only sealed", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx, {
      name: { family: "О’Нил-Ёлкина", given: "Зоя", patronymic: null },
      phone: "+375291234567",
      email: " Zoya@Example.BY ",
    })
    const { rows } = await tx.client.query("select row_to_json(m)::text row from members.member m where id = $1", [memberId])
    for (const secret of ["Зоя", "лкина", "1234567", "zoya", "example"])
      assert.ok(!rows[0].row.toLowerCase().includes(secret.toLowerCase()))
    const person = await personOf(tx, memberId)
    assert.deepEqual(person?.name, { family: "О’Нил-Ёлкина", given: "Зоя", patronymic: null })
    assert.equal(person?.email, "zoya@example.by")
    assert.equal(person?.maskedPhone, "+375 29 ***-**-67")
  }))

test("a bank card number is refused in every text field before anything else is looked at", () =>
  rolledBack(async (tx) => {
    const pan = "4111 1111 1111 1111"
    const name = { family: "Петрова", given: "Анна", patronymic: null }
    for (const field of [
      { name: { ...name, family: pan } },
      { name: { ...name, patronymic: pan } },
      { phone: pan },
      { email: `${pan}@x.by` },
    ]) {
      await assert.rejects(aMember(tx, field), refusedWith("bank_card_number"))
    }
  }))

test("a cashier sees the given name and one letter, and a single name alone", () =>
  rolledBack(async (tx) => {
    const anna = await aMember(tx)
    const madonna = await aMember(tx, { name: { family: "", given: "Мадонна", patronymic: null } })
    const profiles = await profilesOf(tx, [anna, madonna, 999_999_999])
    assert.equal(profiles.get(anna)?.maskedName, "Анна П.")
    assert.equal(profiles.get(madonna)?.maskedName, "Мадонна")
    assert.equal(profiles.size, 2)
  }))

test("whoever was merged answers with the living member, through any number of merges and by any of the phones", () =>
  rolledBack(async (tx) => {
    const phone = aPhone()
    const [first, second, third] = [await aMember(tx, { phone }), await aMember(tx), await aMember(tx)]
    await mergeMembers(tx, { from: first, into: second, at, by })
    await mergeMembers(tx, { from: second, into: third, at, by })
    const profiles = await profilesOf(tx, [first, second, third])
    for (const asked of [first, second, third]) assert.equal(profiles.get(asked)?.memberId, third)
    assert.equal((await memberByPhone(tx, phone))?.memberId, third)
    assert.equal(await livingMember(tx, first), third)
    assert.equal((await personOf(tx, first))?.mergedInto, third)
    await assert.rejects(aMember(tx, { phone }), refusedWith("phone_taken"))
  }))

test("merging twice is harmless; merging with somebody else, oneself, a stranger or one who left is refused", () =>
  rolledBack(async (tx) => {
    const [one, two, three] = [await aMember(tx), await aMember(tx), await aMember(tx)]
    assert.equal(await mergeMembers(tx, { from: one, into: two, at, by }), "merged")
    assert.equal(await mergeMembers(tx, { from: one, into: two, at, by }), "already_merged")
    await assert.rejects(mergeMembers(tx, { from: one, into: three, at, by }), refusedWith("member_merged"))
    await assert.rejects(mergeMembers(tx, { from: two, into: one, at, by }), refusedWith("member_merged"))
    await assert.rejects(mergeMembers(tx, { from: two, into: two, at, by }), refusedWith("same_member"))
    await assert.rejects(mergeMembers(tx, { from: two, into: 999_999_999, at, by }), refusedWith("member_unknown"))
    await leaveMember(tx, { memberId: three, at, by })
    await assert.rejects(mergeMembers(tx, { from: two, into: three, at, by }), refusedWith("member_left"))
  }))

test("spending stays locked when the locked one of two is merged away", () =>
  rolledBack(async (tx) => {
    const [from, into] = [await aMember(tx), await aMember(tx)]
    await lockSpending(tx, { memberId: from, locked: true, at, by })
    assert.equal((await profilesOf(tx, [into])).get(into)?.spendClosed(at), false)
    await mergeMembers(tx, { from, into, at, by })
    for (const id of [from, into]) assert.equal((await profilesOf(tx, [id])).get(id)?.spendClosed(at), true)
  }))

test("who leaves is forgotten, with everybody they took over, and the phone may come back as somebody new", () =>
  rolledBack(async (tx) => {
    const phone = aPhone()
    const [old, memberId] = [
      await aMember(tx, { phone: aPhone() }),
      await aMember(tx, { phone, email: "a@b.by", birthday: { month: 2, day: 29 } }),
    ]
    await mergeMembers(tx, { from: old, into: memberId, at, by })
    assert.equal(await leaveMember(tx, { memberId, at, by }), "left")
    assert.equal(await leaveMember(tx, { memberId, at, by }), "already_left")
    for (const id of [old, memberId]) {
      const person = await personOf(tx, id)
      assert.deepEqual([person?.state, person?.name, person?.phone, person?.email, person?.birthday], ["left", null, null, null, null])
    }
    assert.equal((await profilesOf(tx, [memberId])).get(memberId)?.maskedName, "")
    assert.equal(await memberByPhone(tx, phone), undefined)
    assert.equal(await hasLeftBefore(tx, phone), true)
    assert.equal(await hasLeftBefore(tx, aPhone()), false)
    assert.notEqual(await aMember(tx, { phone }), memberId)
    await assert.rejects(livingMember(tx, memberId), refusedWith("member_left"))
  }))

test("an employee works at a till, at every till of a shop, or at none", () =>
  rolledBack(async (tx) => {
    const memberId = await aMember(tx)
    const profile = async () => (await profilesOf(tx, [memberId])).get(memberId)!
    assert.equal((await profile()).employee, false)
    await markEmployee(tx, { memberId, worksAt: { shop: "M001", till: 2 }, at, by })
    assert.ok(worksAt(await profile(), { shop: "M001", till: 2 }))
    assert.ok(!worksAt(await profile(), { shop: "M001", till: 1 }))
    await markEmployee(tx, { memberId, worksAt: { shop: "M001", till: null }, at, by })
    assert.ok(worksAt(await profile(), { shop: "M001", till: 1 }))
    assert.ok(!worksAt(await profile(), { shop: "M002", till: 1 }))
    await unmarkEmployee(tx, { memberId, at, by })
    await unmarkEmployee(tx, { memberId, at, by })
    assert.deepEqual([(await profile()).employee, (await profile()).employeeAt], [false, null])
    assert.deepEqual(
      (await memberHistory(tx, memberId)).map(({ what }) => what),
      ["registered", "employee_marked", "employee_marked", "employee_unmarked"],
    )
  }))

test("the database refuses a chain of merges and a rewritten history", async () => {
  const { db, owner, drop } = await ownDb({ max: 3 })
  try {
    const [one, two, three] = await inTransaction(db, async (tx) => [await aMember(tx), await aMember(tx), await aMember(tx)] as const)
    await assert.rejects(
      inTransaction(owner, async (tx) => {
        await tx.client.query("update members.member set state = 'merged', merged_into = $2 where id = $1", [one, two])
        await tx.client.query("update members.member set state = 'merged', merged_into = $2 where id = $1", [two, three])
      }),
      /through another merged member/,
    )
    await assert.rejects(
      inTransaction(owner, (tx) => tx.client.query("update members.event set what = 'left'")),
      /never rewritten/,
    )
    await assert.rejects(
      inTransaction(db, (tx) => tx.client.query("delete from members.event")),
      /permission denied/,
    )
    await assert.rejects(
      inTransaction(db, (tx) => tx.client.query("delete from members.member")),
      /permission denied/,
    )
  } finally {
    await drop()
  }
})

test("of twenty registrations of one number at once, one makes the member", async () => {
  const { db, drop } = await ownDb()
  try {
    for (let round = 0; round < 5; round += 1) {
      const phone = aPhone()
      const crowd = await Promise.allSettled(Array.from({ length: 20 }, () => inTransaction(db, (tx) => aMember(tx, { phone }))))
      assert.equal(crowd.filter(({ status }) => status === "fulfilled").length, 1)
      for (const result of crowd) if (result.status === "rejected") assert.ok(refusedWith("phone_taken")(result.reason))
    }
  } finally {
    await drop()
  }
})

test("members merging into each other from all sides end as one, and nobody hangs on a chain", async () => {
  const { db, drop } = await ownDb()
  try {
    for (let round = 0; round < 20; round += 1) {
      const ids = await inTransaction(db, async (tx) => [await aMember(tx), await aMember(tx), await aMember(tx), await aMember(tx)])
      const pairs = ids.flatMap((from) => ids.filter((into) => into !== from).map((into) => ({ from, into })))
      const crowd = await Promise.allSettled(
        pairs.map(({ from, into }) => inTransaction(db, (tx) => mergeMembers(tx, { from, into, at, by }))),
      )
      for (const result of crowd)
        if (result.status === "rejected") assert.ok(refusedWith("member_merged")(result.reason), String(result.reason))
      await inTransaction(db, async (tx) => {
        const living = [...(await profilesOf(tx, ids)).values()]
        assert.ok(living.every(({ state }) => state === "active"))
        const merges = crowd.filter((result) => result.status === "fulfilled" && result.value === "merged")
        assert.equal(merges.length, ids.length - new Set(living.map(({ memberId }) => memberId)).size)
      })
    }
  } finally {
    await drop()
  }
})

test("registering says what it refuses", async () => {
  await rolledBack(async (tx) => {
    const person = {
      name: { family: "П", given: "А", patronymic: null },
      phone: aPhone(),
      email: null,
      birthday: null,
      locale: "be" as const,
      at,
    }
    const cases: [Partial<typeof person> | { birthday: { month: number; day: number } } | { email: string }, string][] = [
      [{ name: { family: "П", given: "", patronymic: null } }, "name_invalid"],
      [{ name: { family: "<b>", given: "А", patronymic: null } }, "name_invalid"],
      [{ name: { family: "П", given: "А1", patronymic: null } }, "name_invalid"],
      [{ phone: "+37517 2223344" }, "phone_invalid"],
      [{ phone: "+7 921 1234567" }, "phone_foreign"],
      [{ email: "a@b" }, "email_invalid"],
      [{ birthday: { month: 4, day: 31 } }, "birthday_invalid"],
      [{ birthday: { month: 13, day: 1 } }, "birthday_invalid"],
    ]
    for (const [wrong, code] of cases) await assert.rejects(registerMember(tx, { ...person, ...wrong }), refusedWith(code), code)
  })
})
