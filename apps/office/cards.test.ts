import { closeTestDatabases } from "@mila/db/testing"
import { assert as holds } from "@mila/kernel"
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
let phones = 0
before(async () => {
  office = await anOffice()
})
after(closeTestDatabases)

async function aMember(): Promise<number> {
  phones += 1
  const body = { name: { family: "", given: "Ольга" }, phone: `+37533333${String(phones).padStart(4, "0")}`, locale: "be" }
  return (await office.ask("POST", "/members", { body })).body.memberId
}

const issue = async (memberId: number) => (await office.ask("POST", `/members/${memberId}/cards`)).body

/** A number of the partner scheme: prefix, serial, check digit. */
function partnerNumber(serial: number): string {
  const digits = `996807${String(serial).padStart(6, "0")}`
  const sum = Array.from(digits, Number).reduce((before, digit, place) => before + digit * (place % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

test("a virtual card is handed out with its number, and listed without", async () => {
  const memberId = await aMember()
  const issued = await office.ask("POST", `/members/${memberId}/cards`)
  assert.equal(issued.status, 201)
  assert.match(issued.body.number, /^\d{13}$/)
  const { body } = await office.ask("GET", `/members/${memberId}/cards`)
  assert.deepEqual([body.cards.length, body.cards[0].lastDigits, body.cards[0].number], [1, issued.body.number.slice(-4), undefined])
  const found = await office.ask("POST", "/cards/search", { body: { number: issued.body.number } })
  assert.equal(found.body.cardId, issued.body.cardId)
  assert.equal((await office.ask("POST", "/members/9999999/cards")).body.code, "member_unknown")
})

test("a blocked card may be found again, a replaced one not; the member is told each time", async () => {
  const memberId = await aMember()
  const card = await issue(memberId)
  const post = (verb: string, body: object = { reason: "lost" }) => office.ask("POST", `/cards/${card.cardId}/${verb}`, { body })
  assert.equal((await post("block")).body.state, "blocked")
  assert.equal((await post("block")).status, 200)
  assert.equal((await post("unblock", { reason: "found" })).body.state, "active")
  const replaced = await post("replace")
  assert.deepEqual([replaced.status, replaced.body.state, replaced.body.cardId !== card.cardId], [201, "active", true])
  assert.deepEqual((await post("unblock")).body.code, "card_replaced")
  assert.equal((await office.ask("GET", `/cards/${card.cardId}`)).body.successorId, replaced.body.cardId)

  const history = await office.ask("GET", `/cards/${card.cardId}/history`)
  assert.deepEqual(
    history.body.events.map(({ what }: any) => what),
    ["issued", "blocked", "unblocked", "replaced"],
  )
  assert.ok(history.body.events.every(({ by }: any) => /^staff:\d+$/.test(by)))
  const outbox = await office.ask("GET", `/outbox?memberId=${memberId}`)
  assert.deepEqual(
    outbox.body.messages.map(({ template }: any) => template),
    ["card_replaced", "card_unblocked", "card_blocked", "card_blocked"],
  )
  assert.ok(outbox.body.messages[0].text.includes(replaced.body.number.slice(-4)))
})

test("a removed card leaves the points where they are", async () => {
  const memberId = await aMember()
  const card = await issue(memberId)
  const give = { body: { points: 10, reason: "goodwill" }, headers: { "idempotency-key": randomUUID() } }
  await office.ask("POST", `/members/${memberId}/adjustments`, give)
  assert.equal((await office.ask("POST", `/cards/${card.cardId}/remove`, { body: { reason: "asked" } })).body.state, "removed")
  assert.equal((await office.ask("GET", `/members/${memberId}/balance`)).body.balance.available, 10)
})

test("plastic cards are made in batches, attached once, and blocked when stolen", async () => {
  const range = await office.ask("POST", "/card-ranges", { body: { code: "test-plastic", kind: "plastic", prefix: "28" } })
  assert.equal(range.status, 201)
  const asked = { body: { range: "test-plastic", count: 5 }, headers: { "idempotency-key": "batch-1" } }
  const batch = await office.ask("POST", "/card-batches", asked)
  assert.equal(batch.body.numbers.length, 5)
  assert.deepEqual((await office.ask("POST", "/card-batches", asked)).body, batch.body)
  assert.equal((await office.ask("POST", "/card-batches", { body: asked.body })).body.code, "idempotency_key_missing")
  assert.deepEqual((await office.ask("GET", `/card-batches/${batch.body.batchId}/numbers`)).body.numbers, batch.body.numbers)

  const [one, two] = [await aMember(), await aMember()]
  const attach = (memberId: number, number: string) => office.ask("POST", "/cards/attach", { body: { number, memberId } })
  assert.equal((await attach(one, batch.body.numbers[0])).body.state, "active")
  assert.equal((await attach(two, batch.body.numbers[0])).body.code, "card_taken")
  assert.equal((await attach(two, "1234567890123")).body.code, "card_number_invalid")
  assert.equal((await attach(two, "4111 1111 1111 1111")).body.code, "bank_card_number")
  const blocked = await office.ask("POST", `/card-batches/${batch.body.batchId}/block`, { body: { reason: "stolen" } })
  assert.equal(blocked.body.blocked, 4)
  assert.equal((await office.ask("POST", "/card-ranges/test-plastic/close")).status, 200)
  assert.ok((await office.ask("GET", "/card-ranges")).body.ranges.some(({ code, open }: any) => code === "test-plastic" && !open))
})

test("a partner's card is linked once; a second member's claim is refused and waits for a clerk", async () => {
  const [one, two] = [await aMember(), await aMember()]
  const link = (memberId: number, number: string) => office.ask("POST", "/cards/link-partner", { body: { number, memberId } })
  const linked = await link(one, partnerNumber(77))
  assert.deepEqual([linked.status, linked.body.kind, linked.body.assurance], [200, "partner", "typed"])
  const taken = await link(two, partnerNumber(77))
  assert.deepEqual(
    [taken.status, taken.body.code, taken.headers.get("content-type")],
    [409, "partner_card_taken", "application/problem+json"],
  )
  const claims = await office.ask("GET", "/card-claims")
  assert.ok(claims.body.claims.some(({ claimId, claimantId }: any) => claimId === taken.body.claimId && claimantId === two))
  assert.equal((await link(two, "9968991234567")).status, 422)
})

test("a clerk who did not write a claim down decides it once: the card moves, its history stays, and both members are told", async () => {
  const [holder, claimant, third] = [await aMember(), await aMember(), await aMember()]
  const number = partnerNumber(78)
  const link = (memberId: number) => office.ask("POST", "/cards/link-partner", { body: { number, memberId, assurance: "scanned" } })
  const { cardId } = (await link(holder)).body
  const { claimId } = (await link(claimant)).body
  await link(claimant)
  const { claimId: other } = (await link(third)).body
  const told = async (memberId: number) =>
    (await office.ask("GET", `/outbox?memberId=${memberId}`)).body.messages.map(({ template }: any) => template)
  assert.deepEqual(await told(claimant), ["partner_card_claimed"], "a claim is told once, however often it is tried")
  assert.deepEqual(await told(holder), ["partner_card_claimed", "partner_card_claimed", "partner_card_linked"])

  const body = { reason: "saw the card" }
  const decide = (verb: string, key?: string, id = claimId) =>
    office.ask("POST", `/card-claims/${id}/${verb}`, { body, ...(key === undefined ? {} : { key }) })
  assert.deepEqual([(await decide("uphold")).status, (await decide("uphold")).body.code], [403, "claim_own_record"])
  const clerk = await office.signIn(["cards.read", "cards.write"])
  assert.equal((await decide("uphold", clerk.key)).status, 403)
  const second = await office.signIn(["cards.decide"])
  const upheld = await decide("uphold", second.key)
  assert.deepEqual([upheld.status, upheld.body.state, upheld.body.holderId], [200, "upheld", claimant])
  assert.deepEqual([(await decide("reject", second.key)).status, (await decide("reject", second.key)).body.code], [409, "claim_decided"])
  assert.equal((await decide("uphold", second.key, other)).body.code, "claim_decided", "the others have lost with it")
  assert.equal((await decide("uphold", second.key, 9_999_999)).body.code, "claim_unknown")

  const found = await office.ask("POST", "/cards/search", { body: { number } })
  assert.deepEqual([found.body.memberId, found.body.cardId, found.body.assurance], [claimant, upheld.body.cardId, "scanned"])
  const { body: before } = await office.ask("GET", `/cards/${cardId}`)
  assert.deepEqual([before.state, before.memberId, before.lastDigits], ["removed", holder, null], "its number is forgotten where it was")
  assert.deepEqual([(await told(holder))[0], (await told(claimant))[0]], ["partner_card_unlinked", "partner_card_linked"])
  assert.ok(!(await office.ask("GET", "/card-claims")).body.claims.some((claim: any) => [claimId, other].includes(claim.claimId)))
})

test("a rejected claim leaves the card where it is, and twenty decisions at once are one", async () => {
  const [holder, claimant] = [await aMember(), await aMember()]
  const number = partnerNumber(79)
  const link = (memberId: number) => office.ask("POST", "/cards/link-partner", { body: { number, memberId } })
  await link(holder)
  const { claimId } = (await link(claimant)).body
  const clerks = await Promise.all(Array.from({ length: 20 }, () => office.signIn(["cards.decide"])))
  const answers = await Promise.all(
    clerks.map(({ key }, place) =>
      office.ask("POST", `/card-claims/${claimId}/${place % 2 === 0 ? "uphold" : "reject"}`, { key, body: { reason: "both were asked" } }),
    ),
  )
  const done = answers.filter(({ status }) => status === 200)
  assert.equal(done.length, 1)
  assert.ok(
    answers.every(({ status }) => status === 200 || status === 409),
    JSON.stringify(answers.map(({ body }) => body.code)),
  )
  const found = await office.ask("POST", "/cards/search", { body: { number } })
  assert.equal(found.body.memberId, done[0]!.body.state === "upheld" ? claimant : holder)
  assert.equal((await link(claimant)).status, found.body.memberId === claimant ? 200 : 409)
  const told = async (memberId: number) => (await office.ask("GET", `/outbox?memberId=${memberId}`)).body.messages[0].template
  const word =
    done[0]!.body.state === "upheld" ? ["partner_card_unlinked", "partner_card_linked"] : Array(2).fill("partner_card_claim_rejected")
  assert.deepEqual([await told(holder), await told(claimant)], word, "both are told, whichever it was")
})

test("a phone is enrolled for the rotating code with a secret that is shown once", async () => {
  const card = await issue(await aMember())
  const path = `/cards/${card.cardId}/devices`
  const device = await office.ask("POST", path, { body: { name: "phone" } })
  assert.equal(device.status, 201)
  assert.match(device.body.secret, /^[A-Z2-7]{32,}$/)
  assert.ok(!JSON.stringify((await office.ask("GET", path)).body).includes(device.body.secret))
  assert.equal((await office.ask("DELETE", `${path}/${device.body.deviceNo}`)).status, 200)
  assert.equal((await office.ask("DELETE", `${path}/${device.body.deviceNo}`)).body.code, "device_unknown")
})

test("a partner scheme closes for new links", async () => {
  const { body } = await office.ask("GET", "/card-schemes")
  const [scheme] = body.schemes
  holds(scheme, "there is a scheme")
  const put = (status: string) => office.ask("PUT", `/card-schemes/${scheme.code}/status`, { body: { status } })
  assert.equal((await put("closed")).status, 200)
  const link = await office.ask("POST", "/cards/link-partner", { body: { number: partnerNumber(78), memberId: await aMember() } })
  assert.equal(link.body.code, "partner_scheme_closed")
  assert.equal((await put("shut")).status, 400)
  await put(scheme.status)
})

test("whoever may only see cards changes none", async () => {
  const clerk = await office.signIn(["cards.read"])
  const card = await issue(await aMember())
  assert.equal((await office.ask("GET", `/cards/${card.cardId}`, { key: clerk.key })).status, 200)
  const refused = await office.ask("POST", `/cards/${card.cardId}/block`, { key: clerk.key, body: { reason: "x" } })
  assert.equal(refused.status, 403)
  assert.equal((await office.ask("GET", "/cards/9999999")).body.code, "card_unknown")
})
