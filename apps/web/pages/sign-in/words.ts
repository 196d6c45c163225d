import type { Locale } from "@mila/kernel"
import { CODE_WORDS } from "../parts/code-words.ts"

const ru = {
  title: "Вход",
  lead: "По номеру телефона и паролю. Или без пароля — по коду из SMS.",
  phone: "Номер телефона",
  password: "Пароль",
  enter: "Войти",
  byCode: "Войти по коду из SMS",
  byPasskey: "Войти по отпечатку или лицу",
  noPasskey: "Не получилось: такого входа на этом устройстве нет, или вы его отменили. Войдите по коду из SMS.",
  forgot: "Забыли пароль?",
  none: "Нет карты?",
  register: "Получить карту",
  ...CODE_WORDS.ru,
  check: "Войти",
}

export type SignInWords = typeof ru

const be: SignInWords = {
  title: "Уваход",
  lead: "Па нумары тэлефона і паролі. Або без пароля — па кодзе з SMS.",
  phone: "Нумар тэлефона",
  password: "Пароль",
  enter: "Увайсці",
  byCode: "Увайсці па кодзе з SMS",
  byPasskey: "Увайсці па адбітку ці твары",
  noPasskey: "Не атрымалася: такога ўваходу на гэтай прыладзе няма, або вы яго адмянілі. Увайдзіце па кодзе з SMS.",
  forgot: "Забылі пароль?",
  none: "Няма карткі?",
  register: "Атрымаць картку",
  ...CODE_WORDS.be,
  check: "Увайсці",
}

const en: SignInWords = {
  title: "Sign in",
  lead: "With your phone number and password, or without a password — with an SMS code.",
  phone: "Phone number",
  password: "Password",
  enter: "Sign in",
  byCode: "Sign in with an SMS code",
  byPasskey: "Sign in with fingerprint or face",
  noPasskey: "That didn’t work: this device has no passkey, or you cancelled. Sign in with an SMS code.",
  forgot: "Forgot your password?",
  none: "No card yet?",
  register: "Get a card",
  ...CODE_WORDS.en,
  check: "Sign in",
}

export const SIGN_IN: Readonly<Record<Locale, SignInWords>> = { ru, be, en }
