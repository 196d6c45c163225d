import type { Locale } from "@mila/kernel"

const ru = {
  title: "Мила: косметика и товары для дома",
  h1: "Покупайте любимое. Бонусы считаются сами.",
  lead: "Бонусная карта «Милы» живёт в телефоне: показали на кассе, накопили, оплатили ими часть следующей покупки. Каждый бонус объясняет, откуда он.",
  get: "Получить карту",
  toCatalog: "В каталог",
  toAccount: "В личный кабинет",
  points: [
    ["1 бонус = 1 копейка", "Скидка на следующие покупки — до четверти чека."],
    ["Карта без пластика", "Открывается в магазине и без интернета."],
    ["Почему столько?", "Каждое начисление раскрывается до строки чека."],
    ["Ваши данные — ваши", "Всё на виду: на что вы согласились, кто и зачем смотрел. Отказ — одним касанием."],
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
  lead: "Бонусная картка «Мілы» жыве ў тэлефоне: паказалі на касе, назапасілі, аплацілі імі частку наступнай пакупкі. Кожны бонус тлумачыць, адкуль ён.",
  get: "Атрымаць картку",
  toCatalog: "У каталог",
  toAccount: "У асабісты кабінет",
  points: [
    ["1 бонус = 1 капейка", "Зніжка на наступныя пакупкі — да чвэрці чэка."],
    ["Картка без пластыку", "Адкрываецца ў краме і без інтэрнэту."],
    ["Чаму столькі?", "Кожнае налічэнне раскрываецца да радка чэка."],
    ["Вашы даныя — вашы", "Усё навідавоку: на што вы пагадзіліся, хто і навошта глядзеў. Адмова — адным дотыкам."],
  ],
  shops: "{shops} па ўсёй Беларусі",
  sections: "Раздзелы каталога",
  promotions: "Акцыі",
  viewed: "Вы глядзелі",
  novel: "Навінкі",
  popular: "Цяпер купляюць",
  discounted: "Самыя вялікія зніжкі",
  all: "Усе",
}

const en: HomeWords = {
  title: "Mila: beauty and home care",
  h1: "Buy what you love. The points add up by themselves.",
  lead: "Your Mila bonus card lives in your phone: show it at the till, collect points and pay part of your next purchase with them. Every point tells you where it came from.",
  get: "Get a card",
  toCatalog: "Go to the catalogue",
  toAccount: "Go to my account",
  points: [
    ["1 point = 1 kopeck", "A discount on your next purchases: up to a quarter of the bill."],
    ["A card without plastic", "Opens in the shop, even offline."],
    ["Why this many?", "Every point is explained, down to the line of the receipt."],
    ["Your data is yours", "See what you agreed to, who looked and why; say no with one tap."],
  ],
  shops: "{shops} all over Belarus",
  sections: "Catalogue sections",
  promotions: "Promotions",
  viewed: "Recently viewed",
  novel: "New arrivals",
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
