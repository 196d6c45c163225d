import { putProducts } from "@mila/catalog"
import { aProduct } from "@mila/catalog/testing"
import { closeTestDatabases } from "@mila/db/testing"
import { type Day, inTransaction, minor } from "@mila/kernel"
import { aShop } from "@mila/shops/testing"
import { claimPoints, recordReceipts, type Sale, tillById } from "@mila/tills"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { anOffice } from "./testing.ts"

after(closeTestDatabases)

test("A23: points of a receipt without a card that need a person: seen, given once, never by the member themselves", async () => {
  const office = await anOffice()
  const cream = aProduct({ regularPriceMinor: minor(10_000), cardPriceMinor: minor(10_000) })
  const shop: string = (await office.ask("POST", "/shops", { body: aShop() })).body.code
  const { tillId } = (await office.ask("POST", "/tills", { body: { shop, till: 1 } })).body
  const { memberId } = (await office.ask("POST", "/members", { body: { name: { family: "", given: "Ольга" }, phone: "+375294440001" } }))
    .body
  const at = office.context.clock.now()
  await inTransaction(office.db, (tx) => putProducts(tx, [cream], { at }))
  let sold = 0
  const sell = (uid: string) =>
    inTransaction(office.db, async (tx) => {
      const sale: Sale = {
        ...{ storeCode: shop, tillNo: 1, shift: 1, number: (sold += 1), soldAt: "2026-11-22T12:00:00+03:00", totalMinor: 10_000 },
        lines: [{ no: 1, sku: cream.sku, quantityMilli: 1_000, priceMinor: 10_000, amountMinor: 10_000 }],
        tenders: [{ type: "card", amountMinor: 10_000 }],
        fiscal: { uid },
      }
      await recordReceipts(tx, [{ till: await tillById(tx, tillId), requestKey: null, sale, locale: "ru" }], { at })
    })
  const fiscalUid = "26C0DB0F7A7C4A4B0A0B0001"
  await sell(fiscalUid)
  const asked = { memberId, soldOn: "2026-11-22" as Day, totalMinor: 10_000, at }
  for (let nth = 0; nth < 5; nth += 1) {
    const uid = `26C0DB0F7A7C4A4B0A0B100${nth}`
    await sell(uid)
    await inTransaction(office.db, (tx) => claimPoints(tx, { ...asked, fiscalUid: uid }))
  }
  await inTransaction(office.db, (tx) => claimPoints(tx, { ...asked, fiscalUid }))
  const { claims } = (await office.ask("GET", "/points-claims")).body
  assert.deepEqual(
    claims.map(({ reason, state }: { reason: string; state: string }) => [state, reason]),
    [["with_staff", "many"]],
  )
  const path = `/points-claims/${claims[0].claimId}/give`
  const self = await office.signIn(["receipts.release", "receipts.read"], memberId)
  assert.equal((await office.ask("POST", path, { key: self.key })).body.code, "own_points")
  assert.equal((await office.ask("POST", path)).body.earned, 100)
  assert.equal((await office.ask("POST", path)).status, 409)
  assert.equal((await office.ask("GET", `/members/${memberId}/points-claims`)).body.claims.length, 6)
})
