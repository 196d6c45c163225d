import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { jobs, leaveMember, mergeMembers } from "../index.ts"
import { aMember, aPhone, SOME_DAY } from "../testing.ts"
import { ATTEMPT_POLICY, siteAlarm, takeAttempt } from "./attempts.ts"
import { newDeviceToken } from "./known-devices.ts"
import { setPassword } from "./new-password.ts"
import { endSessions, isFreshlyProven, isProvenOnce, proveSession, sessionOf, sessionsOf } from "./sessions.ts"
import { type SignInAsked, signInWithPassword } from "./sign-in.ts"

const { db, owner, drop } = await ownDb()
after(async () => {
  await drop()
  await closeTestDatabases()
})

const PASSWORD = "зелёная кастрюля"
const by = "system" as const
const later = (seconds: number, from = SOME_DAY) => new Date(from.getTime() + seconds * 1000)
const days = (count: number) => later(count * 86_400)

let lastIp = 0
const anIp = () => `10.${(lastIp += 1) >> 8}.${lastIp & 255}.7`

async function somebody({ password = PASSWORD }: { password?: string | null } = {}): Promise<{
  memberId: number
  phone: string
  device: string
}> {
  const phone = aPhone()
  const memberId = await inTransaction(db, (tx) => aMember(tx, { phone }))
  if (password !== null) await setPassword(db, { memberId, password, keep: null, at: SOME_DAY })
  return { memberId, phone, device: newDeviceToken() }
}

const signIn = (given: Partial<SignInAsked> & { phone: string }) =>
  signInWithPassword(db, {
    ...{ password: PASSWORD, device: newDeviceToken(), deviceName: "Chrome, Android", kind: "web", ip: anIp(), at: SOME_DAY },
    ...given,
  })

async function signedIn(given: Parameters<typeof signIn>[0]) {
  const done = await signIn(given)
  assert.ok(done.outcome === "signed_in", JSON.stringify(done))
  return done
}

const alive = (token: string, at: Date) => inTransaction(db, (tx) => sessionOf(tx, { token, at }))

test("phone in any spelling and password sign in; the token opens the session, and nothing in the database does", async () => {
  const { memberId, phone, device } = await somebody()
  const first = await signedIn({ phone: `8 0${phone.slice(4, 6)} ${phone.slice(6)}`, device })
  assert.deepEqual([first.memberId, first.newDevice], [memberId, true])
  assert.equal((await alive(first.token, SOME_DAY))?.device, "Chrome, Android")
  assert.equal((await signedIn({ phone, device })).newDevice, false, "here before")
  assert.equal(await alive(first.token.toLowerCase(), SOME_DAY), undefined)
  assert.equal(await alive("", SOME_DAY), undefined)
  const { rows } = await owner.pool.query("select s::text row from members.session s union all select p::text from members.password p")
  assert.ok(rows.length > 2 && rows.every(({ row }) => !row.includes(first.token) && !row.includes(PASSWORD)))
})

test("a wrong password, an account without one, and no account at all are one answer", async () => {
  const { phone } = await somebody()
  const without = await somebody({ password: null })
  const left = await somebody()
  await inTransaction(db, (tx) => leaveMember(tx, { memberId: left.memberId, at: SOME_DAY, by }))
  for (const asked of [{ phone, password: "другая кастрюля" }, without, left, { phone: aPhone() }, { phone: "anna" }])
    assert.deepEqual(await signIn({ phone: asked.phone, password: "password" in asked ? asked.password : PASSWORD }), { outcome: "failed" })
})

test("A03: tries of strangers slow down and end at a hundred, known or not; the owner's own device is not kept out", async () => {
  const { phone, device } = await somebody()
  await signedIn({ phone, device })
  for (const target of [phone, aPhone()]) {
    let at = later(60)
    let evaluated = 0
    for (let wait = 0; wait <= ATTEMPT_POLICY.longestWaitSeconds;) {
      at = later(wait, at)
      wait = await tryCheaply(target, at)
      if (wait === 0) evaluated += 1
    }
    assert.equal(evaluated, ATTEMPT_POLICY.mostInARow)
    assert.equal((await signIn({ phone: target, at })).outcome, "wait", "even with the right password")
  }
  assert.equal((await signedIn({ phone, device, at: later(120) })).newDevice, false)
})

