import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, before, mock, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

test("while a crowd waits for the database a page says that it will be back, and when to ask: 503, in its language", async () => {
  const busy = mock.method(web.own.db.pool, "connect", () => Promise.reject(new Error("timeout exceeded when trying to connect")))
  try {
    for (const [path, says] of [
      ["/", "Скоро вернёмся"],
      ["/be/catalog", "Хутка вернемся"],
      ["/en/brands", "We’ll be right back"],
      ["/p/anything", "Скоро вернёмся"],
    ] as const) {
      const answer = await web.visitor().get(path)
      assert.equal(answer.status, 503, path)
      assert.equal(answer.headers.get("retry-after"), "2")
      assert.ok((await answer.text()).includes(says), `${path}: ${says}`)
    }
    const form = await web.visitor().post("/sign-in", { step: "ask", phone: "+375 29 111-22-33" })
    assert.equal(form.status, 503)
  } finally {
    busy.mock.restore()
  }
  assert.equal((await web.visitor().get("/")).status, 200, "and then it is back")
})

test("whoever is signed in, likes things or came by a region's feed reads the same page in their language, and is signed in when the database is back", async () => {
  const member = await aMemberAt(web, "+375 29 640-50-60")
  const guest = web.visitor()
  guest.cookies.set("__Host-mila-liked", "1")
  const busy = mock.method(web.own.db.pool, "connect", () => Promise.reject(new Error("timeout exceeded when trying to connect")))
  try {
    for (const [visitor, path, says] of [
      [member, "/be/my/bonuses", "Хутка вернемся"],
      [member, "/en", "We’ll be right back"],
      [guest, "/be", "Хутка вернемся"],
      [web.visitor(), "/en?zone=minsk", "We’ll be right back"],
    ] as const) {
      const answer = await visitor.get(path)
      const page = await answer.text()
      assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "2"], path)
      assert.ok(page.includes(says) && page.includes(`href="${path}"`), `${path}: says so, and leads back to where one was`)
    }
    const moved = await member.get("/my/bonuses.data") // a walk between pages
    assert.equal(moved.status, 503)
    assert.equal(moved.headers.get("content-type"), "text/x-script")
    assert.equal((await member.post("/my/devices", { act: "sign-out-all" })).status, 503)
  } finally {
    busy.mock.restore()
  }
  assert.equal((await member.get("/my/bonuses")).status, 200, "and nobody was signed out")
})
