import { closeTestDatabases } from "@mila/db/testing"
import { PERMISSIONS, type Permission } from "@mila/staff"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

// What the back office must not be able to do, whoever asks: what is not there cannot be misused.

let office: TestOffice
let memberId: number
before(async () => {
  office = await anOffice({ outboxIsOpen: false })
  const body = { name: { family: "Петрова", given: "Анна" }, phone: "+375291240001", email: "anna@example.by" }
  memberId = (await office.ask("POST", "/members", { body })).body.memberId
})
after(closeTestDatabases)

type Document = { paths: Record<string, Record<string, { description?: string }>> }
const described = async (): Promise<Document> => (await office.ask("GET", "/openapi.json", { key: null })).body
/** Where the staff themselves come in and see what they come in with: nobody needs a right for that, and it is about nobody else. */
const OWN = /^\/(?:sign-in|invitation|me)(?:\/|$)/
const operations = async () =>
  Object.entries((await described()).paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .map(([method, { description = "" }]) => ({
        method: method.toUpperCase(),
        path: path.replace("/office/v1", ""),
        permission: /^Permission: `([\w.-]+)`/.exec(description)?.[1] ?? "",
      }))
      .filter((one) => !OWN.test(one.path)),
  )

test("A14: nobody on the staff reads a code, sets a password, signs in as a member or sees a session: there is no such function", async () => {
  for (const path of [
    "code",
    "codes",
    "otp",
    "password",
    "password/reset",
    "sessions",
    "sign-in",
    "impersonate",
    "token",
    "passkeys",
    "messages",
    "outbox",
  ])
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const about = `/members/${memberId}/${path}`
      assert.equal((await office.ask(method, about, { body: method === "GET" ? undefined : {} })).status, 404, `${method} ${about}`)
    }
  for (const path of ["/outbox", "/codes", "/otp", "/sign-in-as", "/sessions"])
    assert.equal((await office.ask("GET", path)).status, 404, path)
  for (const { method, path } of await operations())
    assert.doesNotMatch(path, /password|otp|impersonat|sign-in|login|session|token|outbox|passkey/i, `${method} ${path}`)
})

test("A14: no answer of the back office about a member holds a code, a hash, a secret or what is signed in with", async () => {
  for (const path of ["", "/history", "/balance", "/statement", "/cards"]) {
    const { status, body } = await office.ask("GET", `/members/${memberId}${path}`)
    if (status === 404) continue
    assert.equal(status, 200, path)
    assert.doesNotMatch(JSON.stringify(body), /hash|password|secret|token|sealed|\+375291240001|anna@/i, path)
  }
})

test("A14: who looks at a person says why, and it is written down with the reason; without one nothing is shown", async () => {
  const { key, staffId } = await office.signIn(["members.reveal", "members.read"])
  for (const body of [{}, { reason: "" }, { reason: "из интереса" }])
    assert.ok([400, 422].includes((await office.ask("POST", `/members/${memberId}/reveal`, { key, body })).status), JSON.stringify(body))
  const reason = "call"
  const shown = await office.ask("POST", `/members/${memberId}/reveal`, { key, body: { reason } })
  assert.deepEqual([shown.status, shown.body.phone], [200, "+375291240001"])
  const { body } = await office.ask("GET", `/audit?staffId=${staffId}`)
  assert.deepEqual(
    body.entries.map(({ action, object, details }: any) => [action, object, details]),
    [["member.reveal", `member:${memberId}`, { reason }]],
  )
})

test("A13 and A47: every route refuses who has every right but its own, and the key of 1C opens none of them but what 1C sends", async () => {
  const everything = Object.keys(PERMISSIONS) as Permission[]
  const oneC = await office.signIn(["exchange.send"])
  const all = await operations()
  assert.ok(all.length > 60)
  const without = new Map<string, string>()
  for (const { method, path, permission } of all) {
    if (!without.has(permission)) without.set(permission, (await office.signIn(everything.filter((right) => right !== permission))).key)
    const place = path.replaceAll(/\{[^}]+\}/g, "1")
    for (const key of [without.get(permission)!, oneC.key]) {
      const { status, body } = await office.ask(method, place, { key, body: method === "GET" ? undefined : {} })
      assert.deepEqual([status, body.code, body.permission], [403, "not_allowed", permission], `${method} ${path}`)
    }
  }
  const tried = office.logged.filter((line) => "staffId" in line && line.staffId === oneC.staffId)
  assert.equal(tried.length, all.length, "each try is in the log, with who tried")
})
