import { closeTestDatabases, ownDb } from "@mila/db/testing"
import { day, simulatedClock } from "@mila/kernel"
import { finder, type Finder, findGoods, KeptIndex } from "@mila/catalog"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { demoShelves, putShelves } from "./shelves/put-shelves.ts"

const GOODS = 5_000
const today = day("2026-11-23")

/** What people type, and what each of the first ten must be called; `first`: what the first must be, `some`: what one of them must be. */
type Asked = { text: string; is?: RegExp; first?: RegExp; some?: RegExp }

const ASKED: readonly (readonly [why: string, asked: readonly Asked[]])[] = [
  [
    "as it is called",
    [
      { text: "шампунь", is: /шампун/i },
      { text: "крем для рук", is: /крем для рук/i },
      { text: "тушь для ресниц водостойкая", is: /тушь для ресниц водостойкая/i },
      { text: "маска тканевая", is: /маска тканевая/i },
      { text: "паста зубная детская", is: /паста зубная детская/i },
      { text: "лак для ногтей", is: /лак для ногтей/i },
      { text: "колготки 40 den", is: /колготки 40 den/i },
      { text: "подарочный сертификат", some: /сертификат/i },
    ],
  ],
  [
    "in another form, and in another order",
    [
      { text: "шампуни от перхоти", is: /шампунь от перхоти/i },
      { text: "для рук крем", is: /крем для рук/i },
      { text: "масок для волос", is: /маска для волос/i },
      { text: "патчей", is: /патчи/i },
      { text: "носков мужских", is: /носки мужские/i },
      { text: "гелей для стирки", is: /гель для стирки/i },
    ],
  ],
  [
    "a brand as it is written and as it sounds",
    [
      { text: "Relouis", is: /relouis/i },
      { text: "релуи помада", is: /помада.*relouis/i },
      { text: "мейбелин тушь", is: /тушь.*maybelline/i },
      { text: "лореаль", is: /l'or[eé]al/i },
      { text: "белита крем", is: /крем.*белита/i },
      { text: "bielita", is: /белита/i },
      { text: "vitex шампунь", is: /витэкс/i, first: /шампунь/i },
      { text: "нивея для мужчин", some: /мужской.*nivea/i },
      { text: "шварцкопф краска", is: /schwarzkopf/i, first: /краска/i },
      { text: "памперсы", is: /подгузник|pampers|салфетки влажные детские/i },
    ],
  ],
  [
    "with slips of fingers",
    [
      { text: "шампун", is: /шампун/i },
      { text: "помда", is: /помада/i },
      { text: "дезадорант", is: /дезодорант/i },
      { text: "сыворотка дял лица", some: /сыворотка/i },
      { text: "garnieer", is: /garnier/i },
      { text: "крем тонлаьный", is: /крем тональный/i },
    ],
  ],
  [
    "on the other keyboard layout",
    [
      { text: "ifvgeym", is: /шампун/i },
      { text: "gjvflf", is: /помада/i },
      { text: "ufhymth", is: /garnier/i },
      { text: "тшмуф", is: /nivea/i },
      { text: "yjcrb", is: /носки/i },
    ],
  ],
  [
    "in Belarusian and in English",
    [
      { text: "крэм для рук", is: /крем для рук/i },
      { text: "шкарпэткі", is: /носки|колготки|гольфы/i },
      { text: "зубная паста дзіцячая", is: /паста зубная детская/i },
      { text: "hand cream", is: /крем для рук/i },
      { text: "nail polish", is: /лак/i, first: /лак для ногтей/i },
      { text: "lipstick", is: /помада/i },
    ],
  ],
  [
    "by what it is like",
    [
      { text: "красная помада", is: /помада/i },
      { text: "корейские патчи", is: /патчи/i },
      { text: "тоналка", is: /тональн/i },
      { text: "маскара", is: /тушь/i },
      { text: "спф 50", some: /spf 50/i },
      { text: "набор в подарок", is: /подарочный набор/i },
      { text: "подарок маме", is: /подарочн/i },
      { text: "подарок мужу", some: /мужск/i, is: /подарочн|мужск/i },
      { text: "что подарить подруге", is: /подарочн/i },
    ],
  ],
]

let found: Finder
before(async () => {
  const own = await ownDb()
  const clock = simulatedClock(new Date("2026-11-23T09:00:00Z"))
  await putShelves(own.db, demoShelves({ today, goods: GOODS }), { today, progress: () => {} })
  const search = await KeptIndex.open({ db: own.db, clock, onError: (error) => console.error(error) })
  found = finder({ db: own.db, clock, search })
})
after(closeTestDatabases)

for (const [why, asked] of ASKED) {
  test(`what people ask for is found: ${why}`, async () => {
    const missed: string[] = []
    for (const { text, is = /./, some = /./, first = /./ } of asked) {
      const { tiles } = await findGoods(found, { text, limit: 10 })
      const names = tiles.map((tile) => `${tile.name.ru} ${tile.brand ?? ""}`)
      const right = names.every((name) => is.test(name)) && names.some((name) => some.test(name)) && first.test(names[0] ?? "")
      if (!right) missed.push(`${text}: ${names.join("; ") || "nothing"}`)
    }
    assert.deepEqual(missed, [])
  })
}
