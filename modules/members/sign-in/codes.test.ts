import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { inTransaction, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { aMember, aPhone, SOME_DAY } from "../testing.ts"
import { codeLane } from "./code-lane.ts"
import { askedAddress, CODE_POLICY, type CodePurpose, type CodeToSend, makeCode, provenAddress, tryCode, waitForCode } from "./codes.ts"
import { rememberDevice } from "./known-devices.ts"
import { watchSignIns } from "./watch.ts"

after(closeTestDatabases)

let lastIp = 0
/** An address in a network nobody used before. */
const anIp = () => `10.${(lastIp += 1) >> 8}.${lastIp & 255}.7`
const later = (seconds: number) => new Date(SOME_DAY.getTime() + seconds * 1000)

type Asking = { address?: string; purpose?: CodePurpose; ip?: string; at?: Date; lane?: string | null; policy?: typeof CODE_POLICY }
const asking = (
  tx: Tx,
  { address = aPhone(), purpose = "recover", ip = anIp(), at = SOME_DAY, lane = null, policy = CODE_POLICY }: Asking = {},
) => makeCode(tx, { purpose, address, ip, lane, at, policy })
async function sent(tx: Tx, given: Asking = {}): Promise<CodeToSend> {
  const made = await asking(tx, given)
  assert.ok("code" in made, JSON.stringify(made))
  return made
}

test("a code proves its address once, and what it was proven for is done once", () =>
  rolledBack(async (tx) => {
    const address = aPhone()
    const { flow, code, expiresAt } = await sent(tx, { address })
    assert.match(code, /^\d{6}$/)
    assert.deepEqual(expiresAt, later(600))
    const proof = { flow, purpose: "recover" as const, at: later(5) }
    assert.equal(await provenAddress(tx, { ...proof, spend: false }), undefined, "not yet")
    assert.deepEqual(await tryCode(tx, { ...proof, code: `${code.slice(0, 3)} ${code.slice(3)}` }), { address }, "as people type it")
    assert.equal(await provenAddress(tx, { ...proof, spend: false }), address)
    assert.equal(await provenAddress(tx, { ...proof, purpose: "register", spend: true }), undefined)
    assert.equal(await provenAddress(tx, { ...proof, at: later(25 * 3_600), spend: true }), undefined, "a day later it is too old")
    assert.equal(await provenAddress(tx, { ...proof, spend: true }), address)
    assert.equal(await provenAddress(tx, { ...proof, spend: true }), undefined)
  }))

test("A06: a code used before, too old, of another flow or for another purpose is wrong, all alike; five wrong tries end it", () =>
  rolledBack(async (tx) => {
    const { flow, code } = await sent(tx)
    const other = await sent(tx)
    const tried = (given: { flow?: string; code?: string; purpose?: CodePurpose; at?: Date }) =>
      tryCode(tx, { flow, code, purpose: "recover", at: later(1), ...given })
    assert.equal(await tried({ flow: other.flow }), undefined)
    assert.equal(await tried({ flow: "somebody's" }), undefined)
    assert.equal(await tried({ purpose: "sign_in" }), undefined)
    assert.equal(await tried({ at: later(601) }), undefined)
    assert.ok(await tried({}))
    assert.equal(await tried({}), undefined, "once")
    const guessed = await sent(tx)
    const wrong = guessed.code === "000000" ? "000001" : "000000"
    for (let nth = 0; nth < 5; nth += 1) assert.equal(await tried({ flow: guessed.flow, code: wrong }), undefined)
    assert.equal(await tried({ flow: guessed.flow, code: guessed.code }), undefined, "the right one comes too late")
  }))

test("A05: a code a minute and five a day for an address, thirty an hour for a network, and the house has a budget", () =>
  rolledBack(async (tx) => {
    const address = aPhone()
    await sent(tx, { address })
    assert.deepEqual(await asking(tx, { address, at: later(20) }), { retryAfterSeconds: 40 })
    for (const at of [60, 180, 420, 900]) {
      assert.deepEqual(
        await asking(tx, { address, at: later(at - 1) }),
        { retryAfterSeconds: 1 },
        "a pause twice as long for each that nobody typed",
      )
      await sent(tx, { address, at: later(at) })
    }
    const sixth = await asking(tx, { address, at: later(1_380) })
    assert.ok("retryAfterSeconds" in sixth && sixth.retryAfterSeconds > 3_600, JSON.stringify(sixth))
    await sent(tx, { at: later(600) })

    for (let nth = 0; nth < 30; nth += 1) await sent(tx, { ip: `2001:db8:1:2:${nth}::1` })
    assert.ok("retryAfterSeconds" in (await asking(tx, { ip: "2001:db8:1:2:ffff::" })))
    await sent(tx, { ip: "2001:db8:1:3::1" })

    const spent = { ...CODE_POLICY, inAll: { ...CODE_POLICY.inAll, what: "code.all-of-this-test", most: 1 } }
    await sent(tx, { policy: spent })
    assert.ok("retryAfterSeconds" in (await asking(tx, { policy: spent })))
  }))

test("A03, A05: strangers use up their own codes alone: the owner's device, and their session, still get theirs, and no network is counted against them", () =>
  rolledBack(async (tx) => {
    const address = aPhone()
    const memberId = await aMember(tx, { phone: address })
    const [device, strange] = ["the owner's own phone", "a stranger's"]
    await rememberDevice(tx, { device, memberId, at: SOME_DAY })
    const session = { sessionId: 7, memberId }
    const lane = async (asker: Partial<Parameters<typeof codeLane>[1]>) =>
      codeLane(tx, { phone: address, device: null, session: null, ...asker })
    const lanes = [await lane({ device }), await lane({ session })]
    assert.equal(new Set(lanes).size, 2)
    for (const asker of [{}, { device: strange }, { device: strange, session: { sessionId: 8, memberId: memberId + 1 } }])
      assert.equal(await lane(asker), null, "a stranger, though signed in to something of their own")
    assert.equal(await codeLane(tx, { phone: aPhone(), device, session }), null, "a number that is not theirs")

    for (let nth = 0; nth < 5; nth += 1) await sent(tx, { address, at: later(3_600 * nth) })
    const at = later(3_600 * 4 + 60)
    assert.ok((await waitForCode(tx, { address, lane: null, at })) > 3_600)
    for (const [nth, own] of lanes.entries()) {
      const when = later(3_600 * 4 + 60 * (nth + 1))
      assert.equal(await waitForCode(tx, { address, lane: own!, at: when }), 0)
      await sent(tx, { address, lane: own!, at: when })
      assert.deepEqual(
        await asking(tx, { address, lane: own!, at: when }),
        { retryAfterSeconds: 60 },
        "a code a minute for a number, whoever asks",
      )
    }
    for (let nth = 1; nth < 5; nth += 1) await sent(tx, { address, lane: lanes[0]!, at: later(3_600 * (4 + nth)) })
    assert.ok(
      "retryAfterSeconds" in (await asking(tx, { address, lane: lanes[0]!, at: later(3_600 * 9) })),
      "five a day for a device as well",
    )

    const ip = "198.51.99.1"
    for (let nth = 0; nth < 30; nth += 1) await sent(tx, { ip, at: later(40_000) })
    assert.ok("retryAfterSeconds" in (await asking(tx, { ip, at: later(40_000) })))
    await sent(tx, { address, lane: lanes[1]!, ip, at: later(40_000) })
  }))

test("whoever holds a flow may ask again without the number, until it is proven or a day old", () =>
  rolledBack(async (tx) => {
    const address = aPhone()
    const { flow, code } = await sent(tx, { address })
    const asked = (given: Partial<Parameters<typeof askedAddress>[1]> = {}) =>
      askedAddress(tx, { flow, purpose: "recover", at: later(700), ...given })
    assert.equal(await asked(), address, "the code is too old, the wish is not")
    assert.equal(await asked({ purpose: "sign_in" }), undefined)
    assert.equal(await asked({ flow: "somebody's" }), undefined)
    assert.equal(await asked({ at: later(25 * 3_600) }), undefined)
    await tryCode(tx, { flow, code, purpose: "recover", at: later(5) })
    assert.equal(await asked(), undefined)
  }))

test("A05: more than two codes sent for one used is told as an alarm, once there are enough to judge by and they had their time", () =>
  rolledBack(async (tx) => {
    const start = new Date(SOME_DAY.getTime() + 7 * 86_400_000)
    const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
    const watched = async (minutes: number) => {
      const { codesSent, codesUsed, pumping } = await watchSignIns(tx, { at: after(minutes) })
      return [codesSent, codesUsed, pumping]
    }
    const send = async (count: number, used: number) => {
      for (let nth = 0; nth < count; nth += 1) {
        const { flow, code } = await sent(tx, { at: start })
        if (nth < used) await tryCode(tx, { flow, code, purpose: "recover", at: after(1) })
      }
    }
    await send(29, 0)
    assert.deepEqual(await watched(2), [0, 0, false], "somebody may still be typing")
    assert.deepEqual(await watched(3), [29, 0, false], "too few to judge by")
    await send(16, 15)
    assert.deepEqual(await watched(3), [45, 15, true])
    await send(16, 16)
    assert.deepEqual(await watched(3), [61, 31, false], "two for one is how people are")
    await send(2, 0)
    assert.deepEqual(await watched(3), [63, 31, true])
    assert.deepEqual(await watched(60), [0, 0, false], "an hour later it is over")
  }))

test("a code is used by one of many who try it at once, and asked for twice at once it is sent once", async () => {
  const { db, drop } = await ownDb()
  const { flow, code } = await inTransaction(db, (tx) => sent(tx))
  const crowd = await Promise.all(
    Array.from({ length: 12 }, () => inTransaction(db, (tx) => tryCode(tx, { flow, code, purpose: "recover", at: later(1) }))),
  )
  assert.equal(crowd.filter(Boolean).length, 1)
  const address = aPhone()
  const made = await Promise.all(Array.from({ length: 8 }, () => inTransaction(db, (tx) => asking(tx, { address, ip: "10.200.0.1" }))))
  assert.equal(made.filter((one) => "code" in one).length, 1)
  await drop()
})