/** One try of a stranger, without the slow hash: the count is the same. */
async function tryCheaply(phone: string, at: Date): Promise<number> {
  return inTransaction(db, (tx) => takeAttempt(tx, { phone, device: null, ip: anIp(), at }))
}

test("tries side by side are counted one by one, a network has a count of its own, and a right password forgives", async () => {
  const target = aPhone()
  const waits = await Promise.all(Array.from({ length: 20 }, () => tryCheaply(target, SOME_DAY)))
  assert.equal(waits.filter((wait) => wait === 0).length, ATTEMPT_POLICY.free)

  const crowd = (ip: string) => inTransaction(db, (tx) => takeAttempt(tx, { phone: aPhone(), device: null, ip, at: SOME_DAY }))
  for (let nth = 0; nth < ATTEMPT_POLICY.perNetwork.most; nth += 1) assert.equal(await crowd(`172.16.0.${nth}`), 0)
  assert.ok((await crowd("172.16.0.250")) > 0, "A02: one password over many phones")
  assert.equal(await crowd("172.16.1.1"), 0)

  const { phone } = await somebody()
  for (let nth = 0; nth < ATTEMPT_POLICY.free - 1; nth += 1) await tryCheaply(phone, SOME_DAY)
  await signedIn({ phone })
  assert.equal(await tryCheaply(phone, SOME_DAY), 0)
})

test("A01: whoever tries passwords of five thousand people from two hundred places meets a closed door, whose owners do not", async () => {
  const at = later(20_000)
  const [{ phone, device, memberId }, other] = [await somebody(), await somebody()]
  await signedIn({ phone, device, at: later(10_000) })
  let looked = 0
  for (let nth = 0; nth < 5_000; nth += 1) {
    const asked = { phone: `+37544${1_000_000 + nth}`, device: null, ip: `198.51.${nth % 200}.7`, at: later(20_000 + (nth * 120) / 5_000) }
    if ((await inTransaction(db, (tx) => takeAttempt(tx, asked))) === 0) looked += 1
  }
  assert.ok(looked <= 2 * (ATTEMPT_POLICY.site.most + 1), `${looked} of 5,000 were looked at`)
  const during = later(20_200)
  const stranger = await signIn({ phone: other.phone, at: during })
  assert.ok(stranger.outcome === "wait" && stranger.seconds <= ATTEMPT_POLICY.siteRestMinutes * 60)
  assert.equal((await signedIn({ phone, device, at: during })).newDevice, false, "a device that was here before does not wait")
  assert.ok((await inTransaction(db, (tx) => siteAlarm(tx, { at: during }))) > 0)
  assert.equal((await signIn({ phone: other.phone, at: later(20_000 + 20 * 60) })).outcome, "signed_in", "and then it is over")
  assert.ok(memberId > 0 && at < during)
})

test("A01: a password typed on a device nobody was in before proves too little for what is grave", async () => {
  const { phone, device } = await somebody()
  const first = await signedIn({ phone, device, at: later(40_000) })
  const session = await alive(first.token, later(40_001))
  assert.ok(session && !isProvenOnce(session) && !isFreshlyProven(session, later(40_001)))
  await inTransaction(db, (tx) => proveSession(tx, { sessionId: session.sessionId, at: later(40_010) }))
  assert.ok(isProvenOnce((await alive(first.token, later(40_011)))!))
  const again = await signedIn({ phone, device, at: later(40_020) })
  assert.ok(isProvenOnce((await alive(again.token, later(40_021)))!), "the second time it is a device we know")
})

