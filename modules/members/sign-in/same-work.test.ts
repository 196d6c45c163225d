import { ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { workOf } from "@mila/kernel/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { leaveMember } from "../index.ts"
import { aMember, aPhone, SOME_DAY } from "../testing.ts"
import { newDeviceToken } from "./known-devices.ts"
import { setPassword } from "./new-password.ts"
import { signInWithPassword } from "./sign-in.ts"

const { db, drop } = await ownDb()
after(drop)

const PASSWORD = "зелёная кастрюля"
let lastIp = 0

async function somebody({ password = PASSWORD }: { password?: string | null } = {}): Promise<{ memberId: number; phone: string }> {
  const phone = aPhone()
  const memberId = await inTransaction(db, (tx) => aMember(tx, { phone }))
  if (password !== null) await setPassword(db, { memberId, password, keep: null, at: SOME_DAY })
  return { memberId, phone }
}

/** What a sign-in makes the machine do. */
async function signInWork(asked: { phone: string; password: string }) {
  const from = { device: newDeviceToken(), deviceName: "Chrome", kind: "web", ip: `10.77.${(lastIp += 1)}.7`, at: SOME_DAY } as const
  const { result, ...work } = await workOf(db, (listened) => signInWithPassword(listened, { ...asked, ...from }))
  return { outcome: result.outcome, ...work }
}

test("who is not known costs exactly what a wrong password does: one slow hash, and the same questions to the database", async () => {
  const known = await somebody()
  const left = await somebody()
  await inTransaction(db, (tx) => leaveMember(tx, { memberId: left.memberId, at: SOME_DAY, by: "system" }))
  const wrong = await signInWork({ phone: known.phone, password: "жёлтая кастрюля" })
  assert.deepEqual([wrong.outcome, wrong.hashes], ["failed", 1])
  assert.ok(wrong.questions.length >= 6, wrong.questions.join())
  for (const [who, phone] of [
    ["nobody", aPhone()],
    ["somebody without a password", (await somebody({ password: null })).phone],
    ["somebody who left", left.phone],
  ] as const)
    assert.deepEqual(await signInWork({ phone, password: PASSWORD }), wrong, who)
  // what is no number at all is looked for nowhere, which tells nobody anything: who typed it knows as much
  const noNumber = await signInWork({ phone: "anna", password: PASSWORD })
  assert.deepEqual(noNumber, { ...wrong, questions: wrong.questions.filter((name) => name !== "members.by_phone") })
  const right = await signInWork({ phone: known.phone, password: PASSWORD })
  assert.deepEqual([right.outcome, right.hashes], ["signed_in", 1])
})

test("who has to wait costs no slow hash, known or not", async () => {
  const known = await somebody()
  const tired = async (phone: string) => {
    let done = await signInWork({ phone, password: "жёлтая кастрюля" })
    for (let tries = 0; tries < 6 && done.outcome !== "wait"; tries += 1) done = await signInWork({ phone, password: "жёлтая кастрюля" })
    return done
  }
  const [one, other] = [await tired(known.phone), await tired(aPhone())]
  assert.deepEqual([one.outcome, one.hashes], ["wait", 0])
  assert.deepEqual(other, one)
})
