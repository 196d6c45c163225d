import { closeTestDatabases } from "@mila/db/testing"
import { codeOfStep, fromBase32, LOCALES, stepAt } from "@mila/kernel"
import { SoftAuthenticator } from "@mila/kernel/testing"
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { after, before, test } from "node:test"
import { PAGE_WORDS } from "./page/words.ts"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
before(async () => {
  office = await anOffice()
})
after(closeTestDatabases)

const PASSWORD = "зелёная кастрюля на плите"
const post = (path: string, body: object) => office.ask("POST", path, { body, key: null })

async function invited(permissions: string[] = ["shops.read"]): Promise<{ staffId: number; invitation: string; link: string }> {
  const { body } = await office.ask("POST", "/staff", { body: { name: "Ніна Савіч", permissions } })
  const made = await office.ask("POST", `/staff/${body.staffId}/invitations`)
  assert.equal(made.status, 201)
  return { staffId: body.staffId, ...made.body }
}

async function passkeyFor(invitation: string): Promise<{ phone: SoftAuthenticator; accepted: any }> {
  const phone = new SoftAuthenticator({ origin: "https://office.example" })
  const { body } = await post("/invitation/passkey/challenge", { invitation })
  const accepted = await post("/invitation/passkey", { invitation, passkey: phone.make(body.options) })
  assert.equal(accepted.status, 201, JSON.stringify(accepted.body))
  return { phone, accepted: accepted.body }
}

async function touch(phone: SoftAuthenticator) {
  const { body } = await post("/sign-in/passkey/challenge", {})
  return post("/sign-in/passkey", { flow: body.flow, passkey: phone.sign(body.options) })
}

test("A12: a colleague invites, the person makes a passkey, signs in, works with the key and signs out; then the key is over", async () => {
  const { staffId, invitation, link } = await invited()
  assert.equal(link, `https://office.example/office#${invitation}`)
  const { body: welcome } = await post("/invitation", { invitation })
  assert.deepEqual([welcome.staffId, welcome.name, welcome.passkeys], [staffId, "Ніна Савіч", true])
  const { phone } = await passkeyFor(invitation)
  assert.equal((await post("/invitation", { invitation })).body.code, "invitation_invalid")

  const { status, body, headers } = await touch(phone)
  assert.equal(status, 200)
  assert.equal(headers.get("cache-control"), "no-store")
  const { key } = body
  assert.equal((await office.ask("GET", "/shops", { key })).status, 200)
  const own = await office.ask("GET", "/me/factors", { key })
  assert.deepEqual([own.body.name, own.body.factors.length, own.body.factors[0].kind], ["Ніна Савіч", 1, "passkey"])
  assert.doesNotMatch(JSON.stringify(own.body), /publicKey|credential|secret/i)
  assert.equal((await office.ask("DELETE", `/me/factors/${own.body.factors[0].factorId}`, { key })).body.code, "last_factor")
  assert.equal((await office.ask("POST", "/me/sign-out", { key })).status, 200)
  assert.equal((await office.ask("GET", "/shops", { key })).status, 401)
})

test("A12: a password and a code of an app sign in, either alone does not, and the answer to a stranger's number is the same", async () => {
  const { staffId, invitation } = await invited()
  const { body: shown } = await post("/invitation/authenticator", { invitation })
  assert.ok(shown.qr.size > 20 && shown.qr.path.startsWith("M"))
  const code = (steps: number) => codeOfStep(fromBase32(shown.secret), stepAt(new Date()) + steps, { algorithm: "sha1", digits: 6 })
  const confirm = (given: object) => post("/invitation/authenticator/confirm", { invitation, password: PASSWORD, code: code(0), ...given })
  assert.equal((await confirm({ password: "короткий пароль".slice(0, 14) })).body.code, "password_too_short")
  const good = new Set([-1, 0, 1, 2].map(code)) // the next step may begin meanwhile
  const wrongCode = ["000000", "000001", "000002", "000003", "000004"].find((one) => !good.has(one))
  assert.equal((await confirm({ code: wrongCode })).body.code, "code_wrong")
  assert.equal((await confirm({})).status, 201)

  const next = code(1) // one and the same for all that follows, whatever the clock does
  const enter = (given: object) => post("/sign-in/password", { staffId, password: PASSWORD, code: next, ...given })
  const wrong = [await enter({ code: "" }), await enter({ password: "не тот пароль, совсем" }), await enter({ staffId: 7_777_777 })]
  for (const { status, body } of wrong) assert.deepEqual([status, body.code], [401, "sign_in_failed"])
  const entered = await enter({})
  assert.equal(entered.status, 200)
  assert.equal((await office.ask("GET", "/shops", { key: entered.body.key })).status, 200)
  assert.equal((await enter({})).body.code, "sign_in_failed", "a code is good once")
})

