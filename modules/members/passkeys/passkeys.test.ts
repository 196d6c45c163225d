import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { jobs, leaveMember, memberHistory, mergeMembers } from "../index.ts"
import { newDeviceToken } from "../sign-in/known-devices.ts"
import { setPassword } from "../sign-in/new-password.ts"
import { isFreshlyProven, sessionOf, sessionsOf } from "../sign-in/sessions.ts"
import { beginHere, type SignedIn } from "../sign-in/sign-in.ts"
import { aMember, aPhone, SoftAuthenticator, SOME_DAY, type Twist } from "../testing.ts"
import { addPasskey, askForPasskey } from "./add-passkey.ts"
import { PASSKEY_POLICY } from "./challenges.ts"
import { namePasskey, passkeysOf, removePasskey, wakePasskey } from "./passkeys.ts"
import { passkeySiteOf } from "./site.ts"
import { askToProve, askToSignIn, proveWithPasskey, signInWithPasskey } from "./use-passkey.ts"

const { db, owner, drop } = await ownDb()
after(async () => {
  await drop()
  await closeTestDatabases()
})

const SITE = passkeySiteOf("https://mila.example/")!
const PASSWORD = "зелёная кастрюля"
const later = (seconds: number) => new Date(SOME_DAY.getTime() + seconds * 1000)
let lastNet = 0
const anIp = () => `10.${(lastNet += 1) >> 8}.${lastNet & 255}.7`
const aPhoneOf = (given: { counts?: boolean; synced?: boolean } = {}) => new SoftAuthenticator({ origin: SITE.origin, ...given })

type Somebody = { memberId: number; phone: string; device: string; session: SignedIn }

/** A member, signed in with a code a moment ago. */
async function somebody(): Promise<Somebody> {
  const [phone, device] = [aPhone(), newDeviceToken()]
  return inTransaction(db, async (tx) => {
    const memberId = await aMember(tx, { phone })
    const session = await beginHere(tx, { memberId, device, deviceName: "Chrome, Android", kind: "web", at: SOME_DAY })
    return { memberId, phone, device, session }
  })
}

type Adding = { memberId: number; sessionId: number }
async function optionsToAdd({ memberId, sessionId }: Adding, at = SOME_DAY) {
  const asked = await inTransaction(db, (tx) => askForPasskey(tx, { memberId, sessionId, site: SITE, chain: "Мила", at }))
  assert.ok("options" in asked, JSON.stringify(asked))
  return asked.options
}
const keep = ({ memberId, sessionId }: Adding, answer: string, at = later(1)) =>
  addPasskey(db, { memberId, sessionId, answer, site: SITE, deviceName: "Chrome, Android", at })

async function added({ memberId, session }: Somebody, phone = aPhoneOf()) {
  const options = await optionsToAdd(session)
  const { passkeyId } = await keep(session, phone.make(options))
  return { memberId, passkeyId, phone, options }
}

async function optionsToSignIn(device: string, at = SOME_DAY) {
  const asked = await inTransaction(db, (tx) => askToSignIn(tx, { device, ip: anIp(), site: SITE, at }))
  assert.ok("options" in asked)
  return asked.options
}

type Entering = { device?: string; twist?: Twist; at?: Date; ip?: string }
const enter = (answer: string, { device = newDeviceToken(), at = later(60), ip = anIp() }: Entering = {}) =>
  signInWithPasskey(db, { answer, site: SITE, device, deviceName: "Safari, iPhone", kind: "web", ip, at })
async function signIn(phone: SoftAuthenticator, given: Entering = {}) {
  const { device = newDeviceToken(), twist = {}, at = later(60) } = given
  return enter(phone.sign(await optionsToSignIn(device, at), twist), { ...given, device, at })
}

const read = <Result>(look: (tx: Tx) => Promise<Result>) => inTransaction(db, look)
const historyOf = async (memberId: number) => (await read((tx) => memberHistory(tx, memberId))).map(({ what }) => what)
const FAILED = { outcome: "failed" }

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

