import type { Locale } from "@mila/kernel"

// What others did with a person's data, in words: what went out and why, where a request stands.

const ru = {
  times: { one: "раз", few: "раза", many: "раз" },
  sharedOften: "{times}, последний {when}",
  sharedWhat: {
    phone: "телефон",
    email: "почта",
    push: "адрес подписки браузера",
    text: "текст сообщения",
  },
  sharedFor: {
    service: "служебное сообщение",
    advertising: "реклама",
    legal: "уведомление по закону",
  },
  grounds: {
    identity_unproven: "не удалось убедиться, что это вы",
    kept_by_law: "данные обязывает хранить закон",
    asked_this_year: "список уже выдавали в этом году",
    not_processed: "мы этих данных не обрабатываем",
    unfounded: "нет оснований",
  },
  taken: "взято в работу, ответим до {day}",
  appeal: "Не согласны с отказом? Можно пожаловаться в Национальный центр защиты персональных данных: cpd.by.",
}
type DeskWords = typeof ru
const be: DeskWords = {
  times: { one: "раз", few: "разы", many: "разоў" },
  sharedOften: "{times}, апошні {when}",
  sharedWhat: {
    phone: "тэлефон",
    email: "пошта",
    push: "адрас падпіскі браўзера",
    text: "тэкст паведамлення",
  },
  sharedFor: {
    service: "службовае паведамленне",
    advertising: "рэклама",
    legal: "апавяшчэнне паводле закона",
  },
  grounds: {
    identity_unproven: "не ўдалося пераканацца, што гэта вы",
    kept_by_law: "даныя абавязвае захоўваць закон",
    asked_this_year: "спіс ужо выдавалі сёлета",
    not_processed: "мы гэтых даных не апрацоўваем",
    unfounded: "няма падстаў",
  },
  taken: "узята ў працу, адкажам да {day}",
  appeal: "Не згодныя з адмовай? Можна паскардзіцца ў Нацыянальны цэнтр абароны персанальных даных: cpd.by.",
}
const en: DeskWords = {
  times: { one: "time", few: "times", many: "times" },
  sharedOften: "{times}, most recently {when}",
  sharedWhat: {
    phone: "phone",
    email: "e-mail",
    push: "browser subscription address",
    text: "message text",
  },
  sharedFor: {
    service: "service message",
    advertising: "advertising",
    legal: "notice required by law",
  },
  grounds: {
    identity_unproven: "we could not confirm that it is you",
    kept_by_law: "the law obliges us to keep the data",
    asked_this_year: "you have already received the list this year",
    not_processed: "we do not process such data",
    unfounded: "there are no grounds",
  },
  taken: "in progress, we’ll reply by {day}",
  appeal: "Disagree with the refusal? You can complain to the National Personal Data Protection Centre: cpd.by.",
}
export const DESK: Readonly<Record<Locale, DeskWords>> = { ru, be, en }
