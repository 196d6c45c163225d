import assert from "node:assert/strict"
import { createPrivateKey, X509Certificate } from "node:crypto"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { after, afterEach, beforeEach, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { getCACertificates, setDefaultCACertificates } from "node:tls"
import type { Gateway } from "./gateways/gateway.ts"
import { smpp } from "./index.ts"
import { type Smsc, smscStandIn } from "./stand-ins/smsc.ts"
import { aLetter } from "./testing.ts"

const ACCOUNT = { systemId: "mila", password: "s3cret" }
// 127.0.0.1, signed by itself until 2126; it guards nothing
const KEY =
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbjGyyfdrIq7fS/Pbc7IjgZ1ok0rgkPdHCDfc6JMtmruhRANCAARYKB3JsIPuTA6EYciyd5E8w/T33mPzykglAIh3F8puhhn7yfBJpdWsLFOBrI7jn6hT5Te2WAJdh0XQ5vXGAQ0N"
const CERTIFICATE =
  "MIIBkDCCATagAwIBAgIUfwTO+AOmcCBS5tYT5oj9P1WbXTQwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMzIwMTY0OVoYDzIxMjYxMDMwMjAxNjQ5WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARYKB3JsIPuTA6EYciyd5E8w/T33mPzykglAIh3F8puhhn7yfBJpdWsLFOBrI7jn6hT5Te2WAJdh0XQ5vXGAQ0No2QwYjAdBgNVHQ4EFgQUxBXN81zV9hBqElapmSpdzoCzmQAwHwYDVR0jBBgwFoAUxBXN81zV9hBqElapmSpdzoCzmQAwDwYDVR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUCIEbqihu+jbbl/FFHv3iyOgjmQ8oYTtX1ZQLw0RIM7fRQAiEAyvA/KXl9dYvvM59O4SlD0YtlzUwAKIHbO3fWdDCIs8Q="
const smsc = await smscStandIn(ACCOUNT)
const opened: Gateway[] = []
after(() => smsc.close())
beforeEach(() => Object.assign(smsc, { mood: "well", refusesBind: null, taken: [], heard: [] }))
afterEach(async () => void (await Promise.all(opened.splice(0).map(async ({ close }) => close?.()))))

const PACE = { patienceMs: 20_000, enquireMs: 60_000, pauseMs: 50, idleMs: 60_000 }
/** Where somebody is silent for good: long enough for a busy machine to answer where an answer is due. */
const IMPATIENT = { pace: { patienceMs: 3_000 } }
function gatewayOf(wishes: Partial<Parameters<typeof smpp>[0]> = {}): Gateway {
  const gateway = smpp({ ...{ url: smsc.url, sender: "MILA", ...ACCOUNT }, ...wishes, pace: { ...PACE, ...wishes.pace } })
  opened.push(gateway)
  return gateway
}
const LETTER = { ...aLetter(), to: "+375291112233", text: "code 314159" }
const sent = (gateway: Gateway, letter: Partial<typeof LETTER> = {}) => gateway.send({ ...LETTER, ...letter })
const heardOf = (command: string, { heard }: Smsc = smsc) => heard.filter((name) => name === command).length
async function until(condition: () => boolean): Promise<void> {
  for (let tried = 0; !condition(); tried += 1) {
    assert.ok(tried < 3_000, "it never came")
    await wait(10)
  }
}

test("a Cyrillic code goes in UCS-2 from a name to a number of the world, urgent, with a receipt asked for", async () => {
  assert.deepEqual(await sent(gatewayOf(), { text: "Мила: код 314159", urgent: true }), { said: "taken", id: "a1" })
  const sms = { from: "5/0 MILA", to: "1/1 375291112233", text: "Мила: код 314159", coding: 8, urgent: true, reported: true, part: null }
  assert.deepEqual(smsc.taken, [sms])
  assert.deepEqual(smsc.heard, ["bind_transceiver", "submit_sm"])
})

test("a text that fits GSM 03.38 goes in it; a number that sends says what kind of number it is", async () => {
  for (const sender of ["4455", "375171112233", null]) await sent(gatewayOf({ sender }), { text: "5 € @ [Mila] ~ Ä" })
  assert.deepEqual(
    smsc.taken.map(({ from, coding, text, urgent }) => [from, coding, text, urgent]),
    ["3/0 4455", "1/1 375171112233", "0/0 "].map((from) => [from, 0, "5 € @ [Mila] ~ Ä", false]),
  )
})

test("a long text goes in parts under one reference, is called what its last part is, and only that is reported", async () => {
  const gateway = gatewayOf()
  const text = "Мила вітае вас. ".repeat(10)
  assert.deepEqual(await sent(gateway, { text }), { said: "taken", id: "a3" })
  assert.equal(smsc.taken.map((part) => part.text).join(""), text)
  const [reference] = smsc.taken[0]!.part!
  assert.deepEqual(
    smsc.taken.map(({ part, reported }) => [part, reported]),
    [1, 2, 3].map((nth) => [[reference, 3, nth], nth === 3]),
  )
  await sent(gateway, { text })
  assert.notEqual(smsc.taken[3]!.part![0], reference, "the next text has another")
  smsc.mood = "ESME_RTHROTTLED"
  await sent(gateway, { text })
  assert.equal(heardOf("submit_sm"), 7, "what was refused its first part keeps the others")
  assert.deepEqual(await sent(gateway, { text: "a".repeat(40_000) }), { said: "refused", why: "the text is too long" })
})

test("a number or a length the SMSC will not have is final; whatever else it says may be otherwise later", async () => {
  const gateway = gatewayOf()
  assert.deepEqual(await sent(gateway, { to: "+48601234567" }), { said: "refused", why: "ESME_RINVDSTADR" })
  for (const [mood, said] of [
    ["ESME_RINVMSGLEN", "refused"],
    ["ESME_RTHROTTLED", "away"],
    ["ESME_RMSGQFUL", "away"],
    ["ESME_RSYSERR", "away"],
    ["ESME_RSUBMITFAIL", "away"],
    ["ESME_RINVSRCADR", "away"],
  ] as const) {
    smsc.mood = mood
    assert.deepEqual(await sent(gateway), { said, why: mood })
  }
  smsc.mood = "ESME_RINVNUMDESTS"
  assert.deepEqual(await sent(gateway), { said: "away", why: "status 0x33" }, "a status without a name")
  smsc.mood = "well"
  assert.equal((await sent(gateway)).said, "taken")
  assert.equal(heardOf("bind_transceiver"), 1, "all of it in one session")
})

test("a session that turns out not to be bound is left, and the next text has a new one", async () => {
  const gateway = gatewayOf()
  smsc.mood = "ESME_RINVBNDSTS"
  assert.deepEqual(await sent(gateway), { said: "away", why: "ESME_RINVBNDSTS" })
  smsc.mood = "well"
  assert.equal((await sent(gateway)).said, "taken")
  assert.equal(heardOf("bind_transceiver"), 2)
})

test("who is not let in is away, and does not knock again before its pause is over", async () => {
  const guessing = gatewayOf({ password: "guessed", pace: { pauseMs: 60_000 } })
  for (let nth = 0; nth < 5; nth += 1) assert.deepEqual(await sent(guessing), { said: "away", why: "bind: ESME_RINVPASWD" })
  assert.equal(heardOf("bind_transceiver"), 1)
  smsc.refusesBind = "ESME_RALYBND"
  const second = gatewayOf()
  assert.deepEqual(await sent(second), { said: "away", why: "bind: ESME_RALYBND" })
  smsc.refusesBind = null
  await wait(60)
  assert.equal((await sent(second)).said, "taken")
})

test("an SMSC that is silent or hangs up is away, and the next text goes in a new session", async () => {
  const gateway = gatewayOf(IMPATIENT)
  await sent(gateway)
  for (const [mood, why] of [
    ["silent", "no answer"],
    ["drops", "connection lost"],
  ] as const) {
    smsc.mood = mood
    assert.deepEqual(await sent(gateway), { said: "away", why })
    smsc.mood = "well"
    assert.equal((await sent(gateway)).said, "taken", mood)
  }
  assert.equal(heardOf("bind_transceiver"), 3)
})

test("many texts share one session, and at most ten of them wait for their answers at once", async () => {
  const gateway = gatewayOf(IMPATIENT)
  const many = await Promise.all(Array.from({ length: 50 }, () => sent(gateway)))
  assert.equal(new Set(many.map((said) => (said.said === "taken" ? said.id : said.why))).size, 50)
  assert.equal(heardOf("bind_transceiver"), 1)
  smsc.mood = "silent"
  smsc.heard = []
  const lost = await Promise.all(Array.from({ length: 20 }, () => sent(gateway)))
  assert.ok(lost.every(({ said }) => said === "away"))
  assert.equal(heardOf("submit_sm"), 10)
})

test("the link is kept alive; where reports are awaited, one that died is noticed and replaced", async () => {
  const gateway = gatewayOf({ pace: { ...IMPATIENT.pace, enquireMs: 40 } })
  gateway.listen!(async () => undefined)
  await until(() => heardOf("enquire_link") >= 2)
  assert.equal(heardOf("bind_transceiver"), 1)
  smsc.mood = "silent"
  await until(() => heardOf("bind_transceiver") >= 2)
  smsc.mood = "well"
  await until(() => smsc.bound.length === 1)
})

test("what the SMSC asks is answered: whether we live, what nobody understands, and its goodbye", async () => {
  const gateway = gatewayOf()
  await sent(gateway)
  const [session] = smsc.bound
  const status = (ask: (told: (answer: { command: string; command_status: number }) => void) => void) =>
    new Promise((told) => ask(({ command, command_status }) => told([command, command_status])))
  assert.deepEqual(await status((told) => session!.enquire_link(told)), ["enquire_link_resp", 0])
  assert.deepEqual(await status((told) => session!.query_sm({ message_id: "a1" }, told)), ["generic_nack", 3])
  assert.deepEqual(await status((told) => session!.unbind(told)), ["unbind_resp", 0])
  await until(() => smsc.bound.length === 0)
  assert.equal((await sent(gateway)).said, "taken")
})

test("who closes says goodbye and does not come back; who is not heard goes by itself when there is nothing to send", async () => {
  const gateway = gatewayOf()
  gateway.listen!(async () => undefined)
  await sent(gateway)
  await gateway.close!()
  await gateway.close!()
  assert.deepEqual([heardOf("unbind"), await sent(gateway)], [1, { said: "away", why: "closed" }])
  await wait(100)
  assert.equal(heardOf("bind_transceiver"), 1)
  await sent(gatewayOf({ pace: { idleMs: 50 } }))
  await until(() => heardOf("unbind") === 2 && smsc.bound.length === 0)
})

/** Who knows TCP, and what is said next. */
async function stranger(greet: (socket: Socket) => void): Promise<{ port: number; close(): void }> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined))
    greet(socket)
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return { port: (server.address() as AddressInfo).port, close: () => (server.close(), sockets.forEach((socket) => socket.destroy())) }
}

