import { closeTestDatabases, rolledBack } from "@mila/db/testing"
import { day, Refusal } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import {
  type DayHours,
  endSpecialHours,
  findShops,
  hoursOn,
  kilometres,
  listServices,
  openingAt,
  openShop,
  putSpecialHours,
  type Schedule,
  schedulesOf,
  setShopDetails,
  shopByCode,
  type WeekHours,
} from "./index.ts"
import { aShop } from "./testing.ts"

after(closeTestDatabases)

const at = new Date("2026-11-24T09:00:00Z") // a Tuesday, noon in Minsk
const by = "staff:1"
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

const weekOf = (usual: DayHours, saturday: DayHours = usual, sunday: DayHours = saturday): WeekHours => [
  ...([usual, usual, usual, usual, usual] as const),
  saturday,
  sunday,
]
const aSchedule = (wishes: Partial<Schedule> = {}): Schedule => ({
  ...{ state: "open", week: weekOf("09:00-21:00", "10:00-20:00", "closed"), holiday: "usual", special: [] },
  ...wishes,
})
const minsk = (text: string): Date => new Date(`${text}:00+03:00`)

test("open now is by the clocks of Minsk, to the minute", () => {
  const shop = aSchedule()
  assert.deepEqual(openingAt(shop, minsk("2026-11-24T08:59")), {
    isOpen: false,
    until: null,
    opensNext: { day: "2026-11-24", from: "09:00" },
  })
  assert.deepEqual(openingAt(shop, minsk("2026-11-24T09:00")), { isOpen: true, until: "21:00", opensNext: null })
  assert.equal(openingAt(shop, minsk("2026-11-24T20:59")).isOpen, true)
  assert.deepEqual(openingAt(shop, minsk("2026-11-28T20:00")), {
    isOpen: false,
    until: null,
    opensNext: { day: "2026-11-30", from: "09:00" },
  })
})

test("a night past midnight belongs to the day it began, and round the clock has no end", () => {
  const night = aSchedule({ week: weekOf("10:00-02:00") })
  assert.deepEqual(openingAt(night, minsk("2026-11-24T01:30")), { isOpen: true, until: "02:00", opensNext: null })
  assert.equal(openingAt(night, minsk("2026-11-24T02:00")).isOpen, false)
  const always = aSchedule({ week: weekOf("00:00-24:00") })
  assert.deepEqual(openingAt(always, minsk("2026-11-24T23:59")), { isOpen: true, until: null, opensNext: null })
})

test("a state holiday has its own hours, Radunitsa too, and what was said of the very day is stronger", () => {
  const shop = aSchedule({ holiday: "10:00-18:00" })
  assert.deepEqual(hoursOn(shop, day("2027-01-01")), {
    ...{ day: "2027-01-01", hours: "10:00-18:00", holiday: "new_year", reason: null, isSpecial: true },
  })
  assert.deepEqual([hoursOn(shop, day("2027-05-11"))!.holiday, hoursOn(shop, day("2027-05-11"))!.hours], ["radunitsa", "10:00-18:00"])
  const special = [{ fromDay: day("2027-01-01"), toDay: day("2027-01-02"), hours: "closed" as const, reason: null }]
  assert.equal(hoursOn({ ...shop, special }, day("2027-01-01"))!.hours, "closed")
  const later = { fromDay: day("2027-01-02"), toDay: day("2027-01-02"), hours: "12:00-16:00", reason: null }
  assert.equal(hoursOn({ ...shop, special: [...special, later] }, day("2027-01-02"))!.hours, "12:00-16:00", "the latest word holds")
  assert.equal(hoursOn(aSchedule(), day("2027-01-01"))!.hours, "09:00-21:00")
})

test("a shop nobody has told the hours of is neither open nor closed; one closed for good is closed", () => {
  assert.equal(openingAt(aSchedule({ week: null }), at).isOpen, null)
  assert.deepEqual(openingAt(aSchedule({ state: "closed" }), at), { isOpen: false, until: null, opensNext: null })
})

