import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { codeOfStep } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { auditTrail } from "../audit.ts"
import { leave } from "../people.ts"
import { acceptWithAuthenticator, showAuthenticator } from "./accept-authenticator.ts"
import { acceptWithPasskey } from "./accept-passkey.ts"
import { stepOfCode, codeAt } from "./authenticator.ts"
import { factorsOf, removeFactor } from "./factors.ts"
import { invitationFor, invite } from "./invitations.ts"
import { aFinger, anIp, at, FAILED, PASSWORD, SITE, staffLife } from "./life-testing.ts"
import { newDevice } from "./limits.ts"
import { checkStaffPassword } from "./passwords.ts"
import { signOut } from "./enter.ts"
import { signInWithPasskey } from "./passkey-sign-in.ts"

const { db, owner, drop } = await ownDb()
after(async () => {
  await drop()
  await closeTestDatabases()
})

const { read, somebody, invited, options, place, withPasskey, withApp, asked, touch, type, shown, opens } = staffLife(db)
const trailOf = async (staffId: number) =>
  (await read((tx) => auditTrail(tx, { object: `staff:${staffId}` }))).map(({ action }) => action).toReversed()

test("A12: an invitation brings a passkey, the passkey a key, and the key what it brought before; all of it stands in the trail", async () => {
  const staffId = await somebody()
  const { phone, device } = await withPasskey(staffId)
  const entered = await touch(phone, { device })
  assert.ok(entered.outcome === "signed_in")
  const found = (await opens(entered.key))!
  assert.deepEqual([found.staffId, found.kind, [...found.permissions]], [staffId, "person", ["shops.read"]])
  const hours = (found.endsAt.getTime() - Date.now()) / 3_600_000
  assert.ok(hours > 11.9 && hours < 12.1)
  await read((tx) => signOut(tx, { staffId, keyId: found.keyId, at }))
  assert.equal(await opens(entered.key), undefined)
  const acts = ["staff.invite", "staff.invitation-use", "staff.factor-add", "staff.sign-in", "staff.sign-out"]
  assert.deepEqual(await trailOf(staffId), acts)
  const told = JSON.stringify(await read((tx) => auditTrail(tx, { object: `staff:${staffId}` })))
  assert.doesNotMatch(told, /Анна|mila_|invite_|Chrome/, "without a name, a key or a device")
})

test("A12: an invitation works once, for one person, for 24 hours, and is over when another is made or they leave; it is refused alike", async () => {
  const [anna, boris] = [await somebody(), await somebody()]
  const first = await invited(anna)
  const second = await invited(anna)
  const gone = await invited(boris)
  await read((tx) => leave(tx, { staffId: boris, at }))
  const old = await invited(await somebody())
  await owner.pool.query("update staff.invitation set ends_at = now() where id = (select max(id) from staff.invitation)")
  const phone = aFinger()
  const made = phone.make(await options(second))
  const accept = (invitation: string) => acceptWithPasskey(db, { invitation, answer: made, site: SITE, ...place() })
  await accept(second)
  for (const over of [first, second, gone, old, "invite_nobody", ""]) {
    await assert.rejects(
      read((tx) => invitationFor(tx, over)),
      { code: "invitation_invalid" },
    )
    await assert.rejects(options(over), { code: "invitation_invalid" })
    await assert.rejects(accept(over), { code: "invitation_invalid" })
    await assert.rejects(
      read((tx) => showAuthenticator(tx, { invitation: over, chain: "Мила" })),
      { code: "invitation_invalid" },
    )
  }
  await assert.rejects(
    read((tx) => invite(tx, { staffId: anna, by: anna, at })),
    { code: "own_invitation" },
  )
  await assert.rejects(
    read((tx) => invite(tx, { staffId: boris, by: anna, at })),
    { code: "staff_not_found" },
  )
  const kept = await owner.pool.query("select * from staff.invitation")
  assert.ok(!JSON.stringify(kept.rows).includes(second.slice(10)), "only a hash of it is kept")
})

test("A12: of twelve who accept one invitation at once, one does", async () => {
  const staffId = await somebody()
  const invitation = await invited(staffId)
  const answers = await Promise.all(Array.from({ length: 12 }, async () => aFinger().make(await options(invitation))))
  const crowd = answers.map((answer) => acceptWithPasskey(db, { invitation, answer, site: SITE, ...place() }))
  const done = await Promise.allSettled(crowd)
  assert.equal(done.filter(({ status }) => status === "fulfilled").length, 1)
  assert.equal((await read((tx) => factorsOf(tx, staffId))).length, 1)
})

test("A12: a passkey signs once what was asked, here, by who asked; of nobody verified, another site or another key it is one answer: no", async () => {
  const staffId = await somebody()
  const { phone } = await withPasskey(staffId)
  const others = await withPasskey(await somebody())
  const device = newDevice()
  const enter = (answer: string, flow: string) => signInWithPasskey(db, { answer, flow, site: SITE, device, ip: anIp(), at })
  const { flow, options } = await asked()
  const answer = phone.sign(options)
  assert.deepEqual(await enter(answer, (await asked()).flow), FAILED, "another browser's")
  assert.equal((await enter(answer, flow)).outcome, "signed_in")
  assert.deepEqual(await enter(answer, flow), FAILED, "replayed")
  const late = await asked()
  await owner.pool.query("update staff.challenge set ends_at = now()")
  assert.deepEqual(await enter(phone.sign(late.options), late.flow), FAILED, "five minutes later")
  const twists = {
    "nobody verified": { verified: false },
    "a page of another site": { origin: "https://office.example.evil.by" },
    "another domain": { domain: "evil.by" },
    "another key": { forged: true },
    "a page in a frame": { crossOrigin: true },
    "no name": { handle: null },
    "somebody else's name": { handle: others.phone.held[0]!.handle },
  }
  for (const [what, twist] of Object.entries(twists)) assert.deepEqual(await touch(phone, { twist }), FAILED, what)
  assert.deepEqual(await touch((({ phone }) => phone)(await forgotten())), FAILED, "one that was removed")
  for (const text of ["", "{}", "null", "x".repeat(20_000)]) assert.deepEqual(await enter(text, flow), FAILED)
  const unverified = aFinger().make(await optionsFor(staffId), { verified: false })
  const invitation = await invited(staffId)
  await assert.rejects(acceptWithPasskey(db, { invitation, answer: unverified, site: SITE, ...place() }), { code: "factor_failed" })
})

