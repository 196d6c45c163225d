import type { Locale } from "@mila/kernel"

const ru = {
  title: "Mila — программа лояльности, которой можно верить",
  lead: "Открытая платформа для сети магазинов: баллы с точностью до копейки, карты, кассы и личный кабинет на вашем сервере.",
  runs: "Здесь работает",
  tills: "Кассы",
  tillsSays: "Чеки, списания и возвраты: в сети и без неё. Каждое число объясняет себя.",
  tillsLink: "Описание для интеграторов",
  office: "Бэк-офис",
  officeSays: "Участники, карты, магазины, правила программы и обязательство по баллам: JSON API с ключами и журналом действий.",
  officeLink: "Описание API",
  ledger: "Учёт баллов",
  ledgerSays: "Двойная запись, которую нельзя переписать незаметно. Проверяется каждые пять минут.",
  ledgerLink: "Состояние системы",
  soon: "Личный кабинет и интернет-магазин откроются по этому адресу.",
  demo: "Это демонстрационная сеть: люди, чеки и баллы вымышлены.",
  receipt: "Чек",
  paid: "Оплачено",
  pending: "станут доступны после срока возврата",
  why: "Почему столько",
  whySays: "3 % от 48,60 BYN, уровень «Бронза», вниз до целого балла",
  points: "баллов",
  languages: "Языки",
}

export type Words = typeof ru

const be: Words = {
  title: "Mila — праграма лаяльнасці, якой можна верыць",
  lead: "Адкрытая платформа для сеткі крам: балы з дакладнасцю да капейкі, карты, касы і асабісты кабінет на вашым серверы.",
  runs: "Тут працуе",
  tills: "Касы",
  tillsSays: "Чэкі, спісанні і вяртанні: у сетцы і без яе. Кожны лік тлумачыць сябе.",
  tillsLink: "Апісанне для інтэгратараў",
  office: "Бэк-офіс",
  officeSays: "Удзельнікі, карты, крамы, правілы праграмы і абавязацельства па балах: JSON API з ключамі і журналам дзеянняў.",
  officeLink: "Апісанне API",
  ledger: "Улік балаў",
  ledgerSays: "Падвойны запіс, які нельга перапісаць незаўважна. Правяраецца кожныя пяць хвілін.",
  ledgerLink: "Стан сістэмы",
  soon: "Асабісты кабінет і інтэрнэт-крама адкрыюцца па гэтым адрасе.",
  demo: "Гэта дэманстрацыйная сетка: людзі, чэкі і балы выдуманыя.",
  receipt: "Чэк",
  paid: "Аплачана",
  pending: "стануць даступныя пасля тэрміну вяртання",
  why: "Чаму столькі",
  whySays: "3 % ад 48,60 BYN, узровень «Бронза», уніз да цэлага бала",
  points: "балаў",
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
  whySays: "3 % of 48.60 BYN, tier “Bronze”, down to a whole point",
  points: "points",
  languages: "Languages",
}

/** What the landing page says, in each language. */
export const WORDS: Readonly<Record<Locale, Words>> = { ru, be, en }
