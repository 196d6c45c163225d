import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { inTransaction, LOCALES, Refusal, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { globSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { after, test } from "node:test"
import {
  ACTIONS,
  actionText,
  answerGivenBefore,
  approvals,
  askApproval,
  auditTrail,
  changePermissions,
  createKey,
  decideApproval,
  employ,
  keepAnswer,
  keysOf,
  leave,
  type Permission,
  record,
  revokeKey,
  staffByKey,
  staffList,
} from "./index.ts"
import { aStaffMember } from "./testing.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")
const REAL = { isDemo: false }
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test("a key opens what its owner may do, and the database keeps only a hash of it", () =>
  rolledBack(async (tx) => {
    const { staffId, key } = await aStaffMember(tx, { permissions: ["cards.read"] })
    const clerk = await staffByKey(tx, key, REAL)
    assert.deepEqual([clerk?.staffId, [...clerk!.permissions]], [staffId, ["cards.read"]])
    assert.ok(Buffer.from(key.slice("mila_".length), "base64url").length >= 16)
    const { rows } = await tx.client.query("select row_to_json(key)::text as row from staff.key")
    assert.ok(rows.every(({ row }) => !row.includes(key)))
    assert.equal(await staffByKey(tx, `${key}x`, REAL), undefined)
  }))

test("a right taken away is gone at the next request", () =>
  rolledBack(async (tx) => {
    const { staffId, key } = await aStaffMember(tx, { permissions: ["cards.read", "cards.write"] })
    await changePermissions(tx, { staffId, permissions: ["cards.read"] })
    assert.deepEqual([...(await staffByKey(tx, key, REAL))!.permissions], ["cards.read"])
    await assert.rejects(changePermissions(tx, { staffId: 9_999_999, permissions: [] }), refused("staff_not_found"))
  }))

test("a revoked key, and every key of somebody who left, opens nothing", () =>
  rolledBack(async (tx) => {
    const { staffId, key } = await aStaffMember(tx)
    const second = await createKey(tx, { staffId, label: "laptop", at })
    await revokeKey(tx, { staffId, keyId: second.keyId, at })
    await revokeKey(tx, { staffId, keyId: second.keyId, at: new Date() })
    assert.deepEqual((await keysOf(tx, staffId)).at(-1)?.revokedAt, at)
    assert.equal(await staffByKey(tx, second.key, REAL), undefined)
    assert.ok(await staffByKey(tx, key, REAL))
    await leave(tx, { staffId, at })
    assert.equal(await staffByKey(tx, key, REAL), undefined)
    await assert.rejects(createKey(tx, { staffId, label: "again", at }), refused("staff_not_found"))
    await assert.rejects(revokeKey(tx, { staffId: staffId + 1, keyId: second.keyId, at }), refused("staff_key_not_found"))
  }))

/** Lets a key grow older by the database's clock, the only one that counts. */
const older = (tx: Tx, keyId: number, { unused = "0", ends = "0" }: { unused?: string; ends?: string }) =>
  tx.client.query("update staff.key set last_used_at = last_used_at - $2::interval, ends_at = ends_at - $3::interval where id = $1", [
    ...[keyId, unused, ends],
  ])

test("A12: a person's key rests a quarter of an hour and lives half a day, a machine's rests weeks and lives a year; either ends for good", () =>
  rolledBack(async (tx) => {
    const { staffId } = await aStaffMember(tx, { permissions: ["exchange.send"] })
    const lives = {
      person: [{ unused: "14 minutes" }, { unused: "15 minutes" }, { ends: "11 hours" }, { ends: "12 hours" }],
      machine: [{ unused: "44 days" }, { unused: "45 days" }, { ends: "365 days" }, { ends: "366 days" }],
    } as const
    for (const [kind, [awake, asleep, young, old]] of Object.entries(lives) as ["person" | "machine", (typeof lives)["person"]][]) {
      const aKey = () => createKey(tx, { staffId, label: kind, kind, at })
      for (const age of [awake, young]) {
        const { keyId, key } = await aKey()
        await older(tx, keyId, age)
        assert.equal((await staffByKey(tx, key, REAL))?.keyId, keyId, `${kind} ${JSON.stringify(age)}`)
      }
      for (const [age, code] of [
        [asleep, "key_idle"],
        [old, "key_ended"],
      ] as const) {
        const { keyId, key } = await aKey()
        await older(tx, keyId, age)
        await assert.rejects(staffByKey(tx, key, REAL), refused(code), `${kind} ${JSON.stringify(age)}`)
        await assert.rejects(staffByKey(tx, key, REAL), refused(code), "knocking does not wake it")
      }
    }
  }))

test("A12: a key in use stays awake; its use is written down every two minutes and not more often", () =>
  rolledBack(async (tx) => {
    const { staffId, key } = await aStaffMember(tx)
    const { keyId, lastUsedAt: now } = (await keysOf(tx, staffId))[0]!
    const lastUse = async () => (await keysOf(tx, staffId))[0]!.lastUsedAt.getTime() - now.getTime()
    await older(tx, keyId, { unused: "1 minute" })
    await staffByKey(tx, key, REAL)
    assert.equal(await lastUse(), -60_000, "one minute ago is near enough")
    for (let hour = 0; hour < 4; hour += 1) {
      await older(tx, keyId, { unused: "12 minutes" })
      assert.ok(await staffByKey(tx, key, REAL))
      assert.equal(await lastUse(), 0, "written anew")
    }
  }))

test("A12: a key's age is the database's: whoever makes it with a clock years off has it no longer, and no shorter", () =>
  rolledBack(async (tx) => {
    const { staffId } = await aStaffMember(tx)
    for (const wrong of ["2001-01-01T00:00:00Z", "2099-01-01T00:00:00Z"]) {
      const { key, endsAt } = await createKey(tx, { staffId, label: "wrong clock", at: new Date(wrong) })
      const { rows } = await tx.client.query("select now() + interval '12 hours' ends")
      assert.deepEqual(endsAt, rows[0].ends)
      assert.ok(await staffByKey(tx, key, REAL))
    }
  }))

test("A12: a machine's key opens goods and figures, whatever its owner may; a demo's opens nothing where there is no demo", () =>
  rolledBack(async (tx) => {
    const { staffId } = await aStaffMember(tx)
    const { key } = await createKey(tx, { staffId, label: "1C", kind: "machine", at })
    const { permissions, endsSoon } = (await staffByKey(tx, key, REAL))!
    assert.ok(permissions.has("exchange.send") && !endsSoon)
    const people = [
      "members.reveal",
      "points.adjust",
      "staff.manage",
      "approvals.decide",
      "privacy.read",
      "cards.read",
      "outbox.read",
      "clock.set",
    ]
    for (const right of people) assert.ok(!permissions.has(right as Permission), right)

    const demo = await createKey(tx, { staffId, label: "demo", kind: "demo", at })
    assert.equal(await staffByKey(tx, demo.key, REAL), undefined)
    assert.ok(await staffByKey(tx, demo.key, { isDemo: true }))
  }))

test("one membership belongs to one staff member", () =>
  rolledBack(async (tx) => {
    await employ(tx, { name: "Ірына", permissions: [], memberId: 42, at })
    await assert.rejects(employ(tx, { name: "Вольга", permissions: [], memberId: 42, at }), refused("staff_member_taken"))
    assert.equal((await staffList(tx)).length, 1)
  }))

test("nobody decides about their own request, and a request is decided once", () =>
  rolledBack(async (tx) => {
    const [one, two] = [await aStaffMember(tx), await aStaffMember(tx)]
    const asked = { kind: "points.adjust", object: "member:42", request: { points: 9_000 }, by: one.staffId, at }
    const { approvalId } = await askApproval(tx, asked)
    const decide = (by: number) => decideApproval(tx, { approvalId, decision: "approved", by, at })
    await assert.rejects(decide(one.staffId), refused("approval_own_request"))
    assert.equal((await approvals(tx, { state: "pending" })).length, 1)
    assert.deepEqual((await decide(two.staffId)).request, { points: 9_000 })
    await assert.rejects(decide(two.staffId), refused("approval_decided"))
    const unknown = { approvalId: 9_999_999, decision: "rejected", by: two.staffId, at } as const
    await assert.rejects(decideApproval(tx, unknown), refused("approval_not_found"))
  }))

test("two who decide at once do not both win", async () => {
  const own = await ownDb()
  const { approvalId, deciders } = await inTransaction(own.db, async (tx) => {
    const { staffId } = await aStaffMember(tx)
    const request = { kind: "points.adjust", object: "member:42", request: {}, by: staffId, at }
    const deciders = [await aStaffMember(tx), await aStaffMember(tx), await aStaffMember(tx)]
    return { ...(await askApproval(tx, request)), deciders }
  })
  const outcomes = await Promise.allSettled(
    deciders.map(({ staffId }) => inTransaction(own.db, (tx) => decideApproval(tx, { approvalId, decision: "approved", by: staffId, at }))),
  )
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1)
  await own.drop()
})

