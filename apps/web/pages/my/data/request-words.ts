import type { Locale } from "@mila/kernel"

// Applications under the law: what may be asked, where it stands, and what is done at once without one.

const ru = {
  requests: "Заявления по закону",
  requestsSays:
    "По Закону №\u00a099-З сведения дают за\u00a05\u00a0рабочих дней, на остальное отвечают за\u00a015\u00a0дней. Многое можно сделать сразу, прямо здесь.",
  kinds: {
    information: "Сведения об обработке",
    disclosures: "Кому переданы данные",
    correction: "Исправить данные",
    withdrawal: "Отозвать согласие",
    deletion: "Удалить данные",
  },
  states: { open: "рассматривается, ответим до {day}", answered: "отвечено {when}", refused: "отказано" },
  essence: "Суть заявления",
  kind: "О чём",
  send: "Подать заявление",
  answer: "Ответ",
  answeredDone: "Ответ готов, он ниже, в «Заявлениях по закону».",
  atHand: {
    withdrawal: "Отозвать согласие можно сразу: кнопка стоит у каждого согласия.",
    deletion: "Удалить данные можно без заявления: выйдите из программы, и через три дня имя и контакты удалятся.",
  },
  toConsents: "К согласиям",
  anyway: "Всё равно подать заявление",
  sent: "Заявление принято. Ответим до {day}.",
}
type RequestWords = typeof ru

const be: RequestWords = {
  requests: "Заявы паводле закона",
  requestsSays:
    "Паводле Закона №\u00a099-З звесткі даюць за\u00a05\u00a0працоўных дзён, на астатняе адказваюць за\u00a015\u00a0дзён. Шмат што можна зрабіць адразу, проста тут.",
  kinds: {
    information: "Звесткі пра апрацоўку",
    disclosures: "Каму перададзены даныя",
    correction: "Выправіць даныя",
    withdrawal: "Адклікаць згоду",
    deletion: "Выдаліць даныя",
  },
  states: { open: "разглядаецца, адкажам да {day}", answered: "адказана {when}", refused: "адмоўлена" },
  essence: "Сутнасць заявы",
  kind: "Пра што",
  send: "Падаць заяву",
  answer: "Адказ",
  answeredDone: "Адказ гатовы, ён ніжэй, у «Заявах паводле закона».",
  atHand: {
    withdrawal: "Адклікаць згоду можна адразу: кнопка стаіць каля кожнай згоды.",
    deletion: "Выдаліць даныя можна без заявы: выйдзіце з праграмы, і праз тры дні імя і кантакты выдаляцца.",
  },
  toConsents: "Да згод",
  anyway: "Усё роўна падаць заяву",
  sent: "Заява прынята. Адкажам да {day}.",
}

const en: RequestWords = {
  requests: "Legal requests",
  requestsSays:
    "Under Law No.\u00a099-З, information is provided within 5\u00a0working days, everything else within 15\u00a0days. You can do much of it right here, at once.",
  kinds: {
    information: "Information about processing",
    disclosures: "Who received the data",
    correction: "Correct the data",
    withdrawal: "Withdraw consent",
    deletion: "Delete the data",
  },
  states: { open: "in progress, we’ll reply by {day}", answered: "answered {when}", refused: "refused" },
  essence: "Details of your request",
  kind: "Subject",
  send: "Send request",
  answer: "Answer",
  answeredDone: "The answer is ready: see “Legal requests” below.",
  atHand: {
    withdrawal: "You can withdraw a consent at once: there is a button beside each one.",
    deletion: "You can delete your data without a request: leave the programme, and in three days your name and contacts are deleted.",
  },
  toConsents: "To the consents",
  anyway: "Send the request anyway",
  sent: "Request received. We’ll reply by {day}.",
}

export const REQUESTS: Readonly<Record<Locale, RequestWords>> = { ru, be, en }
