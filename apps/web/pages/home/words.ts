import type { Locale } from "@mila/kernel"

const ru = {
  title: "Мила: косметика и товары для дома",
  h1: "Покупайте любимое. Бонусы считаются сами.",
  lead: "Бонусная карта «Милы» живёт в телефоне: показали на кассе, накопили, оплатили ими часть следующей покупки. Каждый бонус объясняет, откуда он.",
  get: "Получить карту",
  toCatalog: "В каталог",
  toAccount: "В личный кабинет",
  points: [
    ["1 бонус = 1 копейка", "Скидка на следующие покупки, до четверти чека."],
    ["Карта без пластика", "Открывается в магазине и без интернета."],
    ["Почему столько?", "Каждое начисление раскрывается до строки чека."],
    ["Ваши данные — ваши", "Все согласия, кто и зачем смотрел, отказ одним касанием."],
  ],
  shops: "{shops} по всей Беларуси",
  sections: "Разделы каталога",
  promotions: "Акции",
  viewed: "Вы смотрели",
  novel: "Новинки",
  popular: "Сейчас покупают",
  discounted: "Самые большие скидки",
  all: "Все",
}

export type HomeWords = typeof ru

const be: HomeWords = {
  title: "Міла: касметыка і тавары для дома",
  h1: "Купляйце любімае. Бонусы лічацца самі.",
  lead: "Бонусная карта «Мілы» жыве ў тэлефоне: паказалі на касе, назапасілі, аплацілі імі частку наступнай пакупкі. Кожны бонус тлумачыць, адкуль ён.",
  get: "Атрымаць карту",
  toCatalog: "У каталог",
  toAccount: "У асабісты кабінет",
  points: [
    ["1 бонус = 1 капейка", "Зніжка на наступныя пакупкі, да чвэрці чэка."],
    ["Карта без пластыку", "Адкрываецца ў краме і без інтэрнэту."],
    ["Чаму столькі?", "Кожнае налічэнне раскрываецца да радка чэка."],
    ["Вашы даныя — вашы", "Усе згоды, хто і навошта глядзеў, адмова адным дотыкам."],
  ],
  shops: "{shops} па ўсёй Беларусі",
  sections: "Раздзелы каталога",
  promotions: "Акцыі",
  viewed: "Вы глядзелі",
  novel: "Навінкі",
  popular: "Зараз купляюць",
  discounted: "Самыя вялікія зніжкі",
  all: "Усе",
}

const en: HomeWords = {
  title: "Mila: beauty and home care",
  h1: "Buy what you love. The points count themselves.",
  lead: "The Mila bonus card lives in your phone: show it at the till, collect, pay part of the next purchase with it. Every point explains where it comes from.",
  get: "Get a card",
  toCatalog: "To the catalogue",
  toAccount: "To my account",
  points: [
    ["1 point = 1 kopeck", "A discount on your next purchases, up to a quarter of the receipt."],
    ["A card without plastic", "Opens in the shop, without a network too."],
    ["Why this many?", "Each accrual opens down to the line of the receipt."],
    ["Your data is yours", "Every consent, who looked and why, withdrawal with one touch."],
  ],
  shops: "{shops} all over Belarus",
  sections: "Sections of the catalogue",
  promotions: "Promotions",
  viewed: "You looked at",
  novel: "New",
  popular: "Popular now",
  discounted: "Biggest discounts",
  all: "All",
}

export const HOME: Readonly<Record<Locale, HomeWords>> = { ru, be, en }

export const SHOPS = {
  ru: { one: "магазин", few: "магазина", many: "магазинов" },
  be: { one: "крама", few: "крамы", many: "крам" },
  en: { one: "shop", few: "shops", many: "shops" },
} as const
