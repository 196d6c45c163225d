import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction, minor, simulatedClock, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import {
  KeptIndex,
  KeptInPostgres,
  putGroups,
  putPopularity,
  putPrices,
  putPromotion,
  putStock,
  SearchAway,
  SearchThread,
} from "../index.ts"
import { aGroup, aVariant } from "../testing.ts"

const clock = simulatedClock(new Date("2026-11-02T09:00:00Z"))
const at = () => clock.now()
const today = 20_759
const fail = (error: unknown): never => assert.fail(String(error))
let own: Awaited<ReturnType<typeof ownDb>>
let index: KeptIndex
const named = (ru: string) => ({ ru, be: ru, en: ru })
const soap = aGroup({ name: named("Мыло «Берёза»"), brand: "Белита", composition: "Aqua, Parfum", variants: [aVariant({ sku: "soap-1" })] })
const write = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => inTransaction(own.db, work)

before(async () => {
  own = await ownDb()
  await write((tx) => putGroups(tx, [soap, aGroup({ name: named("Лосьон") })], { at: at() }))
  index = await KeptIndex.open({ db: own.db, clock, onError: fail })
})
after(async () => {
  await index.close()
  await closeTestDatabases()
})

async function found(text: string, filters = {}): Promise<number> {
  await index.follow()
  return (await index.search({ text, filters, today })).total
}

test("what the catalogue holds is found by its words, its brand as it sounds, its ingredient and its sku", async () => {
  for (const text of ["мыло", "bielita", "берёзы", "soap-1"]) assert.equal(await found(text), 1, text)
  assert.equal(await found("", { without: ["отдушка"] }), 0, "of the lotion nobody knows what is in it")
  assert.equal(await found("", { without: ["парабены"] }), 1)
})

test("a new price, a promotion that begins, stock and a new thing are found without anybody asking for it", async () => {
  const cheap = { priceTo: 1_000 }
  assert.equal(await found("мыло", cheap), 0)
  await write((tx) => putPrices(tx, { prices: [{ sku: "soap-1", regularMinor: minor(1_500), cardMinor: minor(900) }], at: at() }))
  assert.equal(await found("мыло", cheap), 1)

  const promotion = { code: "sale", name: named("Акция"), terms: named("Условия"), look: "rose" }
  const [startsAt, endsAt] = [new Date("2026-11-03T00:00:00Z"), new Date("2026-11-04T00:00:00Z")]
  await write((tx) =>
    putPromotion(
      tx,
      { ...promotion, startsAt, endsAt, prices: [{ sku: "soap-1", priceMinor: minor(500), cardMinor: minor(400) }] },
      { at: at() },
    ),
  )
  assert.equal(await found("мыло", { priceTo: 450 }), 0)
  clock.moveTo(new Date("2026-11-03T00:00:01Z"))
  assert.equal(await found("мыло", { priceTo: 450 }), 1)
  clock.moveTo(endsAt)
  assert.equal(await found("мыло", { priceTo: 450 }), 0)

  assert.equal(await found("мыло", { shop: "0001" }), 0)
  await write((tx) => putStock(tx, { shop: "0001", counted: [{ sku: "soap-1", quantityMilli: 1_000 }], countedAt: at(), at: at() }))
  assert.equal(await found("мыло", { shop: "0001" }), 1)

  await write((tx) => putGroups(tx, [aGroup({ name: named("Мыло «Василёк»") }), { ...soap, state: "hidden" }], { at: at() }))
  assert.equal(await found("мыло"), 1)
  assert.equal(await found("василек"), 1)
})

