import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { closeShop, countShops, findShops, listShops, openShop, openShops, reopenShop, shopByCode, shopsByCode } from "./index.ts"
import { aShop } from "./testing.ts"

after(closeTestDatabases)

const at = new Date("2026-11-23T09:00:00Z")
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test("an opened shop is found by its code, with its names in three languages", () =>
  rolledBack(async (tx) => {
    const shop = await openShop(tx, { ...aShop({ code: "BY-001" }), at })
    assert.equal(shop.state, "open")
    assert.deepEqual(await shopByCode(tx, "BY-001"), shop)
    assert.deepEqual(Object.keys(shop.name).toSorted(), ["be", "en", "ru"])
  }))

test("a code is never used twice, not even after the shop closed", () =>
  rolledBack(async (tx) => {
    await openShop(tx, { ...aShop({ code: "BY-001" }), at })
    await closeShop(tx, { code: "BY-001", at })
    await assert.rejects(openShop(tx, { ...aShop({ code: "BY-001" }), at }), refused("shop_code_taken"))
  }))

test("many shops open in one statement, and a repeat opens none", () =>
  rolledBack(async (tx) => {
    const shops = ["a", "b", "c"].map((code) => aShop({ code }))
    assert.equal((await openShops(tx, { shops, at })).length, 3)
    assert.deepEqual(await openShops(tx, { shops, at }), [])
    assert.equal(await countShops(tx), 3)
    assert.deepEqual([...(await shopsByCode(tx, ["a", "c", "nowhere"])).keys()].toSorted(), ["a", "c"])
  }))

test("a list is read in pages by code", () =>
  rolledBack(async (tx) => {
    await openShops(tx, { shops: ["a", "b", "c"].map((code) => aShop({ code })), at })
    await closeShop(tx, { code: "b", at })
    assert.deepEqual(
      (await listShops(tx, { most: 2 })).map(({ code }) => code),
      ["a", "b"],
    )
    assert.deepEqual(
      (await listShops(tx, { after: "b" })).map(({ code }) => code),
      ["c"],
    )
    assert.deepEqual(
      (await listShops(tx, { state: "open" })).map(({ code }) => code),
      ["a", "c"],
    )
  }))

test("closing keeps its first date, and a closed shop may open again", () =>
  rolledBack(async (tx) => {
    await openShop(tx, { ...aShop({ code: "a" }), at })
    await closeShop(tx, { code: "a", at })
    const closed = await closeShop(tx, { code: "a", at: new Date("2026-12-01T00:00:00Z") })
    assert.deepEqual([closed.state, closed.closedAt], ["closed", at])
    assert.deepEqual((await reopenShop(tx, { code: "a" })).state, "open")
    await assert.rejects(closeShop(tx, { code: "nowhere", at }), refused("shop_not_found"))
  }))

test("a bank card number in an address is refused", () =>
  rolledBack(async (tx) => {
    const address = { ru: "4111 1111 1111 1111", be: "", en: "" }
    await assert.rejects(openShop(tx, { ...aShop({ address }), at }), refused("bank_card_number"))
  }))

test("where nobody said where they are, shops stand by town, street and house: 9 before 10, whatever the kind of the street, in each language by its own alphabet", () =>
  rolledBack(async (tx) => {
    const placed = (code: string, ru: string, en: string, city = { ru: "Минск", be: "Мінск", en: "Minsk" }) =>
      aShop({ code, city, address: { ru, be: ru.replace("ул.", "вул."), en } })
    const shops = [
      placed("d", "ул. Якуба Коласа, 1", "1 Jakuba Kolasa St."),
      placed("b", "ул. Лесная, 10", "10 Liasnaja St."),
      placed("a", "ул. Лесная, 9", "9 Liasnaja St."),
      placed("c", "пр-т Независимости, 1", "1 Niezaležnasci Ave."),
      placed("e", "ул. Лесная, 1", "1 Liasnaja St.", { ru: "Брест", be: "Брэст", en: "Brest" }),
    ]
    await openShops(tx, { shops, at })
    const codes = async (locale: "ru" | "be" | "en") => (await findShops(tx, { locale, at })).shops.map(({ code }) => code).join("")
    assert.deepEqual(await Promise.all([codes("ru"), codes("be"), codes("en")]), ["eabcd", "eabcd", "edabc"])
  }))
