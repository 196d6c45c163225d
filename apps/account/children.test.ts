import { aPartnerNumber } from "@mila/cards/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { aChild } from "@mila/members/testing"
import { heldBy } from "@mila/privacy"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberOf, anAccount, aPhone, DEVICE, type TestAccount } from "./testing.ts"

// What an app tells somebody under sixteen, and asks them at sixteen.

let account: TestAccount
before(async () => {
  account = await anAccount()
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

/** A member whom somebody represents, born two days before the birthday. */
async function aChildMember() {
  const phone = aPhone()
  let { token } = await aMemberOf(account, phone)
  const memberId = await inTransaction(account.db, async (tx) => (await memberByPhone(tx, phone))!.memberId)
  await inTransaction(account.db, (tx) => aChild(tx, { memberId, bornOn: "2010-11-25" }))
  const ask = (method: string, path: string, body?: unknown) =>
    account.ask(method, path, { token, ...(body === undefined ? {} : { body }) })
  /** After days, when the first token is too old. */
  async function comeBack(): Promise<void> {
    const { body: sent } = await account.ask("POST", "/codes", { body: { purpose: "sign_in", phone } })
    const proof = { flow: sent.flow, code: await account.lastCode(), device: DEVICE }
    token = (await account.ask("POST", "/sign-in/code", { body: proof })).body.tokens.accessToken
  }
  return { ask, memberId, comeBack }
}

test("who is under sixteen agrees to nothing, links no partner's card, and sees who agreed for them", async () => {
  const { ask, memberId } = await aChildMember()
  const { body } = await ask("GET", "/me/representative")
  assert.deepEqual(
    [body.represented.under16, body.represented.sixteenOn, body.represented.representative.name, body.represented.ownConsent],
    [true, "2026-11-25", "Ольга С.", null],
  )
  assert.deepEqual((await ask("PUT", "/me/consents/child", { version: 1 })).body.fields, ["purpose"])
  for (const purpose of ["ads_sms", "profiling", "partner_card"])
    assert.equal((await ask("PUT", `/me/consents/${purpose}`, { version: 1 })).body.code, "child_consent", purpose)
  assert.equal((await ask("DELETE", "/me/consents/child")).body.code, "consent_needed")
  assert.equal((await ask("DELETE", "/me/consents/ads_sms")).status, 204, "a no is always heard")
  const card = { number: aPartnerNumber(), scanned: false, consentVersion: 1 }
  assert.equal((await ask("POST", "/partner-cards", card)).body.code, "child_partner_card")
  const own = { consents: ["programme", "policy"].map((purpose) => ({ purpose, version: 1 })) }
  assert.equal((await ask("POST", "/me/own-consent", own)).body.code, "child_young")
  const held = await inTransaction(account.db, (tx) => heldBy(tx, { memberId, at: account.clock.now() }))
  assert.deepEqual([...held.keys()].toSorted(), ["policy", "programme"])
})

test("at sixteen they agree themselves, each text for itself, and are members as everybody; nobody else is asked", async () => {
  const { ask, comeBack } = await aChildMember()
  account.forward(3 * 86_400_000) // 26 November: the birthday was yesterday
  await comeBack()
  const { body } = await ask("GET", "/me/representative")
  assert.deepEqual([body.represented.under16, body.represented.ownConsent], [false, { until: "2026-12-26" }])
  const needed = ["programme", "policy"].map((purpose) => ({ purpose, version: 1 }))
  assert.equal((await ask("POST", "/me/own-consent", { consents: needed.slice(1) })).body.code, "consents_missing")
  const outdated = [...needed.slice(1), { purpose: "programme", version: 7 }]
  assert.equal((await ask("POST", "/me/own-consent", { consents: outdated })).body.code, "consent_text_outdated")
  assert.equal((await ask("POST", "/me/own-consent", { consents: needed })).status, 204)
  assert.equal((await ask("GET", "/me/representative")).body.represented, null)
  assert.equal((await ask("PUT", "/me/consents/profiling", { version: 1 })).status, 204)
  assert.equal((await ask("POST", "/me/own-consent", { consents: needed })).body.code, "child_unknown")
})
