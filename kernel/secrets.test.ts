import assert from "node:assert/strict"
import { test } from "node:test"
import { secretsFrom } from "./secrets.ts"

const secrets = secretsFrom(Buffer.alloc(32, 7))

test("what is sealed opens for its own purpose with its own secret only, and not when it was touched", () => {
  const box = secrets.seal("cards.number", "2912345678908")
  assert.equal(secrets.open("cards.number", box), "2912345678908")
  assert.throws(() => secrets.open("members.phone", box))
  assert.throws(() => secretsFrom(Buffer.alloc(32, 8)).open("cards.number", box))
  for (const place of [0, 12, 28]) {
    const touched = Buffer.from(box)
    touched[place]! ^= 1
    assert.throws(() => secrets.open("cards.number", touched), `byte ${place}`)
  }
})

test("the same text is sealed differently each time, and hashed the same for one purpose alone", () => {
  assert.notDeepEqual(secrets.seal("p", "x"), secrets.seal("p", "x"))
  assert.deepEqual(secrets.hmac("p", "x"), secrets.hmac("p", "x"))
  assert.notDeepEqual(secrets.hmac("p", "x"), secrets.hmac("q", "x"))
})

test("a short secret is no secret", () => assert.throws(() => secretsFrom(Buffer.alloc(16))))
