import type { Product, Variant } from "@mila/catalog"
import { minor, sum } from "@mila/kernel"
import type { DemoGroup } from "./make-groups.ts"
import { barcode, shelfPrice } from "./make-groups.ts"
import { type Dice, seeded } from "../seeded.ts"

const NOTHING = {
  traits: null,
  composition: null,
  maker: null,
  importer: null,
  country: "BY",
  shelfLifeMonths: null,
  openedMonths: null,
  application: null,
} as const

/** Gift certificates: one thing, its values are its variants. */
export function certificates(): DemoGroup {
  const variants = [2_000, 3_000, 5_000, 10_000, 20_000].map((priceMinor, place): Variant => {
    const rubles = priceMinor / 100
    return {
      ...{ sku: `C-${place + 1}`, kind: "certificate", eans: [], minPriceMinor: null, attributes: {}, net: null },
      name: {
        ru: `Подарочный сертификат, ${rubles} р.`,
        be: `Падарункавы сертыфікат, ${rubles} р.`,
        en: `Gift certificate, ${rubles} BYN`,
      },
      label: { ru: `${rubles} р.`, be: `${rubles} р.`, en: `${rubles} BYN` },
      ...{ regularPriceMinor: minor(priceMinor), cardPriceMinor: minor(priceMinor) },
    }
  })
  return {
    ...{
      ...NOTHING,
      code: "demo-certificate",
      brand: null,
      category: "services",
      attributes: {},
      madeOf: [],
      state: "shown",
      novelSince: null,
    },
    name: { ru: "Подарочный сертификат", be: "Падарункавы сертыфікат", en: "Gift certificate" },
    description: {
      ru: "Подарок, с которым не ошибёшься: остаток сохраняется до конца срока действия, недостающее можно доплатить.",
      be: "Падарунак, з якім не памылішся: рэшта захоўваецца да канца тэрміну дзеяння, недахоп можна даплаціць.",
      en: "A present that is always right: what is left stays until the certificate ends, what is missing can be paid.",
    },
    ...{ returns: "never", popularity: 900, variants },
    pictures: [
      { drawn: { shape: "certificate", colours: ["#9c2f5a", "#f7d9e3", "#c9a14a"], brand: "Мила", line: "Подарочный сертификат" } },
    ],
  }
}

/** What receipts know and nobody puts into a basket by hand. */
export function deliveries(): Product[] {
  const rows = [
    ["D-1", "Доставка курьером", "Дастаўка кур’ерам", "Delivery by courier", 690],
    ["D-2", "Доставка почтой", "Дастаўка поштай", "Delivery by post", 450],
  ] as const
  return rows.map(([sku, ru, be, en, price]) => ({
    ...{ sku, kind: "delivery", name: { ru, be, en }, brand: null, category: "services", eans: [], minPriceMinor: null },
    ...{ regularPriceMinor: minor(price), cardPriceMinor: minor(price) },
  }))
}

const SETS = 400

/** Gift sets: two to four things of one brand, cheaper together. */
export function giftSets(goods: readonly DemoGroup[]): DemoGroup[] {
  const dice = seeded(400)
  const byBrand = Map.groupBy(
    goods.filter(({ category }) => /^(face|body|hair|makeup|men|perfume)\//.test(category ?? "")),
    ({ brand }) => brand,
  )
  const brands = [...byBrand.entries()].filter(([, of]) => of.length >= 8)
  if (brands.length === 0) return []
  return Array.from({ length: Math.min(SETS, goods.length, brands.length * OCCASIONS.length) }, (_, place) => {
    const [brand, of] = brands[place % brands.length]!
    const occasion = OCCASIONS[Math.trunc(place / brands.length)]!
    const inside = [...new Set(Array.from({ length: dice.between(2, 4) }, () => dice.pick(of)))].map((group) => group.variants[0]!)
    return setOf(dice, { no: place + 1, brand: brand ?? "", occasion, inside })
  })
}

const OCCASIONS = [
  ["Тёплый вечер", "Цёплы вечар", "Warm evening"],
  ["Любимым", "Каханым", "For loved ones"],
  ["Выходной", "Выхадны", "Day off"],
  ["Нежность", "Пяшчота", "Tenderness"],
  ["Для себя", "Для сябе", "For myself"],
  ["Спасибо", "Дзякуй", "Thank you"],
  ["Первый снег", "Першы снег", "First snow"],
  ["Праздник", "Свята", "Celebration"],
  ["Доброе утро", "Добрая раніца", "Good morning"],
  ["Новоселье", "Уваходзіны", "New home"],
  ["Лучшей подруге", "Лепшай сяброўцы", "For a best friend"],
  ["Сюрприз", "Сюрпрыз", "Surprise"],
  ["Вдвоём", "Удваіх", "For two"],
  ["Отдых", "Адпачынак", "Rest"],
] as const

const WRAPPINGS = [
  ["#f7d9e3", "#9c2f5a"],
  ["#e6efe2", "#4f7a4c"],
  ["#fbeedb", "#b9783c"],
] as const

type Occasion = (typeof OCCASIONS)[number]

function setOf(
  dice: Dice,
  { no, brand, occasion, inside }: { no: number; brand: string; occasion: Occasion; inside: readonly Variant[] },
): DemoGroup {
  const regular = shelfPrice(sum(inside.map(({ regularPriceMinor }) => regularPriceMinor)) * 0.9)
  const card = Math.min(regular, shelfPrice(regular * 0.92))
  const name = {
    ru: `Подарочный набор ${brand} «${occasion[0]}»`,
    be: `Падарункавы набор ${brand} «${occasion[1]}»`,
    en: `${brand} gift set “${occasion[2]}”`,
  }
  const [ru, be, en] = (["ru", "be", "en"] as const).map((locale) => inside.map((variant) => variant.name[locale]).join("; "))
  return {
    ...{
      ...NOTHING,
      code: `demo-set-${no}`,
      name,
      brand,
      category: "sets",
      attributes: {},
      state: "shown",
      novelSince: null,
      returns: "sealed_only",
    },
    description: { ru: `В наборе: ${ru}.`, be: `У наборы: ${be}.`, en: `In the set: ${en}.` },
    madeOf: inside.map(({ sku }) => ({ sku, pieces: 1 })),
    pictures: [{ drawn: { shape: "gift", colours: dice.pick(WRAPPINGS), brand, line: occasion[0] } }],
    popularity: Math.floor(1_500 * dice.next() ** 4),
    variants: [
      {
        ...{
          sku: `S-${no}`,
          kind: "goods",
          name,
          label: null,
          attributes: {},
          net: null,
          minPriceMinor: null,
          eans: [barcode(9_000_000 + no)],
        },
        ...{ regularPriceMinor: minor(regular), cardPriceMinor: minor(card) },
      },
    ],
  }
}
