import { closeTestDatabases } from "@mila/db/testing"
import { type Day, inTransaction } from "@mila/kernel"
import { adjust } from "@mila/ledger"
import { lockSpending, memberByPhone, type MemberProfile } from "@mila/members"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

// Points that are not to be spent now are not promised: the account says what closes spending, until when, and what its owner can do.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let last = 4_000_000
const forward = (minutes: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + minutes * 60_000))
const profileOf = (phone: string): Promise<MemberProfile> => inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!)
const isClosed = async (phone: string) => (await profileOf(phone)).spendClosed(web.clock.now())
const shown = async (browser: Visitor, path: string) =>
  (await (await browser.get(path)).text()).split("<script")[0]!.replaceAll("\u00a0", " ")

/** Somebody with five roubles in points. */
async function somebody() {
  const phone = `+37544${(last += 1)}`
  const browser = await aMemberAt(web, phone)
  const { memberId } = await profileOf(phone)
  const at = web.clock.now()
  await inTransaction(web.own.db, (tx) =>
    adjust(tx, {
      reference: `adjustment:spending-${last}/settled`,
      memberId,
      points: 500,
      at,
      occurredAt: at,
      expiresOn: "2027-11-23" as Day,
      shortage: "refuse",
    }),
  )
  return { phone, browser, memberId }
}

test("one touch closes spending, a fresh proof opens it again, and the member hears of that everywhere", async () => {
  const { phone, browser } = await somebody()
  assert.match(await shown(browser, "/my"), /можно потратить/)
  forward(20)
  const closed = await browser.post("/my/card", { act: "spendingClosed" })
  assert.equal(closed.headers.get("location"), "/my/card?done=spendingClosed")
  assert.equal(await isClosed(phone), true)
  for (const path of ["/my", "/my/card", "/my/bonuses"])
    assert.match(await shown(browser, path), /Списание закрыто: какую карту ни покажут/, path)
  for (const path of ["/my", "/my/bonuses"]) assert.doesNotMatch(await shown(browser, path), /можно потратить|это скидка/, path)

  const unproven = await browser.post("/my/card", { act: "spendingOpened" })
  assert.equal(unproven.headers.get("location"), "/my/devices?prove=%2Fmy%2Fcard")
  assert.equal(await isClosed(phone), true, "a session that somebody found opens nothing")
  await browser.post("/my/devices?prove=%2Fmy%2Fcard", { act: "ask-proof" })
  await browser.post("/my/devices?prove=%2Fmy%2Fcard", { act: "confirm", code: await web.lastCode() })
  await browser.post("/my/card", { act: "spendingOpened" })
  assert.equal(await isClosed(phone), false)
  for (const to of [phone, "anna@example.by"]) {
    const told = await inTransaction(web.own.db, (tx) => outboxOf(tx, { to, most: 3 }))
    assert.ok(
      told.some(({ template }) => template === "spending_opened"),
      to,
    )
  }
  assert.match(await shown(browser, "/my"), /можно потратить/)
})

test("while spending rests, home and card say until when, to the minute, in three languages", async () => {
  const { browser } = await somebody()
  await browser.post("/my/devices", { act: "ask-email", email: `rests${last}@example.by` })
  await browser.post("/my/devices", { act: "confirm", code: await web.lastCode() })
  forward(23 * 60)
  for (const path of ["/my", "/my/card", "/my/bonuses"]) {
    assert.match(await shown(browser, path), /Списать бонусы можно с \d+ ноября, \d\d:\d\d/, path)
    assert.match(await shown(browser, `/be${path}`), /Спісаць бонусы можна з \d+ лістапада, \d\d:\d\d/, path)
    assert.match(await shown(browser, `/en${path}`), /You can spend points from \d+ November, \d\d:\d\d/, path)
  }
  assert.doesNotMatch(await shown(browser, "/my"), /можно потратить/)
  forward(60)
  assert.match(await shown(browser, "/my"), /можно потратить/)
})

test("what the back office closed the member does not open, and is told who does", async () => {
  const { phone, browser, memberId } = await somebody()
  await inTransaction(web.own.db, (tx) => lockSpending(tx, { memberId, locked: true, at: web.clock.now(), by: "staff:1" }))
  const page = await shown(browser, "/my/card")
  assert.match(page, /Списание закрыл наш сотрудник/)
  assert.doesNotMatch(page, /value="spending(?:Opened|Closed)"/)
  assert.equal((await browser.post("/my/card", { act: "spendingOpened" })).status, 409)
  assert.equal(await isClosed(phone), true)
})
