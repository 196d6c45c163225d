import { putCategories, putProducts } from "@mila/catalog"
import { type OwnDb, ownDb } from "@mila/db/testing"
import { checkDigit, inTransaction, minor } from "@mila/kernel"
import { openShops } from "@mila/shops"
import { aShop } from "@mila/shops/testing"
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { feedZones, repeatImport, sayPriceType, sayWarehouse, ymlFeed } from "./index.ts"
import { bytesOf } from "./reading/bytes.ts"
import type { Fact } from "./reading/facts.ts"
import { readFacts } from "./reading/read-facts.ts"
import { childrenOf, type Element, textOf, XmlStream } from "./reading/xml.ts"
import { faultsBySchema, imported, importXml, offersXml, ran } from "./testing.ts"

const at = new Date("2026-11-03T09:00:00Z")
const SCHEMA = readFileSync(join(import.meta.dirname, "yml.xsd"), "utf8")
const WORDS =
  "<Классификатор><Ид>k</Ид><Группы><Группа><Ид>g1</Ид><Наименование>Уход &amp; красота</Наименование><Группы><Группа><Ид>g2</Ид><Наименование>Кремы</Наименование></Группа></Группы></Группа></Группы></Классификатор>"
const TYPES = [
  ["r", "Розничная"],
  ["w", "Розничная запад"],
]
  .map(([id, name]) => `<ТипЦены><Ид>${id}</Ид><Наименование>${name}</Наименование><Валюта>BYN</Валюта></ТипЦены>`)
  .join("")
const SHOPS =
  "<Склады><Склад><Ид>w-1</Ид><Наименование>Рынок</Наименование></Склад><Склад><Ид>0101</Ид><Наименование>0101</Наименование></Склад></Склады>"

let own: OwnDb
before(async () => {
  own = await ownDb()
  await inTransaction(own.db, (tx) => openShops(tx, { shops: [aShop({ code: "0101" }), aShop({ code: "0202" })], at }))
  const inner = (more = ""): string => `<Группы><Ид>g2</Ид></Группы><Страна>Корея</Страна>${more}`
  const long = "Крем для сухой и очень сухой кожи ".repeat(8).trim()
  await imported(
    own.db,
    importXml(
      [
        {
          id: "cream",
          name: "Крем &lt;b&gt;&amp; гель",
          inner: inner(`<Описание>${"&lt;p&gt;Лёгкий «крем» &amp; гель &#128139;&lt;/p&gt; ".repeat(120)}</Описание>`),
        },
        { id: "long", name: long, inner: inner() },
        { id: "bare", name: "Мыло" },
      ],
      { before: WORDS },
    ),
  )
  const offers = offersXml(
    [
      {
        id: "cream#1",
        name: "Крем",
        characteristic: ["Объём", "50 мл"],
        ean: "4006381333931",
        prices: { r: "12.30", w: "11" },
        stock: { "w-1": 2 },
      },
      { id: "cream#2", name: "Крем", characteristic: ["Объём", "100 мл"], prices: { r: "20", w: "19.90" }, stock: { "0101": 3 } },
      { id: "long#a", name: `${long} тон 01`, prices: { r: "5" } },
      { id: "long#b", name: `${long} тон 02`, prices: { r: "5" } },
      { id: "bare", prices: { r: "0.01" }, ean: "10012345678902" },
    ],
    { before: `<ТипыЦен>${TYPES}</ТипыЦен>${SHOPS}` },
  )
  const job = await imported(own.db, offers, { name: "offers.xml" })
  await inTransaction(own.db, async (tx) => {
    await sayPriceType(tx, { source: "1c", id: "w", means: "regular", zone: "west" })
    await sayWarehouse(tx, { source: "1c", id: "w-1", shop: "0202", zone: "west", at })
    await repeatImport(tx, { id: job.id, dryRun: false, by: 1, at })
  })
  await ran(own.db, { at })
})
after(() => own.drop())

async function feedOf(zone: string): Promise<string> {
  let text = ""
  for await (const part of ymlFeed(own.db, { zone, shop: { name: "Мила & Ко", publicUrl: "https://mila.example" }, at })) text += part
  return text
}

