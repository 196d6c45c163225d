import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { outboxOf, queueMessage, sendQueued, smtp } from "./index.ts"
import { letterPage } from "./gateways/letter-page.ts"
import { mailServerStandIn } from "./stand-ins/mail-server.ts"
import { aLetter, aMessage } from "./testing.ts"

const { db, drop } = await ownDb()
const server = await mailServerStandIn({ login: "mila", password: "secret" })
after(async () => {
  await Promise.all([server.close(), drop()])
  await closeTestDatabases()
})

const at = new Date("2026-11-23T09:00:00Z")
const gateway = smtp({ url: server.url, from: "Мила <hello@mila.example>" })
const queue = (to: string) => inTransaction(db, (tx) => queueMessage(tx, aMessage({ channel: "email", to, params: { code: "314159" } })))
const sending = (by = gateway) => sendQueued(db, { gateways: [by], at, most: 10 })
const newest = async () => (await inTransaction(db, (tx) => outboxOf(tx, { most: 1 })))[0]!

/** What stands in a letter, by its kind. */
const partsOf = (raw: string): Record<string, string> =>
  Object.fromEntries(
    [...raw.matchAll(/Content-Type: (text\/\w+);[^]*?\r\n\r\n([^]*?)\r\n--/g)].map(([, kind, body]) => [
      kind!,
      Buffer.from(body!.replaceAll(/\s/g, ""), "base64").toString(),
    ]),
  )

test("a letter arrives with its subject, its text and who sends it, and says that a machine wrote it", async () => {
  await queue("anna@example.by")
  assert.deepEqual(await sending(), { claimed: 1, sent: 1, failed: 0 })
  const [mail] = server.taken
  assert.deepEqual([mail!.from, mail!.to], ["hello@mila.example", ["anna@example.by"]])
  assert.match(mail!.raw, /^Auto-Submitted: auto-generated\r$/m)
  assert.match(mail!.raw, /^From: =\?UTF-8\?.+<hello@mila\.example>\r$/m)
  const parts = partsOf(mail!.raw)
  assert.deepEqual(Object.keys(parts), ["text/plain", "text/html"])
  assert.match(parts["text/plain"]!, /: 314159\./)
  assert.match(parts["text/html"]!, /<b [^>]+>314159<\/b>/)
  assert.deepEqual([(await newest()).state, (await newest()).gateway], ["sent", "smtp"])
})

test("a mailbox that is not there is final; a full server and a wrong password are tried again", async () => {
  await queue("nobody@example.by")
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 1 })
  assert.equal((await newest()).why, "550 RCPT TO")
  server.mood = "full"
  await queue("anna@example.by")
  assert.deepEqual(await sending(), { claimed: 1, sent: 0, failed: 0 })
  assert.deepEqual([(await newest()).state, (await newest()).why], ["queued", "452 RCPT TO"])
  server.mood = "well"
  await queue("anna@example.by")
  await sending(smtp({ url: server.url.replace("secret", "guessed"), from: "hello@mila.example" }))
  assert.deepEqual([(await newest()).state, (await newest()).why?.split(" ")[0]], ["queued", "535"])
  assert.equal(server.taken.length, 1)
})

test("a machine that is not our own is asked for STARTTLS, and gets nothing without it", async () => {
  const { port, hostname } = new URL(server.url)
  const elsewhere = smtp({ url: `smtp://mila:secret@${hostname.replace("127.0.0.1", "127.0.0.2")}:${port}`, from: "hello@mila.example" })
  assert.equal((await elsewhere.send({ ...aLetter(), to: "anna@example.by" })).said, "away")
  assert.equal(server.taken.length, 1)
})

test("a letter that is part of a subscription bears in its head the address that ends it at one touch (RFC 8058); others do not", async () => {
  server.taken = []
  await gateway.send({ ...aLetter(), to: "anna@example.by", unsubscribe: "https://mila.example/unsubscribe?t=abc" })
  await gateway.send({ ...aLetter(), to: "anna@example.by" })
  const [offer, service] = server.taken.map(({ raw }) => raw.replace(/\r\n /g, ""))
  assert.match(offer!, /^List-Unsubscribe: ?<https:\/\/mila\.example\/unsubscribe\?t=abc>\r$/m)
  assert.match(offer!, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  assert.doesNotMatch(service!, /List-Unsubscribe/)
})

test("a letter's page says the same words, fetches nothing, and shows as text what others wrote", () => {
  const written = {
    ...aLetter(),
    subject: "Ответ <на> вопрос",
    text: 'Сказали: <img src="//evil.example">.\nОткройте https://mila.example/recover/letter?t=secret.\n\nКод 123456',
  }
  const page = letterPage(written)
  const read = page
    .replace(/^[^]*<body/, "<body")
    .replaceAll("<br>", "\n")
    .replaceAll(/<[^>]+>/g, "")
  assert.match(read, /Ответ &lt;на&gt; вопрос/)
  assert.match(read, /Сказали: &lt;img src=&quot;\/\/evil\.example&quot;&gt;\.\nОткройте mila\.example\/recover\/letter\.\nКод 123456/)
  assert.match(page, /<a href="https:\/\/mila\.example\/recover\/letter\?t=secret"/)
  assert.doesNotMatch(page, /<(?:img|script|link|iframe)|url\(|<[^>]+src=/)
})
