import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { recordReturn } from "@mila/tills"
import { aReturn } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Buyers, buyersAt } from "./buyers-testing.ts"
import { anAccount, type TestAccount } from "./testing.ts"

let account: TestAccount
let member: Buyers["member"]
let till: Buyers["till"]
before(async () => {
  account = await anAccount()
  ;({ member, till } = await buyersAt(account))
})
after(async () => {
  await account.close()
  await closeTestDatabases()
})

test("a purchase that is not the member's is hidden at their word, nobody else's, and comes back while nobody decided", async () => {
  const [buyer, other] = [await member(), await member()]
  const list = async () => (await buyer.ask("GET", "/receipts")).body.receipts.map(({ receiptId }: any) => receiptId)
  const { storeCode: shop, tillNo, shift, number } = await buyer.buys()
  const [receiptId] = await list()
  const back = aReturn({ shop, till: tillNo }, { sale: `${shop}-${tillNo}-${shift}-${number}` })
  await inTransaction(account.db, (tx) =>
    recordReturn(tx, { till, requestKey: null, return: back, locale: "ru" }, { at: account.clock.now() }),
  )
  const [returnId] = await list()
  assert.equal((await buyer.ask("POST", `/receipts/${returnId}/disown`)).body.code, "receipt_is_a_return")
  const path = `/receipts/${encodeURIComponent(receiptId)}`
  assert.equal((await other.ask("POST", `${path}/disown`)).body.code, "receipt_not_found")
  assert.equal((await buyer.ask("POST", `${path}/disown`)).status, 204)
  assert.deepEqual([await list(), (await buyer.ask("GET", path)).status], [[], 404], "with what came back of it")
  const { receipts } = (await buyer.ask("GET", "/disowned-receipts")).body
  assert.deepEqual([receipts.length, receipts[0].receiptId, receipts[0].state], [1, receiptId, "open"])
  const again = `/disowned-receipts/${receipts[0].disownedId}/take-back`
  assert.equal((await other.ask("POST", again)).body.code, "disowned_not_found")
  assert.equal((await buyer.ask("POST", again)).status, 204)
  assert.equal((await buyer.ask("POST", again)).body.code, "disowned_decided")
  assert.ok((await list()).includes(receiptId))
})
