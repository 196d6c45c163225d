import type { Locale } from "@mila/kernel"
import { CODE_WORDS } from "../parts/code-words.ts"

const ru = {
  title: "Новый пароль",
  lead: "Напишите номер телефона. Пришлём код: в SMS или на почту, если она указана в кабинете.",
  phone: "Номер телефона",
  bySms: "Код в SMS",
  byEmail: "Код на почту",
  ...CODE_WORDS.ru,
  codeTitle: "Код подтверждения",
  codeLead: "Отправили для {phone}. Код действует 10 минут.",
  newTitle: "Придумайте пароль",
  newLead: "Хотя бы 10 символов. Лучше всего три-четыре обычных слова подряд. Остальные сеансы завершатся.",
  password: "Новый пароль",
  save: "Сохранить и войти",
  back: "Вспомнили?",
  lostNumber: "Прежнего номера больше нет?",
  signIn: "Войти",
}

export type RecoverWords = typeof ru

const be: RecoverWords = {
  title: "Новы пароль",
  lead: "Напішыце нумар тэлефона. Дашлём код: у SMS або на пошту, калі яна ўказана ў кабінеце.",
  phone: "Нумар тэлефона",
  bySms: "Код у SMS",
  byEmail: "Код на пошту",
  ...CODE_WORDS.be,
  codeTitle: "Код пацвярджэння",
  codeLead: "Адправілі для {phone}. Код дзейнічае 10 хвілін.",
  newTitle: "Прыдумайце пароль",
  newLead: "Хаця б 10 сімвалаў. Лепш за ўсё тры-чатыры звычайныя словы запар. Астатнія сеансы завершацца.",
  password: "Новы пароль",
  save: "Захаваць і ўвайсці",
  back: "Успомнілі?",
  lostNumber: "Ранейшага нумара больш няма?",
  signIn: "Увайсці",
}

const en: RecoverWords = {
  title: "New password",
  lead: "Write your phone number. We send a code: by SMS, or by e-mail if your account has one.",
  phone: "Phone number",
  bySms: "Code by SMS",
  byEmail: "Code by e-mail",
  ...CODE_WORDS.en,
  codeTitle: "Confirmation code",
  codeLead: "Sent for {phone}. The code is good for 10 minutes.",
  newTitle: "Make up a password",
  newLead: "At least 10 characters. Three or four ordinary words in a row do best. Other sessions will end.",
  password: "New password",
  save: "Save and sign in",
  back: "Remembered it?",
  lostNumber: "The former number is gone?",
  signIn: "Sign in",
}

export const RECOVER: Readonly<Record<Locale, RecoverWords>> = { ru, be, en }