const faultsOf = (feed: string): Promise<string[]> => faultsBySchema(feed, SCHEMA)

function offersIn(feed: string): Element[] {
  const offers: Element[] = []
  const stream = new XmlStream({
    isRecord: (path) => path.at(-1) === "offer",
    opened: () => undefined,
    record: (offer) => void offers.push(offer),
  })
  stream.write(feed)
  stream.end()
  return offers
}

const codeOf = (offer: Element): string => textOf(offer, "vendorCode")!

/** What no schema can say: a price before a discount is above it, codes are barcodes, variants of one thing differ in a parameter. */
function crossFaultsOf(feed: string): string[] {
  const offers = offersIn(feed)
  const params = (offer: Element): string =>
    childrenOf(offer, "param")
      .map(({ attributes, text }) => `${attributes["name"]}=${text}`)
      .join("|")
  const dearer = offers.filter(
    (offer) => textOf(offer, "oldprice") !== undefined && Number(textOf(offer, "oldprice")) <= Number(textOf(offer, "price")),
  )
  const codes = offers
    .flatMap((offer) => childrenOf(offer, "barcode").map(({ text }) => text))
    .filter((ean) => Number(ean.at(-1)) !== checkDigit(ean.slice(0, -1)))
  const grouped = Map.groupBy(
    offers.filter(({ attributes }) => attributes["group_id"]),
    ({ attributes }) => attributes["group_id"],
  )
  const alike = [...grouped].filter(([, variants]) => variants.length < 2 || new Set(variants.map(params)).size < variants.length)
  return [
    ...dearer.map(({ attributes }) => `oldprice of ${attributes["id"]}`),
    ...codes.map((ean) => `barcode ${ean}`),
    ...alike.map(([group]) => `group ${group}`),
  ]
}

test("the feed of every zone is valid by the format's rules, to a parser that is not ours, at the zone's own prices and stock", async () => {
  const zones = [...(await feedZones(own.db))].toSorted()
  assert.deepEqual(zones, ["main", "west"])
  const seen: Record<string, unknown> = {}
  for (const zone of zones) {
    const feed = await feedOf(zone)
    assert.deepEqual([...(await faultsOf(feed)), ...crossFaultsOf(feed)], [], zone)
    seen[zone] = offersIn(feed)
      .filter((offer) => codeOf(offer).startsWith("cream"))
      .map((offer) => [textOf(offer, "price"), offer.attributes["available"], textOf(offer, "country_of_origin")])
  }
  assert.deepEqual(seen, {
    main: [
      ["12.30", "false", "Южная Корея"],
      ["20.00", "true", "Южная Корея"],
    ],
    west: [
      ["11.00", "true", "Южная Корея"],
      ["19.90", "false", "Южная Корея"],
    ],
  })
})

test("variants have a name, an address and a parameter each; amounts have their unit; long texts end at a word; a box's code is left out", async () => {
  const offers = new Map(offersIn(await feedOf("main")).map((offer) => [codeOf(offer), offer]))
  assert.deepEqual(
    ["cream#1", "cream#2"].map((code) => [textOf(offers.get(code)!, "name"), textOf(offers.get(code)!, "url")]),
    [
      ["Крем <b>& гель, 50 мл", "https://mila.example/p/krem-b-gel"],
      ["Крем <b>& гель, 100 мл", "https://mila.example/p/krem-b-gel?sku=cream%232"],
    ],
  )
  const long = textOf(offers.get("long#a")!, "name")!
  assert.match(long, /^Крем .*кожи.*, тон 01$/)
  assert.match(textOf(offers.get("long#b")!, "name")!, /, тон 02$/)
  assert.ok(long.length <= 150)
  assert.deepEqual(childrenOf(offers.get("bare")!, "barcode"), [])
  assert.ok(textOf(offers.get("cream#1")!, "description")!.length <= 3_000)
})

