import { closeTestDatabases } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { brotliDecompressSync } from "node:zlib"
import { aWeb, type Web } from "./testing.ts"

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

test("a page comes packed to who takes it, and is the same page", async () => {
  const plain = await web.visitor().get("/sign-in")
  const packed = await web.visitor().get("/sign-in", { "accept-encoding": "gzip, deflate, br", "sec-fetch-site": "same-origin" })
  assert.equal(plain.headers.get("content-encoding"), null)
  assert.equal(packed.headers.get("content-encoding"), "br")
  const bytes = Buffer.from(await packed.arrayBuffer())
  const text = brotliDecompressSync(bytes).toString()
  assert.ok(bytes.length * 2 < text.length)
  const without = (page: string) => page.replaceAll(/nonce(?:"\s*:\s*|=)"[^"]*"/g, "").length
  assert.ok(Math.abs(without(text) - without(await plain.text())) < 200)
  assert.match(packed.headers.get("vary") ?? "", /accept-encoding/)
  assert.ok(packed.headers.get("content-security-policy"))
})

test("BREACH: where another site sent somebody, the length of a page tells nothing of what is on it", async () => {
  for (const from of ["cross-site", "same-site"]) {
    const page = await web.visitor().get("/sign-in?next=guess", { "accept-encoding": "br", "sec-fetch-site": from })
    assert.equal(page.headers.get("content-encoding"), null, from)
  }
})

test("a page asks for no script before it was seen, and carries what begins it then", async () => {
  for (const path of ["/", "/sign-in", "/nothing-here"]) {
    const text = await (await web.visitor().get(path)).text()
    assert.doesNotMatch(text, /<script[^>]*\ssrc=|<link[^>]*modulepreload|<script[^>]*type="module"/, path)
    assert.match(
      text,
      /<script[^>]*\sdata-start=""[^>]*>\(function comeAlive\([^]*"entry":"\/assets\/entry\.client-[\w-]+\.js"\},\(function openingAnew\(/,
      path,
    )
  }
})
