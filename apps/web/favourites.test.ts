import { groupByCode, putGroups, putPrices } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, minor } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

let web: Web
let things: { no: number; path: string }[]
before(async () => {
  web = await aWeb()
  const at = web.clock.now()
  things = await inTransaction(web.own.db, async (tx) => {
    const codes = ["one", "two"]
    await putGroups(
      tx,
      codes.map((code) => aGroup({ code, variants: [aVariant({ sku: code })] })),
      { at },
    )
    return Promise.all(
      codes.map(async (code) => groupByCode(tx, { code, at }).then((group) => ({ no: group!.no, path: `/p/${group!.slug}` }))),
    )
  })
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

test("a guest's heart works without script, is shared, and comes along at sign-in", async () => {
  const [one, two] = things as [(typeof things)[0], (typeof things)[0]]
  const browser = web.visitor()
  const pressed = await browser.post("/favorites", { act: "add", thing: String(one.no), back: one.path })
  assert.equal(pressed.headers.get("location"), one.path)
  assert.match(await (await browser.get(one.path)).text(), /aria-pressed="true"[\s\S]{0,200}Убрать из избранного/)
  const page = await (await browser.get("/favorites")).text()
  assert.match(page, /Списки хранятся в этом браузере/)
  const [, list] = /name="list" value="(\d+)"/.exec(page)!
  await browser.post("/favorites", { act: "share", list: list! })
  const [, token] = /favorites\/shared\/([\w-]{32})/.exec(await (await browser.get("/favorites")).text())!
  assert.match(await (await web.visitor().get(`/favorites/shared/${token}`)).text(), new RegExp(`href="${one.path}"`))
  const stranger = web.visitor()
  await stranger.post("/favorites", { act: "drop", list: list! })
  assert.doesNotMatch(await (await stranger.get("/favorites")).text(), new RegExp(one.path))

  const phone = "+375338800001"
  await aMemberAt(web, phone)
  web.clock.moveTo(new Date(web.clock.now().getTime() + 120_000))
  await browser.post("/sign-in", { step: "ask", phone })
  await browser.post("/sign-in", { step: "code", code: await web.lastCode() })
  await browser
    .post("/favorites", { act: "add", thing: String(two.no), back: "https://evil.example/" })
    .then((answer) => assert.equal(answer.headers.get("location"), "/my"))
  const mine = await (await browser.get("/favorites")).text()
  for (const { path } of things) assert.match(mine, new RegExp(`href="${path}"`))
  assert.match(mine, /когда подешевеет/)
  await browser.post("/favorites", { act: "remove", thing: String(one.no) })
  assert.doesNotMatch(await (await browser.get("/favorites")).text(), new RegExp(`href="${one.path}"`))
  assert.equal((await browser.post("/favorites", { act: "make", name: "4111 1111 1111 1111" })).status, 422)
  await inTransaction(web.own.db, (tx) =>
    putPrices(tx, { prices: [{ sku: "two", regularMinor: minor(900), cardMinor: minor(800) }], at: web.clock.now() }),
  )
})

test("a heart stands on every tile with the name of its thing; pressed without script it comes back to the list, with one the page stays", async () => {
  const browser = web.visitor()
  const before = await (await browser.get("/favorites")).text()
  assert.doesNotMatch(before, /tile-heart/)
  const [{ no, path }] = things as [(typeof things)[0], ...typeof things]
  await browser.get(path)
  const pressed = await browser.post("/favorites", { act: "add", thing: String(no), back: "/search?q=%D0%BA%D1%80%D0%B5%D0%BC" })
  assert.equal(pressed.headers.get("location"), "/search?q=%D0%BA%D1%80%D0%B5%D0%BC")
  assert.match(await (await browser.get("/favorites")).text(), /aria-pressed="true" aria-label="В избранное: [^"]+"/)
  const stays = await browser.post("/favorites", { act: "remove", thing: String(no), stay: "1" })
  assert.equal(stays.status, 200)
  assert.equal(stays.headers.get("location"), null)
  assert.doesNotMatch(await (await browser.get("/favorites")).text(), /aria-pressed="true"/)
})