test("where nobody is, or somebody silent, or somebody who speaks otherwise, the SMSC is away", async () => {
  assert.deepEqual(await sent(gatewayOf({ url: "smpp://127.0.0.1:1" })), { said: "away", why: "ECONNREFUSED" })
  const silent = await stranger(() => undefined)
  assert.deepEqual(await sent(gatewayOf({ url: `smpp://127.0.0.1:${silent.port}`, ...IMPATIENT })), { said: "away", why: "no answer" })
  assert.deepEqual(
    await sent(gatewayOf({ url: `smpps://127.0.0.1:${silent.port}`, ...IMPATIENT })),
    { said: "away", why: "no connection" },
    "no handshake",
  )
  const web = await stranger((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"))
  assert.deepEqual(await sent(gatewayOf({ url: `smpp://127.0.0.1:${web.port}` })), { said: "away", why: "connection lost" })
  silent.close()
  web.close()
})

test("by TLS it goes to whom the certificate proves, and nobody else is told the password", async () => {
  const key = createPrivateKey({ key: Buffer.from(KEY, "base64"), format: "der", type: "pkcs8" }).export({ type: "pkcs8", format: "pem" })
  const certificate = new X509Certificate(Buffer.from(CERTIFICATE, "base64")).toString()
  const secure = await smscStandIn({ ...ACCOUNT, certificate, key: String(key) })
  const known = getCACertificates("default")
  try {
    assert.deepEqual(await sent(gatewayOf({ url: secure.url })), { said: "away", why: "DEPTH_ZERO_SELF_SIGNED_CERT" })
    assert.deepEqual(secure.heard, [])
    setDefaultCACertificates([...known, certificate])
    assert.deepEqual(await sent(gatewayOf({ url: secure.url })), { said: "taken", id: "a1" })
  } finally {
    setDefaultCACertificates(known)
    await secure.close()
  }
})

test("neither numbers nor secrets are in what is said about failures", async () => {
  const said = [
    await sent(gatewayOf(), { to: "+48601234567" }),
    await sent(gatewayOf({ password: "guessed" })),
    await sent(gatewayOf({ url: "smpp://127.0.0.1:1" })),
  ]
  assert.doesNotMatch(JSON.stringify(said), /601234567|guessed|s3cret|314159|mila/)
})

test("what a person writes to our number is read, in Cyrillic or not, and comes again when it could not be kept", async () => {
  const gateway = gatewayOf()
  const read: string[] = []
  let isKept = true
  gateway.listen?.(
    () => Promise.resolve(),
    async ({ from, text }) => {
      if (!isKept) throw new Error("the database is away")
      read.push(`${from} ${text}`)
    },
  )
  await until(() => smsc.bound.length > 0)
  assert.equal(await smsc.write("375291112233", "Стоп"), 0)
  assert.equal(await smsc.write("375291112233", "stop"), 0)
  isKept = false
  assert.notEqual(await smsc.write("375291112233", "СТОП"), 0)
  assert.deepEqual(read, ["375291112233 Стоп", "375291112233 stop"])
})
