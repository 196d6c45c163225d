import { devicesOf } from "@mila/cards"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 5_500_000
const aPhone = () => `+37533${(lastPhone += 1)}`

test("A01: a password alone, on a phone nobody was in before, shows no code to pay with until the phone is proven", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  await browser.post("/my/devices", { act: "password", password: "корова летит через забор" })
  const card = /name="card" value="(\d+)"/.exec(await (await browser.get("/my/card")).text())?.[1] ?? ""
  web.clock.moveTo(new Date(web.clock.now().getTime() + 120_000))
  const thief = web.visitor()
  await thief.post("/sign-in", { phone, password: "корова летит через забор" })
  const refused = await thief.post("/my/card/key", { card })
  assert.deepEqual([refused.status, ((await refused.json()) as { refused: string }).refused], [409, "reauth_required"])
  await thief.post("/my/devices", { act: "ask-proof" })
  await thief.post("/my/devices", { act: "confirm", code: await web.lastCode() })
  assert.equal((await thief.post("/my/card/key", { card })).status, 200)
})

test("a phone that signed out shows no codes any more, and makes room for the next one", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  const card = /name="card" value="(\d+)"/.exec(await (await browser.get("/my/card")).text())?.[1] ?? ""
  const devices = () => inTransaction(web.own.db, (tx) => devicesOf(tx, Number(card)))
  for (let time = 0; time < 7; time += 1) {
    const here = web.visitor()
    web.clock.moveTo(new Date(web.clock.now().getTime() + 4 * 3_600_000))
    await here.post("/sign-in", { step: "ask", phone })
    await here.post("/sign-in", { step: "code", code: await web.lastCode() })
    assert.equal((await here.post("/my/card/key", { card })).status, 200, `time ${time}`)
    assert.equal((await devices()).length, 1)
    await here.post("/my/sign-out", {})
    assert.equal((await devices()).length, 0)
  }
})
