import { devicesOf, cardsOf } from "@mila/cards"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, takeJobs } from "@mila/kernel"
import { aLot } from "@mila/ledger/testing"
import { outboxOf } from "@mila/messages"
import { disclosuresOf } from "@mila/privacy"
import { jobs, noteCards, type Wallets } from "@mila/wallet"
import { anIphone, applePushStandIn, googleWalletStandIn, type Iphone, type Shown } from "@mila/wallet/stand-ins"
import { aProgramme, someAppleKeys, someGoogleKeys, someServerKeys } from "@mila/wallet/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { aMemberAt, aWeb, type Visitor } from "./testing.ts"

const { keys, publicKey } = someGoogleKeys()
const [apple, server] = [someAppleKeys(), someServerKeys()]
const google = await googleWalletStandIn({ ...keys, publicKey }, { now: () => web.clock.now() })
const push = await applePushStandIn({ ...server, authority: apple.wwdr, passType: apple.passType })
const wallets: Wallets = {
  programme: aProgramme(),
  apple: { ...apple, pushUrl: push.url, pushAuthority: server.certificate },
  google: { ...keys, url: google.url, tokenUrl: google.tokenUrl },
}
const web = await aWeb({ wallets })
after(async () => {
  await Promise.all([google.close(), push.close()])
  await web.drop()
  await closeTestDatabases()
})

let phones = 10

async function aMember(): Promise<{ browser: Visitor; memberId: number; cardId: number; number: string }> {
  const phone = `+3752911122${(phones += 1)}`
  const browser = await aMemberAt(web, phone)
  return inTransaction(web.own.db, async (tx) => {
    const { rows } = await web.own.owner.pool.query<{ id: number }>("select max(id) id from members.member")
    const memberId = rows[0]!.id
    const [card] = await cardsOf(tx, memberId)
    return { browser, memberId, cardId: card!.cardId, number: card!.number! }
  })
}

/** What the worker does within the next minutes. */
async function aWhileLater(minutes = 3): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    web.clock.moveTo(new Date(web.clock.now().getTime() + 61_000))
    const at = web.clock.now()
    await inTransaction(web.own.db, async (tx) => {
      for (const { name, data } of await takeJobs(tx, { most: 100 }))
        if (name === "cardsChanged") await noteCards(tx, { ...(data as { cardIds: number[] }), at })
    })
    await jobs(wallets)[0]!.run(web.own.db, { at, now: () => at })
  }
}

async function anInstalled(): Promise<{ member: Awaited<ReturnType<typeof aMember>>; iphone: Iphone; serial: string }> {
  const member = await aMember()
  const led = await member.browser.post("/my/card", { act: "to-apple" })
  assert.deepEqual([led.status, led.headers.get("location")], [302, "/my/card/mila.pkpass"])
  const file = await member.browser.get("/my/card/mila.pkpass")
  assert.equal(file.headers.get("content-type"), "application/vnd.apple.pkpass")
  assert.equal(file.headers.get("cache-control"), "no-store")
  const iphone = anIphone(push, web.fetch)
  return { member, iphone, serial: await iphone.adds(Buffer.from(await file.arrayBuffer())) }
}

const balanceOn = (iphone: Iphone, serial: string) =>
  (iphone.passes.get(serial) as Shown).storeCard["primaryFields"]!.find(({ key }) => key === "balance")?.value

test("an iPhone downloads the card, registers, hears of new points and shows them; deleted there, it hears no more", async () => {
  const { member, iphone, serial } = await anInstalled()
  assert.equal((iphone.passes.get(serial)!["barcodes"] as { message: string }[])[0]!.message, member.number)
  assert.match(iphone.asked[0]!, /^POST \/wallet\/apple\/v1\/devices\/.* 201$/)
  await aLot(web.own.db, { memberId: member.memberId, amount: 250 })
  await aWhileLater()
  await until(() => balanceOn(iphone, serial) === 250)
  await iphone.wakes()
  assert.match(iphone.asked.at(-1)!, /registrations\/pass\.example\.card 204$/)
  const told = push.told.length
  await iphone.deletes(serial)
  assert.match(iphone.asked.at(-1)!, /^DELETE .* 200$/)
  await aLot(web.own.db, { memberId: member.memberId, amount: 1 })
  await aWhileLater()
  assert.equal(push.told.length, told)
})

