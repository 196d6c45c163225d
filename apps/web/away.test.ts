import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, before, mock, test } from "node:test"
import { aWeb, type Web } from "./testing.ts"

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
