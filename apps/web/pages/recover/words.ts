import type { Locale } from "@mila/kernel"

const ru = {
  title: "Новый пароль",
  lead: "Напишите номер телефона. Пришлём код: в SMS или на почту, если она указана в кабинете.",
  phone: "Номер телефона",
  bySms: "Код в SMS",
  byEmail: "Код на почту",
  codeTitle: "Код подтверждения",
  codeLead: "Отправили для {phone}. Код действует 10 минут.",
  code: "Шесть цифр",
  check: "Продолжить",
  again: "Прислать ещё раз",
  other: "Другой номер",
  newTitle: "Придумайте пароль",
  newLead: "Хотя бы 10 символов. Лучше всего три-четыре обычных слова подряд. Остальные сеансы завершатся.",
  password: "Новый пароль",
  save: "Сохранить и войти",
  back: "Вспомнили?",
  signIn: "Войти",
}

export type RecoverWords = typeof ru

const be: RecoverWords = {
  title: "Новы пароль",
  lead: "Напішыце нумар тэлефона. Дашлём код: у SMS або на пошту, калі яна ўказана ў кабінеце.",
  phone: "Нумар тэлефона",
  bySms: "Код у SMS",
  byEmail: "Код на пошту",
  codeTitle: "Код пацвярджэння",
  codeLead: "Адправілі для {phone}. Код дзейнічае 10 хвілін.",
  code: "Шэсць лічбаў",
  check: "Працягнуць",
  again: "Даслаць яшчэ раз",
  other: "Іншы нумар",
  newTitle: "Прыдумайце пароль",
  newLead: "Хаця б 10 сімвалаў. Лепш за ўсё тры-чатыры звычайныя словы запар. Астатнія сеансы завершацца.",
  password: "Новы пароль",
  save: "Захаваць і ўвайсці",
  back: "Успомнілі?",
  signIn: "Увайсці",
}

const en: RecoverWords = {
  title: "New password",
  lead: "Write your phone number. We send a code: by SMS, or by e-mail if your account has one.",
  phone: "Phone number",
  bySms: "Code by SMS",
  byEmail: "Code by e-mail",
  codeTitle: "Confirmation code",
  codeLead: "Sent for {phone}. The code is good for 10 minutes.",
  code: "Six digits",
  check: "Continue",
  again: "Send it again",
  other: "Another number",
  newTitle: "Make up a password",
  newLead: "At least 10 characters. Three or four ordinary words in a row do best. Other sessions will end.",
  password: "New password",
  save: "Save and sign in",
  back: "Remembered it?",
  signIn: "Sign in",
}

export const RECOVER: Readonly<Record<Locale, RecoverWords>> = { ru, be, en }
