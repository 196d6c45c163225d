import { later, takeJobs } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { closeTestDatabases, migrate, ownDb, rolledBack } from "./testing.ts"

after(closeTestDatabases)

test("a job left in a transaction is taken once, in order", () =>
  rolledBack(async (tx) => {
    await later(tx, "first", { a: 1 })
    await later(tx, "second", {})
    assert.deepEqual(
      (await takeJobs(tx, { most: 10 })).map(({ name }) => name),
      ["first", "second"],
    )
    assert.deepEqual(await takeJobs(tx, { most: 10 }), [])
  }))

test("migrating a second time changes nothing", async () => {
  const own = await ownDb()
  assert.deepEqual(await migrate(own.url), { applied: [], repeated: [] })
  await own.drop()
})
