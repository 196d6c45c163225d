import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { unsubscribeToken } from "@mila/membership"
import assert from "node:assert/strict"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

// What another site, a scanner or a frame may try with the pages of somebody who is signed in.

let web: Web
before(async () => (web = await aWeb()))
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

let lastPhone = 6_300_000
const aPhone = () => `+37533${(lastPhone += 1)}`
const PASSWORD = "корова летит через забор"

/** Everything a member's own acts could change, as the database has it; when a session was seen is no act. */
async function everything(): Promise<string> {
  const { rows } = await web.own.owner.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) name from pg_tables
      where schemaname in ('members', 'cards', 'privacy', 'messages', 'favourites', 'reviews', 'ledger', 'wallet') order by 1`,
  )
  const parts: string[] = []
  for (const { name } of rows) {
    const { rows: found } = await web.own.owner.pool.query(`select md5(coalesce(string_agg(row, '|' order by row), '')) sum from
      (select (to_jsonb(t) - 'seen_at' - 'last_at' - 'proven_at')::text row from ${name} t) rows`)
    parts.push(`${name} ${found[0].sum}`)
  }
  assert.ok(parts.length > 20)
  return parts.join("\n")
}

const FORMS = {
  "/my/devices": { act: "end-others", password: PASSWORD, step: "ask" },
  "/my/data": { act: "request", kind: "information", essence: "что-нибудь" },
  "/my/data/person": { given: "Вор", family: "Воров" },
  "/my/data/leave": { sure: "on", givesUp: "0" },
  "/my/card": { act: "blocked", card: "1" },
  "/my/subscriptions": { act: "on", purpose: "ads_email", version: "1" },
  "/favorites": { act: "like", no: "1" },
  "/my/sign-out": { step: "out" },
} as const

test("A08: a form of another site changes nothing, in whatever form it is written and whatever it says of where it comes from", async () => {
  const browser = await aMemberAt(web, aPhone())
  const before = await everything()
  const origins: Record<string, string>[] = [
    {},
    { origin: "null" },
    { origin: "https://evil.example" },
    { origin: "https://mila.example.evil.example" },
    { origin: "http://mila.example" },
    { origin: "https://mila.example", "sec-fetch-site": "cross-site" },
    { origin: "https://mila.example", "sec-fetch-site": "same-site" },
    { referer: "https://mila.example/my" },
  ]
  for (const [path, form] of Object.entries(FORMS)) {
    const fields = Object.entries(form)
    const plain = fields.map(([name, value]) => `${name}=${value}`).join("\r\n")
    const parts = fields.map(([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")
    const written = [
      ["application/x-www-form-urlencoded", new URLSearchParams(fields).toString()],
      ["text/plain", plain],
      ["multipart/form-data; boundary=x", `${parts}--x--\r\n`],
      ["application/json", JSON.stringify(form)],
    ] as const
    for (const headers of origins)
      for (const [type, body] of written)
        for (const address of [path, `${path}.data`]) {
          const { status } = await browser.send(address, body, { ...headers, "content-type": type })
          assert.equal(status, 403, `${address} ${type} ${JSON.stringify(headers)}`)
        }
  }
  assert.equal(await everything(), before)
  assert.equal((await browser.get("/my")).status, 200, "still signed in")
})

test("A08: what no form of ours is written in changes nothing from our own pages either, and breaks nothing", async () => {
  const browser = await aMemberAt(web, aPhone())
  const before = await everything()
  for (const path of Object.keys(FORMS))
    for (const [type, expected] of [
      ["text/plain", 415],
      ["application/json", 415],
      ["application/xml", 415],
      ["application/x-www-form-urlencodedx", 415],
      ["multipart/form-data", 415],
      ["multipart/form-data; boundary=y", 400],
      ["", 415],
    ] as const) {
      const headers = { origin: "https://mila.example", "sec-fetch-site": "same-origin", "content-type": type }
      for (const address of [path, `${path}.data`]) {
        const { status } = await browser.send(address, '{"act":"blocked"}', headers)
        assert.equal(status, expected, `${address} ${type}`)
      }
    }
  assert.equal(await everything(), before)
})

test("A08: looking changes nothing: every address an act has is opened, with what the act would take, and the database stays as it was", async () => {
  const browser = await aMemberAt(web, aPhone())
  await browser.get("/my")
  const before = await everything()
  for (const [path, form] of Object.entries(FORMS)) {
    const query = new URLSearchParams(form).toString()
    for (const address of [`${path}?${query}`, `${path}.data?${query}`, `/en${path}?${query}`]) {
      const { status } = await browser.get(address)
      assert.ok(status < 500, `${address}: ${status}`)
    }
  }
  for (const path of [
    "/view?view=large",
    "/register?step=phone&phone=%2B375331234567",
    "/recover?step=sms&phone=%2B375331234567",
    "/unsubscribe?t=x",
  ])
    assert.ok((await browser.get(path)).status < 500)
  assert.equal(await everything(), before)
})

test("A10: every answer that is a page may be framed by nobody, guessed at by nobody and tells others nothing, errors too", async () => {
  const browser = await aMemberAt(web, aPhone())
  const answers: [string, number, Response][] = [
    ["home", 200, await browser.get("/")],
    ["account", 200, await browser.get("/my")],
    ["not signed in", 302, await web.visitor().get("/my")],
    ["no such page", 404, await browser.get("/no-such-page")],
    ["no such thing", 404, await browser.get("/p/no-such-thing")],
    ["refused", 422, await browser.post("/my/devices", { act: "ask-phone", phone: "12" })],
    ["a bank card", 422, await web.visitor().post("/sign-in", { phone: "4111 1111 1111 1111" })],
    ["a hidden page", 404, await browser.get("/demo/outbox")],
  ]
  for (const [name, status, answer] of answers) {
    assert.equal(answer.status, status, name)
    assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'none'/, name)
    assert.doesNotMatch(answer.headers.get("content-security-policy") ?? "", /unsafe-inline|'unsafe-eval'|\*/, name)
    assert.equal(answer.headers.get("referrer-policy"), "same-origin", name)
    assert.doesNotMatch(await answer.text(), /node_modules|\.ts:\d|at async/, name)
  }
})

test("A11: no script of ours keeps a token: what it may keep in a browser is named, and no address carries a session", async () => {
  const kept = new Map<string, string[]>()
  for (const file of globSync("**/*.{ts,tsx}", { cwd: join(import.meta.dirname, "pages") }))
    for (const [, where, name = ""] of readFileSync(join(import.meta.dirname, "pages", file), "utf8").matchAll(
      /(localStorage|sessionStorage)\.setItem\(([^,]+),/g,
    ))
      kept.set(where!, [...(kept.get(where!) ?? []), name])
  assert.deepEqual(Object.fromEntries([...kept].map(([where, names]) => [where, [...new Set(names)].toSorted()])), {
    localStorage: ["KEPT", "NOT_WANTED"],
    sessionStorage: ['"opened-anew"', '"updating"', "OPENED", "TYPED"], // when a page was last opened anew; that an update was asked for; what is typed while the language changes
  })
  const browser = await aMemberAt(web, aPhone())
  const token = browser.cookies.get("__Host-mila-session")!
  for (const path of ["/", "/my", "/my/card", "/my/devices", "/my/data", "/my.data"]) {
    const page = await (await browser.get(path)).text()
    assert.ok(!page.includes(token), `${path} shows the token to scripts`)
  }
})

test("A57: the token of a link in a letter has 128 random-looking bits and more, is the member's and the purpose's own, and a byte of it changed is nothing", async () => {
  const [one, other] = [aPhone(), aPhone()]
  await aMemberAt(web, one)
  await aMemberAt(web, other)
  const [mine, purpose, theirs] = await inTransaction(web.own.db, async (tx) => {
    const idOf = async (phone: string) => (await memberByPhone(tx, phone))!.memberId
    const [first, second] = [await idOf(one), await idOf(other)]
    return [
      unsubscribeToken(tx, { memberId: first, purpose: "ads_email" }),
      unsubscribeToken(tx, { memberId: first, purpose: "ads_sms" }),
      unsubscribeToken(tx, { memberId: second, purpose: "ads_email" }),
    ]
  })
  assert.equal(new Set([mine, purpose, theirs]).size, 3)
  const bytes = Buffer.from(mine, "base64url")
  assert.ok(bytes.length >= 16 + 1, `${bytes.length} bytes`)
  const stranger = web.visitor()
  const known = await (await stranger.get(`/unsubscribe?t=${mine}`)).text()
  for (let place = 0; place < bytes.length; place += 1) {
    const guessed = Buffer.from(bytes)
    guessed[place]! ^= 1
    const answer = await stranger.get(`/unsubscribe?t=${guessed.toString("base64url")}`)
    assert.notEqual(await answer.text(), known, `byte ${place}`)
  }
})
