import { ownDb } from "@mila/db/testing"
import type { Db } from "@mila/kernel"
import assert from "node:assert/strict"
import { createHook } from "node:async_hooks"
import { after, test } from "node:test"
import { anIp, at, PASSWORD, staffLife } from "./life-testing.ts"
import { newDevice } from "./limits.ts"
import { signInWithPassword } from "./password-sign-in.ts"

const { db, drop } = await ownDb()
after(drop)

const { somebody, withApp, withPasskey } = staffLife(db)

/** What a sign-in makes the machine do: slow hashes, seen by Node itself, and questions to the database, by their names. */
async function workOf(staffId: number): Promise<{ outcome: string; hashes: number; questions: string[] }> {
  let hashes = 0
  const hook = createHook({ init: (_id, type) => void (hashes += Number(type === "ARGON2REQUEST")) })
  const questions: string[] = []
  hook.enable()
  const typed = { staffId, password: PASSWORD, code: "000001", device: newDevice(), ip: anIp(), at }
  const { outcome } = await signInWithPassword(listened(db, questions), typed)
  hook.disable()
  return { outcome, hashes, questions }
}

function listened(of: Db, questions: string[]): Db {
  const connect = async () => {
    const client = await of.pool.connect()
    return new Proxy(client, {
      get(inner, key) {
        const value: unknown = Reflect.get(inner, key)
        if (typeof value !== "function") return value
        return (...given: unknown[]) => {
          const [first] = given as [string | { name?: string; text?: string }]
          if (key === "query") questions.push(typeof first === "string" ? first : (first.name ?? first.text ?? ""))
          return Reflect.apply(value, inner, given) as unknown
        }
      },
    })
  }
  const pool = new Proxy(of.pool, { get: (target, name) => (name === "connect" ? connect : Reflect.get(target, name)) })
  return { pool, secrets: of.secrets, close: async () => undefined }
}

test("A12: a number nobody has costs exactly what a wrong code does: one slow hash, and the same questions to the database", async () => {
  const [known, onlyPasskey] = [await somebody(), await somebody()]
  await withApp(known)
  await withPasskey(onlyPasskey)
  const wrong = await workOf(known)
  assert.deepEqual([wrong.outcome, wrong.hashes], ["failed", 1])
  assert.ok(wrong.questions.includes("staff.authenticator_of"))
  assert.deepEqual(await workOf(9_000_000), wrong, "nobody")
  assert.deepEqual(await workOf(onlyPasskey), wrong, "somebody without a password")
})