test("A16: a phone without the pass's own secret learns and changes nothing; a pass that is as it was is not sent again", async () => {
  const { iphone, serial } = await anInstalled()
  const pass = iphone.passes.get(serial)!
  const { passType } = apple
  const url = `https://mila.example/wallet/apple/v1/passes/${passType}/${serial}`
  const secret = { authorization: `ApplePass ${String(pass["authenticationToken"])}` }
  const first = await web.fetch(url, { headers: secret })
  assert.equal(first.status, 200)
  const since = { "if-modified-since": first.headers.get("last-modified")! }
  assert.equal((await web.fetch(url, { headers: { ...secret, ...since } })).status, 304)
  for (const headers of [{}, { authorization: "ApplePass wrong" }, { authorization: `Bearer ${String(pass["authenticationToken"])}` }])
    assert.equal((await web.fetch(url, { headers })).status, 401)
  assert.equal((await web.fetch(url.replace(serial, "A".repeat(22)), { headers: secret })).status, 401)
  assert.equal((await web.fetch(url.replace(passType, "pass.other"), { headers: secret })).status, 401)
  const registration = `https://mila.example/wallet/apple/v1/devices/stranger/registrations/${passType}`
  const body = JSON.stringify({ pushToken: "d4".repeat(32) })
  assert.equal((await web.fetch(`${registration}/${serial}`, { method: "POST", body })).status, 401)
  assert.equal((await web.fetch(`${registration}/${serial}`, { method: "DELETE" })).status, 401)
  assert.equal((await web.fetch(registration, {})).status, 204)
  for (const wrong of ["", "[]", '{"pushToken":"../../x"}', '{"pushToken":1}', "{"])
    assert.equal((await web.fetch(`${registration}/${serial}`, { method: "POST", body: wrong, headers: secret })).status, 400)
  assert.equal((await web.fetch(`${registration}/${serial}`, { method: "POST", body, headers: secret })).status, 201)
  assert.equal((await web.fetch(`${registration}/${serial}`, { method: "POST", body, headers: secret })).status, 200)
  const log = await web.fetch("https://mila.example/wallet/apple/v1/log", { method: "POST", body: '{"logs":["x"]}' })
  assert.deepEqual([log.status, log.headers.get("set-cookie")], [200, null])
})

test("removed in the account, the pass goes void in the phone and leaves the list; a stranger's number removes nothing", async () => {
  const { member, iphone, serial } = await anInstalled()
  const other = await aMember()
  const list = await (await member.browser.get("/my/devices")).text()
  const passId = /name="pass" value="(\d+)"/.exec(list)![1]!
  assert.match(list, /Apple Wallet/)
  assert.equal((await other.browser.post("/my/devices", { act: "remove-pass", pass: passId })).status, 422)
  assert.match(await (await member.browser.get("/my/card")).text(), /Уже выдана для Apple Wallet/)
  const removed = await member.browser.post("/my/devices", { act: "remove-pass", pass: passId })
  assert.equal(removed.headers.get("location"), "/my/devices?done=passRemoved")
  await aWhileLater()
  await until(() => iphone.passes.get(serial)!["voided"] === true)
  assert.doesNotMatch(JSON.stringify(iphone.passes.get(serial)), new RegExp(`${member.number}|Анна`))
  assert.doesNotMatch(await (await member.browser.get("/my/devices")).text(), /name="pass"/)
})

