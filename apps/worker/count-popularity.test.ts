import { putGroups } from "@mila/catalog"
import { aGroup, aVariant } from "@mila/catalog/testing"
import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { receiptIdOf, recordReceipts, recordReturn } from "@mila/tills"
import { aLine, aReturn, aSale, aTill } from "@mila/tills/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { countPopularity } from "./count-popularity.ts"

const AT = new Date("2026-11-23T09:00:00Z")

after(closeTestDatabases)

test("what the tills sold becomes popular over night, and what came back less so; a chain without tills keeps what it has", async () => {
  const own = await ownDb()
  const goods = ["worker-a", "worker-b"].map((sku) => aGroup({ code: sku, variants: [aVariant({ sku, eans: [] })] }))
  await inTransaction(own.db, (tx) => putGroups(tx, [{ ...goods[0]!, popularity: 9 }, goods[1]!], { at: AT }))
  const popularity = async () =>
    (await own.owner.pool.query("select popularity from catalog.product_group where code like 'worker-_' order by code")).rows.map(
      (row) => row.popularity,
    )
  const night = (days: number) => new Date(AT.getTime() + days * 86_400_000)
  assert.equal((await countPopularity(own.db, { at: night(1) })).changed, 0)
  assert.deepEqual(await popularity(), [9, 0])

  const till = await inTransaction(own.db, (tx) => aTill(tx, { at: AT }))
  const sale = aSale(till, { soldAt: AT.toISOString(), lines: [aLine({ sku: "worker-b", quantityMilli: 3_000, amountMinor: 6_000 })] })
  await inTransaction(own.db, (tx) => recordReceipts(tx, [{ till, requestKey: null, sale, locale: "ru" }], { at: AT }))
  await countPopularity(own.db, { at: night(1) })
  assert.deepEqual(await popularity(), [0, 3])
  const back = aReturn(till, { sale: receiptIdOf(sale), returnedAt: night(1).toISOString() })
  await inTransaction(own.db, (tx) => recordReturn(tx, { till, requestKey: null, return: back, locale: "ru" }, { at: night(1) }))
  await countPopularity(own.db, { at: night(2) })
  assert.deepEqual(await popularity(), [0, 2])
  await own.drop()
})
