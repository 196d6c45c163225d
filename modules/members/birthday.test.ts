import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { birthdayMovesFrom, changePerson, memberHistory, personOf } from "./index.ts"
import { aMember } from "./testing.ts"

after(closeTestDatabases)

const refusedWith = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test("a birthday is moved by the member once a year, however it came; a clerk puts it right at any time", () =>
  rolledBack(async (tx) => {
    const name = { family: "Петрова", given: "Анна", patronymic: null }
    const memberId = await aMember(tx, { name, birthday: { month: 11, day: 23 } })
    const self = `member:${memberId}` as const
    const on = (day: string) => new Date(`${day}T09:00:00Z`)
    const move = (birthday: { month: number; day: number } | null, day: string, hand: "staff:1" | typeof self = self) =>
      changePerson(tx, { memberId, name, birthday, at: on(day), by: hand })
    await assert.rejects(move({ month: 11, day: 24 }, "2026-11-24"), refusedWith("birthday_moved_lately"))
    assert.equal(await birthdayMovesFrom(tx, { memberId, at: on("2026-11-24") }), "2027-11-23")
    assert.deepEqual(await move({ day: 23, month: 11 }, "2026-11-24"), { name: false, birthday: false })
    assert.deepEqual(await move({ month: 11, day: 25 }, "2026-11-24", "staff:1"), { name: false, birthday: true })
    assert.equal(await birthdayMovesFrom(tx, { memberId, at: on("2026-11-24") }), "2027-11-23", "a correction is not counted")
    await move(null, "2026-11-25")
    await assert.rejects(move({ month: 12, day: 1 }, "2027-11-24"), refusedWith("birthday_moved_lately"))
    await move({ month: 12, day: 1 }, "2027-11-25")
    assert.deepEqual((await personOf(tx, memberId))?.birthday, { month: 12, day: 1 })
    const changed = (await memberHistory(tx, memberId)).filter(({ what }) => what === "person_changed")
    assert.deepEqual(
      changed.map(({ by, details }) => [by, details]),
      ["staff:1", self, self].map((hand) => [hand, { name: false, birthday: true }]),
    )
    const fresh = await aMember(tx)
    assert.equal(await birthdayMovesFrom(tx, { memberId: fresh, at: on("2026-11-24") }), null, "who gave none may give one")
  }))
