import { closeTestDatabases, ownDb } from "@mila/db/testing"
import type { Tx } from "@mila/kernel"
import type { SoftAuthenticator, Twist } from "@mila/kernel/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { jobs } from "../index.ts"
import { newDeviceToken } from "../sign-in/known-devices.ts"
import { isFreshlyProven, sessionOf } from "../sign-in/sessions.ts"
import { SOME_DAY } from "../testing.ts"
import { PASSKEY_POLICY } from "./challenges.ts"
import { aFinger, FAILED, later, lifeWithPasskeys, SITE } from "./life-testing.ts"
import { passkeysOf } from "./passkeys.ts"
import { askToProve, askToSignIn, proveWithPasskey, signInWithPasskey } from "./use-passkey.ts"

const { db, drop } = await ownDb()
after(async () => {
  await drop()
  await closeTestDatabases()
})

const { read, somebody, optionsToAdd, keep, added, optionsToSignIn, enter, signIn, historyOf } = lifeWithPasskeys(db)

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
  const borrowed = aFinger().make({ ...toAdd, challenge: proof.options.challenge })
  await assert.rejects(keep(session, borrowed), { code: "passkey_failed" }, "a proof's challenge adds nothing")
  const stranger = await somebody()
  await assert.rejects(keep(stranger.session, aFinger().make(toAdd)), { code: "passkey_failed" })
  const made = aFinger().make(toAdd)
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

  const unknown = aFinger()
  unknown.make(await optionsToAdd(anna.session))
  assert.deepEqual(await signIn(unknown), FAILED, "one we never kept")
  for (const text of ["", "{}", "[]", "null", '{"id":1}', "x".repeat(20_000), '{"id":"aaaa","response":{"clientDataJSON":"e30"}}'])
    assert.deepEqual(await enter(text), FAILED, text.slice(0, 40))

  for (const [what, twist] of Object.entries({ ...HOSTILE, "used, not made": { type: "webauthn.get" } })) {
    const answer = aFinger().make(await optionsToAdd(anna.session), twist)
    await assert.rejects(keep(anna.session, answer), { code: "passkey_failed" }, what)
  }
  assert.equal((await read((tx) => passkeysOf(tx, anna.memberId))).length, 1)
})

test("a counter that doesn't go on means a copy: it opens nothing any more, its sessions end, and the person hears of it", async () => {
  const anna = await somebody()
  const { phone, passkeyId } = await added(anna, aFinger({ counts: true, synced: false }))
  const first = await signIn(phone)
  assert.ok(first.outcome === "signed_in" && (await signIn(phone)).outcome === "signed_in")
  const told: number[] = []
  const device = newDeviceToken()
  const copy = phone.sign(await optionsToSignIn(device), { counter: 1 })
  const asked = { answer: copy, site: SITE, device, deviceName: "?", kind: "web" as const, ip: "10.99.0.1", at: later(90) }
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
  const { phone } = await added(anna, aFinger({ counts: true }))
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
