import { catalogWords, groupByCode, putBrands } from "@mila/catalog"
import { ownDb, type OwnDb } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { imported, importXml, offersXml } from "./testing.ts"

let own: OwnDb
const at = new Date("2026-11-02T09:00:00Z")
before(async () => void (own = await ownDb()))
after(() => own.drop())

const groupOf = async (code: string) => (await inTransaction(own.db, (tx) => groupByCode(tx, { code, at })))!
const yml = (offers: string): string =>
  `<yml_catalog date="2026-11-02"><shop><currencies><currency id="BYN" rate="1"/></currencies><categories><category id="1">Уход</category></categories><offers>${offers}</offers></shop></yml_catalog>`
const offer = (id: string, inner: string, group = ""): string =>
  `<offer id="${id}"${group}><name>Крем ${id}</name><price>10</price><currencyId>BYN</currencyId><categoryId>1</categoryId>${inner}</offer>`
const param = (name: string, value: string): string => `<param name="${name}">${value}</param>`

test("what the law wants told of a good comes from a feed: who makes it and brings it in with their addresses, how long it lasts, whether it may be brought back", async () => {
  const params = [
    param("Изготовитель", "ESTER SAS, адрес: 5 avenue du Gén. de Gaulle, 94160 Saint-Mandé"),
    param("Импортёр", "ООО «Мила»"),
    param("Адрес импортёра", "220000, г. Минск, ул. Ленина, 1"),
    param("Срок годности", "36 мес."),
    param("Срок годности после вскрытия", "12 месяцев"),
    param("Не подлежит возврату и обмену", "да"),
    param("Тип кожи", "сухая"),
  ]
  await imported(own.db, yml(offer("told", params.join(""))), { source: "told" })
  const group = await groupOf("told")
  assert.deepEqual(group.maker, { name: "ESTER SAS", address: "5 avenue du Gén. de Gaulle, 94160 Saint-Mandé" })
  assert.deepEqual(group.importer, { name: "ООО «Мила»", address: "220000, г. Минск, ул. Ленина, 1" })
  assert.deepEqual([group.shelfLifeMonths, group.openedMonths, group.returns], [36, 12, "never"])
  assert.deepEqual(Object.keys(group.attributes), ["tip_kozhi"])
})

test("the same heads stand in a sheet as people write them; what variants share is no name of a variant", async () => {
  const heads = "Код;Код группы;Наименование;Цена;Адрес изготовителя;Изготовитель;Возврат и обмен;После вскрытия;Объём"
  const maker = "г. Витебск, ул. Мира, 2;ОАО «Завод»;в течение 14 дней;90 дней"
  await imported(own.db, `${heads}\ns1;s;Шампунь;5;${maker};250 мл\ns2;s;Шампунь;9;${maker};500 мл\n`, {
    source: "sheet",
    name: "goods.csv",
  })
  const group = await groupOf("s")
  assert.deepEqual(group.maker, { name: "ОАО «Завод»", address: "г. Витебск, ул. Мира, 2" })
  assert.deepEqual([group.returns, group.openedMonths], ["standard", 3])
  assert.deepEqual(
    group.variants.map(({ label }) => label?.ru),
    ["250 мл", "500 мл"],
  )
})

test("what isn't understood of returns is the usual; «Возврат: нет» and «Не подлежит возврату: нет» say two things", async () => {
  const said = [
    ["Возврат", "нет", "never"],
    ["Не подлежит возврату", "нет", "sealed_only"],
    ["Возврат", "только в невскрытой упаковке", "sealed_only"],
    ["Возврат", "по закону", "sealed_only"],
    ["Возврат", "не подлежит", "never"],
    ["Подлежит возврату", "да", "standard"],
  ] as const
  const offers = said.map(([name, value], no) => offer(`r${no}`, param(name, value)))
  await imported(own.db, yml(offers.join("")), { source: "returns" })
  for (const [no, [name, value, returns]] of said.entries()) assert.equal((await groupOf(`r${no}`)).returns, returns, `${name}: ${value}`)
})