test("the trail tells who did what, newest first, and nobody changes it", async () => {
  const own = await ownDb()
  await inTransaction(own.db, async (tx) => {
    const { staffId } = await aStaffMember(tx)
    await record(tx, { staffId, action: "card.block", object: "card:7", at, details: { reason: "lost" } })
    await record(tx, { staffId: null, action: "programme.publish", object: "programme:2", at })
    assert.deepEqual(
      (await auditTrail(tx)).map(({ action }) => action),
      ["programme.publish", "card.block"],
    )
    assert.deepEqual((await auditTrail(tx, { object: "card:7" }))[0]?.details, { reason: "lost" })
    assert.equal((await auditTrail(tx, { staffId })).length, 1)
  })
  const asApp = (sql: string) => own.db.pool.query(sql)
  for (const sql of ["update staff.audit set object = 'x'", "delete from staff.audit", "truncate staff.audit"]) {
    await assert.rejects(asApp(sql), /permission denied/)
    await assert.rejects(own.owner.pool.query(sql), /never changed/)
  }
  await own.drop()
})

test("a command that comes again gets its first answer; another under the same key is refused", () =>
  rolledBack(async (tx) => {
    const { staffId } = await aStaffMember(tx)
    const command = { staffId, key: "k1", meaning: "POST /adjust {points:5}" }
    assert.equal(await answerGivenBefore(tx, command), undefined)
    await keepAnswer(tx, { ...command, status: 201, body: { secret: "once" }, at })
    assert.deepEqual(await answerGivenBefore(tx, command), { status: 201, body: { secret: "once" } })
    await assert.rejects(answerGivenBefore(tx, { ...command, meaning: "other" }), refused("idempotency_mismatch"))
    assert.equal(await answerGivenBefore(tx, { ...command, staffId: staffId + 1 }), undefined)
  }))