test("hours, phone and services are kept; what is left out stays; what is not hours is refused", () =>
  rolledBack(async (tx) => {
    await openShop(tx, { ...aShop({ code: "a" }), at })
    await setShopDetails(tx, { code: "a", week: weekOf("09:00-21:00"), holiday: "closed", phone: "+375171234567", services: ["parking"] })
    const shop = await setShopDetails(tx, { code: "a", services: ["parking", "pickup"] })
    assert.deepEqual(
      [shop.week?.[6], shop.holiday, shop.phone, shop.services],
      ["09:00-21:00", "closed", "+375171234567", ["parking", "pickup"]],
    )
    assert.equal((await listServices(tx)).length, 8)
    for (const wrong of ["9-21", "09:00-25:00", "09:00-09:00", "24:00-09:00"])
      await assert.rejects(setShopDetails(tx, { code: "a", week: weekOf(wrong) }), refused("shop_hours_invalid"), wrong)
    await assert.rejects(setShopDetails(tx, { code: "a", services: ["sauna"] }), refused("shop_service_unknown"))
    await assert.rejects(setShopDetails(tx, { code: "nowhere", phone: null }), refused("shop_not_found"))
    assert.equal((await setShopDetails(tx, { code: "a", week: null })).week, null)
  }))

test("a closing for a while holds from its first day to its last, and can be taken back once", () =>
  rolledBack(async (tx) => {
    await openShop(tx, { ...aShop({ code: "a" }), at })
    await setShopDetails(tx, { code: "a", week: weekOf("09:00-21:00") })
    const reason = { ru: "Ремонт", be: "Рамонт", en: "Repairs" }
    const asked = { shop: "a", fromDay: day("2026-11-24"), toDay: day("2026-11-26"), hours: "closed" as const, reason, at, by }
    const { id } = await putSpecialHours(tx, asked)
    const opening = async () =>
      openingAt((await schedulesOf(tx, { shops: [(await shopByCode(tx, "a"))!], from: day("2026-11-23") })).get("a")!, at)
    assert.deepEqual(await opening(), { isOpen: false, until: null, opensNext: { day: "2026-11-27", from: "09:00" } })
    await endSpecialHours(tx, { shop: "a", id, at })
    assert.equal((await opening()).isOpen, true)
    await assert.rejects(endSpecialHours(tx, { shop: "a", id, at }), refused("special_hours_not_found"))
    await assert.rejects(putSpecialHours(tx, { ...asked, toDay: day("2026-11-23") }), refused("shop_hours_invalid"))
    await assert.rejects(putSpecialHours(tx, { ...asked, shop: "nowhere" }), refused("shop_not_found"))
    const card = { ru: "4111 1111 1111 1111", be: "", en: "" }
    await assert.rejects(putSpecialHours(tx, { ...asked, reason: card }), refused("bank_card_number"))
  }))

test("shops are found by town and street as people type, by services, by being open, the nearest first", () =>
  rolledBack(async (tx) => {
    const orsha = { city: { ru: "Орша", be: "Орша", en: "Orša" }, latitude: 54.508, longitude: 30.425 }
    const [minskShop, orshaShop] = [aShop({ code: "m" }), aShop({ code: "o", ...orsha })]
    for (const shop of [minskShop, orshaShop]) await openShop(tx, { ...shop, at })
    await setShopDetails(tx, { code: "m", week: weekOf("09:00-21:00"), services: ["parking"] })
    const codes = async (asked: object) => (await findShops(tx, { at, ...asked })).shops.map(({ code }) => code)
    assert.deepEqual(await codes({}), ["m", "o"])
    for (const text of ["орша", "ОРША независим", "orsa"]) assert.deepEqual(await codes({ text }), ["o"], text)
    assert.deepEqual(await codes({ onlyOpen: true }), ["m"])
    assert.deepEqual(await codes({ services: ["parking", "pickup"] }), [])
    assert.deepEqual(await codes({ codes: new Set(["o"]) }), ["o"])
    assert.deepEqual(await codes({ near: { latitude: 55.19, longitude: 30.2 } }), ["o", "m"])
  }))

test("a town without a shop means the shops around it", () =>
  rolledBack(async (tx) => {
    for (const [code, latitude, longitude] of [
      ["m", 53.9, 27.56],
      ["o", 54.5, 30.42],
    ] as const)
      await openShop(tx, { ...aShop({ code, latitude, longitude }), at })
    const { shops, around } = await findShops(tx, { text: "толочин", at })
    assert.deepEqual([shops.map(({ code }) => code), around?.be], [["o", "m"], "Талачын"])
    assert.deepEqual((await findShops(tx, { text: "Ривендейл", at })).shops, [])
    assert.ok(Math.abs(kilometres({ latitude: 53.9, longitude: 27.56 }, { latitude: 52.09, longitude: 23.69 }) - 327) < 3)
  }))
