import { closeTestDatabases } from "@mila/db/testing"
import { aCard } from "@mila/cards/testing"
import { inTransaction } from "@mila/kernel"
import { disown, recordReceipts } from "@mila/tills"
import { aSale, aTill } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { anOffice } from "./testing.ts"

after(closeTestDatabases)

test("purchases that members say are not theirs: staff see them with their points, decide once, never about their own, and it is on record", async () => {
  const office = await anOffice()
  const at = office.context.clock.now()
  const { memberId, receiptId } = await inTransaction(office.db, async (tx) => {
    const card = await aCard(tx)
    const till = await aTill(tx)
    const sale = aSale(till, { card: card.number })
    await recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at })
    const id = `${sale.storeCode}-${sale.tillNo}-${sale.shift}-${sale.number}`
    await disown(tx, { memberId: card.memberId, receiptId: id, at })
    return { memberId: card.memberId, receiptId: id }
  })
  const { receipts } = (await office.ask("GET", "/disowned-receipts")).body
  assert.equal(receipts.length, 1)
  const [{ disownedId, ...said }] = receipts
  assert.deepEqual([said.receiptId, said.memberId, said.state, said.earned > 0], [receiptId, memberId, "open", true])
  assert.equal((await office.ask("GET", `/receipts/${receiptId}`)).status, 200, "hidden from the member alone")
  const path = `/disowned-receipts/${disownedId}`
  const reader = await office.signIn(["receipts.read"])
  assert.equal((await office.ask("POST", `${path}/confirm`, { key: reader.key })).status, 403)
  const self = await office.signIn(["receipts.release", "receipts.read"], memberId)
  assert.equal((await office.ask("POST", `${path}/confirm`, { key: self.key })).body.code, "own_points")
  assert.equal((await office.ask("POST", `${path}/confirm`)).body.state, "confirmed")
  assert.equal((await office.ask("POST", `${path}/reject`)).body.code, "disowned_decided")
  assert.equal((await office.ask("POST", "/disowned-receipts/999999/reject")).body.code, "disowned_not_found")
  assert.equal((await office.ask("GET", "/disowned-receipts?state=confirmed")).body.receipts[0].disownedId, disownedId)
})