test("with Google the browser is led to the link of a card that is there; the member is told, and who got what is written down", async () => {
  const { browser, memberId, number, cardId } = await aMember()
  const page = await browser.get("/my/card")
  assert.match(page.headers.get("content-security-policy")!, /form-action 'self' https:\/\/pay\.google\.com/)
  assert.match(await page.text(), /Google Кошелёк/)
  const led = await browser.post("/my/card", { act: "to-google" })
  assert.equal(led.status, 302)
  const link = led.headers.get("location")!
  assert.equal(google.opens(link).accountId, number)
  assert.ok(!Buffer.from(link, "base64url").toString("latin1").includes(number))
  await inTransaction(web.own.db, async (tx) => {
    const told = (await outboxOf(tx, { memberId, most: 20 })).filter(({ template }) => template === "google_pass_added")
    assert.deepEqual(told.map(({ channel }) => channel).toSorted(), ["email", "sms"])
    const [disclosed] = await disclosuresOf(tx, { memberId, since: new Date(0) })
    assert.deepEqual([disclosed!.recipient, disclosed!.what], ["Google Wallet", ["name", "card", "points"]])
    assert.equal((await devicesOf(tx, cardId)).length, 1)
  })
  google.mood = "broken"
  const away = await aMember()
  const answer = await away.browser.post("/my/card", { act: "to-google" })
  assert.equal(answer.status, 503)
  assert.match(await answer.text(), /Google сейчас не отвечает/)
  google.mood = "well"
})

test("A07: a session whose last proof is old puts nothing to Google, and a new password takes the keys out of what is there", async () => {
  const { browser, cardId } = await aMember()
  assert.equal((await browser.post("/my/card", { act: "to-google" })).status, 302)
  assert.equal((await browser.post("/my/devices", { act: "password", password: "три слова и дождь" })).status, 302)
  assert.deepEqual(await inTransaction(web.own.db, (tx) => devicesOf(tx, cardId)), [])
  assert.match(await (await browser.get("/my/card")).text(), /без кода для оплаты/)
  web.clock.moveTo(new Date(web.clock.now().getTime() + 20 * 60_000))
  const led = await browser.post("/my/card", { act: "to-google" })
  assert.equal(led.headers.get("location"), "/my/devices?prove=%2Fmy%2Fcard")
  assert.deepEqual(await inTransaction(web.own.db, (tx) => devicesOf(tx, cardId)), [])
})

test("A08: another site puts the card nowhere, and to open the file's address makes no pass", async () => {
  const { browser, memberId } = await aMember()
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" }
  for (const act of ["to-apple", "to-google"]) assert.equal((await browser.post("/my/card", { act }, foreign)).status, 403)
  const opened = await browser.get("/my/card/mila.pkpass")
  assert.deepEqual([opened.status, opened.headers.get("location")], [302, "/my/card"])
  const { rows } = await web.own.owner.pool.query("select 1 from wallet.pass where member_id = $1", [memberId])
  assert.equal(rows.length, 0)
  assert.match((await web.visitor().get("/my/card/mila.pkpass")).headers.get("location")!, /^\/sign-in/)
})

test("without keys nothing is offered, and nothing answers", async () => {
  const bare = await aWeb()
  const browser = await aMemberAt(bare, "+375291112299")
  const page = await browser.get("/my/card")
  assert.doesNotMatch(await page.text(), /Wallet|Кошел/)
  assert.doesNotMatch(page.headers.get("content-security-policy")!, /google/)
  assert.equal((await browser.post("/my/card", { act: "to-apple" })).status, 422)
  assert.equal((await browser.get("/my/card/mila.pkpass")).headers.get("location"), "/my/card")
  for (const path of ["/wallet/apple/v1/passes/pass.example.card/x", "/wallet/logo.png"])
    assert.equal((await bare.fetch(`https://mila.example${path}`, {})).status, 404)
  await bare.drop()
})

test("Google finds the programme's picture", async () => {
  const picture = await web.fetch("https://mila.example/wallet/logo.png", {})
  const bytes = Buffer.from(await picture.arrayBuffer())
  assert.deepEqual([picture.headers.get("content-type"), bytes.readUInt32BE(16), bytes.readUInt32BE(20)], ["image/png", 660, 660])
})

async function until(is: () => boolean): Promise<void> {
  for (let looked = 0; looked < 1_200 && !is(); looked += 1) await new Promise((resolve) => setTimeout(resolve, 50))
  assert.ok(is(), "it did not come")
}
