import type { Promotion } from "@mila/catalog"
import { addDays, type Day, minor, MINSK, startOfDay } from "@mila/kernel"
import { type DemoGroup, shelfPrice } from "./make-groups.ts"

type Told = {
  code: string
  ru: [string, string]
  be: [string, string]
  en: [string, string]
  look: string
  days: [number, number]
  off: number
}

const PROMOTIONS: readonly (Told & { takes: (group: DemoGroup, place: number) => boolean })[] = [
  {
    ...{ code: "krasota-nedeli", look: "rose", days: [-3, 11], off: 0.25 },
    ru: ["Красота недели: минус 25\u00a0% на макияж", "Скидка уже в цене. Не суммируется с другими акциями."],
    be: ["Прыгажосць тыдня: мінус 25\u00a0% на макіяж", "Зніжка ўжо ў цане. Не спалучаецца з іншымі акцыямі."],
    en: ["Beauty of the week: 25% off make-up", "The discount is already in the price. Cannot be combined with other promotions."],
    takes: ({ category }, place) => (category ?? "").startsWith("makeup/") && place % 6 === 0,
  },
  {
    ...{ code: "korejskie-dni", look: "mint", days: [-1, 20], off: 0.2 },
    ru: ["Корейские дни: минус 20\u00a0% на уход", "На товары корейских марок, пока они есть в магазинах."],
    be: ["Карэйскія дні: мінус 20\u00a0% на догляд", "На тавары карэйскіх марак, пакуль яны ёсць у крамах."],
    en: ["Korean days: 20% off care", "On Korean brands while stocks last."],
    takes: ({ country }, place) => country === "KR" && place % 3 === 0,
  },
  {
    ...{ code: "chistyj-dom", look: "sky", days: [-7, 7], off: 0.15 },
    ru: ["Чистый дом: минус 15\u00a0%", "На средства для стирки и уборки."],
    be: ["Чысты дом: мінус 15\u00a0%", "На сродкі для мыцця і прыбірання."],
    en: ["A clean home: 15% off", "On laundry and cleaning."],
    takes: ({ category }, place) => (category ?? "").startsWith("home/") && place % 4 === 0,
  },
  {
    ...{ code: "podarki", look: "gold", days: [-2, 38], off: 0.1 },
    ru: ["Время подарков: наборы дешевле на 10\u00a0%", "На подарочные наборы всех марок."],
    be: ["Час падарункаў: наборы таннейшыя на 10\u00a0%", "На падарункавыя наборы ўсіх марак."],
    en: ["Time for presents: sets 10% cheaper", "On gift sets of every brand."],
    takes: ({ category }) => category === "sets",
  },
]

/** What runs in the demo chain these days. */
export function demoPromotions({ groups, today }: { groups: readonly DemoGroup[]; today: Day }): Promotion[] {
  return PROMOTIONS.map(({ code, ru, be, en, look, days: [from, to], off, takes }) => ({
    ...{ code, look, name: { ru: ru[0], be: be[0], en: en[0] }, terms: { ru: ru[1], be: be[1], en: en[1] } },
    startsAt: startOfDay(MINSK, addDays(today, from)),
    endsAt: startOfDay(MINSK, addDays(today, to)),
    prices: groups.filter(takes).flatMap(({ variants }) =>
      variants.map(({ sku, regularPriceMinor, cardPriceMinor }) => ({
        sku,
        priceMinor: minor(shelfPrice(regularPriceMinor * (1 - off))),
        cardMinor: minor(Math.min(shelfPrice(cardPriceMinor * (1 - off)), shelfPrice(regularPriceMinor * (1 - off)))),
      })),
    ),
  }))
}
