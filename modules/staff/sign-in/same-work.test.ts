import { ownDb } from "@mila/db/testing"
import { workOf } from "@mila/kernel/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { anIp, at, PASSWORD, staffLife } from "./life-testing.ts"
import { newDevice } from "./limits.ts"
import { signInWithPassword } from "./password-sign-in.ts"

const { db, drop } = await ownDb()
after(drop)

const { somebody, withApp, withPasskey } = staffLife(db)

/** What a sign-in makes the machine do. */
async function signInWork(staffId: number) {
  const typed = { staffId, password: PASSWORD, code: "000001", device: newDevice(), ip: anIp(), at }
  const { result, ...work } = await workOf(db, (listened) => signInWithPassword(listened, typed))
  return { outcome: result.outcome, ...work }
}

test("A12: a number nobody has costs exactly what a wrong code does: one slow hash, and the same questions to the database", async () => {
  const [known, onlyPasskey] = [await somebody(), await somebody()]
  await withApp(known)
  await withPasskey(onlyPasskey)
  const wrong = await signInWork(known)
  assert.deepEqual([wrong.outcome, wrong.hashes], ["failed", 1])
  assert.ok(wrong.questions.includes("staff.authenticator_of"))
  assert.deepEqual(await signInWork(9_000_000), wrong, "nobody")
  assert.deepEqual(await signInWork(onlyPasskey), wrong, "somebody without a password")
})
