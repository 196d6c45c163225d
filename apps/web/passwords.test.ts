import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

const minutes = (count: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + count * 60_000))

test("A04: a short, leaked or guessable password is 422 with the reason beside it, and the former stays", async () => {
  const phone = "+375336900001"
  const browser = await aMemberAt(web, phone)
  const set = async (password: string) => {
    const answer = await browser.post("/my/devices", { act: "password", password })
    return [answer.status, /role="alert">([^<]*)|class="wrong"[^>]*>([^<]*)/.exec(await answer.text())?.[0] ?? ""] as const
  }
  assert.equal((await set("корова летит через забор"))[0], 302)
  const said = new Set<string>()
  for (const password of ["password1", "password12345", phone, `8 0${phone.slice(4)}`, "Мила-2026-2026", "x".repeat(129)]) {
    const [status, says] = await set(password)
    assert.equal(status, 422, password)
    said.add(says)
  }
  assert.ok(said.size >= 3, `each its own reason: ${[...said].join(" | ")}`)
  assert.equal((await web.visitor("198.51.100.61").post("/sign-in", { phone, password: "корова летит через забор" })).status, 302)
})

test("A04: long ones, spaces and any letters are taken whole: two that differ in their last byte are two", async () => {
  const phone = "+375336900002"
  const browser = await aMemberAt(web, phone)
  const long = "я".repeat(40) // 80 bytes
  for (const password of [" правильная лошадь батарейка скрепка ", "z".repeat(20) + " 🐈 ".repeat(12) + "конец", `${long}а`]) {
    minutes(1)
    assert.equal((await browser.post("/my/devices", { act: "password", password })).status, 302, password)
    const signIn = (given: string) => web.visitor("198.51.100.62").post("/sign-in", { phone, password: given })
    assert.equal((await signIn(password)).status, 302, password)
    for (const other of [password.slice(0, -1), `${password.slice(0, -1)}б`, password.trim().slice(1)]) {
      minutes(20)
      assert.equal((await signIn(other)).status, 422, `${password} is not ${other}`)
    }
    await browser.post("/my/devices", { act: "ask-proof" })
    await browser.post("/my/devices", { act: "confirm", code: await web.lastCode() })
  }
})
