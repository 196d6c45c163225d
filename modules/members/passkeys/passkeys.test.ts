import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { passkeySiteOf } from "@mila/kernel/passkeys"
import { SoftAuthenticator } from "@mila/kernel/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { leaveMember, mergeMembers } from "../index.ts"
import { newDeviceToken } from "../sign-in/known-devices.ts"
import { setPassword } from "../sign-in/new-password.ts"
import { isFreshlyProven, sessionOf, sessionsOf } from "../sign-in/sessions.ts"
import { addPasskey, askForPasskey } from "./add-passkey.ts"
import { PASSKEY_POLICY } from "./challenges.ts"
import { aFinger, FAILED, later, lifeWithPasskeys, SITE } from "./life-testing.ts"
import { namePasskey, passkeysOf, removePasskey, wakePasskey } from "./passkeys.ts"

const { db, owner, drop } = await ownDb()
after(async () => {
  await drop()
  await closeTestDatabases()
})

const { read, somebody, optionsToAdd, keep, added, signIn, historyOf } = lifeWithPasskeys(db)

const PASSWORD = "зелёная кастрюля"

test("a passkey is made once and signs in with nothing typed; what the database keeps signs in nowhere", async () => {
  const anna = await somebody()
  const { phone, options, passkeyId } = await added(anna)
  assert.deepEqual(options.authenticatorSelection, { residentKey: "required", requireResidentKey: true, userVerification: "required" })
  assert.deepEqual([options.attestation, options.rp.id, options.user.displayName], ["none", "mila.example", "Анна"])
  assert.ok(!JSON.stringify(options).includes(anna.phone.slice(4, 11)), "a whole number is not shown beside it")

  const device = newDeviceToken()
  const entered = await signIn(phone, { device })
  assert.ok(entered.outcome === "signed_in", JSON.stringify(entered))
  assert.deepEqual([entered.memberId, entered.newDevice], [anna.memberId, true], "a new device is told of as with a password")
  const session = (await read((tx) => sessionOf(tx, { token: entered.token, at: later(61) })))!
  assert.deepEqual([session.device, isFreshlyProven(session, later(61))], ["Safari, iPhone", true])
  const again = await signIn(phone, { device })
  assert.equal(again.outcome === "signed_in" && again.newDevice, false, "here before")
  const [kept] = await read((tx) => passkeysOf(tx, anna.memberId))
  assert.deepEqual([kept?.passkeyId, kept?.name, kept?.state, kept?.usedAt], [passkeyId, "Chrome, Android", "awake", later(60)])
  const { rows } = await owner.pool.query(
    "select k::text row from members.passkey k union all select c::text from members.passkey_challenge c",
  )
  assert.ok(rows.length > 0 && rows.every(({ row }) => !row.includes("Chrome") && !row.includes(options.challenge)))
  assert.deepEqual(await historyOf(anna.memberId), ["registered", "passkey_added"])
})

test("who recovers a password finds every passkey asleep, and wakes what is theirs; a changed password leaves the one in hand awake", async () => {
  const anna = await somebody()
  const [own, thief] = [await added(anna), await added(anna)]
  const entered = await signIn(thief.phone)
  assert.ok(entered.outcome === "signed_in")
  await setPassword(db, { memberId: anna.memberId, password: PASSWORD, keep: null, at: later(100) })
  assert.deepEqual([await signIn(own.phone), await signIn(thief.phone)], [FAILED, FAILED])
  assert.equal(await read((tx) => sessionOf(tx, { token: entered.token, at: later(101) })), undefined)
  const states = async () => (await read((tx) => passkeysOf(tx, anna.memberId))).map(({ state }) => state)
  assert.deepEqual(await states(), ["asleep", "asleep"])
  const by = `member:${anna.memberId}` as const
  const wake = (memberId: number, passkeyId: number) => read((tx) => wakePasskey(tx, { memberId, passkeyId, at: later(102), by }))
  await assert.rejects(wake((await somebody()).memberId, own.passkeyId), { code: "passkey_unknown" })
  await wake(anna.memberId, own.passkeyId)
  await assert.rejects(wake(anna.memberId, own.passkeyId), { code: "passkey_unknown" })
  assert.deepEqual(await states(), ["awake", "asleep"])
  const here = await signIn(own.phone)
  assert.ok(here.outcome === "signed_in")
  await wake(anna.memberId, thief.passkeyId)
  await setPassword(db, { memberId: anna.memberId, password: "синий чайник", keep: here.sessionId, at: later(103) })
  assert.deepEqual(await states(), ["awake", "asleep"])
  assert.deepEqual(
    (await historyOf(anna.memberId)).filter((what) => what.startsWith("passkeys_")),
    ["passkeys_slept", "passkeys_slept"],
  )
  const boris = await somebody()
  await added(boris)
  await setPassword(db, { memberId: boris.memberId, password: PASSWORD, keep: boris.session.sessionId, at: later(1) })
  assert.equal((await read((tx) => passkeysOf(tx, boris.memberId)))[0]?.state, "awake", "a first password is nobody's attack")
})

