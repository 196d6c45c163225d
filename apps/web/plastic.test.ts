import { closeTestDatabases } from "@mila/db/testing"
import { batchNumbers, issueBatch } from "@mila/cards"
import { inTransaction } from "@mila/kernel"
import { recordReceipts, type TillIdentity } from "@mila/tills"
import { aSale, aTill } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { aMemberAt, aWeb, type Web } from "./testing.ts"

let web: Web
let till: TillIdentity
let numbers: string[]
before(async () => {
  web = await aWeb()
  const at = web.clock.now()
  await inTransaction(web.own.db, async (tx) => {
    till = await aTill(tx)
    const { batchId } = await issueBatch(tx, { range: "plastic", count: 20, at, by: "staff:1" })
    numbers = await batchNumbers(tx, { batchId })
  })
})
after(async () => {
  await web.drop()
  await closeTestDatabases()
})

const shown = (card: string) =>
  inTransaction(web.own.db, (tx) =>
    recordReceipts(tx, [{ till, requestKey: null, sale: aSale(till, { card }), locale: "ru" }], { at: web.clock.now() }),
  )

test("a plastic card nobody has shown yet is added by its digits", async () => {
  const browser = await aMemberAt(web, "+375331119901")
  const added = await browser.post("/my/card", { act: "attached", number: numbers[0]! })
  assert.match(added.headers.get("location")!, /done=attached/)
})

test("a card that was shown is proven by its last receipt, and its points come along", async () => {
  await shown(numbers[1]!)
  const browser = await aMemberAt(web, "+375331119902")
  for (const sum of ["", "19,99"]) {
    const refused = await browser.post("/my/card", { act: "attached", number: numbers[1]!, sum })
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /Сумма последнего чека по этой карте не сходится/)
  }
  const added = await browser.post("/my/card", { act: "attached", number: numbers[1]!, sum: "20,00" })
  assert.match(added.headers.get("location")!, /done=attached/)
  assert.match(await (await browser.get("/my/bonuses")).text(), /20.бонусов/)
})

test("nobody counts through numbers: after ten tries in a day one waits", async () => {
  const browser = await aMemberAt(web, "+375331119903")
  const tries = []
  for (let nth = 0; nth < 11; nth += 1)
    tries.push((await browser.post("/my/card", { act: "attached", number: `28${String(nth).padStart(11, "0")}` })).status)
  assert.deepEqual([...new Set(tries.slice(0, 10))], [422])
  assert.equal(tries[10], 429)
})
