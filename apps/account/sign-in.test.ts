import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction, networkOf } from "@mila/kernel"
import { childOf, memberByPhone } from "@mila/members"
import { outboxOf } from "@mila/messages"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberOf, anAccount, aPhone, DEVICE, type TestAccount } from "./testing.ts"

let account: TestAccount
before(async () => {
  account = await anAccount()
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

const toldTo = (phone: string) =>
  inTransaction(account.db, async (tx) =>
    (await outboxOf(tx, { most: 200 })).filter(({ to }) => to === phone).map(({ template }) => template),
  )
const codes = (told: readonly { status: number; body: any }[]) => told.map(({ status, body }) => [status, body?.code])

test("whose phone has no card registers by the same code, with what they agreed to, and has a card at once", async () => {
  const { body: texts } = await account.ask("GET", "/registration/texts")
  assert.deepEqual([...new Set(texts.texts.map(({ kind }: any) => kind))], ["needed", "child", "asked"])
  const member = await aMemberOf(account, aPhone())
  const { body: me } = await account.ask("GET", "/me", { token: member.token })
  assert.deepEqual([me.given, me.balance.available, me.card.kind, me.card.state], ["Анна", 0, "virtual", "active"])
})

test("consents are each for itself, and under sixteen a representative agrees, whose phone was proven", async () => {
  const [phone, mother] = [aPhone(), aPhone()]
  const { body: sent } = await account.ask("POST", "/codes", { body: { purpose: "sign_in", phone } })
  const registering = (wishes: object) =>
    account.ask("POST", "/registration", {
      body: { flow: sent.flow, name: { given: "Анна", family: "Петрова" }, device: DEVICE, ...wishes },
    })
  const needed = ["programme", "policy"].map((purpose) => ({ purpose, version: 1 }))
  assert.equal((await registering({ consents: needed })).body.code, "proof_missing")
  await account.ask("POST", "/sign-in/code", { body: { flow: sent.flow, code: await account.lastCode(), device: DEVICE } })
  assert.equal((await registering({ consents: needed.slice(1) })).body.code, "consents_missing")
  assert.equal((await registering({ consents: needed, under16: true })).body.code, "representative_needed")
  assert.equal((await registering({ consents: [{ purpose: "programme", version: 7 }, needed[1]] })).body.code, "consent_text_outdated")
  const young = { consents: [...needed, { purpose: "child", version: 1 }], under16: true }
  assert.equal((await registering(young)).body.code, "representative_needed", "a tick is no representative")
  const { body: asked } = await account.ask("POST", "/codes", { body: { purpose: "child", phone: mother } })
  assert.deepEqual(Object.keys(asked).toSorted(), ["expiresAt", "flow", "sentTo"], "the same for whoever it is")
  const representative = { flow: asked.flow, name: { given: "Ольга", family: "Савич" }, kinship: "parent" }
  const born = { year: 2012, month: 5, day: 3 }
  const child = { ...young, representative, birthday: born }
  assert.equal((await registering(child)).body.code, "proof_missing")
  const proof = { flow: asked.flow, code: await account.lastCode() }
  assert.equal(
    (await account.ask("POST", "/registration/representative", { body: { ...proof, flow: sent.flow } })).body.code,
    "code_invalid",
  )
  assert.deepEqual((await account.ask("POST", "/registration/representative", { body: proof })).body, { proven: true })
  for (const [wish, code] of [
    [{ birthday: null }, "birth_date_needed"],
    [{ birthday: { month: 5, day: 3 } }, "birth_date_needed"],
    [{ birthday: { ...born, year: 2010 } }, "child_grown"],
    [{ birthday: { ...born, month: 13 } }, "out_of_range"],
    [{ under16: false, consents: needed }, "representative_needed"],
    [{ representative: null, under16: false, consents: needed }, "representative_needed"],
    [{ representative: { ...representative, name: { given: "5" } } }, "representative_name_invalid"],
  ] as const)
    assert.equal((await registering({ ...child, ...wish })).body.code, code, JSON.stringify(wish))
  assert.equal((await registering({ ...child, under16: false })).status, 201, "the birth date says it too")
  const linked = await inTransaction(account.db, async (tx) => childOf(tx, (await memberByPhone(tx, phone))!.memberId))
  assert.deepEqual([linked?.sixteenOn, linked?.representative?.phone], ["2028-05-03", mother])
  assert.equal((await registering({ consents: needed })).body.code, "proof_missing", "a proof is used once")
})

test("A06: a code is good once, in its own flow, for its own purpose, for ten minutes, and five wrong ones end it; all wrongs look alike", async () => {
  const phone = aPhone()
  await aMemberOf(account, phone)
  account.forward(61_000)
  const ask = async (purpose: string) => (await account.ask("POST", "/codes", { body: { purpose, phone } })).body.flow as string
  const tried = (flow: string, code: string) => account.ask("POST", "/sign-in/code", { body: { flow, code, device: DEVICE } })
  const flow = await ask("sign_in")
  const code = await account.lastCode()
  const elsewhere = await tried("x".repeat(32), code)
  assert.equal((await tried(flow, code)).body.outcome, "signed_in")
  const again = await tried(flow, code)
  account.forward(61_000)
  const other = await tried(await ask("recover"), await account.lastCode())
  account.forward(61_000)
  const late = await ask("sign_in")
  const lateCode = await account.lastCode()
  account.forward(10 * 60_000)
  const old = await tried(late, lateCode)
  const guessed = await ask("sign_in")
  const right = await account.lastCode()
  for (let time = 0; time < 5; time += 1) await tried(guessed, right === "000000" ? "111111" : "000000")
  const dead = await tried(guessed, right)
  const { requestId, ...first } = elsewhere.body
  for (const { status, body } of [again, other, old, dead])
    assert.deepEqual([status, { ...body, requestId }], [400, { ...first, requestId }])
})

test("A05: codes are one a minute and five a day for a phone, thirty an hour for a network, and none for a foreign number", async () => {
  const phone = aPhone()
  const send = (to: string, from?: string) =>
    account.ask("POST", "/codes", { body: { purpose: "sign_in", phone: to }, ...(from ? { from } : {}) })
  assert.equal((await send(phone, "198.51.100.1")).status, 201)
  const soon = await send(phone, "198.51.101.1")
  const rest = Number(soon.headers.get("retry-after"))
  assert.deepEqual([soon.status, soon.body.code, rest > 30 && rest <= 60], [429, "too_often", true], `${rest} s are left of the minute`)
  for (const wrong of ["+14155550123", "+375171234567", "12"]) assert.equal((await send(wrong, "198.51.102.1")).status, 422, wrong)
  // A51: an address of the same /64 is the same network, whatever it says of itself
  const statuses = []
  for (let time = 0; time < 32; time += 1) statuses.push((await send(aPhone(), `2001:db8:5::${time.toString(16)}`)).status)
  assert.deepEqual([statuses.filter((status) => status === 201).length, statuses.at(-1)], [30, 429])
  assert.equal(networkOf("2001:db8:5::1f"), networkOf("2001:0db8:0005:0000::2"))
})

test("nobody learns whether a phone has a card: codes, passwords, recovery and a lost number answer alike", async () => {
  const [known, unknown] = [aPhone(), aPhone()]
  await aMemberOf(account, known)
  account.forward(61_000)
  const shape = ({ status, body }: { status: number; body: any }) => [status, Object.keys(body).toSorted(), body.code, body.detail]
  for (const purpose of ["sign_in", "recover", "new_number"]) {
    const [one, other] = [
      await account.ask("POST", "/codes", { body: { purpose, phone: known } }),
      await account.ask("POST", "/codes", { body: { purpose, phone: unknown } }),
    ]
    assert.deepEqual(shape(one), shape(other))
    account.forward(61_000)
  }
  const signIn = (phone: string) => account.ask("POST", "/sign-in/password", { body: { phone, password: "не тот пароль", device: DEVICE } })
  assert.deepEqual(shape(await signIn(known)), shape(await signIn(unknown)))
})

test("A03: two hundred tries of one account slow down and end, and its owner's own phone still gets in", async () => {
  const phone = aPhone()
  const member = await aMemberOf(account, phone)
  const password = "три слова подряд"
  assert.equal((await account.ask("PUT", "/me/password", { token: member.token, body: { password } })).status, 204)
  const signIn = (given: string, deviceToken?: string, from?: string) =>
    account.ask("POST", "/sign-in/password", {
      body: { phone, password: given, device: { ...DEVICE, ...(deviceToken ? { deviceToken } : {}) } },
      ...(from ? { from } : {}),
    })
  const { body: known } = await signIn(password, member.device)
  assert.equal(known.newDevice, true, "devices are strangers after a new password")
  let evaluated = 0
  for (let nth = 0; nth < 200; nth += 1) {
    const told = await signIn("догадка номер", undefined, `198.18.${nth}.1`)
    if (told.status === 401) evaluated += 1
    else assert.deepEqual([told.status, told.body.code], [429, "too_often"])
  }
  assert.ok(evaluated <= 100 && evaluated >= 3, `${evaluated}`)
  assert.equal((await signIn(password, undefined, "198.19.1.1")).status, 429)
  assert.equal((await signIn(password, member.device)).body.outcome, "signed_in")
})

test("a sign-in on a phone that is new is told of; a stolen password there neither changes what is grave nor gets the card's key (A01)", async () => {
  const phone = aPhone()
  const member = await aMemberOf(account, phone)
  await account.ask("PUT", "/me/password", { token: member.token, body: { password: "длинный и свой" } })
  const { body: thief } = await account.ask("POST", "/sign-in/password", {
    body: { phone, password: "длинный и свой", device: { name: "Чужой" } },
  })
  assert.ok((await toldTo(phone)).includes("new_device"))
  const token = thief.tokens.accessToken
  const { body: me } = await account.ask("GET", "/me", { token })
  assert.equal(me.provenUntil, null)
  const refused = [
    await account.ask("PUT", "/me/password", { token, body: { password: "новый и чужой" } }),
    await account.ask("POST", `/cards/${me.card.cardId}/key`, { token }),
  ]
  assert.deepEqual(codes(refused), [
    [401, "reauth_required"],
    [401, "reauth_required"],
  ])
  account.forward(61_000)
  const { body: sent } = await account.ask("POST", "/proof/code", { token })
  assert.equal((await account.ask("POST", "/proof", { token, body: { flow: sent.flow, code: await account.lastCode() } })).status, 200)
  assert.equal((await account.ask("POST", `/cards/${me.card.cardId}/key`, { token })).status, 201)
})

test("a forgotten password is replaced by a code; every session ends, its tokens with it", async () => {
  const phone = aPhone()
  const member = await aMemberOf(account, phone)
  account.forward(61_000)
  const { body: sent } = await account.ask("POST", "/codes", { body: { purpose: "recover", phone } })
  const body = { flow: sent.flow, password: "совсем новый пароль", device: DEVICE }
  assert.equal((await account.ask("POST", "/recovery/password", { body })).body.code, "proof_missing")
  await account.ask("POST", "/recovery/code", { body: { flow: sent.flow, code: await account.lastCode() } })
  assert.equal(
    (await account.ask("POST", "/recovery/password", { body: { ...body, password: "1234567890" } })).body.code,
    "password_common",
  )
  const recovered = await account.ask("POST", "/recovery/password", { body })
  assert.deepEqual([recovered.status, recovered.body.passkeysAsleep], [200, false])
  assert.equal((await account.ask("GET", "/me", { token: member.token })).status, 401)
  assert.equal((await account.ask("POST", "/tokens", { body: { refreshToken: member.refreshToken } })).status, 401)
  assert.equal((await account.ask("GET", "/me", { token: recovered.body.tokens.accessToken })).status, 200)
})