test("A02: who tries too often waits, and is told how long", async () => {
  const typed = { staffId: 6_666_666, password: PASSWORD, code: "000001" }
  for (let nth = 0; nth < 5; nth += 1) assert.equal((await post("/sign-in/password", typed)).status, 401)
  await office.owner.pool.query("update staff.attempt set last_at = clock_timestamp()") // a slow hash has used up none of the wait
  const { status, body, headers } = await post("/sign-in/password", typed)
  assert.deepEqual([status, body.code, headers.get("retry-after")], [429, "sign_in_later", String(body.retryAfterSeconds)])
})

test("A12: nobody invites themselves or gives a machine a second factor; a lost one is removed by a colleague, and another invitation brings the next", async () => {
  const boss = await office.signIn(["staff.manage"])
  const own = await office.ask("POST", `/staff/${boss.staffId}/invitations`, { key: boss.key })
  assert.deepEqual([own.status, own.body.code], [403, "own_invitation"])
  const { staffId, invitation } = await invited()
  const { phone } = await passkeyFor(invitation)
  const { body: machine } = await office.ask("POST", `/staff/${staffId}/keys`, { body: { label: "1C", kind: "machine" } })
  for (const [method, path] of [
    ["GET", "/me/factors"],
    ["POST", "/me/sign-out"],
  ] as const)
    assert.equal((await office.ask(method, path, { key: machine.key })).status, 403)
  const { body: held } = await office.ask("GET", `/staff/${staffId}/factors`)
  const factor = `/staff/${staffId}/factors/${held.factors[0].factorId}`
  assert.equal((await office.ask("DELETE", factor)).status, 200)
  assert.equal((await office.ask("DELETE", factor)).status, 404)
  assert.equal((await touch(phone)).body.code, "sign_in_failed")
  const again = await office.ask("POST", `/staff/${staffId}/invitations`)
  assert.equal((await touch((await passkeyFor(again.body.invitation)).phone)).status, 200)
  const { body: trail } = await office.ask("GET", `/audit?object=staff:${staffId}`)
  const acts = new Set(trail.entries.map(({ action }: any) => action))
  for (const act of ["staff.invite", "staff.invitation-use", "staff.factor-add", "staff.factor-remove", "staff.sign-in"])
    assert.ok(acts.has(act), act)
  assert.doesNotMatch(JSON.stringify(trail), /Ніна|invite_[\w-]{20}/)
})

test("at an address without https a passkey is offered to nobody, and the password with a code is", async () => {
  const plain = await anOffice({ staffUrl: "http://10.0.0.5:3000" })
  const { body } = await plain.ask("POST", "/staff", { body: { name: "Ян", permissions: [] } })
  const { invitation } = (await plain.ask("POST", `/staff/${body.staffId}/invitations`)).body
  assert.equal((await plain.ask("POST", "/invitation", { body: { invitation }, key: null })).body.passkeys, false)
  const asked = await plain.ask("POST", "/invitation/passkey/challenge", { body: { invitation }, key: null })
  assert.equal(asked.body.code, "passkeys_unavailable")
  assert.equal((await plain.ask("POST", "/invitation/authenticator", { body: { invitation }, key: null })).status, 200)
})

test("the page comes in three languages under a policy that lets nothing in from elsewhere, and everything it names is there", async () => {
  for (const [path, lang] of [
    ["/office", "ru"],
    ["/office/be", "be"],
    ["/office/en", "en"],
  ] as const) {
    const page = await office.app.request(path)
    const text = await page.text()
    assert.equal(page.status, 200)
    assert.match(text, new RegExp(`<html lang="${lang}">[^]*${PAGE_WORDS[lang].enter}`))
    const policy = page.headers.get("content-security-policy")!
    assert.match(policy, /default-src 'none'.*script-src 'self'.*form-action 'none'.*frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|\*|https?:/)
    assert.doesNotMatch(text, /<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=/, "nothing of it is inline")
    for (const [, named] of text.matchAll(/(?:src|href)="(\/office\/[\w-]+\.\w+)"/g))
      assert.equal((await office.app.request(named!)).status, 200, named)
  }
  const style = await (await office.app.request("/office/page.css")).text()
  for (const [, font] of style.matchAll(/url\("([^"]+)"\)/g)) assert.equal((await office.app.request(font!)).status, 200, font)
})

test("the page has the shop's colours, and says everything in each language", () => {
  const read = (file: string) => readFileSync(resolve(import.meta.dirname, file), "utf8")
  const colours = (text: string) =>
    [...text.matchAll(/--(?:paper|card|ink|soft|line|wine|wine-deep|on-wine|blush|leaf|mint|rust|peach): [^;]+/g)].map(String)
  assert.deepEqual(colours(read("page/page.css")), colours(read("../web/design/tokens.css")))
  for (const locale of LOCALES) assert.ok(Object.values(PAGE_WORDS[locale]).every((says) => says.length > 1))
  for (const says of Object.values(PAGE_WORDS.be)) assert.doesNotMatch(says, /[ищъ]/u, says)
})
