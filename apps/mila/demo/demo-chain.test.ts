import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { day, inTransaction, simulatedClock } from "@mila/kernel"
import { balancesOf, checkLedger, statementOf } from "@mila/ledger"
import { memberByPhone } from "@mila/members"
import { countShops } from "@mila/shops"
import { staffByKey } from "@mila/staff"
import { enrolTill, pointsClaimsOf, quarantined, receiptsByIds, receiptsOf } from "@mila/tills"
import { cardsOf } from "@mila/cards"
import { favouritesOf } from "@mila/favourites"
import { outboxOf } from "@mila/messages"
import { reviewsOf, reviewsOfMember } from "@mila/reviews"
import { catalogWords, groupsOfProducts, groupsToIndex, listProducts, placesToIndex, promotionsAt, stockToIndex } from "@mila/catalog"
import assert from "node:assert/strict"
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { type DemoContext, demoSignIns, makeDemoChain } from "./demo-chain.ts"
import { someTexts } from "@mila/privacy/testing"
import { demoShops } from "./make-shops.ts"
import { demoShelves } from "./shelves/put-shelves.ts"
import { phoneOf } from "./people.ts"
import { fileOf } from "./sign-in.ts"

const GOODS = 600
let context: DemoContext & { drop(): Promise<void> }
const told: string[] = []
before(async () => {
  const own = await ownDb()
  const dataDir = mkdtempSync(join(tmpdir(), "mila-demo-"))
  const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
  await inTransaction(own.db, (tx) => someTexts(tx, clock.now()))
  context = { db: own.db, clock, settings: { dataDir, demoGoods: GOODS }, drop: own.drop }
  assert.equal(await makeDemoChain(context, { progress: (part, done) => void told.push(`${part} ${done}`) }), "made")
})
after(async () => {
  rmSync(context.settings.dataDir, { recursive: true, force: true })
  await closeTestDatabases()
})

test("the chain is the same on every machine: 550 shops and what is on their shelves, in three languages", async () => {
  assert.deepEqual(demoShops(), demoShops())
  const today = day("2026-11-23")
  const shelves = demoShelves({ today, goods: GOODS })
  assert.deepEqual(shelves, demoShelves({ today, goods: GOODS }))
  assert.equal(new Set(demoShops().map(({ city, address }) => city.ru + address.ru)).size, 550)
  assert.equal(await inTransaction(context.db, (tx) => countShops(tx)), 550)
  await inTransaction(context.db, async (tx) => {
    assert.equal((await listProducts(tx, { most: 50_000 })).length, shelves.products.length)
    assert.equal((await groupsToIndex(tx, { after: 0, most: 50_000 })).length, shelves.groups.length)
  })
})

test("shelves are full: every category has goods, every shop has stock, promotions run, names are nobody's twice", async () => {
  const { groups } = demoShelves({ today: day("2026-11-23") })
  assert.ok(groups.length > 20_000, `${groups.length} things`)
  const filled = new Set(groups.map(({ category }) => category))
  await inTransaction(context.db, async (tx) => {
    const { categories } = await catalogWords(tx)
    const leaves = categories.filter(({ path }) => !categories.some((other) => other.path.startsWith(`${path}/`)))
    for (const { path } of leaves) assert.ok(filled.has(path), path)
    assert.equal((await promotionsAt(tx, context.clock.now())).length, 4)
    const places = await placesToIndex(tx)
    assert.equal(places.length, 550)
    for (const { no } of [places[0]!, places[549]!]) assert.ok((await stockToIndex(tx, { place: no, numbers: null })).length > 200)
  })
  const names = groups.map(({ name }) => name.ru)
  assert.equal(new Set(names).size, names.length)
  const eans = groups.flatMap(({ variants }) => variants.flatMap((variant) => variant.eans))
  assert.equal(new Set(eans).size, eans.length)
})

test("among the members there are points pending, available, redeemed and returned, and the ledger is right", async () => {
  const kinds = new Set<string>()
  const sums = { pending: 0, available: 0 }
  await inTransaction(context.db, async (tx) => {
    for (let no = 1; no <= 200; no += 1) {
      const member = await memberByPhone(tx, phoneOf(no))
      assert.ok(member)
      const balance = (await balancesOf(tx, [member.memberId])).get(member.memberId)!
      sums.pending += balance.pending
      sums.available += balance.available
      for (const { kind, postings } of await statementOf(tx, { memberId: member.memberId, most: 100 })) {
        kinds.add(kind)
        if (postings.some(({ target }) => target === "redeemed")) kinds.add("redeemed")
      }
    }
    const waiting = await quarantined(tx)
    assert.deepEqual([...new Set(waiting.flatMap(({ reasons }) => reasons))], ["card_blocked"])
  })
  assert.ok(sums.pending > 0 && sums.available > 0)
  for (const kind of ["receipt", "activation", "redeemed", "return", "expiry"]) assert.ok(kinds.has(kind), kind)
  const at = context.clock.now()
  assert.deepEqual((await checkLedger(context.db, { at, now: () => at })).findings, [])
})

