import { imported, importXml, offersXml } from "@mila/exchange/testing"
import { inTransaction } from "@mila/kernel"
import { openShops } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { anOffice, type TestOffice } from "./testing.ts"

let office: TestOffice
before(async () => void (office = await anOffice()))
after(() => office.drop())

test("a held import is seen with what it would do and why it waits, and let go on or stopped by who may, with a trace", async () => {
  const at = office.context.clock.now()
  await inTransaction(office.db, (tx) => openShops(tx, { shops: [aShop({ code: "0101" })], at }))
  const goods = Array.from({ length: 20 }, (_, place) => `o-${place}`)
  const stock = { "w-1": 3 }
  await imported(office.db, importXml(goods.map((id) => ({ id, name: `Крем ${id}` }))))
  const usual = offersXml(goods.map((id) => ({ id, prices: { r: "10" }, stock })))
  const first = await imported(
    office.db,
    usual.replace("<Предложения>", "<Склады><Склад><Ид>w-1</Ид><Наименование>Рынок</Наименование></Склад></Склады><Предложения>"),
  )
  const held = await imported(office.db, offersXml(goods.map((id) => ({ id, prices: { r: "1000" } }))))

  const { body: list } = await office.ask("GET", "/imports?state=held", { headers: { "accept-language": "be" } })
  assert.deepEqual(
    list.imports.map((one: any) => [one.id, one.diff.prices.jumped, one.heldFor[0].code, one.heldFor[0].text]),
    [[held.id, 20, "prices_jump", "занадта шмат цэн змянілася ў некалькі разоў"]],
  )
  const { key: reader } = await office.signIn(["imports.read"])
  assert.equal((await office.ask("POST", `/imports/${held.id}/release`, { body: { note: "ok" }, key: reader })).status, 403)
  const stopped = await office.ask("POST", `/imports/${held.id}/stop`, { body: { note: "цены в копейках" } })
  assert.deepEqual([stopped.status, stopped.body.state, stopped.body.note], [200, "stopped", "цены в копейках"])
  assert.deepEqual((await office.ask("POST", `/imports/${held.id}/release`, { body: { note: "ok" } })).body.code, "import_not_held")
  const { body: trail } = await office.ask("GET", `/audit?object=import:${held.id}`)
  assert.deepEqual(
    trail.entries.map(({ action }: { action: string }) => action),
    ["import.stop"],
  )

  const { body: aside } = await office.ask("GET", `/imports/${first.id}/quarantine`, { headers: { "accept-language": "en" } })
  assert.deepEqual(
    aside.rows.map(({ reason, thing, text }: any) => [reason, thing, text]),
    [["warehouse_unknown", "w-1", "it has not been set which shop this is"]],
  )
  assert.equal((await office.ask("PUT", "/warehouses", { body: { source: "1c", id: "w-1", shop: "nope" } })).body.code, "shop_not_found")
  const said = await office.ask("PUT", "/warehouses", { body: { source: "1c", id: "w-1", shop: "0101", zone: "west" } })
  assert.deepEqual([said.status, said.body.shop, said.body.chosen], [200, "0101", true])
  const types = await office.ask("PUT", "/price-types", { body: { source: "1c", id: "k", means: "nothing" } })
  assert.deepEqual([types.status, types.body.means, types.body.zone], [200, "nothing", "main"])
  assert.equal((await office.ask("GET", "/price-types")).body.priceTypes.length, 2)
  const again = await office.ask("POST", `/imports/${first.id}/repeat`, { body: { dryRun: true } })
  assert.deepEqual([again.status, again.body.state, again.body.dryRun], [202, "waiting", true])
  assert.equal((await office.ask("GET", "/imports/999999")).body.code, "import_not_found")
})