test("A06: a challenge is answered once, within five minutes, by whoever asked, and for what it was asked", async () => {
  const anna = await somebody()
  const { phone } = await added(anna)
  const device = newDeviceToken()
  const options = await optionsToSignIn(device)
  const answer = phone.sign(options)
  assert.deepEqual(await enter(answer), FAILED, "in another browser")
  assert.equal((await enter(answer, { device })).outcome, "signed_in", "which used nothing up")
  assert.deepEqual(await enter(answer, { device }), FAILED, "replayed")
  assert.deepEqual(await enter(phone.sign(options), { device }), FAILED, "signed anew, the challenge is used")
  const slow = await optionsToSignIn(device)
  assert.deepEqual(await enter(phone.sign(slow), { device, at: later(300) }), FAILED, "five minutes later")
  assert.deepEqual(await enter(phone.sign({ ...slow, challenge: "bXkgb3du" }), { device }), FAILED, "one of its own")

  const { session } = anna
  const proof = await read((tx) => askToProve(tx, { ...session, site: SITE, at: SOME_DAY }))
  assert.ok("options" in proof)
  assert.deepEqual(await enter(phone.sign(proof.options), { device }), FAILED, "asked for something else")
  const toAdd = await optionsToAdd({ ...session })
  const stranger = await somebody()
  await assert.rejects(keep(stranger.session, aPhoneOf().make(toAdd)), { code: "passkey_failed" })
  const made = aPhoneOf().make(toAdd)
  await assert.rejects(keep(session, made, later(300)), { code: "passkey_failed" })
  await keep(session, made)
  await assert.rejects(keep(session, made), { code: "passkey_failed" })
})

const HOSTILE: Record<string, Twist> = {
  "a page of another site": { origin: "https://mila.example.evil.by" },
  "another host name of ours": { origin: "https://www.mila.example" },
  "plain http": { origin: "http://mila.example" },
  "another domain": { domain: "evil.by" },
  "nobody verified": { verified: false },
  "nobody there": { present: false, verified: false },
  "a page in a frame": { crossOrigin: true },
}

test("A01: an answer from another site, of another domain, of nobody verified or by another key is one answer: no", async () => {
  const anna = await somebody()
  const { phone } = await added(anna)
  const boris = await somebody()
  const other = await added(boris)
  const more: Record<string, Twist> = {
    "another key": { forged: true },
    "somebody else's name": { handle: other.options.user.id },
    "no name at all": { handle: null },
    "made, not used": { type: "webauthn.create" },
    "out of the key chain": { synced: false },
  }
  for (const [what, twist] of Object.entries({ ...HOSTILE, ...more })) assert.deepEqual(await signIn(phone, { twist }), FAILED, what)
  assert.equal((await signIn(phone)).outcome, "signed_in")

  const unknown = aPhoneOf()
  unknown.make(await optionsToAdd(anna.session))
  assert.deepEqual(await signIn(unknown), FAILED, "one we never kept")
  for (const text of ["", "{}", "[]", "null", '{"id":1}', "x".repeat(20_000), '{"id":"aaaa","response":{"clientDataJSON":"e30"}}'])
    assert.deepEqual(await enter(text), FAILED, text.slice(0, 40))

  for (const [what, twist] of Object.entries({ ...HOSTILE, "used, not made": { type: "webauthn.get" } })) {
    const answer = aPhoneOf().make(await optionsToAdd(anna.session), twist)
    await assert.rejects(keep(anna.session, answer), { code: "passkey_failed" }, what)
  }
  assert.equal((await read((tx) => passkeysOf(tx, anna.memberId))).length, 1)
})

test("a counter that doesn't go on means a copy: it opens nothing any more, its sessions end, and the person hears of it", async () => {
  const anna = await somebody()
  const { phone, passkeyId } = await added(anna, aPhoneOf({ counts: true, synced: false }))
  const first = await signIn(phone)
  assert.ok(first.outcome === "signed_in" && (await signIn(phone)).outcome === "signed_in")
  const told: number[] = []
  const device = newDeviceToken()
  const copy = phone.sign(await optionsToSignIn(device), { counter: 1 })
  const asked = { answer: copy, site: SITE, device, deviceName: "?", kind: "web" as const, ip: anIp(), at: later(90) }
  const doubted = async (_: Tx, about: { memberId: number; passkeyId: number }) => void told.push(about.memberId, about.passkeyId)
  assert.deepEqual(await signInWithPasskey(db, asked, { doubted }), FAILED)
  assert.deepEqual(told, [anna.memberId, passkeyId])
  assert.deepEqual(await signIn(phone, { twist: { counter: 99 } }), FAILED)
  assert.equal(await read((tx) => sessionOf(tx, { token: first.token, at: later(95) })), undefined)
  assert.equal((await read((tx) => passkeysOf(tx, anna.memberId)))[0]?.state, "doubted")
  assert.deepEqual(await historyOf(anna.memberId), ["registered", "passkey_added", "passkey_doubted"])
  const still = await added(anna)
  assert.ok(
    (await signIn(still.phone)).outcome === "signed_in" && (await signIn(still.phone)).outcome === "signed_in",
    "0 stays 0 in a key chain",
  )
})

