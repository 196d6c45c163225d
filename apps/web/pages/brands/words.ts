import type { Locale } from "@mila/kernel"

const ru = {
  title: "Бренды",
  lead: "Белорусские, корейские и мировые марки на полках «Милы».",
  parts: { BY: "Белорусские бренды", KR: "Корейские бренды", world: "Мировые бренды" },
  allOf: { BY: "Все белорусские товары", KR: "Все корейские товары" },
  from: "Страна бренда: {country}",
  description: "{brand}: {total} с ценами по карте и без, отзывами и наличием в магазинах.",
}

export type BrandWords = typeof ru

const be: BrandWords = {
  title: "Брэнды",
  lead: "Беларускія, карэйскія і сусветныя маркі на паліцах «Мілы».",
  parts: { BY: "Беларускія брэнды", KR: "Карэйскія брэнды", world: "Сусветныя брэнды" },
  allOf: { BY: "Усе беларускія тавары", KR: "Усе карэйскія тавары" },
  from: "Краіна брэнда: {country}",
  description: "{brand}: {total} з цэнамі па картцы і без, водгукамі і наяўнасцю ў крамах.",
}

const en: BrandWords = {
  title: "Brands",
  lead: "Belarusian, Korean and international brands on Mila’s shelves.",
  parts: { BY: "Belarusian brands", KR: "Korean brands", world: "International brands" },
  allOf: { BY: "Everything Belarusian", KR: "Everything Korean" },
  from: "Brand country: {country}",
  description: "{brand}: {total}, prices with and without the card, reviews and stock by shop.",
}

export const BRANDS: Readonly<Record<Locale, BrandWords>> = { ru, be, en }
