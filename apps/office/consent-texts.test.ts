import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { defaultTexts } from "@mila/privacy"
import { SOME_OPERATOR, someTexts } from "@mila/privacy/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
const TEXTS = defaultTexts(SOME_OPERATOR)
const post = (path: string, body: object, key?: string) => office.ask("POST", path, { body, ...(key === undefined ? {} : { key }) })

before(async () => {
  office = await anOffice()
  await inTransaction(office.db, (tx) => someTexts(tx, office.context.clock.now()))
})
after(closeTestDatabases)

test("a new wording is previewed word by word, published by two, and in force from its day", async () => {
  const texts = { ...TEXTS.ads_push, ru: { ...TEXTS.ads_push.ru, title: `${TEXTS.ads_push.ru.title} и виджеты` } }
  const preview = await post("/consent-texts/ads_push/preview", { texts })
  assert.deepEqual([preview.body.against, preview.body.changes.be], [1, []])
  assert.deepEqual(preview.body.changes.ru[0].parts.at(-1), { is: "new", text: " и виджеты" })

  const ask = (body: object, key: string) => office.ask("POST", "/consent-texts/ads_push", { body, headers: { "idempotency-key": key } })
  assert.equal((await ask({ texts, inForceOn: "2026-11-22" }, "k1")).body.code, "out_of_range")
  assert.equal((await ask({ texts: TEXTS.ads_push, inForceOn: "2026-12-01" }, "k2")).body.code, "text_unchanged")
  const asked = await ask({ texts, inForceOn: "2026-12-01" }, "k3")
  assert.equal(asked.status, 202)
  const approve = `/approvals/${asked.body.approvalId}/approve`
  assert.equal((await post(approve, {})).body.code, "approval_own_request")
  const weak = await office.signIn(["approvals.decide"])
  assert.equal((await post(approve, {}, weak.key)).body.code, "not_allowed")
  const second = await office.signIn(["approvals.decide", "privacy.publish"])
  assert.equal((await post(approve, {}, second.key)).status, 200)

  const versions = async () =>
    (await office.ask("GET", "/consent-texts")).body.purposes
      .find(({ purpose }: { purpose: string }) => purpose === "ads_push")
      .versions.map(({ version, state }: { version: number; state: string }) => [version, state])
  assert.deepEqual(await versions(), [
    [2, "planned"],
    [1, "in_force"],
  ])
  const { body: whole } = await office.ask("GET", "/consent-texts/ads_push/2")
  assert.deepEqual([whole.inForceFrom, whole.texts.ru.title, whole.changes.ru.length], ["2026-11-30T21:00:00.000Z", texts.ru.title, 1])
  assert.equal((await office.ask("GET", "/consent-texts/ads_push/9")).body.code, "text_unknown")
  await office.ask("PUT", "/clock", { body: { now: "2026-12-01T00:00:00Z" } })
  assert.deepEqual(await versions(), [
    [2, "in_force"],
    [1, "past"],
  ])
})
