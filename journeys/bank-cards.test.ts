import { enrol, type EnrolledTill, SteadyTill } from "@mila/till-simulator"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Mila, milaUnderTest } from "./adapter.ts"
import { addressOf, type Operation, operationsAt, type Schema } from "./operations.ts"

// "A bank card number is refused at the server in every text field of the product": the fields of every documented operation, read from the documents.

let mila: Mila
let url: string
let token: string
before(async () => {
  mila = await milaUnderTest()
  url = mila.url
  token = await mila.joinByApp("+375291110099")
})
after(() => mila.stop())

const WRITTEN = [
  "4111111111111111",
  "4111 1111 1111 1111",
  "слово5555-5555-5555-4444слово",
  "9112380000000002",
  "4111 1111 1111 1111 12/28",
]
const SHOWN = /4111 ?1111 ?1111|5555-5555-5555|911238000000/ // twelve digits: fewer stand in some number of a request by chance

/** A body for each field of a schema that may hold a text, with the number in that field alone. */
function bodiesWith(schema: Schema, number: string, depth = 0): unknown[] {
  if (depth > 8) return []
  const kinds = [schema.type].flat()
  const found: unknown[] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) =>
    bodiesWith(one, number, depth + 1),
  )
  if (kinds.includes("string") && schema.const === undefined) found.push(number)
  if (schema.items) found.push(...bodiesWith(schema.items, number, depth + 1).map((held) => [held]))
  for (const [name, held] of Object.entries(schema.properties ?? {}))
    found.push(...bodiesWith(held, number, depth + 1).map((value) => ({ [name]: value })))
  if (typeof schema.additionalProperties === "object")
    found.push(...bodiesWith(schema.additionalProperties, number, depth + 1).map((value) => ({ any: value })))
  return found
}

let asked = 0
async function refused(
  operation: Operation,
  { address, body, number }: { address: string; body?: unknown; number: string },
): Promise<void> {
  asked += 1
  const saying = `${operation.method} ${operation.path} ${JSON.stringify(body ?? address)}`
  const headers = {
    authorization: `Bearer ${operation.door === "account" ? token : mila.key}`,
    "content-type": "application/json",
    "idempotency-key": `guard-${asked}`,
  }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await fetch(url + address, { method: operation.method, headers, ...sent })
  const text = await answer.text()
  assert.equal(answer.status, 422, `${saying}: ${text.slice(0, 200)}`)
  assert.equal((JSON.parse(text) as { code: string }).code, "bank_card_number", saying)
  assert.doesNotMatch(text, SHOWN, `${saying} ${number}`)
}

test("every text field, query parameter and place of an address of the back office, of the account's API and of the catalogue's", async () => {
  for (const operation of await operationsAt(url)) {
    if (operation.door === "tills") continue
    const number = () => WRITTEN[asked % WRITTEN.length]!
    for (const { name, in: where } of operation.parameters) {
      const typed = number()
      if (where === "query")
        await refused(operation, { address: `${addressOf(operation)}?${name}=${encodeURIComponent(typed)}`, number: typed })
      if (where === "path" && operation.door !== "shop")
        await refused(operation, { address: addressOf(operation, { [name]: typed }), number: typed })
    }
    const typed = number()
    for (const body of operation.body ? bodiesWith(operation.body, typed) : [])
      await refused(operation, { address: addressOf(operation), body, number: typed })
  }
  assert.ok(asked > 200, `${asked} fields`)
})

test("every text field of what tills send; in a journal, which has to be kept, it is crossed out", async () => {
  const { code } = await mila.must("POST", "/tills/4/enrolment-codes", {})
  const till: EnrolledTill = await enrol(url, code)
  const steady = new SteadyTill(till, { clock: () => mila.now() })
  let fields = 0
  for (const operation of await operationsAt(url)) {
    if (operation.door !== "tills" || operation.method !== "POST" || !operation.body || /enrol|journal/.test(operation.path)) continue
    for (const body of bodiesWith(operation.body, WRITTEN[fields % WRITTEN.length]!)) {
      const { status, text } = await steady.post(addressOf(operation).replace("/pos/v1", ""), body as object)
      fields += 1
      assert.deepEqual(
        [status, (JSON.parse(text) as { code: string }).code],
        [422, "bank_card_number"],
        `${operation.path} ${JSON.stringify(body)}`,
      )
      assert.doesNotMatch(text, SHOWN)
    }
  }
  assert.ok(fields > 20, `${fields} fields`)
})
