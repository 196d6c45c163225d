import type { Locale } from "@mila/kernel"
import { CODE_WORDS } from "../parts/code-words.ts"

const ru = {
  title: "Новый пароль",
  lead: "Напишите номер телефона. Пришлём код в SMS — или на почту, если она указана в кабинете.",
  phone: "Номер телефона",
  bySms: "Получить код в SMS",
  byEmail: "Получить код на почту",
  ...CODE_WORDS.ru,
  codeTitle: "Код подтверждения",
  codeLead: "Код для номера {phone} отправлен, он действует 10\u00a0минут.",
  newTitle: "Придумайте пароль",
  newLead: "Не меньше 10\u00a0символов. Лучше всего — три-четыре обычных слова подряд. Остальные сеансы завершатся.",
  password: "Новый пароль",
  save: "Сохранить и войти",
  back: "Вспомнили?",
  lostNumber: "Прежнего номера больше нет?",
  signIn: "Войти",
}

export type RecoverWords = typeof ru

const be: RecoverWords = {
  title: "Новы пароль",
  lead: "Напішыце нумар тэлефона. Дашлём код у SMS — або на пошту, калі яна ёсць у кабінеце.",
  phone: "Нумар тэлефона",
  bySms: "Атрымаць код у SMS",
  byEmail: "Атрымаць код на пошту",
  ...CODE_WORDS.be,
  codeTitle: "Код пацвярджэння",
  codeLead: "Код для нумара {phone} адпраўлены, ён дзейнічае 10\u00a0хвілін.",
  newTitle: "Прыдумайце пароль",
  newLead: "Не менш за\u00a010\u00a0сімвалаў. Лепш за ўсё — тры-чатыры звычайныя словы запар. Астатнія сеансы завершацца.",
  password: "Новы пароль",
  save: "Захаваць і ўвайсці",
  back: "Успомнілі?",
  lostNumber: "Ранейшага нумара больш няма?",
  signIn: "Увайсці",
}

const en: RecoverWords = {
  title: "New password",
  lead: "Enter your phone number. We’ll send a code by SMS, or by e-mail if your account has one.",
  phone: "Phone number",
  bySms: "Get a code by SMS",
  byEmail: "Get a code by e-mail",
  ...CODE_WORDS.en,
  codeTitle: "Confirmation code",
  codeLead: "We’ve sent a code for {phone}. It is valid for 10\u00a0minutes.",
  newTitle: "Choose a password",
  newLead: "At least 10\u00a0characters. Three or four ordinary words in a row work best. Other sessions will end.",
  password: "New password",
  save: "Save and sign in",
  back: "Remembered it?",
  lostNumber: "No longer have your old number?",
  signIn: "Sign in",
}

export const RECOVER: Readonly<Record<Locale, RecoverWords>> = { ru, be, en }
