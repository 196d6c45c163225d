import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { Refusal, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  blockCard,
  type CodeAlgorithm,
  devicesOf,
  enrolDevice,
  fromBase32,
  replaceCard,
  revokeDevice,
  rotatingCode,
  unblockCard,
  verifyRotatingCode,
} from "./index.ts"
import { forgetRevokedSecrets, forgetUsedCodes } from "./jobs.ts"
import { aCard, SOME_DAY } from "./testing.ts"

after(closeTestDatabases)

const at = SOME_DAY
const by = "member:1"
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)

async function aPhone(tx: Tx, algorithm: CodeAlgorithm = "sha256") {
  const card = await aCard(tx)
  const { deviceNo, secret } = await enrolDevice(tx, { cardId: card.cardId, deviceName: "Телефон Анны", at, by, algorithm })
  const shows = (when: Date) => rotatingCode({ number: card.number, deviceNo, secret, at: when, algorithm })
  return { card, deviceNo, secret, shows }
}

const wrongOf = (code: string) => code.slice(0, 15) + String((Number(code.slice(15)) + 1) % 100_000_000).padStart(8, "0")

test("a code proves presence once, a step early or late as well, and not two", () =>
  rolledBack(async (tx) => {
    const { card, deviceNo, shows } = await aPhone(tx)
    const outcome = await verifyRotatingCode(tx, { code: shows(at), at })
    assert.ok(outcome.status === "valid" && outcome.card.cardId === card.cardId && outcome.deviceNo === deviceNo)
    assert.equal((await verifyRotatingCode(tx, { code: shows(at), at: later(10) })).status, "rotating_code_used")
    for (const off of [-30, 30]) assert.equal((await verifyRotatingCode(tx, { code: shows(later(off)), at })).status, "valid")
    for (const off of [-60, 60])
      assert.equal((await verifyRotatingCode(tx, { code: shows(later(off)), at })).status, "rotating_code_invalid")
  }))

test("a device is believed with the hash it was enrolled with and with no other, at once and from an offline till", () =>
  rolledBack(async (tx) => {
    const { card, deviceNo, secret, shows } = await aPhone(tx, "sha1")
    assert.equal(fromBase32(secret).length, 20)
    const other = rotatingCode({ number: card.number, deviceNo, secret, at, algorithm: "sha256" })
    assert.equal((await verifyRotatingCode(tx, { code: other, at })).status, "rotating_code_invalid")
    assert.equal((await verifyRotatingCode(tx, { code: shows(at), at })).status, "valid")
    const brought = { code: shows(later(60)), at: later(86_400), lateness: { occurredAt: later(60) } }
    assert.equal((await verifyRotatingCode(tx, brought)).status, "valid")
    const ours = await aPhone(tx)
    assert.equal(fromBase32(ours.secret).length, 32)
    const weaker = rotatingCode({ number: ours.card.number, deviceNo: ours.deviceNo, secret: ours.secret, at, algorithm: "sha1" })
    assert.equal((await verifyRotatingCode(tx, { code: weaker, at })).status, "rotating_code_invalid")
  }))

test("codes of another card, an unknown device or no code at all are all simply invalid", () =>
  rolledBack(async (tx) => {
    const [mine, other] = [await aPhone(tx), await aPhone(tx)]
    const code = mine.shows(at)
    for (const wrong of [
      other.card.number + code.slice(13),
      `${code.slice(0, 13)}09${code.slice(15)}`,
      "",
      "x".repeat(23),
      code.slice(0, 22),
    ]) {
      assert.equal((await verifyRotatingCode(tx, { code: wrong, at })).status, "rotating_code_invalid")
    }
  }))

test("five wrong codes lock the phone's codes for a while, a right one in between starts the count anew", () =>
  rolledBack(async (tx) => {
    const { shows } = await aPhone(tx)
    const wrong = (when: Date) => verifyRotatingCode(tx, { code: wrongOf(shows(when)), at: when })
    for (let tried = 0; tried < 4; tried += 1) assert.equal((await wrong(at)).status, "rotating_code_invalid")
    assert.equal((await verifyRotatingCode(tx, { code: shows(at), at })).status, "valid")
    for (let tried = 0; tried < 5; tried += 1) assert.equal((await wrong(later(60))).status, "rotating_code_invalid")
    const locked = await verifyRotatingCode(tx, { code: shows(later(90)), at: later(90) })
    assert.ok(locked.status === "rotating_code_locked")
    assert.deepEqual(locked.until, later(60 + 15 * 60))
    assert.equal((await verifyRotatingCode(tx, { code: shows(later(1_000)), at: later(1_000) })).status, "valid")
  }))

test("wrong codes long ago do not count", () =>
  rolledBack(async (tx) => {
    const { shows } = await aPhone(tx)
    for (let tried = 0; tried < 12; tried += 1) {
      const when = later(tried * 5 * 60)
      assert.equal((await verifyRotatingCode(tx, { code: wrongOf(shows(when)), at: when })).status, "rotating_code_invalid")
    }
  }))

