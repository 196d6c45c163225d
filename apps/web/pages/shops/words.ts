import type { Locale } from "@mila/kernel"

const ru = {
  shops: "Магазины",
  closed: "Этот магазин сейчас закрыт.",
  mine: "Это мой магазин",
  notMine: "Больше не мой магазин",
  isMine: "Цены и наличие в каталоге показываем по этому магазину.",
  mineSays: "Будем показывать цены и наличие по этому магазину.",
  route: "Маршрут",
  goods: "Что есть в магазине",
}

type ShopWords = typeof ru

const be: ShopWords = {
  shops: "Крамы",
  closed: "Гэтая крама зараз зачыненая.",
  mine: "Гэта мая крама",
  notMine: "Больш не мая крама",
  isMine: "Цэны і наяўнасць у каталогу паказваем па гэтай краме.",
  mineSays: "Будзем паказваць цэны і наяўнасць па гэтай краме.",
  route: "Маршрут",
  goods: "Што ёсць у краме",
}

const en: ShopWords = {
  shops: "Shops",
  closed: "This shop is closed at the moment.",
  mine: "This is my shop",
  notMine: "Not my shop any more",
  isMine: "Prices and stock in the catalogue are those of this shop.",
  mineSays: "Prices and stock will be those of this shop.",
  route: "Route",
  goods: "What the shop has",
}

export const SHOP: Readonly<Record<Locale, ShopWords>> = { ru, be, en }