test("kept in PostgreSQL it is found the same way, by two processes that share it, one of which writes", async () => {
  const open = () => KeptInPostgres.open({ db: own.db, clock, onError: fail })
  const [one, other] = [await open(), await open()]
  const total = async (engine: KeptInPostgres, text: string, filters = {}) => (await engine.search({ text, filters, today })).total
  const caughtUp = async () => {
    await Promise.all([one.follow(), other.follow()])
    await Promise.all([one.follow(), other.follow()])
  }
  assert.deepEqual([await total(one, "мыло"), await total(other, "василек")], [1, 1])
  await write((tx) => putGroups(tx, [{ ...soap, state: "shown" }, aGroup({ name: named("Мочалка") })], { at: at() }))
  await caughtUp()
  await write((tx) => putPrices(tx, { prices: [{ sku: "soap-1", regularMinor: minor(700), cardMinor: minor(600) }], at: at() }))
  await caughtUp()
  for (const engine of [one, other]) {
    assert.equal(await total(engine, "мочалки"), 1)
    assert.equal(await total(engine, "мыло берёза", { priceTo: 650 }), 1)
    assert.equal(await total(engine, "мыло", { shop: "0001" }), 1)
  }
  await write((tx) => putStock(tx, { shop: "0001", counted: [{ sku: "soap-1", quantityMilli: 0 }], countedAt: at(), at: at() }))
  await caughtUp()
  assert.equal(await total(other, "мыло", { shop: "0001" }), 0)
  assert.deepEqual((await one.suggest({ text: "моч", today })).queries, ["мочалка"])
  await Promise.all([one.close(), other.close()])
})

test("what people buy comes first from the next question on, and nothing else is read anew", async () => {
  const kept = await KeptInPostgres.open({ db: own.db, clock, onError: fail })
  await index.follow()
  const [soapNo, otherNo] = (await index.search({ text: "мыло", today })).items as [number, number]
  assert.notEqual(soapNo, otherNo)
  const sku = (await own.owner.pool.query("select sku from catalog.product where group_no = $1", [otherNo])).rows[0].sku as string
  const made = async () => (await own.owner.pool.query("select made from search.version")).rows[0].made as string
  await kept.follow()
  const before = await made()
  assert.deepEqual(
    await write((tx) =>
      putPopularity(
        tx,
        [
          { sku, milli: 3_999 },
          { sku: "unknown", milli: 9_000 },
        ],
        { at: at() },
      ),
    ),
    { changed: 1 },
  )
  assert.deepEqual(await write((tx) => putPopularity(tx, [{ sku, milli: 3_500 }], { at: at() })), { changed: 0 }, "whole pieces")
  await Promise.all([index.follow(), kept.follow()])
  for (const engine of [index, kept]) {
    assert.equal((await engine.search({ text: "мыло", sort: "popular", today })).items[0], otherNo)
    assert.equal((await engine.search({ sort: "popular", today })).items[0], otherNo)
  }
  assert.equal(await made(), before)
  assert.deepEqual(await write((tx) => putPopularity(tx, [], { at: at() })), { changed: 1 }, "what nobody buys any more")
  await Promise.all([index.follow(), kept.follow()])
  assert.equal((await index.search({ text: "мыло", sort: "popular", today })).items[0], soapNo)
  await kept.close()
})

test("in a thread of its own it answers the same", async () => {
  const thread = new SearchThread({ url: own.url, onError: fail })
  const answer = await thread.search({ text: "мыло", today })
  assert.equal(answer.total, 2)
  await write((tx) => putPrices(tx, { prices: [{ sku: "soap-1", regularMinor: minor(1_500), cardMinor: minor(800) }], at: at() }))
  await thread.follow()
  assert.ok((await thread.search({ today })).version > answer.version)
  assert.deepEqual((await thread.suggest({ text: "мы", today })).queries, ["мыло"])
  await thread.close()
})

test("when its thread breaks, whoever waits is told at once, and so is everybody until it is there again", async () => {
  const told: Error[] = []
  const patience = { readingMs: 3_600_000, answerMs: 3_600_000 }
  const thread = new SearchThread({ url: `${own.url}-nowhere`, onError: (error) => void told.push(error), patience })
  await assert.rejects(thread.search({ today }), SearchAway)
  assert.match(String(told[0]), /database is away/, "and the log hears why")
  await assert.rejects(thread.suggest({ text: "мы", today }), SearchAway)
  await thread.close()
})
