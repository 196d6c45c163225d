import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { outboxOf } from "@mila/messages"
import { readPaper } from "@mila/papers/testing"
import { auditTrail, record } from "@mila/staff"
import { aStaffMember } from "@mila/staff/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

const web: Web = await aWeb()
after(() => web.drop().then(closeTestDatabases))

let phones = 2_000_000
const aPhone = () => `+37529${(phones += 1)}`
const minutes = (passed: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + passed * 60_000))
const memberOf = (phone: string) => inTransaction(web.own.db, async (tx) => (await memberByPhone(tx, phone))!.memberId)

/** The links a page answers with: to be read, to be carried elsewhere. */
async function linksOf(browser: Visitor, prefix = ""): Promise<{ pdf: string; json: string; page: string }> {
  const asked = await browser.post(`${prefix}/my/data/copy`, {})
  assert.equal(asked.status, 200)
  const page = await asked.text()
  const [pdf = "", json = ""] = [...page.matchAll(/href="([^"]*\/my\/data\/copy\/[\w-]{32})"/g)].map(([, href]) => href!)
  return { pdf, json, page }
}

/** Where a link that opens nothing leads. */
const nowhere = async (browser: Visitor, link: string) => {
  const answer = await browser.get(link)
  return `${answer.status} ${answer.headers.get("location")} ${answer.headers.get("cache-control")} ${await answer.text()}`
}

test("A56: a copy of everything takes a fresh proof; its links work once each, and the person hears of it", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  const { pdf, json, page } = await linksOf(browser)
  assert.match(page, /Копия готова: скачайте до \d\d:\d\d/)

  const carried = await browser.get(json)
  assert.equal(carried.headers.get("cache-control"), "no-store")
  assert.match(carried.headers.get("content-disposition") ?? "", /attachment; filename="mila-my-data.json"/)
  const everything = (await carried.json()) as Record<string, unknown>
  for (const part of [
    "person",
    "cards",
    "points",
    "statement",
    "receipts",
    "consents",
    "renewals",
    "disclosures",
    "looks",
    "requests",
    "reviews",
    "favourites",
  ])
    assert.ok(part in everything, part)
  assert.doesNotMatch(JSON.stringify(everything["messages"]), /confirmation_code/)

  const paper = await readPaper(Buffer.from(await (await browser.get(pdf)).arrayBuffer()))
  assert.equal(paper.title, "Всё, что мы храним о вас")
  assert.ok(paper.pages.join(" ").includes("Петрова Анна"))

  const gone = await nowhere(browser, json)
  assert.match(gone, /^302 \/my\/data\/copy\?gone=1 no-store/)
  assert.equal(await nowhere(browser, pdf), gone, "each works once")
  assert.match(await (await browser.get("/my/data/copy?gone=1")).text(), /Эта ссылка больше не работает/)

  const told = await inTransaction(web.own.db, async (tx) => outboxOf(tx, { memberId: await memberOf(phone), most: 20 }))
  assert.deepEqual(
    told
      .filter(({ template }) => template === "copy_taken")
      .map(({ channel }) => channel)
      .toSorted(),
    ["email", "email", "sms", "sms"],
  )

  minutes(20)
  assert.equal((await browser.post("/my/data/copy", {})).status, 401)
  assert.match(await (await browser.get("/my/data/copy")).text(), /Подтвердите, что это вы/)
})

test("A56: a forwarded link, an old one, a replaced one and a made-up one get the same answer", async () => {
  const phone = aPhone()
  const owner = await aMemberAt(web, phone)
  const { json } = await linksOf(owner)
  const stranger = await aMemberAt(web, aPhone())
  const elsewhere = web.visitor("198.51.100.4")
  minutes(2)
  await elsewhere.post("/sign-in", { step: "ask", phone })
  await elsewhere.post("/sign-in", { step: "code", code: await web.lastCode() })
  assert.equal((await elsewhere.get("/my")).status, 200, "the same person in another browser")

  const madeUp = await nowhere(stranger, `/my/data/copy/${"x".repeat(32)}`)
  assert.match(madeUp, /^302 \/my\/data\/copy\?gone=1/)
  assert.equal(await nowhere(stranger, json), madeUp)
  assert.equal(await nowhere(elsewhere, json), madeUp)
  assert.match((await web.visitor().get(json)).headers.get("location") ?? "", /^\/sign-in\?next=/)

  const newer = await linksOf(owner)
  assert.equal(await nowhere(owner, json), madeUp, "a newer link takes its place")
  minutes(15)
  assert.equal(await nowhere(owner, newer.json), madeUp, "a quarter of an hour is over")
})

test("A56: a link ends with the session that asked for it", async () => {
  const browser = await aMemberAt(web, aPhone())
  const { json } = await linksOf(browser)
  const kept = new Map(browser.cookies)
  await browser.post("/my/sign-out", {})
  for (const [name, value] of kept) browser.cookies.set(name, value)
  assert.match((await browser.get(json)).headers.get("location") ?? "", /^\/sign-in/)
})

test("the paper is in the reader's language and says who looked", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  const memberId = await memberOf(phone)
  const { staffId } = await inTransaction(web.own.db, (tx) => aStaffMember(tx))
  await inTransaction(web.own.db, (tx) => record(tx, { staffId, action: "member.see", object: `member:${memberId}`, at: web.clock.now() }))
  const [look] = await inTransaction(web.own.db, (tx) => auditTrail(tx, { object: `member:${memberId}` }))
  assert.ok(look)
  for (const [prefix, title, clerk] of [
    ["", "Всё, что мы храним о вас", "сотрудник"],
    ["/be", "Усё, што мы захоўваем пра вас", "супрацоўнік"],
    ["/en", "Everything we keep about you", "staff member"],
  ] as const) {
    const { pdf } = await linksOf(browser, prefix)
    const paper = await readPaper(Buffer.from(await (await browser.get(pdf)).arrayBuffer()))
    assert.equal(paper.title, title)
    assert.ok(paper.pages.join(" ").includes(`${clerk} ${staffId}`), prefix)
  }
})