test("a command under way refuses its twin instead of doing the work twice", async () => {
  const own = await ownDb()
  const { staffId } = await inTransaction(own.db, (tx) => aStaffMember(tx))
  const command = { staffId, key: "k1", meaning: "m" }
  await inTransaction(own.db, async (tx) => {
    await answerGivenBefore(tx, command)
    const twin = inTransaction(own.db, (other) => answerGivenBefore(other, command))
    await assert.rejects(twin, refused("idempotency_in_flight"))
  })
  await own.drop()
})

test("every action somebody does in the code has its words in every language, and no words wait for an action nobody does", () => {
  const root = resolve(import.meta.dirname, "../..")
  const files = globSync(["apps/**/*.ts", "modules/staff/**/*.ts"], { cwd: root, exclude: ["**/node_modules/**", "**/build/**"] })
  const named = new Set<string>()
  for (const file of files.filter((one) => !/\.test\.|testing\.ts$|modules\/staff\/actions-/.test(one))) {
    const text = readFileSync(resolve(root, file), "utf8")
    for (const [, written = ""] of text.matchAll(/(?:\bnote\(|\baction: )((?:locked \? )?["`][^,)]+)/g))
      for (const [, action = ""] of written.replace("${verb}", 'approve" "approval.reject').matchAll(/["`]([a-z]+(?:[.-][a-z-]+)+)/g))
        named.add(action)
  }
  assert.ok(named.size > 40, "the trail is read out of the code")
  assert.deepEqual([...named].toSorted(), ACTIONS.toSorted())
  for (const action of ACTIONS) {
    const said = LOCALES.map((locale) => actionText(action, {}, locale))
    assert.equal(new Set(said).size, LOCALES.length, `${action} is said in each language`)
    assert.doesNotMatch(said[1]!, /[ищъ]/u, `${action} is said in Belarusian`)
    assert.ok(said.every((text) => text.length > 10 && !text.includes(action)))
  }
  assert.equal(actionText("member.reveal", { reason: "complaint" }, "ru"), "Открыты ваши имя, телефон и почта: ваша жалоба")
  assert.equal(actionText("something.old", {}, "en"), "Worked with your data")
})