const optionsFor = async (staffId: number) => options(await invited(staffId))

async function forgotten() {
  const staffId = await somebody()
  const made = await withPasskey(staffId)
  await read(async (tx) => removeFactor(tx, { staffId, factorId: made.factorId, by: await somebody(), at }))
  return made
}

test("A12: a passkey that has a copy opens nothing any more, and its owner's keys end", async () => {
  const staffId = await somebody()
  const { phone } = await withPasskey(staffId, aFinger({ counts: true }))
  const entered = await touch(phone)
  assert.ok(entered.outcome === "signed_in")
  assert.deepEqual(await touch(phone, { twist: { counter: 1 } }), FAILED)
  assert.deepEqual(await touch(phone, { twist: { counter: 99 } }), FAILED)
  assert.equal(await opens(entered.key), undefined)
  assert.equal((await read((tx) => factorsOf(tx, staffId)))[0]!.doubted, true)
  assert.ok((await trailOf(staffId)).includes("staff.factor-doubt"))
})

test("A12: a password alone, a code alone, a used code and an old one sign nobody in; both together do, once a code", async () => {
  const staffId = await somebody()
  const { secret, device } = await withApp(staffId)
  const code = await shown(secret)
  assert.deepEqual(await type({ staffId, code: "" }), FAILED, "without a code")
  const near = await Promise.all([-1, 0, 1, 2].map((away) => shown(secret, away)))
  const another = ["000000", "111111", "222222", "333333", "444444"].find((one) => !near.includes(one))!
  assert.deepEqual(await type({ staffId, code: another }), FAILED, "another code")
  assert.deepEqual(await type({ staffId, code, password: `${PASSWORD}!` }), FAILED, "another password")
  assert.deepEqual(await type({ staffId, code: await shown(secret, -5) }), FAILED, "an old code")
  const entered = await type({ staffId, code, device })
  assert.ok(entered.outcome === "signed_in" && (await opens(entered.key)))
  assert.deepEqual(await type({ staffId, code, device }), FAILED, "the same code again")
  const next = await shown(secret, 1) // one and the same for all of them, whatever the clock does
  const crowd = Array.from({ length: 8 }, async () => type({ staffId, code: next, device: newDevice(), ip: anIp() }))
  const came = (await Promise.all(crowd)).filter(({ outcome }) => outcome === "signed_in")
  assert.ok(came.length <= 1, "of a crowd with one code at most one is in")
})

test("A12: codes are those of RFC 6238, of the present half minute and its neighbours", () => {
  assert.equal(codeOfStep(Buffer.from("12345678901234567890"), 1, { algorithm: "sha1", digits: 6 }), "287082")
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
  const shownAt = Math.floor(1_111_111_109 / 30)
  assert.equal(codeAt(secret, shownAt), "081804")
  const step = (now: number, { after = 0, of = secret }: { after?: number; of?: string | null } = {}) =>
    stepOfCode("081 804", { secret: of, now: shownAt + now, after: shownAt + after - 1 })
  assert.deepEqual(
    [-2, -1, 0, 1, 2].map((now) => step(now)),
    [undefined, shownAt, shownAt, shownAt, undefined],
  )
  assert.deepEqual([step(0, { after: 1 }), step(0, { of: null })], [undefined, undefined], "used, and nobody's")
})

test("A12: a password of the staff has fifteen signs and is not one of the leaked; setting up an app needs a right code, and a wrong one uses nothing up", async () => {
  for (const [password, code] of [
    ["зелёная кастрю", "password_too_short"],
    ["password1234567", "password_common"],
    ["qwertyuiopqwertyuiop", "password_common"],
    ["aaaaaaaaaaaaaaaa", "password_common"],
    ["4111 1111 1111 1111", "bank_card_number"],
    ["ж".repeat(64).concat("д".repeat(65)), "password_too_long"],
  ] as const)
    assert.throws(() => checkStaffPassword(password), { code }, password)
  assert.doesNotThrow(() => checkStaffPassword(PASSWORD))
  const staffId = await somebody()
  const invitation = await invited(staffId)
  const { secret, uri } = await read((tx) => showAuthenticator(tx, { invitation, chain: "Мила" }))
  assert.equal((await read((tx) => showAuthenticator(tx, { invitation, chain: "Мила" }))).secret, secret)
  assert.match(uri, new RegExp(`^otpauth://totp/[%\\w]+:${staffId}\\?secret=${secret}&issuer=`))
  const accept = (code: string) => acceptWithAuthenticator(db, { invitation, password: PASSWORD, code, ...place() })
  await assert.rejects(accept(await shown(secret, -9)), { code: "code_wrong" })
  await accept(await shown(secret))
  const { rows } = await owner.pool.query("select * from staff.factor where staff_id = $1", [staffId])
  assert.ok(!JSON.stringify(rows).includes(secret) && rows[0].password_hash.startsWith("$argon2id$"))
})
