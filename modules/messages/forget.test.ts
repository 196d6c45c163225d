import { closeTestDatabases, ownDb, rolledBack } from "@mila/db/testing"
import { inTransaction, type Tx } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { forgetMessages, forgetMessagesOf } from "./forget.ts"
import { deliverQueued, jobs, localCarrier, outboxOf, queueMessage } from "./index.ts"
import { aMessage } from "./testing.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")
const days = (count: number) => new Date(at.getTime() + count * 86_400_000)
const [HERS, HIS] = ["+375291112233", "+375291112244"]
const carry = (tx: Tx) => deliverQueued(tx, { carry: localCarrier, at, most: 100 })
const leaves = (tx: Tx) => forgetMessagesOf(tx, { memberIds: [42, 43], reached: [HERS], at })
const told = async (tx: Tx) => (await outboxOf(tx)).map(({ to, text, forgotten }) => (forgotten ? [to, text] : to)).toReversed()

test("who leaves is forgotten: whom messages went to and what they said is wiped, theirs alone; that they went, of which kind and when, stays", () =>
  rolledBack(async (tx) => {
    await queueMessage(tx, aMessage({ memberId: 42, to: HERS, at }))
    await queueMessage(tx, aMessage({ memberId: 43, to: "anna@example.by", channel: "email", at }))
    await queueMessage(tx, aMessage({ memberId: null, to: HERS, at })) // a code, before anybody knew whose number it is
    await queueMessage(tx, aMessage({ memberId: 41, to: HIS, at }))
    await carry(tx)
    assert.equal(await leaves(tx), 3)
    assert.deepEqual(await told(tx), [["", ""], ["", ""], ["", ""], HIS])
    const [, , , first] = await outboxOf(tx)
    assert.deepEqual([first?.memberId, first?.template, first?.state, first?.queuedAt], [42, "confirmation_code", "sent", at])
    assert.deepEqual(await outboxOf(tx, { to: HERS }), [], "nobody is found by the number")
    assert.equal(await leaves(tx), 0)
    const { rows } = await tx.client.query("select recipient, reached_by, params from messages.outbox where member_id = 42")
    assert.deepEqual(rows, [{ recipient: null, reached_by: null, params: null }])
  }))

test("the last words are sent, and forgotten three days later", () =>
  rolledBack(async (tx) => {
    await queueMessage(tx, aMessage({ memberId: 42, to: HERS, at }))
    assert.equal(await leaves(tx), 0)
    assert.equal(await forgetMessages(tx, { at: days(4), most: 10 }), 0, "what still waits to be sent is not lost")
    await carry(tx)
    assert.equal(await forgetMessages(tx, { at: days(2), most: 10 }), 0)
    assert.deepEqual(await told(tx), [HERS])
    assert.equal(await forgetMessages(tx, { at: days(3), most: 10 }), 1)
    assert.deepEqual(await told(tx), [["", ""]])
  }))

test("every message is forgotten after a year, by a job that goes on until none is left", async () => {
  const own = await ownDb()
  await inTransaction(own.db, async (tx) => {
    for (let nth = 0; nth < 3; nth += 1) await queueMessage(tx, aMessage({ memberId: nth, to: HERS, at }))
    await carry(tx)
    await queueMessage(tx, aMessage({ memberId: 9, to: HIS, at: days(10) }))
    await carry(tx)
  })
  const job = jobs([]).find(({ name }) => name === "forgetMessages")!
  const run = (moment: Date) => job.run(own.db, { at: moment, now: () => moment })
  assert.deepEqual(await run(days(364)), { forgotten: 0 })
  assert.deepEqual(await run(days(366)), { forgotten: 3 })
  assert.deepEqual(await run(days(366)), { forgotten: 0 })
  assert.deepEqual(await inTransaction(own.db, told), [["", ""], ["", ""], ["", ""], HIS])
  await own.drop()
})