test("sessions are listed, ended one by one or all but this one, and end by themselves", async () => {
  const { memberId, phone, device } = await somebody()
  const stranger = await signedIn({ phone: (await somebody()).phone })
  const here = await signedIn({ phone, device, deviceName: "Chrome, Windows" })
  const phoneApp = await signedIn({ phone, kind: "app", deviceName: "Mila, Pixel" })
  const third = await signedIn({ phone })
  const listed = await inTransaction(db, (tx) => sessionsOf(tx, { memberId, at: later(1) }))
  assert.deepEqual(listed.map(({ device: name }) => name).toSorted(), ["Chrome, Android", "Chrome, Windows", "Mila, Pixel"])
  const ending = (given: { only?: number; except?: number }) =>
    inTransaction(db, (tx) => endSessions(tx, { memberId, at: later(2), ...given }))
  assert.equal(await ending({ only: stranger.sessionId }), 0, "somebody else's")
  assert.equal(await ending({ only: third.sessionId }), 1)
  assert.equal(await alive(third.token, later(3)), undefined)
  assert.ok(await alive(stranger.token, later(3)))
  assert.ok(await alive(here.token, days(29)), "seen now and then it lives on")
  assert.ok(await alive(here.token, days(58)))
  assert.equal(await alive(here.token, days(91)), undefined, "but not for ever")
  assert.ok(await alive(phoneApp.token, days(100)))
  assert.equal(await alive(phoneApp.token, days(281)), undefined, "idle too long")
  const again = await signedIn({ phone, device, at: days(300) })
  assert.equal(await ending({ except: again.sessionId }), 2)
  assert.ok(await alive(again.token, days(300)))
  const session = (await alive(again.token, days(300)))!
  assert.deepEqual([isFreshlyProven(session, later(900, days(300))), isFreshlyProven(session, later(901, days(300)))], [true, false])
  await inTransaction(db, (tx) => proveSession(tx, { sessionId: session.sessionId, at: days(301) }))
  assert.ok(isFreshlyProven((await alive(again.token, days(301)))!, days(301)))
})

test("a new password ends the other sessions, makes devices strangers, and is none of the last ones", async () => {
  const { memberId, phone, device } = await somebody()
  const here = await signedIn({ phone, device })
  const elsewhere = await signedIn({ phone })
  const change = (password: string) => setPassword(db, { memberId, password, keep: here.sessionId, at: later(10) })
  await assert.rejects(change(PASSWORD), { code: "password_used_before" })
  await assert.rejects(change("password12345"), { code: "password_common" })
  await change("синий чайник")
  assert.ok(await alive(here.token, later(11)))
  assert.equal(await alive(elsewhere.token, later(11)), undefined)
  assert.deepEqual(await signIn({ phone }), { outcome: "failed" })
  assert.equal((await signedIn({ phone, password: "синий чайник", device })).newDevice, true)
  await assert.rejects(change(PASSWORD), { code: "password_used_before" })
})

test("what is told of a sign-in is told with it or not at all", async () => {
  const { phone, memberId } = await somebody()
  const asked = { phone, password: PASSWORD, device: newDeviceToken(), deviceName: "?", kind: "web" as const, ip: anIp(), at: SOME_DAY }
  await assert.rejects(signInWithPassword(db, asked, () => Promise.reject(new Error("the notice could not be queued"))))
  assert.deepEqual(await inTransaction(db, (tx) => sessionsOf(tx, { memberId, at: SOME_DAY })), [])
})

test("who left or was merged away is signed in nowhere; the merged phone signs in as the person it became", async () => {
  const [one, two, three] = [await somebody(), await somebody({ password: "синий чайник" }), await somebody()]
  const [ofOne, ofTwo, ofThree] = [await signedIn(one), await signedIn({ ...two, password: "синий чайник" }), await signedIn(three)]
  await inTransaction(db, async (tx) => {
    await mergeMembers(tx, { from: one.memberId, into: two.memberId, at: SOME_DAY, by })
    await leaveMember(tx, { memberId: three.memberId, at: SOME_DAY, by })
  })
  for (const { token } of [ofOne, ofThree]) assert.equal(await alive(token, SOME_DAY), undefined)
  assert.ok(await alive(ofTwo.token, SOME_DAY))
  assert.deepEqual(await signIn(one), { outcome: "failed" })
  assert.equal((await signedIn({ phone: one.phone, password: "синий чайник" })).memberId, two.memberId)
})

test("what is long over is forgotten, what lives is not", async () => {
  const { phone } = await somebody()
  await tryCheaply(aPhone(), SOME_DAY)
  const app = await signedIn({ phone, kind: "app" })
  const [job] = jobs
  const figures = await job!.run(db, { at: days(100), now: () => days(100) })
  assert.ok(figures["uses"]! > 0 && figures["failures"]! > 0, JSON.stringify(figures))
  assert.ok(await alive(app.token, days(100)))
  assert.equal((await job!.run(db, { at: days(100), now: () => days(100) }))["failures"], 0)
})