test("one answer sent by many at once signs in once", async () => {
  const anna = await somebody()
  const { phone } = await added(anna, aPhoneOf({ counts: true }))
  const device = newDeviceToken()
  const answer = phone.sign(await optionsToSignIn(device))
  const crowd = await Promise.all(Array.from({ length: 12 }, () => enter(answer, { device })))
  assert.equal(crowd.filter(({ outcome }) => outcome === "signed_in").length, 1)
  // two challenges answered under one count: one of the two is a copy
  const [one, two] = [await optionsToSignIn(device), await optionsToSignIn(device)]
  const pair = await Promise.all([one, two].map((options) => enter(phone.sign(options, { counter: 50 }), { device })))
  assert.equal(pair.filter(({ outcome }) => outcome === "signed_in").length, 1)
})

test("A07: a session proves with its own member's passkey that it is still them, and with nobody else's", async () => {
  const [anna, boris] = [await somebody(), await somebody()]
  const own = await added(anna)
  const others = await added(boris)
  const prove = async (phone: SoftAuthenticator, twist: Twist = {}, allow?: []) => {
    const asked = await read((tx) => askToProve(tx, { ...anna.session, site: SITE, at: later(3_600) }))
    assert.ok("options" in asked)
    const answer = phone.sign(allow ? { ...asked.options, allowCredentials: allow } : asked.options, twist)
    return proveWithPasskey(db, { ...anna.session, answer, site: SITE, at: later(3_600) })
  }
  const fresh = async () =>
    isFreshlyProven((await read((tx) => sessionOf(tx, { token: anna.session.token, at: later(3_601) })))!, later(3_601))
  assert.equal(await fresh(), false)
  await assert.rejects(prove(others.phone), /no passkey here/, "a phone is asked for the member's own")
  assert.equal(await prove(others.phone, {}, []), false)
  for (const twist of Object.values(HOSTILE)) assert.equal(await prove(own.phone, twist), false)
  assert.equal(await fresh(), false)
  assert.equal(await prove(own.phone, { handle: null }), true, "a security key asked by name need not say whose it is")
  assert.equal(await fresh(), true)
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
  await assert.rejects(keep(boris.session, aPhoneOf().make(ofBoris.options)), { code: "passkey_failed" })
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
  for (let nth = 2; nth < PASSKEY_POLICY.mostPerMember; nth += 1) await added(anna)
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
  const copycat = aPhoneOf()
  const { id } = own.phone.held[0]!
  const answer = copycat.make(await optionsToAdd(boris.session), { credentialId: id })
  await assert.rejects(keep(boris.session, answer), { code: "passkey_known" })
  const entered = await signIn(own.phone)
  assert.equal(entered.outcome === "signed_in" && entered.memberId, anna.memberId)
})

test("A02: a network that only fails waits; a device that was here before does not, and asking has limits too", async () => {
  const anna = await somebody()
  const { phone } = await added(anna)
  const ip = "172.20.1.9"
  for (let nth = 0; nth < PASSKEY_POLICY.triesPerNetwork.most; nth += 1) assert.deepEqual(await enter("{}", { ip }), FAILED)
  assert.equal((await signIn(phone, { ip })).outcome, "wait")
  assert.equal((await signIn(phone, { ip, device: anna.device })).outcome, "signed_in")
  const ask = (at: Date) => read((tx) => askToSignIn(tx, { device: newDeviceToken(), ip: "172.20.2.1", site: SITE, at }))
  for (let nth = 0; nth < PASSKEY_POLICY.asksPerNetwork.most; nth += 1) await ask(SOME_DAY)
  assert.ok("retryAfterSeconds" in (await ask(SOME_DAY)))
  const [job] = jobs
  const figures = await job!.run(db, { at: later(600), now: () => later(600) })
  assert.ok(figures["challenges"]! >= PASSKEY_POLICY.asksPerNetwork.most)
})

test("what is told of a passkey is told with it or not at all", async () => {
  const anna = await somebody()
  const broken = () => Promise.reject(new Error("the notice could not be queued"))
  const asked = { ...anna.session, site: SITE, deviceName: "?", at: later(1) }
  await assert.rejects(addPasskey(db, { ...asked, answer: aPhoneOf().make(await optionsToAdd(anna.session)) }, broken), /queued/)
  assert.deepEqual(await read((tx) => passkeysOf(tx, anna.memberId)), [])
})

test("one public address has one site; without https, or at a bare number, there is none", () => {
  assert.deepEqual(passkeySiteOf("https://Mila.example:8443/x"), { domain: "mila.example", origin: "https://mila.example:8443" })
  assert.deepEqual(passkeySiteOf("http://localhost:3000"), { domain: "localhost", origin: "http://localhost:3000" })
  for (const url of ["http://mila.example", "http://127.0.0.1:3000", "https://10.1.2.3", "https://[::1]:3000"])
    assert.equal(passkeySiteOf(url), null, url)
})