test("an offline till's code is judged by its business time, once, and not after two weeks", () =>
  rolledBack(async (tx) => {
    const { shows } = await aPhone(tx)
    const arrives = later(3 * 86_400)
    const late = { code: shows(at), at: arrives, lateness: { occurredAt: at } }
    assert.equal((await verifyRotatingCode(tx, { code: shows(at), at: arrives })).status, "rotating_code_invalid")
    assert.equal((await verifyRotatingCode(tx, late)).status, "valid")
    assert.equal((await verifyRotatingCode(tx, late)).status, "rotating_code_used")
    const skewed = { code: shows(later(300)), at: arrives, lateness: { occurredAt: at } }
    assert.equal((await verifyRotatingCode(tx, skewed)).status, "rotating_code_invalid")
    assert.equal((await verifyRotatingCode(tx, { ...skewed, lateness: { occurredAt: at, windowSteps: 10 } })).status, "valid")
    const tooLate = { code: shows(later(600)), at: later(600 + 15 * 86_400), lateness: { occurredAt: later(600) } }
    assert.equal((await verifyRotatingCode(tx, tooLate)).status, "rotating_code_invalid")
    const ahead = { code: shows(later(3_600)), at, lateness: { occurredAt: later(3_600) } }
    assert.equal((await verifyRotatingCode(tx, ahead)).status, "rotating_code_invalid")
  }))

test("a revoked phone, and every phone of a blocked or replaced card, is worth nothing; a found card enrols its phones anew", () =>
  rolledBack(async (tx) => {
    const { card, deviceNo, shows } = await aPhone(tx)
    await revokeDevice(tx, { cardId: card.cardId, deviceNo, at, by, reason: "sold" })
    assert.equal((await verifyRotatingCode(tx, { code: shows(at), at })).status, "rotating_code_invalid")
    await assert.rejects(revokeDevice(tx, { cardId: card.cardId, deviceNo, at, by }), refused("device_unknown"))

    const again = await enrolDevice(tx, { cardId: card.cardId, deviceName: "new", at, by })
    assert.equal(again.deviceNo, deviceNo)
    await blockCard(tx, { cardId: card.cardId, reason: "lost", at, by })
    assert.deepEqual(await devicesOf(tx, card.cardId), [])
    await assert.rejects(enrolDevice(tx, { cardId: card.cardId, deviceName: "new", at, by }), refused("card_blocked"))
    await unblockCard(tx, { cardId: card.cardId, at, by })
    const found = rotatingCode({ number: card.number, ...again, at })
    assert.equal((await verifyRotatingCode(tx, { code: found, at })).status, "rotating_code_invalid")

    const other = await aPhone(tx)
    await replaceCard(tx, { cardId: other.card.cardId, reason: "lost", at, by })
    assert.equal((await verifyRotatingCode(tx, { code: other.shows(at), at })).status, "rotating_code_invalid")
  }))

test("a card has five phones at most, and their secrets lie sealed", () =>
  rolledBack(async (tx) => {
    const { card, secret } = await aPhone(tx)
    for (let no = 2; no <= 5; no += 1)
      assert.equal((await enrolDevice(tx, { cardId: card.cardId, deviceName: "phone", at, by })).deviceNo, no)
    await assert.rejects(enrolDevice(tx, { cardId: card.cardId, deviceName: "phone", at, by }), refused("too_many_devices"))
    await assert.rejects(enrolDevice(tx, { cardId: card.cardId, deviceName: "4111111111111111", at, by }), refused("bank_card_number"))
    assert.deepEqual((await devicesOf(tx, card.cardId)).map(({ name }) => name)[0], "Телефон Анны")
    const { rows } = await tx.client.query("select string_agg(row_to_json(d)::text, '') all_rows from cards.device d")
    assert.ok(!rows[0].all_rows.includes(secret) && !rows[0].all_rows.includes("Анны"))
  }))

test("a code from before its card was lost is still good when an offline till brings it, and one from after is not", () =>
  rolledBack(async (tx) => {
    const { card, deviceNo, shows } = await aPhone(tx)
    await revokeDevice(tx, { cardId: card.cardId, deviceNo, at: later(600), by })
    await enrolDevice(tx, { cardId: card.cardId, deviceName: "the same number, another phone", at: later(700), by })
    await blockCard(tx, { cardId: card.cardId, reason: "lost", at: later(900), by })
    const brings = (occurredAt: Date) => verifyRotatingCode(tx, { code: shows(occurredAt), at: later(86_400), lateness: { occurredAt } })
    const before = await brings(later(300))
    assert.ok(before.status === "valid" && before.card.state === "blocked")
    assert.deepEqual(before.card.blockedAt, later(900))
    assert.equal((await brings(later(300))).status, "rotating_code_used")
    assert.equal((await brings(later(660))).status, "rotating_code_invalid")
    assert.equal((await brings(later(1_200))).status, "rotating_code_invalid")
    assert.equal(await forgetRevokedSecrets(tx, { at: later(27 * 86_400), most: 10 }), 0)
    assert.equal(await forgetRevokedSecrets(tx, { at: later(29 * 86_400), most: 10 }), 2)
  }))

test("used codes are forgotten only when no till can bring them any more", () =>
  rolledBack(async (tx) => {
    const { shows } = await aPhone(tx)
    await verifyRotatingCode(tx, { code: shows(at), at })
    assert.equal(await forgetUsedCodes(tx, { at: later(27 * 86_400), most: 10 }), 0)
    assert.equal(await forgetUsedCodes(tx, { at: later(29 * 86_400), most: 10 }), 1)
  }))
