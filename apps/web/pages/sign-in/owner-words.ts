import type { Locale } from "@mila/kernel"

const ru = {
  title: "Ещё один вопрос",
  lead: "В этот кабинет давно не входили, а номера операторы иногда отдают новым людям. Ответьте на любой вопрос — и кабинет откроется.",
  mailTitle: "Код на почту",
  mailLead: "Если в кабинете указана почта, пришлём на неё код.",
  mail: "Прислать код",
  mailAgain: "Прислать ещё раз",
  mailSent: "Если почта указана, код уже в пути. Он действует 10\u00a0минут.",
  code: "Шесть цифр из письма",
  check: "Проверить",
  cardTitle: "Цифры карты",
  digits: "Последние 6\u00a0цифр бонусной карты",
  digitsHint: "Они под штрихкодом: на пластике, в кошельке телефона или на старом снимке экрана.",
  receiptTitle: "Последняя покупка",
  sum: "Сумма чека, р.",
  day: "День покупки",
  newTitle: "Этот номер у меня недавно",
  newLead: "Откроем вам новый кабинет. Прежний владелец номера сохранит свои бонусы и карты и сможет вернуться к ним с другого номера.",
  fresh: "Открыть новый кабинет",
}

export type OwnerWords = typeof ru

const be: OwnerWords = {
  title: "Яшчэ адно пытанне",
  lead: "У гэты кабінет даўно не ўваходзілі, а нумары аператары часам аддаюць новым людзям. Адкажыце на любое пытанне — і кабінет адкрыецца.",
  mailTitle: "Код на пошту",
  mailLead: "Калі ў кабінеце ёсць пошта, дашлём на яе код.",
  mail: "Даслаць код",
  mailAgain: "Даслаць яшчэ раз",
  mailSent: "Калі пошта ёсць, код ужо ў дарозе. Ён дзейнічае 10\u00a0хвілін.",
  code: "Шэсць лічбаў з ліста",
  check: "Праверыць",
  cardTitle: "Лічбы карткі",
  digits: "Апошнія 6\u00a0лічбаў бонуснай карткі",
  digitsHint: "Яны пад штрыхкодам: на пластыку, у кашальку тэлефона або на старым здымку экрана.",
  receiptTitle: "Апошняя пакупка",
  sum: "Сума чэка, р.",
  day: "Дзень пакупкі",
  newTitle: "Гэты нумар у мяне нядаўна",
  newLead: "Адкрыем вам новы кабінет. Ранейшы ўладальнік нумара захавае свае бонусы і карткі і зможа вярнуцца да іх з іншага нумара.",
  fresh: "Адкрыць новы кабінет",
}

const en: OwnerWords = {
  title: "One more question",
  lead: "Nobody has signed in to this account for a long time, and operators sometimes pass numbers on to new people. Answer any one of these questions, and the account will open.",
  mailTitle: "A code by e-mail",
  mailLead: "If the account has an e-mail address, we’ll send a code there.",
  mail: "Send code",
  mailAgain: "Send it again",
  mailSent: "If there is an address, the code is on its way. It is valid for 10\u00a0minutes.",
  code: "Six digits from the e-mail",
  check: "Check",
  cardTitle: "Card digits",
  digits: "The last 6\u00a0digits of the bonus card",
  digitsHint: "They are under the barcode: on the plastic card, in your phone’s wallet or on an old screenshot.",
  receiptTitle: "Last purchase",
  sum: "Receipt total, BYN",
  day: "Date of purchase",
  newTitle: "I got this number recently",
  newLead:
    "We’ll open a new account for you. The previous owner of the number keeps their points and cards and can get back to them with another number.",
  fresh: "Open a new account",
}

export const OWNER: Readonly<Record<Locale, OwnerWords>> = { ru, be, en }