test("what a zone's feed links to opens at the zone's prices: its address names the zone", async () => {
  const offers = new Map(offersIn(await feedOf("west")).map((offer) => [codeOf(offer), offer]))
  assert.deepEqual(
    ["cream#1", "cream#2"].map((code) => textOf(offers.get(code)!, "url")),
    ["https://mila.example/p/krem-b-gel?zone=west", "https://mila.example/p/krem-b-gel?sku=cream%232&zone=west"],
  )
})

test("a category keeps its number when others come before it, and what costs nothing is not offered", async () => {
  const placed = (feed: string): string | undefined =>
    textOf(
      offersIn(feed).find((offer) => codeOf(offer) === "cream#1")!,
      "categoryId",
    )
  const before = placed(await feedOf("main"))
  await inTransaction(own.db, async (tx) => {
    await putCategories(tx, [{ path: "aaa", name: { ru: "Первая", be: "Першая", en: "First" } }])
    const free = {
      name: { ru: "Пакет", be: "Пакет", en: "Bag" },
      kind: "goods",
      brand: null,
      category: null,
      eans: [],
      minPriceMinor: null,
    } as const
    await putProducts(tx, [{ ...free, sku: "bare", regularPriceMinor: minor(0), cardPriceMinor: minor(0) }], { at })
  })
  const feed = await feedOf("main")
  assert.equal(placed(feed), before)
  assert.deepEqual(await faultsOf(feed), [])
  assert.equal(offersIn(feed).length, 4)
})

test("the feed reads back as it went out", async () => {
  const facts: Fact[] = []
  for await (const batch of readFacts(bytesOf(await feedOf("west")), { currencies: ["byn"] })) {
    facts.push(...batch.facts.map(({ fact }) => fact))
    assert.deepEqual(batch.faults, [])
  }
  const good = facts.find((fact) => fact.kind === "good" && fact.name.startsWith("Крем <b>& гель"))
  assert.deepEqual([good?.kind === "good" && good.country, facts.filter(({ kind }) => kind === "offer").length], ["Южная Корея", 4])
})

test("the rules catch a feed that breaks one of them", async () => {
  const sound = await feedOf("west")
  const breaks: Readonly<Record<string, [from: string | RegExp, to: string]>> = {
    "a date without its zone": ["+03:00", ""],
    "no currency": ["<currencyId>BYN</currencyId>\n", ""],
    "a currency the shop has not": ["<currencyId>BYN", "<currencyId>EUR"],
    "a price of nothing": [/<price>[^<]+/, "<price>0.00"],
    "a price with a comma": [/<price>[^<]+/, "<price>11,00"],
    "no name": [/<name>Крем[^\n]+\n/, ""],
    "a name too long": [/<name>Крем/, `<name>${"Крем ".repeat(40)}`],
    "a parent that is not there": [/ parentId="\d+"/, ' parentId="7"'],
    "a category that is not there": [/<categoryId>\d+/, "<categoryId>7"],
    "an offer twice": [/<offer id="\d+"([^>]*>[^]*?<\/offer>\n)<offer id="\d+"/, '<offer id="1"$1<offer id="1"'],
    "an address of nowhere": ["<url>https://mila.example/p", "<url>/p"],
    "an address in Russian": ["<url>https://mila.example/p/", "<url>https://mila.example/p/крем"],
    "a barcode of letters": [/<barcode>\d+/, "<barcode>abc"],
    "a parameter without a name": [/<param name="[^"]+"/, "<param"],
    "an element nobody knows": ["<store>true</store>", "<shop>true</shop>"],
    "a group of letters": [/group_id="\d+"/, 'group_id="крем"'],
    "no end": ["</yml_catalog>", ""],
  }
  for (const [what, [from, to]] of Object.entries(breaks)) {
    const broken = sound.replace(from, to)
    assert.notEqual(broken, sound, what)
    assert.notDeepEqual(await faultsOf(broken), [], what)
  }
  for (const [from, to] of [
    [/<price>11.00<\/price>/, "<price>11.00</price>\n<oldprice>10.00</oldprice>"],
    [/<barcode>\d+/, "<barcode>4006381333932"],
    [/>50( мл)?<\/param>/g, ">100$1</param>"],
  ] as const) {
    assert.notDeepEqual(crossFaultsOf(sound.replace(from, to)), [], String(from))
  }
})
