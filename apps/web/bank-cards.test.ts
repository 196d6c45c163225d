import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { globSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Visitor, type Web } from "./testing.ts"

// "A bank card number is refused in the browser and at the server, in every text field": the fields are read from the pages themselves, so that a new one is tried too.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

const WRITTEN = [
  "4111111111111111",
  "4111 1111 1111 1111",
  "моя4111-1111-1111-1111карта",
  "9112380000000002",
  "кв. 5 4111 1111 1111 1111 12/28",
]
const REFUSED = /похоже на номер банковской карты/
const SHOWN = /4111[ -]?1111[ -]?1111|911238000000/ // twelve digits: four of them stand in some nonce by chance

const sources = globSync("pages/**/*.tsx", { cwd: import.meta.dirname }).map((file) =>
  readFileSync(resolve(import.meta.dirname, file), "utf8"),
)
const FIELDS = [...new Set(sources.flatMap((text) => [...text.matchAll(/\bname[=:] ?"(\w+)"/g)].map(([, name]) => name!)))].toSorted()
const routes = readFileSync(resolve(import.meta.dirname, "pages/routes.ts"), "utf8")
const PAGES = [...routes.matchAll(/route\("([^"]+)", "[\w/-]+\.tsx"\)/g)].map(([, path]) => `/${path!.replaceAll(/[:*][\w?]*/g, "1")}`)

test("every field of every page, however the number is written: nothing is done, and the page comes back without a word of it", async () => {
  assert.ok(FIELDS.length > 30 && PAGES.length > 25, `${FIELDS.length} fields, ${PAGES.length} pages`)
  const member = await aMemberAt(web, "+375291110001")
  for (const path of PAGES) {
    const browser: Visitor = path.startsWith("/my") ? member : web.visitor()
    const page = await browser.get(path)
    const there = page.status === 200
    const own = new Set([...(await page.text()).matchAll(/<(?:input|textarea)[^>]* name="(\w+)"/g)].map(([, name]) => name!))
    // its own fields, and some of the others: those that stand there at another step
    const fields = [...own, ...FIELDS.filter((_, no) => no % 5 === path.length % 5)]
    for (const [no, name] of fields.entries()) {
      const number = WRITTEN[no % WRITTEN.length]!
      for (const answer of [
        await browser.post(path, { act: "any", [name]: number }),
        await browser.get(`${path}?${new URLSearchParams({ [name]: number }).toString()}`),
      ]) {
        const text = await answer.text()
        assert.ok(answer.status >= 400 || (answer.status === 302 && page.status === 302), `${path} ${name}: ${answer.status}`)
        assert.doesNotMatch(text, SHOWN, `${path} ${name}`)
        if (there) assert.deepEqual([answer.status, REFUSED.test(text)], [422, true], `${path} ${name}`)
      }
    }
  }
})

test("so are what scripts send, forms with files, and fields nobody has", async () => {
  const member = await aMemberAt(web, "+375291110002")
  const headers = { origin: "https://mila.example", "sec-fetch-site": "same-origin" }
  for (const number of WRITTEN) {
    const json = { ...headers, "content-type": "application/json" }
    assert.equal((await member.send("/price-check/told", JSON.stringify({ claims: [{ words: number }] }), json)).status, 422)
    const form = { ...headers, "content-type": "application/x-www-form-urlencoded" }
    assert.equal((await member.send("/my/data.data", new URLSearchParams({ essence: number }).toString(), form)).status, 422)
    const mixed = `--x\r\ncontent-disposition: form-data; name="essence"\r\n\r\n${number}\r\n--x--\r\n`
    const files = { ...headers, "content-type": "multipart/form-data; boundary=x", "content-length": String(Buffer.byteLength(mixed)) }
    assert.equal((await member.send("/my/data", mixed, files)).status, 422)
    const untold = { ...headers, "content-type": "multipart/form-data; boundary=x" } // as a body in chunks comes
    assert.equal((await member.send("/my/data", mixed, untold)).status, 422)
    assert.equal((await member.post("/my/data", { anything: number })).status, 422)
    assert.equal((await member.post("/my/data", { [number]: "x" })).status, 422)
  }
})

test("nothing of all this is in the database", async () => {
  const { rows } = await web.own.db.pool.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) name from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'kernel')",
  )
  assert.ok(rows.length > 50)
  for (const { name } of rows) {
    const found = await web.own.db.pool
      .query(`select 1 from ${name} one where one::text ~ '4111[ -]?1111[ -]?1111|911238000000' limit 1`)
      .catch(() => ({ rows: [] }))
    assert.deepEqual(found.rows, [], name)
  }
})
