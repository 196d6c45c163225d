import { closeTestDatabases, ownDb } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { auditTrail } from "../audit.ts"
import { leave } from "../people.ts"
import { factorsOf, removeFactor, removeOwnFactor } from "./factors.ts"
import { jobs } from "./jobs.ts"
import { at, FAILED, PASSWORD, staffLife } from "./life-testing.ts"
import { SIGN_IN_POLICY } from "./limits.ts"

const { db, owner, drop } = await ownDb()
after(async () => {
  await drop()
  await closeTestDatabases()
})

const { read, somebody, withPasskey, withApp, asked, touch, type, shown, opens } = staffLife(db)

test("A02: wrong tries wait longer and longer, known or not; a device that was here before waits for nobody else's, nor does a passkey", async () => {
  const staffId = await somebody()
  const { secret, device } = await withApp(staffId)
  const { phone } = await withPasskey(staffId)
  const nobody = 9_000_000
  for (const number of [staffId, nobody]) {
    const wrong = { staffId: number, password: `${PASSWORD}!`, code: "000001" } // a code alone might be right by chance
    for (let nth = 0; nth < SIGN_IN_POLICY.free; nth += 1) assert.deepEqual(await type(wrong), FAILED)
    await owner.pool.query("update staff.attempt set last_at = clock_timestamp()") // a slow hash has used up none of the wait
    const waits = await type(wrong)
    assert.ok(waits.outcome === "wait" && waits.seconds <= 2 && waits.seconds >= 1, JSON.stringify(waits))
    const [refused] = await read((tx) => auditTrail(tx, { object: `staff:${number}` }))
    assert.deepEqual([refused!.action, refused!.details], ["staff.sign-in-refused", { tries: 5, by: "authenticator" }])
  }
  assert.equal((await touch(phone)).outcome, "signed_in")
  assert.equal((await type({ staffId, code: await shown(secret), device })).outcome, "signed_in")
  await owner.pool.query("update staff.attempt set failures = 100")
  const resting = await type({ staffId: nobody, code: "000001" })
  assert.ok(resting.outcome === "wait" && resting.seconds > 86_000)
  await owner.pool.query("update staff.attempt set last_at = now() - interval '25 hours'")
  assert.deepEqual(await type({ staffId: nobody, code: "000001" }), FAILED)
})

test("A02: a network that only fails waits, by password and by passkey, and asking has its limit", async () => {
  const ip = "172.20.1.9"
  const { triesPerNetwork, passkeyTriesPerNetwork } = SIGN_IN_POLICY
  const used = // these ten minutes, and the next should they begin meanwhile
    "insert into staff.use select $1, $2, date_bin('10 minutes', now(), 'epoch') + n * interval '10 minutes', $3 from generate_series(0, 1) n"
  await owner.pool.query(used, ["tries", db.secrets.hmac("staff.use.tries", "172.20.1"), triesPerNetwork.most])
  await owner.pool.query(used, ["passkey", db.secrets.hmac("staff.use.passkey", "172.20.1"), passkeyTriesPerNetwork.most])
  assert.equal((await type({ staffId: 8_000_000, code: "000001", ip })).outcome, "wait")
  const { phone } = await withPasskey(await somebody())
  assert.equal((await touch(phone, { ip })).outcome, "wait")
  assert.equal((await touch(phone)).outcome, "signed_in")
})

test("one's own factor is removed soon after one signed in, never the last one; other keys end; a colleague removes what was lost", async () => {
  const staffId = await somebody()
  const { phone, factorId } = await withPasskey(staffId)
  const keyOf = async () => {
    const entered = await touch(phone)
    assert.ok(entered.outcome === "signed_in")
    return { key: entered.key, keyId: (await opens(entered.key))!.keyId }
  }
  const [one, two] = [await keyOf(), await keyOf()]
  const remove = (id: number) => read((tx) => removeOwnFactor(tx, { staffId, keyId: one.keyId, factorId: id, at }))
  await assert.rejects(remove(factorId), { code: "last_factor" })
  const app = await withApp(staffId)
  await assert.rejects(remove(9_999_999), { code: "factor_not_found" })
  await owner.pool.query("update staff.key set ends_at = ends_at - interval '16 minutes' where id = $1", [one.keyId])
  await assert.rejects(remove(app.factorId), { code: "sign_in_again" })
  await owner.pool.query("update staff.key set ends_at = ends_at + interval '16 minutes' where id = $1", [one.keyId])
  await remove(app.factorId)
  assert.ok(await opens(one.key))
  assert.equal(await opens(two.key), undefined)
  const by = await somebody()
  await read((tx) => removeFactor(tx, { staffId, factorId, by, at }))
  assert.equal(await opens(one.key), undefined)
  assert.deepEqual(await touch(phone), FAILED)
  await assert.rejects(
    read((tx) => removeFactor(tx, { staffId, factorId, by, at })),
    { code: "factor_not_found" },
  )
})

test("whoever left signs in no more, and nothing of theirs to sign in with is kept; what is over is forgotten", async () => {
  const staffId = await somebody()
  const { phone } = await withPasskey(staffId)
  await withApp(staffId)
  await read((tx) => leave(tx, { staffId, at }))
  assert.deepEqual(await touch(phone), FAILED)
  assert.deepEqual(await read((tx) => factorsOf(tx, staffId)), [])
  await asked()
  await owner.pool.query("update staff.challenge set ends_at = now() - interval '1 second'")
  const figures = await jobs[0]!.run(db, { at, now: () => at })
  assert.ok(figures["challenges"]! > 0)
})
