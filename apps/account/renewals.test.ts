import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { defaultTexts, publishText } from "@mila/privacy"
import { SOME_OPERATOR } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { aMemberOf, anAccount, aPhone, type Asked } from "./testing.ts"

after(closeTestDatabases)

test("consents are asked for anew where the words changed, answered each for itself, and put off", async () => {
  const account = await anAccount()
  try {
    const { token } = await aMemberOf(account, aPhone())
    const ask = (method: string, path: string, body?: Asked["body"]) => account.ask(method, path, { token, ...(body ? { body } : {}) })
    const asked = async () => (await ask("GET", "/me/renewals")).body.asked.map((one: any) => [one.purpose, one.why, one.needed, one.rests])
    assert.deepEqual(await asked(), [])
    await inTransaction(account.db, (tx) => {
      const { policy } = defaultTexts(SOME_OPERATOR)
      const texts = { ...policy, ru: { ...policy.ru, term: "Пять лет." } }
      return publishText(tx, { purpose: "policy", texts, at: account.clock.now(), by: "staff:1" })
    })
    assert.deepEqual(await asked(), [["policy", "changed", true, false]])
    const { body } = await ask("GET", "/me/renewals")
    assert.deepEqual([body.asked[0].changes[0].field, body.asked[0].text.version], ["term", 2])
    assert.equal((await ask("POST", "/me/renewals/later", { shown: ["policy"] })).status, 204)
    assert.deepEqual(await asked(), [["policy", "changed", true, true]])
    const answer = (version: number) => ask("POST", "/me/renewals", { shown: ["policy"], given: [{ purpose: "policy", version }] })
    assert.equal((await answer(1)).body.code, "consent_text_outdated")
    assert.equal((await answer(2)).status, 204)
    assert.deepEqual(await asked(), [])
  } finally {
    await account.close()
  }
})