test("a removed passkey ends what it opened and comes back only as a new one; who leaves or is merged away has none", async () => {
  const [anna, boris, vera] = [await somebody(), await somebody(), await somebody()]
  const [own, ofBoris, ofVera] = [await added(anna), await added(boris), await added(vera)]
  const entered = await signIn(own.phone)
  assert.ok(entered.outcome === "signed_in")
  const removing = (memberId: number) =>
    read((tx) => removePasskey(tx, { memberId, passkeyId: own.passkeyId, keep: null, at: later(70), by: `member:${memberId}` }))
  await assert.rejects(removing(boris.memberId), { code: "passkey_unknown" }, "somebody else's")
  assert.ok(await read((tx) => sessionOf(tx, { token: entered.token, at: later(71) })))
  await removing(anna.memberId)
  await assert.rejects(removing(anna.memberId), { code: "passkey_unknown" })
  assert.deepEqual(
    (await read((tx) => sessionsOf(tx, { memberId: anna.memberId, at: later(71) }))).map(({ sessionId }) => sessionId),
    [anna.session.sessionId],
  )
  assert.deepEqual(await signIn(own.phone), FAILED)
  const at = later(80)
  await inTransaction(db, async (tx) => {
    await leaveMember(tx, { memberId: boris.memberId, at, by: "system" })
    await mergeMembers(tx, { from: vera.memberId, into: anna.memberId, at, by: "system" })
  })
  assert.deepEqual([await signIn(ofBoris.phone), await signIn(ofVera.phone)], [FAILED, FAILED])
  for (const { memberId } of [boris, vera]) assert.deepEqual(await read((tx) => passkeysOf(tx, memberId)), [])
  await assert.rejects(keep(boris.session, aFinger().make(ofBoris.options)), { code: "passkey_failed" })
})

test("ten at most, one of each phone, twenty tries of adding a day; names are one's own, short, and no bank card", async () => {
  const anna = await somebody()
  const { phone, passkeyId } = await added(anna)
  const options = await optionsToAdd(anna.session)
  assert.throws(() => phone.make(options), /InvalidStateError/, "the phone itself says no")
  const twice = new SoftAuthenticator({ origin: SITE.origin })
  const answer = twice.make(options)
  const parallel = await Promise.allSettled([keep(anna.session, answer), keep(anna.session, answer)])
  assert.equal(parallel.filter(({ status }) => status === "fulfilled").length, 1)
  const boris = await somebody()
  for (let nth = 3; nth < PASSKEY_POLICY.mostPerMember; nth += 1) await added(anna)
  const lastTwo = [await optionsToAdd(anna.session), await optionsToAdd(anna.session)]
  const kept = await Promise.allSettled(lastTwo.map((one) => keep(anna.session, aFinger().make(one))))
  assert.equal(kept.filter(({ status }) => status === "fulfilled").length, 1, "asked at nine, there is room for one")
  await assert.rejects(added(anna), { code: "too_many_passkeys" })

  const name = (text: string, memberId = anna.memberId) => read((tx) => namePasskey(tx, { memberId, passkeyId, name: text }))
  await name("  Мой   телефон ")
  assert.equal((await read((tx) => passkeysOf(tx, anna.memberId)))[0]?.name, "Мой телефон")
  for (const text of ["", " ", "ы".repeat(61), "a\u0000b"]) await assert.rejects(name(text), { code: "passkey_name_invalid" })
  await assert.rejects(name("4111 1111 1111 1111"), { code: "bank_card_number" })
  await assert.rejects(name("Чужой", boris.memberId), { code: "passkey_unknown" })

  const vera = await somebody()
  for (let nth = 0; nth < PASSKEY_POLICY.additionsPerMember.most; nth += 1) await optionsToAdd(vera.session)
  const over = await read((tx) => askForPasskey(tx, { ...vera.session, site: SITE, chain: "Мила", at: later(1) }))
  assert.ok("retryAfterSeconds" in over && over.retryAfterSeconds > 0)
})

test("an id that is somebody's already is taken from nobody", async () => {
  const [anna, boris] = [await somebody(), await somebody()]
  const own = await added(anna)
  const copycat = aFinger()
  const { id } = own.phone.held[0]!
  const answer = copycat.make(await optionsToAdd(boris.session), { credentialId: id })
  await assert.rejects(keep(boris.session, answer), { code: "passkey_known" })
  const entered = await signIn(own.phone)
  assert.equal(entered.outcome === "signed_in" && entered.memberId, anna.memberId)
})

test("what is told of a passkey is told with it or not at all", async () => {
  const anna = await somebody()
  const broken = () => Promise.reject(new Error("the notice could not be queued"))
  const asked = { ...anna.session, site: SITE, deviceName: "?", at: later(1) }
  await assert.rejects(addPasskey(db, { ...asked, answer: aFinger().make(await optionsToAdd(anna.session)) }, broken), /queued/)
  assert.deepEqual(await read((tx) => passkeysOf(tx, anna.memberId)), [])
})

test("one public address has one site; without https, or at a bare number, there is none", () => {
  assert.deepEqual(passkeySiteOf("https://Mila.example:8443/x"), { domain: "mila.example", origin: "https://mila.example:8443" })
  assert.deepEqual(passkeySiteOf("http://localhost:3000"), { domain: "localhost", origin: "http://localhost:3000" })
  for (const url of ["http://mila.example", "http://127.0.0.1:3000", "https://10.1.2.3", "https://[::1]:3000"])
    assert.equal(passkeySiteOf(url), null, url)
})
