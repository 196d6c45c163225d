import { closeTestDatabases } from "@mila/db/testing"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
before(async () => {
  office = await anOffice()
})
after(closeTestDatabases)

const anna = {
  name: { family: "Петрова", given: "Анна" },
  phone: "+375 29 111-22-33",
  email: "anna@example.by",
  birthday: { month: 2, day: 29 },
  locale: "be",
}

test("a registered member is found by any spelling of the phone, name masked", async () => {
  const made = await office.ask("POST", "/members", { body: anna })
  assert.equal(made.status, 201)
  const found = await office.ask("POST", "/members/search", { body: { phone: "80291112233" } })
  assert.deepEqual(
    [found.status, found.body.memberId, found.body.maskedName, found.body.locale],
    [200, made.body.memberId, "Анна П.", "be"],
  )
  assert.ok(!JSON.stringify(found.body).includes("Петрова"))
  assert.equal((await office.ask("POST", "/members", { body: anna })).body.code, "phone_taken")
  assert.equal((await office.ask("POST", "/members/search", { body: { phone: "+375290000000" } })).status, 404)
})

test("seeing a person in full takes a right of its own, a reason, and leaves a trace", async () => {
  const { body: made } = await office.ask("POST", "/members", { body: { ...anna, phone: "+375291112244" } })
  const path = `/members/${made.memberId}/reveal`
  const clerk = await office.signIn(["members.read", "members.write"])
  assert.equal((await office.ask("POST", path, { key: clerk.key, body: { reason: "call" } })).status, 403)
  assert.equal((await office.ask("POST", path, { body: {} })).status, 400)
  const person = await office.ask("POST", path, { body: { reason: "complaint" } })
  assert.deepEqual([person.body.name.family, person.body.phone], ["Петрова", "+375291112244"])
  const trail = await office.ask("GET", `/audit?object=member:${made.memberId}`)
  assert.deepEqual([trail.body.entries[0].action, trail.body.entries[0].details], ["member.reveal", { reason: "complaint" }])
  assert.ok(!JSON.stringify(trail.body).includes("Петрова"))
})

test("what is wrong about a new member is said, and nothing is registered", async () => {
  const expected: [object, number, string][] = [
    [{ ...anna, phone: "12" }, 422, "phone_invalid"],
    [{ ...anna, phone: 375291112255 }, 400, "malformed"],
    [{ ...anna, nickname: "A" }, 400, "malformed"],
    [{ ...anna, name: { family: "", given: "4111111111111111" } }, 422, "bank_card_number"],
    [{ ...anna, birthday: { month: 2, day: 30 } }, 422, "birthday_invalid"],
  ]
  for (const [body, status, code] of expected) {
    const told = await office.ask("POST", "/members", { body })
    assert.deepEqual([told.status, told.body.code], [status, code], JSON.stringify(body))
  }
  assert.equal((await office.ask("GET", "/members/9999999")).body.code, "member_unknown")
  assert.equal((await office.ask("GET", "/members/anna")).status, 400)
  const nobody = await office.signIn([])
  assert.equal((await office.ask("POST", "/members", { body: anna, key: nobody.key })).status, 403)
})

test("spending is locked and unlocked for a member, and the history says by whom", async () => {
  const { body: made } = await office.ask("POST", "/members", { body: { ...anna, phone: "+375291112277" } })
  const path = `/members/${made.memberId}/spend-lock`
  assert.equal((await office.ask("PUT", path)).body.spendLocked, true)
  assert.equal((await office.ask("PUT", path)).body.spendLocked, true, "once more is harmless")
  assert.equal((await office.ask("DELETE", path)).body.spendLocked, false)
  const { body } = await office.ask("GET", `/members/${made.memberId}/history`)
  const whats = body.events.map(({ what, by }: { what: string; by: string }) => [what, by.split(":")[0]])
  assert.deepEqual(whats.slice(1), [
    ["spending_locked", "staff"],
    ["spending_unlocked", "staff"],
  ])
})

test("an employee is marked with the shop they work in, and unmarked", async () => {
  const { body: made } = await office.ask("POST", "/members", { body: { ...anna, phone: "+375291112266" } })
  const { body: shop } = await office.ask("POST", "/shops", { body: aShop() })
  const path = `/members/${made.memberId}/employee`
  assert.equal((await office.ask("PUT", path, { body: { shop: "nowhere" } })).body.code, "shop_not_found")
  const marked = await office.ask("PUT", path, { body: { shop: shop.code, till: 2 } })
  assert.deepEqual([marked.body.employee, marked.body.employeeAt], [true, { shop: shop.code, till: 2 }])
  assert.equal((await office.ask("DELETE", path)).body.employee, false)
  const { body } = await office.ask("GET", `/members/${made.memberId}/history`)
  assert.ok(body.events.length >= 3)
})