test("a set names what it is made of, by 1C's own parts or by codes in its property; a list in words stays a property", async () => {
  const part = (id: string, count: number): string =>
    `<Комплектующее><Ид>${id}</Ид><Наименование>${id}</Наименование><Количество>${count}</Количество></Комплектующее>`
  const address =
    "<Изготовитель><Ид>z</Ид><ОфициальноеНаименование>Завод</ОфициальноеНаименование><ЮридическийАдрес><Представление>г. Гродно</Представление></ЮридическийАдрес></Изготовитель>"
  const goods = [
    { id: "soap", name: "Мыло" },
    { id: "milk", name: "Молочко" },
    { id: "box", name: "Набор", inner: `${address}<Комплектующие>${part("soap", 2)}${part("milk", 1)}</Комплектующие>` },
    { id: "half", name: "Набор 2", inner: `<Комплектующие>${part("soap", 1)}${part("gone", 1)}</Комплектующие>` },
  ]
  await imported(own.db, importXml(goods), { source: "sets" })
  await imported(own.db, offersXml(goods.map(({ id }) => ({ id, prices: { r: "5" } }))), { source: "sets", name: "offers.xml" })
  assert.deepEqual((await groupOf("box")).madeOf, [
    { sku: "soap", pieces: 2 },
    { sku: "milk", pieces: 1 },
  ])
  assert.deepEqual((await groupOf("box")).maker, { name: "Завод", address: "г. Гродно" })
  assert.deepEqual((await groupOf("half")).madeOf, [], "a set is not shown with less than it holds")

  const long = "крем дневной 50 мл, крем ночной 50 мл, маска 75 мл, сыворотка 30 мл, косметичка, открытка, лента, коробка"
  const offers = [
    offer("p1", ""),
    offer("p2", param("Комплектация", "p1 × 3")),
    offer("p3", param("Комплектация", "крем и маска")),
    offer("p4", param("Состав набора", long)),
  ]
  for (const _ of ["first", "again"]) await imported(own.db, yml(offers.join("")), { source: "feed" })
  assert.deepEqual((await groupOf("p2")).madeOf, [{ sku: "p1", pieces: 3 }])
  assert.deepEqual((await groupOf("p2")).attributes, {})
  assert.deepEqual([(await groupOf("p3")).madeOf, (await groupOf("p3")).attributes], [[], { komplektaciya: ["krem_i_maska"] }])
  assert.equal((await groupOf("p4")).description?.ru, long)
})

test("a brand is from where most of its goods are, unless somebody told it", async () => {
  await inTransaction(own.db, (tx) => putBrands(tx, [{ name: "Told", country: "FR", spoken: [] }], { at }))
  const from = (id: string, brand: string, country: string): string =>
    offer(id, `<vendor>${brand}</vendor><country_of_origin>${country}</country_of_origin>`)
  const feed = [
    from("b1", "Belita", "Беларусь"),
    from("b2", "Belita", "Республика Беларусь"),
    from("b3", "Belita", "Россия"),
    from("b4", "Told", "Корея"),
    from("b5", "Even", "Корея"),
    from("b6", "Even", "Китай"),
  ]
  await imported(own.db, yml(feed.join("")), { source: "brands" })
  const countries = async () =>
    Object.fromEntries(
      (await inTransaction(own.db, catalogWords)).brands.flatMap(({ name, country }) =>
        ["Belita", "Told", "Even"].includes(name) ? [[name, country]] : [],
      ),
    )
  assert.deepEqual(await countries(), { Belita: "BY", Even: null, Told: "FR" })
  await imported(own.db, yml([...feed, from("b7", "Even", "Республика Корея")].join("")), { source: "brands" })
  assert.equal((await countries())["Even"], "KR")
})
