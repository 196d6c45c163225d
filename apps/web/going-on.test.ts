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

let lastPhone = 6_700_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const PASSWORD = "корова летит через забор"

const ELSEWHERE = [
  "//e.x",
  "///e.x",
  "/\\e.x",
  "\\\\e.x",
  "/\t/e.x",
  "https:e.x",
  "https:/e.x",
  "https://e.x",
  "HTTPS://e.x",
  "%2f%2fe.x",
  "/%2f%2fe.x",
  "/%5ce.x",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,x",
  "https://mila.example@e.x",
  "https://mila.example.e.x/my",
  "/my/../..//e.x",
  "/my\r\nx: y",
  "/.e.x",
  "e.x",
  "@e.x",
  "/my@e.x",
  "//mila.example/my",
]

test("A09: whatever carries an address to go on to leads to a page of ours: after a password, a code, a proof, a heart, another view", async () => {
  const phone = aPhone()
  const browser = await aMemberAt(web, phone)
  await browser.post("/my/devices", { act: "password", password: PASSWORD })
  const heart = async (back: string) => (await browser.post("/favorites", { act: "like", no: "1", back })).headers.get("location")
  const view = async (next: string) => (await browser.post("/view", { view: "large", next })).headers.get("location")
  const password = async (next: string) =>
    (await web.visitor().post(`/sign-in?next=${encodeURIComponent(next)}`, { phone, password: PASSWORD })).headers.get("location")
  const byCode = async (next: string) => {
    web.clock.moveTo(new Date(web.clock.now().getTime() + 6 * 3_600_000))
    const fresh = web.visitor()
    const address = `/sign-in?next=${encodeURIComponent(next)}`
    const asked = await fresh.post(address, { step: "ask", phone })
    const proven = await fresh.post(address, { step: "code", code: await web.lastCode() })
    return [asked.headers.get("location"), proven.headers.get("location")]
  }
  const proof = async (prove: string) => {
    web.clock.moveTo(new Date(web.clock.now().getTime() + 6 * 3_600_000))
    const fresh = web.visitor()
    await fresh.post("/sign-in", { phone, password: PASSWORD })
    const address = `/my/devices?prove=${encodeURIComponent(prove)}`
    const asked = await fresh.post(address, { act: "ask-proof" })
    const proven = await fresh.post(address, { act: "confirm", code: await web.lastCode() })
    return [asked.headers.get("location"), proven.headers.get("location")]
  }
  const ours = (location: string | null, saying: string) => {
    assert.ok(location !== null, `${saying}: no way on`)
    assert.match(location, /^\/(?![/\\])[\x21-\x7e]*$/, saying)
    const there = new URL(location, "https://mila.example/sign-in")
    assert.deepEqual([there.origin, there.username], ["https://mila.example", ""], saying)
    assert.doesNotMatch(there.pathname, /e\.x/, saying)
  }
  for (const address of ELSEWHERE) {
    const saying = JSON.stringify(address)
    assert.equal(await password(address), "/my", saying)
    ours(await heart(address), `heart ${saying}`)
    ours(await view(address), `view ${saying}`)
  }
  for (const address of ["//e.x", "/\\e.x", "https://mila.example@e.x", "javascript:alert(1)"]) {
    for (const location of [...(await byCode(address)), ...(await proof(address))]) ours(location, `${address} ${location}`)
  }
})
