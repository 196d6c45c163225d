import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import type { Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { blockCard, denies, denyList, denyListVersion, linkPartnerCard, removeCard, replaceCard, unblockCard } from "./index.ts"
import { aCard, aMember, aPartnerNumber, SOME_DAY } from "./testing.ts"

after(closeTestDatabases)

const at = SOME_DAY
const by = "staff:1"
const says = async (tx: Tx, number: string, when = at) => denies(await denyList(tx, { at: when }), number)
const days = (count: number) => new Date(at.getTime() + count * 86_400_000)

test("blocked, replaced and removed cards are denied with their reason, good ones pass", () =>
  rolledBack(async (tx) => {
    const [blocked, replaced, removed] = [await aCard(tx), await aCard(tx), await aCard(tx)]
    await blockCard(tx, { cardId: blocked.cardId, reason: "lost", at, by })
    const { number: successor } = await replaceCard(tx, { cardId: replaced.cardId, reason: "lost", at, by })
    await removeCard(tx, { cardId: removed.cardId, at, by })
    assert.deepEqual(await says(tx, blocked.number), { answer: "denied", reason: "blocked" })
    assert.deepEqual(await says(tx, replaced.number), { answer: "denied", reason: "replaced" })
    assert.deepEqual(await says(tx, removed.number), { answer: "denied", reason: "removed" })
    const good = [successor!]
    while (good.length < 10) good.push((await aCard(tx)).number)
    const list = await denyList(tx, { at })
    const passed = good.filter((number) => denies(list, number).answer === "clear")
    assert.ok(passed.length >= 8, "the filter may be wrong about one, once in thousands of runs")
    assert.notEqual(denies(list, successor!).answer, "denied")
  }))

test("a found card leaves the list, a blocked one that is replaced changes its reason", () =>
  rolledBack(async (tx) => {
    const { cardId, number } = await aCard(tx)
    await blockCard(tx, { cardId, reason: "lost", at, by })
    await unblockCard(tx, { cardId, at, by })
    assert.deepEqual(await says(tx, number), { answer: "clear" })
    await blockCard(tx, { cardId, reason: "lost", at, by })
    await replaceCard(tx, { cardId, reason: "lost", at, by })
    assert.deepEqual(await says(tx, number), { answer: "denied", reason: "replaced" })
  }))

test("after thirty days a card is denied by the filter alone, for ever", () =>
  rolledBack(async (tx) => {
    const { cardId, number } = await aCard(tx)
    await blockCard(tx, { cardId, reason: "lost", at, by })
    assert.equal((await says(tx, number, days(30))).answer, "denied")
    assert.equal((await says(tx, number, days(31))).answer, "probably_denied")
    assert.equal((await denyList(tx, { at: days(31) })).recent.length, 0)
  }))

test("the version changes with every denial, with every pardon and each day, and with nothing else", () =>
  rolledBack(async (tx) => {
    const version = (when = at) => denyListVersion(tx, { at: when })
    const first = await version()
    const { cardId } = await aCard(tx)
    assert.equal(await version(), first)
    await blockCard(tx, { cardId, reason: "lost", at, by })
    const second = await version()
    await blockCard(tx, { cardId, reason: "lost", at, by })
    assert.equal(await version(), second)
    await unblockCard(tx, { cardId, at, by })
    assert.equal(new Set([first, second, await version(), await version(days(1))]).size, 4)
    assert.equal((await denyList(tx, { at })).version, await version())
  }))

test("an unlinked partner card is not denied, a blocked one is; the list holds no number", () =>
  rolledBack(async (tx) => {
    const number = aPartnerNumber()
    const linked = await linkPartnerCard(tx, { number, memberId: await aMember(tx), assurance: "typed", at, by })
    assert.ok(linked.status === "linked")
    await blockCard(tx, { cardId: linked.card.cardId, reason: "lost", at, by })
    assert.equal((await says(tx, number)).answer, "denied")
    assert.ok(!JSON.stringify(await denyList(tx, { at })).includes(number))
    await removeCard(tx, { cardId: linked.card.cardId, at, by })
    assert.equal((await says(tx, number)).answer, "clear")
  }))
