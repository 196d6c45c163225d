import { ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { aMember, aPhone, SOME_DAY } from "../testing.ts"
import { ATTEMPT_POLICY, siteAlarm, takeAttempt } from "./attempts.ts"
import { newDeviceToken } from "./known-devices.ts"
import { setPassword } from "./new-password.ts"
import { signInWithPassword } from "./sign-in.ts"

const { db, owner, drop } = await ownDb()
after(drop)

const PASSWORD = "зелёная кастрюля"
const later = (seconds: number) => new Date(SOME_DAY.getTime() + seconds * 1000)
const signIn = (phone: string, { password = PASSWORD, device = newDeviceToken(), ip = "10.1.1.1", at = SOME_DAY } = {}) =>
  signInWithPassword(db, { phone, password, device, deviceName: "Chrome", kind: "web", ip, at })

async function somebody(): Promise<{ phone: string; device: string }> {
  const phone = aPhone()
  const memberId = await inTransaction(db, (tx) => aMember(tx, { phone }))
  await setPassword(db, { memberId, password: PASSWORD, keep: null, at: SOME_DAY })
  return { phone, device: newDeviceToken() }
}

test("A02: one password over two thousand phones: a network is stopped by itself, many networks by the house; a known device goes on", async () => {
  const { phone, device } = await somebody()
  assert.equal((await signIn(phone, { device })).outcome, "signed_in")
  let nth = 0
  const spray = (ip: string, at: Date) =>
    inTransaction(db, (tx) => takeAttempt(tx, { phone: `+37525${1_000_000 + (nth += 1)}`, device: null, ip, at }))
  const looked = async (count: number, ipOf: (place: number) => string, at: Date) => {
    let all = 0
    for (let place = 0; place < count; place += 1) all += Number((await spray(ipOf(place), at)) === 0)
    return all
  }
  const hour = (count: number) => later(count * 3_600)
  assert.equal(await looked(500, () => "192.0.2.9", hour(1)), ATTEMPT_POLICY.perNetwork.most, "one network")
  assert.equal(await inTransaction(db, (tx) => siteAlarm(tx, { at: hour(1) })), 0, "and nobody else is troubled by it")
  assert.equal(
    await looked(500, (place) => `2001:db8:7:7:${place.toString(16)}::1`, hour(2)),
    ATTEMPT_POLICY.perNetwork.most,
    "a /64 is one",
  )
  const seen = await looked(2_000, (place) => `100.64.${place % 100}.1`, hour(3))
  assert.ok(seen <= ATTEMPT_POLICY.site.most + 1, `${seen} of 2,000`)
  assert.ok((await inTransaction(db, (tx) => siteAlarm(tx, { at: hour(3) }))) > 0)
  assert.equal((await signIn((await somebody()).phone, { at: hour(3), ip: "10.9.9.9" })).outcome, "wait")
  assert.equal((await signIn(phone, { device, at: hour(3) })).outcome, "signed_in")
})

test("A02: nothing that hangs on a tried password is kept: two wrong ones leave the same rows behind", async () => {
  const { phone } = await somebody()
  const rowsAfter = async (password: string) => {
    await owner.pool.query("delete from members.failure; delete from members.use")
    assert.equal((await signIn(phone, { password, at: later(60) })).outcome, "failed")
    const { rows } = await owner.pool.query(
      `select 'failure' what, to_jsonb(f) row from members.failure f union all select 'use', to_jsonb(u) from members.use u
       union all select 'password', to_jsonb(p) from members.password p union all select 'device', to_jsonb(d) from members.known_device d order by 1, 2`,
    )
    return rows
  }
  const first = await rowsAfter("первая догадка")
  assert.ok(first.length >= 4)
  assert.deepEqual(await rowsAfter("вторая, длиннее"), first)
})