test("who bought a thing says what they think of it, most are content, some are answered", async () => {
  const { groups } = demoShelves({ today: day("2026-11-23"), goods: GOODS })
  const stars = [0, 0, 0, 0, 0]
  const texts = new Map<string, number>()
  let answers = 0
  await inTransaction(context.db, async (tx) => {
    for (const { code, variants } of groups) {
      const no = (await groupsOfProducts(tx, [variants[0]!.sku])).get(variants[0]!.sku)
      assert.ok(no, code)
      for (const review of await reviewsOf(tx, { groupNo: no, most: 50 })) {
        stars[review.stars - 1]! += 1
        texts.set(review.text, (texts.get(review.text) ?? 0) + 1)
        if (review.answer !== null) answers += 1
        assert.doesNotMatch(review.text, /[{|}]|undefined/)
      }
    }
  })
  const all = stars.reduce((sum, count) => sum + count, 0)
  assert.ok(all > 2_000 && answers > 100, `${all} reviews, ${answers} answers`)
  assert.ok(stars[4]! > all / 2 && stars[0]! > 0 && stars.every((count) => count > 0), stars.join(" "))
  assert.ok(texts.size > all * 0.8, "people use their own words")
})

test("the first member's year has everything in it", async () => {
  await inTransaction(context.db, async (tx) => {
    const { memberId } = (await memberByPhone(tx, phoneOf(1)))!
    const { pending, available } = (await balancesOf(tx, [memberId])).get(memberId)!
    assert.ok(pending > 0 && available > 0)
    const history = await statementOf(tx, { memberId, most: 500 })
    const kinds = new Set(history.map(({ kind }) => kind))
    for (const kind of ["receipt", "activation", "hold", "return", "expiry"] as const) assert.ok(kinds.has(kind), kind)
    const receipts = await receiptsByIds(
      tx,
      (await receiptsOf(tx, { memberId, most: 100 })).map(({ receiptId }) => receiptId),
    )
    const rules = new Set([...receipts.values()].flatMap(({ explanation }) => explanation.map(({ rule }) => rule)))
    for (const rule of ["base", "partner-card", "birthday", "care"]) assert.ok(rules.has(rule), rule)
    const claims = await pointsClaimsOf(tx, { memberId })
    assert.deepEqual(claims.map(({ state }) => state).toSorted(), ["granted", "waiting"])
    assert.equal((await favouritesOf(tx, { memberId })).length, 2)
    assert.deepEqual((await reviewsOfMember(tx, { memberId })).map(({ state }) => state).toSorted(), ["published", "waiting"])
    assert.deepEqual((await cardsOf(tx, memberId)).map(({ kind }) => kind).toSorted(), ["partner", "virtual"])
    assert.ok((await outboxOf(tx, { memberId, most: 5 })).length > 0)
  })
})

test("making it again does nothing", async () => {
  const count = () => context.db.pool.query("select count(*) from ledger.transaction").then(({ rows }) => rows[0].count)
  const before = await count()
  assert.equal(await makeDemoChain(context, { progress: () => undefined }), "already_there")
  assert.equal(await count(), before)
  assert.ok(told.length > 40)
})

test("a code that ended is made anew, and a till that was enrolled shows none", async () => {
  const { tills } = await demoSignIns(context)
  await inTransaction(context.db, (tx) => enrolTill(tx, { code: tills[0]!.code, publicKey: null, at: context.clock.now() }))
  assert.deepEqual((await demoSignIns(context)).tills, tills.slice(1))
  const tomorrow = new Date(context.clock.now().getTime() + 25 * 3_600_000)
  const later = await demoSignIns({ ...context, clock: { now: () => tomorrow } })
  assert.equal(later.tills.length, 3)
  assert.ok(later.tills.every(({ code }) => !tills.some((old) => old.code === code)))
})

test("keys are random, kept for their owner alone, and made anew when the file is gone", async () => {
  const signIns = await demoSignIns(context)
  assert.equal(statSync(fileOf(context.settings.dataDir)).mode & 0o777, 0o600)
  assert.deepEqual(await demoSignIns(context), signIns)
  assert.equal(signIns.tills.length, 3)
  assert.equal(signIns.members.length, 4)
  rmSync(fileOf(context.settings.dataDir))
  const anew = await demoSignIns(context)
  assert.notEqual(anew.staff[0]!.key, signIns.staff[0]!.key)
  assert.ok(await inTransaction(context.db, (tx) => staffByKey(tx, anew.staff[0]!.key, { isDemo: true })))
  writeFileSync(fileOf(context.settings.dataDir), "{ broken")
  assert.equal((await demoSignIns(context)).staff.length, 4)
})
