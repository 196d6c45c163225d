import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { recordReturn } from "@mila/tills"
import { aReturn } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Buyers, buyersAt } from "./buyers-testing.ts"
import { aMemberOf, anAccount, aPhone, type TestAccount } from "./testing.ts"

let account: TestAccount
let member: Buyers["member"]
let sells: Buyers["sells"]
let till: Buyers["till"]
before(async () => {
  account = await anAccount()
  ;({ member, sells, till } = await buyersAt(account))
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

test("every movement says why, in pages that end; receipts line by line; somebody else's is as if there were none", async () => {
  const { ask, buys } = await member()
  for (let time = 0; time < 3; time += 1) await buys()
  const { body: all } = await ask("GET", "/points/movements")
  const first = await ask("GET", "/points/movements?limit=2")
  const rest = await ask("GET", `/points/movements?limit=2&cursor=${first.body.next}`)
  assert.deepEqual([...first.body.movements, ...rest.body.movements], all.movements)
  assert.deepEqual([all.movements.length, rest.body.next], [3, null])
  assert.ok(all.movements[0].points > 0 && all.movements[0].reasons[0].text.length > 0)
  assert.equal((await ask("GET", "/points/movements?only=minus")).body.movements.length, 0)
  assert.ok((await ask("GET", "/points")).body.activations[0].points > 0)
  const { body: receipts } = await ask("GET", "/receipts?limit=2")
  assert.equal((await ask("GET", `/receipts?cursor=${receipts.next}`)).body.receipts.length, 1)
  for (const cursor of ["nope", "999"]) assert.deepEqual((await ask("GET", `/receipts?cursor=${cursor}`)).body.fields, ["cursor"])
  const { receiptId } = receipts.receipts[0]
  assert.equal((await ask("GET", `/receipts/${receiptId}`)).body.lines.length, 1)
  const stranger = await member()
  assert.equal((await stranger.ask("GET", `/receipts?cursor=${receiptId}`)).body.code, "malformed")
  const [theirs, none] = [await stranger.ask("GET", `/receipts/${receiptId}`), await stranger.ask("GET", "/receipts/none")]
  assert.deepEqual([theirs.status, theirs.body], [404, none.body])
  assert.equal(Buffer.from((await ask("GET", "/points/statement.pdf")).bytes.slice(0, 5)).toString(), "%PDF-")
  assert.match(Buffer.from((await ask("GET", "/points/statement.csv")).bytes).toString(), /Что произошло/)
})

test("a member's level says what was bought, and how far the next one is", async () => {
  const { ask, buys } = await member()
  const first = (await ask("GET", "/level")).body.level
  assert.deepEqual([first.turnoverMinor, first.falls, first.name.length > 0], [0, null, true])
  const { totalMinor } = await buys()
  const second = (await ask("GET", "/level")).body.level
  assert.deepEqual([second.turnoverMinor, second.next.missingMinor], [totalMinor, first.next.missingMinor - totalMinor])
})

test("a return is read line by line as its sale is: what came back, what it had cost, what was taken", async () => {
  const { ask, buys } = await member()
  const { storeCode: shop, tillNo, shift, number, lines } = await buys()
  const back = aReturn({ shop, till: tillNo }, { sale: `${shop}-${tillNo}-${shift}-${number}` })
  await inTransaction(account.db, (tx) =>
    recordReturn(tx, { till, requestKey: null, return: back, locale: "ru" }, { at: account.clock.now() }),
  )
  const cost = Math.trunc(lines[0]!.amountMinor / (lines[0]!.quantityMilli / 1_000))
  const [returned, sold] = (await ask("GET", "/receipts")).body.receipts
  assert.deepEqual([returned.kind, returned.totalMinor, sold.kind], ["return", cost, "sale"])
  const { status, body } = await ask("GET", `/receipts/${returned.receiptId}`)
  assert.deepEqual([status, body.totalMinor, body.lines.length], [200, cost, 1])
  assert.deepEqual([body.lines[0].quantityMilli, body.lines[0].amountMinor], [1_000, cost])
  const { receipt } = (await ask("GET", "/points/movements")).body.movements[0]
  assert.deepEqual([receipt.kind, receipt.totalMinor], ["return", cost])
})

test("A23: points of a receipt without a card are asked for, once; asked for again meanwhile it is the same claim, and what is wrong is named", async () => {
  const { ask } = await member()
  const claim = { fiscalUid: "ABCDEF0123456789ABCDEF01", soldOn: "2026-11-22", totalMinor: 1_990 }
  const asked = await ask("POST", "/points-claims", claim)
  assert.deepEqual([asked.status, asked.body.state], [201, "waiting"])
  const again = await ask("POST", "/points-claims", { ...claim, fiscalUid: " abcdef01-23456789-abcdef01 " })
  assert.deepEqual([again.status, again.body], [201, asked.body])
  assert.equal((await ask("GET", "/points-claims")).body.claims.length, 1)
  for (const [wrong, field] of [
    [{ fiscalUid: "x" }, "fiscalUid"],
    [{ soldOn: "2026-12-01" }, "soldOn"],
    [{ soldOn: "2026-02-31" }, "soldOn"],
  ] as const)
    assert.deepEqual((await ask("POST", "/points-claims", { ...claim, ...wrong })).body.fields, [field])
  assert.equal((await ask("POST", "/points-claims", { ...claim, soldOn: "2026-10-01" })).body.code, "receipt_too_old")
})

test("A23: over HTTP a forgotten card's receipt is given once: whoever asks again, or somebody else, gets 409", async () => {
  const [asker, other] = [await member(), await member()]
  const uid = "C0FFEE0123456789C0FFEE01"
  const sale = await sells({ fiscal: { uid } })
  const soldOn = new Date(Date.parse(sale.soldAt) + 3 * 3_600_000).toISOString().slice(0, 10)
  const claim = { fiscalUid: uid, soldOn, totalMinor: sale.totalMinor }
  const given = await asker.ask("POST", "/points-claims", claim)
  assert.deepEqual([given.status, given.body.state], [201, "granted"])
  const pending = async () => (await asker.ask("GET", "/points")).body.balance.pending
  assert.deepEqual([await pending(), given.body.earned > 0], [given.body.earned, true])
  const told = [await asker.ask("POST", "/points-claims", claim), await other.ask("POST", "/points-claims", claim)]
  assert.deepEqual(
    told.map(({ status, body }) => [status, body.code]),
    [
      [409, "receipt_yours"],
      [409, "receipt_claimed"],
    ],
  )
  assert.equal(await pending(), given.body.earned)
})

test("A55: a consent is read word for word, given and withdrawn in one touch; what holds the membership is not", async () => {
  const { ask } = await member()
  const one = async (purpose: string) => (await ask("GET", "/me/consents")).body.consents.find((held: any) => held.purpose === purpose)
  const { version, given } = await one("ads_sms")
  assert.equal(given, null)
  assert.equal((await ask("PUT", "/me/consents/ads_sms", { version: version + 1 })).body.code, "consent_text_outdated")
  assert.equal((await ask("PUT", "/me/consents/ads_sms", { version })).status, 204)
  assert.equal((await one("ads_sms")).given.version, version)
  assert.equal((await ask("DELETE", "/me/consents/ads_sms")).status, 204)
  assert.equal((await one("ads_sms")).given, null)
  const { body } = await ask("GET", "/me/consents/ads_sms")
  assert.deepEqual(body.history.map(({ what, door }: any) => [what, door]).toSorted(), [
    ["given", "app"],
    ["withdrawn", "app"],
  ])
  assert.equal((await ask("DELETE", "/me/consents/policy")).body.code, "consent_needed")
  assert.deepEqual((await ask("PUT", "/me/consents/child", { version: 1 })).body.fields, ["purpose"], "who is grown up represents nobody")
  assert.equal(await one("child"), undefined)
})

test("the language of messages is the member's to choose, whatever language the app is read in", async () => {
  const { ask } = await member()
  assert.equal((await ask("PUT", "/me/language", { locale: "be" })).status, 204)
  assert.equal((await ask("GET", "/me", undefined, { "accept-language": "en" })).body.locale, "be")
  assert.deepEqual((await ask("PUT", "/me/language", { locale: "de" })).body.fields, ["locale"])
  await ask("PUT", "/me/password", { password: "корова летит через забор" })
  assert.match((await ask("GET", "/me/messages")).body.messages[0].text, /Пароль вашага асабістага кабінета зменены/)
})

test("a member wishes for more quiet and less advertising, never for more than everybody is promised", async () => {
  const { ask } = await member()
  assert.deepEqual((await ask("GET", "/me/wishes")).body, { quietFromHour: 21, quietUntilHour: 9, mostAWeek: 3 })
  const wishes = { quietFromHour: 18, quietUntilHour: 11, mostAWeek: 1 }
  assert.equal((await ask("PUT", "/me/wishes", wishes)).status, 204)
  assert.deepEqual((await ask("GET", "/me/wishes")).body, wishes)
  for (const more of [{ quietFromHour: 22 }, { quietUntilHour: 8 }, { mostAWeek: 4 }, { mostAWeek: 0 }])
    assert.deepEqual((await ask("PUT", "/me/wishes", { ...wishes, ...more })).body.fields, Object.keys(more))
})

test("A07 and A56: with a session found later nothing grave is done: no copy of everything, no leaving, no other name, phone, e-mail or password", async () => {
  const { ask } = await member()
  const grave = [
    ["POST", "/me/copies", { form: "json" }],
    ["PUT", "/me/leaving", { giftTo: null }],
    ["PUT", "/me/person", { name: { given: "Я" }, birthday: null }],
    ["POST", "/me/phone/code", { phone: aPhone() }],
    ["POST", "/me/email/code", { email: "thief@example.by" }],
    ["PUT", "/me/password", { password: "чужой и длинный" }],
    ["POST", "/passkeys/challenge"],
    ["POST", "/me/merge/code", { phone: aPhone() }],
    ["POST", "/wallet-passes/google"],
  ] as const
  assert.equal((await ask("POST", "/me/copies", { form: "json" })).status, 201, "who has just proven it is them may")
  for (const [method, path, body] of grave) {
    const late = await lateMember()
    const told = await late(method, path, body)
    assert.deepEqual([told.status, told.body?.code], [401, "reauth_required"], `${method} ${path}`)
  }
})

let oldRefresh: string | undefined
/** Somebody who signed in an hour ago, with a token renewed just now. */
async function lateMember() {
  const { refreshToken } = oldRefresh === undefined ? await aMemberOf(account, aPhone()) : { refreshToken: oldRefresh }
  if (oldRefresh === undefined) account.forward(3_600_000)
  const { body } = await account.ask("POST", "/tokens", { body: { refreshToken } })
  oldRefresh = body.refreshToken
  return (method: string, path: string, body_?: unknown) =>
    account.ask(method, path, { token: body.accessToken, ...(body_ === undefined ? {} : { body: body_ }) })
}

test("an application under the law has its clock, and comes once however often it is sent; leaving is thought over", async () => {
  const { ask } = await member()
  const apply = () =>
    ask("POST", "/me/requests", { kind: "information", essence: "Что вы обо мне храните?" }, { "idempotency-key": "law-1" })
  const [first, again] = [await apply(), await apply()]
  assert.deepEqual([first.status, again.status, again.body], [201, 201, first.body])
  assert.equal(
    (await ask("POST", "/me/requests", { kind: "correction", essence: "x" }, { "idempotency-key": "law-1" })).body.code,
    "idempotency_mismatch",
  )
  assert.equal((await ask("GET", "/me/requests")).body.requests.length, 1)
  assert.deepEqual([first.body.state, first.body.answeredAt], ["answered", first.body.madeAt], "what we hold is answered at once")
  assert.match(first.body.answer, /имя[\s\S]*Правила программы лояльности[\s\S]*по договору/)
  const law = (kind: string, rest = {}) =>
    ask("POST", "/me/requests", { kind, essence: "Прошу.", ...rest }, { "idempotency-key": `${kind}${JSON.stringify(rest)}` })
  assert.deepEqual(
    [(await law("information")).body.state, (await law("disclosures")).body.state],
    ["open", "answered"],
    "asked again, a clerk answers",
  )
  assert.equal((await law("withdrawal")).body.code, "request_at_hand")
  assert.equal((await law("withdrawal", { anyway: true })).body.state, "open")
  const { body: leaving } = await ask("PUT", "/me/leaving", { giftTo: null, keepsReviews: true })
  assert.equal((await ask("GET", "/me")).body.leavesAt, leaving.leavesAt)
  assert.equal((await ask("DELETE", "/me/leaving")).status, 204)
  assert.equal((await ask("GET", "/me/leaving")).body.leavesAt, null)
  for (const path of ["/me/disclosures", "/me/looks", "/me/messages", "/wallet-passes", "/me/merges", "/passkeys"])
    assert.equal((await ask("GET", path)).status, 200, path)
  assert.equal((await ask("POST", "/wallet-passes/apple")).body.code, "wallet_unknown")
})

test("another name, phone and e-mail: the new address is proven, the old one hears of it, other places are signed out", async () => {
  const { ask } = await member()
  assert.equal(
    (await ask("PUT", "/me/person", { name: { given: "Ганна", family: "Петрова" }, birthday: { month: 2, day: 29 } })).status,
    204,
  )
  assert.deepEqual((await ask("GET", "/me/person")).body.birthday, { month: 2, day: 29 })
  const { body: mail } = await ask("POST", "/me/email/code", { email: "hanna@example.by" })
  assert.equal((await ask("PUT", "/me/email", { flow: mail.flow, code: await account.lastCode() })).status, 204)
  const { body: sent } = await ask("POST", "/me/phone/code", { phone: aPhone() })
  assert.equal((await ask("PUT", "/me/phone", { flow: sent.flow, code: "000" })).body.code, "code_invalid")
  assert.equal((await ask("PUT", "/me/phone", { flow: sent.flow, code: await account.lastCode() })).status, 204)
  assert.equal((await ask("GET", "/me/person")).body.email, "hanna@example.by")
})

test("A27: two accounts of one person are joined, once, when both phones are proven, and come apart again", async () => {
  const [main, other] = [await member(), await member()]
  await other.buys()
  account.forward(61_000)
  const { body: sent } = await main.ask("POST", "/me/merge/code", { phone: other.phone })
  assert.equal((await main.ask("POST", "/me/merge", { flow: sent.flow })).body.code, "proof_missing")
  const preview = await main.ask("POST", "/me/merge/preview", { flow: sent.flow, code: await account.lastCode() })
  assert.ok(preview.body.from.pending > 0, JSON.stringify(preview.body))
  assert.equal((await main.ask("POST", "/me/merge", { flow: sent.flow })).status, 204)
  assert.equal((await main.ask("POST", "/me/merge", { flow: sent.flow })).body.code, "proof_missing", "joined once")
  assert.equal((await main.ask("GET", "/me")).body.balance.pending, preview.body.from.pending)
  assert.equal((await other.ask("GET", "/me")).status, 401)
  const { body: merges } = await main.ask("GET", "/me/merges")
  assert.equal((await main.ask("DELETE", `/me/merges/${merges.merges[0].mergeId}`)).status, 204)
})
