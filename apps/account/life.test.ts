import { groupByCode, putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { publishReview } from "@mila/reviews"
import { recordReceipts, type TillIdentity } from "@mila/tills"
import { aLine, aSale, aTill } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberOf, anAccount, aPhone, type TestAccount } from "./testing.ts"

let account: TestAccount
let till: TillIdentity
let productId: number
before(async () => {
  account = await anAccount()
  const at = account.clock.now()
  await inTransaction(account.db, async (tx) => {
    till = await aTill(tx)
    await putGroups(tx, [aGroup({ code: "krem", variants: [aVariant({ sku: "krem-50" })] })], { at })
    productId = (await groupByCode(tx, { code: "krem", at }))!.no
  })
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

async function member(phone = aPhone()) {
  const { token } = await aMemberOf(account, phone)
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    account.ask(method, path, { token, headers, ...(body === undefined ? {} : { body }) })
  const buys = async () => {
    const card = (await ask("GET", "/cards")).body.cards[0].number as string
    const sale = aSale(till, { card, lines: [aLine({ sku: "krem-50" })] })
    await inTransaction(account.db, (tx) =>
      recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at: account.clock.now() }),
    )
  }
  return { ask, buys, phone }
}

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
  const { receiptId } = receipts.receipts[0]
  assert.equal((await ask("GET", `/receipts/${receiptId}`)).body.lines.length, 1)
  const stranger = await member()
  const [theirs, none] = [await stranger.ask("GET", `/receipts/${receiptId}`), await stranger.ask("GET", "/receipts/none")]
  assert.deepEqual([theirs.status, theirs.body], [404, none.body])
  assert.equal(Buffer.from((await ask("GET", "/points/statement.pdf")).bytes.slice(0, 5)).toString(), "%PDF-")
  assert.match(Buffer.from((await ask("GET", "/points/statement.csv")).bytes).toString(), /Что произошло/)
})

test("points of a receipt without a card are asked for, once", async () => {
  const { ask } = await member()
  const claim = { fiscalUid: "ABCDEF0123456789ABCDEF01", soldOn: "2026-11-22", totalMinor: 1_990 }
  const asked = await ask("POST", "/points-claims", claim)
  assert.deepEqual([asked.status, asked.body.state], [201, "waiting"])
  assert.equal((await ask("GET", "/points-claims")).body.claims.length, 1)
  assert.equal((await ask("POST", "/points-claims", { ...claim, soldOn: "2026-10-01" })).body.code, "receipt_too_old")
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
  const { body: leaving } = await ask("PUT", "/me/leaving", { giftTo: null })
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

test("two accounts of one person are joined when both phones are proven, and come apart again", async () => {
  const [main, other] = [await member(), await member()]
  await other.buys()
  account.forward(61_000)
  const { body: sent } = await main.ask("POST", "/me/merge/code", { phone: other.phone })
  assert.equal((await main.ask("POST", "/me/merge", { flow: sent.flow })).body.code, "proof_missing")
  const preview = await main.ask("POST", "/me/merge/preview", { flow: sent.flow, code: await account.lastCode() })
  assert.ok(preview.body.from.pending > 0, JSON.stringify(preview.body))
  assert.equal((await main.ask("POST", "/me/merge", { flow: sent.flow })).status, 204)
  assert.equal((await main.ask("GET", "/me")).body.balance.pending, preview.body.from.pending)
  assert.equal((await other.ask("GET", "/me")).status, 401)
  const { body: merges } = await main.ask("GET", "/me/merges")
  assert.equal((await main.ask("DELETE", `/me/merges/${merges.merges[0].mergeId}`)).status, 204)
})

test("favourites stand in lists, are shared by a link and watched; reviews are written by who bought and read by everybody", async () => {
  const { ask, buys } = await member()
  assert.equal((await ask("PUT", `/favourites/${productId}`)).status, 204)
  assert.equal((await ask("PUT", "/favourites/999999")).body.code, "product_group_not_found")
  const { body: made } = await ask("POST", "/favourites/lists", { name: "Маме" })
  const onList = `/favourites/lists/${made.listId}/items/${productId}`
  assert.equal((await ask("PUT", onList)).status, 204)
  assert.equal((await ask("PUT", `${onList}/watch`, { price: true, shop: null })).status, 204)
  const { body: shared } = await ask("PUT", `/favourites/lists/${made.listId}/link`)
  const { body: read } = await account.ask("GET", `/favourites/shared/${shared.link.split("/").at(-1)}`)
  assert.deepEqual([read.name, read.items[0].productId], ["Маме", productId])
  assert.equal((await ask("GET", "/favourites")).body.lists.length, 2)

  const review = { stars: 5, text: "Мягкий крем, пахнет липой." }
  assert.equal((await ask("PUT", `/products/${productId}/review`, review)).body.code, "review_not_bought")
  await buys()
  const { body: written } = await ask("PUT", `/products/${productId}/review`, review)
  await inTransaction(account.db, (tx) => publishReview(tx, { reviewId: written.reviewId, at: account.clock.now(), by: "staff:1" }))
  const { body } = await account.ask("GET", `/products/${productId}/reviews`)
  assert.deepEqual([body.stars, body.reviews[0].author, body.reviews[0].mine], [[0, 0, 0, 0, 1], "Анна П.", false])
  const reader = await member()
  assert.equal((await reader.ask("PUT", `/reviews/${written.reviewId}/vote`)).status, 204)
  assert.equal((await ask("PUT", `/reviews/${written.reviewId}/vote`)).body.code, "own_review")
  const comment = () =>
    reader.ask("POST", `/reviews/${written.reviewId}/comments`, { text: "Спасибо, помогло выбрать." }, { "idempotency-key": "c-1" })
  assert.deepEqual([(await comment()).status, (await comment()).status], [201, 201])
  assert.equal((await ask("GET", "/me/reviews")).body.reviews[0].state, "published")
  assert.equal((await ask("DELETE", `/reviews/${written.reviewId}`)).status, 204)
})
