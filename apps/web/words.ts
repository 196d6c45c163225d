import type { Locale } from "@mila/kernel"

const ru = {
  title: "Mila — программа лояльности, которой можно верить",
  lead: "Открытая платформа для сети магазинов: бонусы с точностью до копейки, карты, кассы и личный кабинет на вашем сервере.",
  runs: "Здесь работает",
  tills: "Кассы",
  tillsSays: "Чеки, списания и возвраты: в сети и без неё. Каждое число объясняет себя.",
  tillsLink: "Описание для интеграторов",
  office: "Бэк-офис",
  officeSays: "Участники, карты, магазины, правила программы и обязательства по бонусам: JSON API с ключами и журналом действий.",
  officeLink: "Описание API",
  ledger: "Учёт бонусов",
  ledgerSays: "Двойная запись, которую нельзя переписать незаметно. Проверяется каждые пять минут.",
  ledgerLink: "Состояние системы",
  soon: "Личный кабинет и интернет-магазин откроются по этому адресу.",
  demo: "Это демонстрационная сеть: люди, чеки и бонусы вымышлены.",
  receipt: "Чек",
  paid: "Оплачено",
  pending: "станут доступны после срока возврата",
  why: "Почему столько",
  whySays: "48,60 BYN × 1 %, базовый уровень, вниз до целого бонуса",
  points: "бонусов",
  languages: "Языки",
}

export type Words = typeof ru

const be: Words = {
  title: "Mila — праграма лаяльнасці, якой можна верыць",
  lead: "Адкрытая платформа для сеткі крам: бонусы з дакладнасцю да капейкі, карты, касы і асабісты кабінет на вашым серверы.",
  runs: "Тут працуе",
  tills: "Касы",
  tillsSays: "Чэкі, спісанні і вяртанні: у сетцы і без яе. Кожны лік тлумачыць сябе.",
  tillsLink: "Апісанне для інтэгратараў",
  office: "Бэк-офіс",
  officeSays: "Удзельнікі, карты, крамы, правілы праграмы і абавязацельствы па бонусах: JSON API з ключамі і журналам дзеянняў.",
  officeLink: "Апісанне API",
  ledger: "Улік бонусаў",
  ledgerSays: "Падвойны запіс, які нельга перапісаць незаўважна. Правяраецца кожныя пяць хвілін.",
  ledgerLink: "Стан сістэмы",
  soon: "Асабісты кабінет і інтэрнэт-крама адкрыюцца па гэтым адрасе.",
  demo: "Гэта дэманстрацыйная сетка: людзі, чэкі і бонусы выдуманыя.",
  receipt: "Чэк",
  paid: "Аплачана",
  pending: "стануць даступныя пасля тэрміну вяртання",
  why: "Чаму столькі",
  whySays: "48,60 BYN × 1 %, базавы ўзровень, уніз да цэлага бонуса",
  points: "бонусаў",
  languages: "Мовы",
}

const en: Words = {
  title: "Mila — a loyalty programme you can trust",
  lead: "An open platform for a chain of shops: points exact to the kopeck, cards, tills and a personal account on a server of your own.",
  runs: "Running here",
  tills: "Tills",
  tillsSays: "Receipts, redemptions and returns, with and without the network. Every number explains itself.",
  tillsLink: "For integrators",
  office: "Back office",
  officeSays: "Members, cards, shops, the programme's rules and what is owed in points: a JSON API with keys and a trail.",
  officeLink: "The API",
  ledger: "Ledger of points",
  ledgerSays: "Double entry that nobody rewrites unseen. It is checked every five minutes.",
  ledgerLink: "State of the system",
  soon: "The personal account and the internet shop will open at this address.",
  demo: "This is a demo chain: people, receipts and points are made up.",
  receipt: "Receipt",
  paid: "Paid",
  pending: "available once the return window has ended",
  why: "Why this many",
  whySays: "48.60 BYN × 1 %, base tier, down to a whole point",
  points: "points",
  languages: "Languages",
}

/** What the landing page says, in each language. */
export const WORDS: Readonly<Record<Locale, Words>> = { ru, be, en }
